// The open file beside what was applied of it, in one column; it can be edited there as well: the model is the same.
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { editor as editorStore, getText } from '#state';
import { modelOf } from './monaco-models.ts';
import { EDITOR_OPTIONS } from './monaco-options.ts';
import { monaco } from './monaco-setup.ts';
import { surfaceStore } from './surface.ts';

/**
 * The comparison, filling its parent.
 *
 * @returns an element that the package takes over, under a line that ends it
 */
export function MonacoCompare() {
  const host = useRef<HTMLDivElement>(null);
  const fileName = useStore(editorStore, (state) => state.fileName);
  const applied = useStore(editorStore, (state) => state.applied[state.fileName]);
  useEffect(() => {
    if (!host.current) return undefined;
    const original = monaco.editor.createModel(applied ?? getText(), 'yaml');
    const modified = modelOf(fileName);
    const created = monaco.editor.createDiffEditor(host.current, {
      ...EDITOR_OPTIONS,
      renderSideBySide: false,
      renderGutterMenu: false,
      originalEditable: false,
      renderOverviewRuler: false,
      hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 3 },
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono'),
      ariaLabel: `Manifest ${fileName} beside what was applied`,
    });
    created.setModel({ original, modified });
    return () => {
      created.setModel(null);
      created.dispose();
      original.dispose();
    };
  }, [fileName, applied]);
  return (
    <div className="ed-compare">
      <div className="ed-compare-head">
        <span>{applied === undefined ? 'Nothing was applied of this file' : 'Beside what was applied'}</span>
        <span className="sp" />
        <button
          type="button"
          className="btn btn-line btn-small"
          onClick={() => surfaceStore.setState({ isComparing: false })}
        >
          Back to the file
        </button>
      </div>
      <div className="ed-compare-code" ref={host} data-testid="compare" />
    </div>
  );
}
