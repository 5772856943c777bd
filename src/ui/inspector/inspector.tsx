// The inspector: the selected object, or the cluster as a whole.
import { select, setView } from '#state';
import { ManifestButton } from '../editor/manifest-button.tsx';
import { ActionIcon } from '../icons/index.ts';
import { Scroller } from '../shell/scroller.tsx';
import { headOf } from './object-head.ts';
import { HeadIcon, ObjectView } from './object-view.tsx';
import { OutputLine } from './output-line.tsx';
import { Overview } from './overview.tsx';
import { useSelected } from './use-selected.ts';
import './inspector.css';

/**
 * The inspector, filling its parent.
 *
 * @param props - `isOverlay`: it lies over the canvas and can be closed
 * @returns a complementary landmark
 */
export function Inspector({ isOverlay = false }: { isOverlay?: boolean }) {
  const selected = useSelected();
  const head = selected
    ? headOf(selected.id, selected.object, selected.slot)
    : { title: 'Cluster', line: 'nothing is selected' };
  const close = () => {
    select(undefined);
    setView({ isInspectorOpen: false });
  };
  return (
    <aside className="in" aria-label="Inspector" data-inspector tabIndex={-1}>
      <div className="in-head">
        <HeadIcon object={selected?.object} />
        <div className="in-title">
          <h2>{head.title}</h2>
          <p>{head.line}</p>
        </div>
        <span className="sp" />
        {selected && <ManifestButton id={selected.id} />}
        {(selected || isOverlay) && (
          <button
            type="button"
            className="btn btn-icon"
            aria-label={selected ? 'Close, and show the cluster' : 'Close'}
            title={selected ? 'Close (Esc)' : 'Close'}
            onClick={close}
          >
            <ActionIcon name="close" size={16} />
          </button>
        )}
      </div>
      {/* Another object begins at its top. */}
      <Scroller key={selected?.id} className="in-body" label={head.title}>
        {selected ? <ObjectView selected={selected} /> : <Overview />}
      </Scroller>
      <OutputLine />
    </aside>
  );
}
