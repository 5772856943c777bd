// Where the caret stands: its object and the fields that lead there; and the way to the object in the picture.
import { useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { editor, facts, getFacts } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { Menu } from '../shell/menu.tsx';
import { manifestObjects, objectAtPlace, showInGraph } from './objects.ts';
import { jumpTo, surfaceStore } from './surface.ts';
import { pathOfLine } from './yaml-path.ts';

/** More would not fit in one line of the narrowest column. */
const STEPS_MAX = 4;

/**
 * The line over the text.
 *
 * @returns nothing where the file holds no object
 */
export function Breadcrumbs() {
  const fileName = useStore(editor, (state) => state.fileName);
  const objects = useStore(manifestObjects, (state) => state.byFile[fileName]) ?? [];
  const text = useStore(editor, (state) => state.files[state.fileName] ?? '');
  const caret = useStore(surfaceStore, (state) => state.caret);
  const lines = useMemo(() => text.split('\n'), [text]);
  if (objects.length === 0) return null;
  const here = objects.findLast(({ from }) => from.line <= caret.line) ?? objects[0];
  const path = pathOfLine(lines, Math.min(caret.line, lines.length));
  const id = objectAtPlace({ fileName, ...caret });
  return (
    <nav className="ed-crumbs" aria-label="Place in the manifest">
      <Menu
        label={`Objects of ${fileName}`}
        className="ed-crumb-object"
        groups={[
          objects.map((object) => ({
            id: `${object.id} ${object.from.line}`,
            label: object.name === '' ? object.kind : object.name,
            hint: object.kind,
            isChecked: object === here,
            run: () => jumpTo(object.at.line, object.at.column),
          })),
        ]}
      >
        <span className="dim">{here?.kind}</span> <span className="ed-crumb-name">{here?.name}</span>
      </Menu>
      <span className="ed-crumb-path mono">
        {path.slice(-STEPS_MAX).map(({ key, line }) => (
          <button key={`${line} ${key}`} type="button" onClick={() => jumpTo(line, 1)}>
            {key}
          </button>
        ))}
      </span>
      <span className="sp" />
      {id !== undefined && <ShowButton id={id} />}
    </nav>
  );
}

/** Only where the object is in the picture. */
function ShowButton({ id }: { id: string }) {
  const isThere = useSyncExternalStore(
    (listener) => facts.subscribe(id, listener),
    () => getFacts(id) !== undefined,
  );
  if (!isThere) return null;
  const name = id.split('/').at(-1) ?? id;
  return (
    <button
      type="button"
      className="btn btn-icon ed-crumb-show"
      aria-label={`Show ${name} in the graph`}
      title={`Show ${name} in the graph (F12)`}
      onClick={() => showInGraph(id)}
    >
      <ActionIcon name="pin" size={14} />
    </button>
  );
}
