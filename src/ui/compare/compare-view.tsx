// Two branches side by side at the same moment: one playhead, two canvases of the same components, and what differs in
// words. Where there is no room for two, one of them at a time.
import { type JSX, type KeyboardEvent, lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import {
  type ComparedSide,
  compared,
  compareWith,
  goOnWith,
  history,
  moment,
  select,
  selection,
  setView,
  showOnSide,
  sidesOf,
  view,
} from '#state';
import { GraphSideContext } from '../graph/graph-side.ts';
import { IdentityView } from '../graph/identity-view.tsx';
import { useFactIds, useFacts } from '../graph/use-facts.ts';
import { useSize } from '../graph/use-size.ts';
import { formatCount } from '../graph/words.ts';
import { RevisionTag } from '../icons/index.ts';
import { Menu } from '../shell/menu.tsx';
import { getNodesView, loadNodesView } from '../shell/show-layout.ts';
import { DifferenceStrip } from './difference-strip.tsx';
import './compare.css';

const LateNodesView = lazy(async () => ({ default: await loadNodesView() }));

/** Under this width one of the two is shown at a time. */
const NARROW_PX = 640;

/** With the editor open two canvases would have to be rows. */
const ROOMY_PX = 1300;

/** More sets than these are not told in a head. */
const SETS_MAX = 2;

export interface CompareViewProps {
  readonly onOpen: (id: string) => void;
  readonly onScale: (setId: string, replicas: number) => void;
  readonly onPartition: (setId: string, partition: number) => void;
}

/**
 * Both branches, filling their parent.
 *
 * @param props - what can be done on the present one
 */
export function CompareView(props: CompareViewProps): JSX.Element | null {
  const present = useStore(history, ({ branch }) => branch);
  const state = useStore(compared);
  const [element, setElement] = useState<HTMLElement | null>(null);
  const size = useSize(element);
  const [shown, setShown] = useState<0 | 1>(0);
  const sides = useMemo(() => sidesOf(present, state), [present, state]);
  useRoomForTwo();
  if (!sides) return null;
  const isNarrow = size !== undefined && size.width < NARROW_PX;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || selection.getState().selectedId !== undefined) return;
    event.preventDefault();
    event.stopPropagation();
    void compareWith(undefined);
  };
  return (
    <section
      ref={setElement}
      className="cm"
      aria-label="Compare two branches"
      data-narrow={isNarrow || undefined}
      onKeyDownCapture={onKeyDown}
    >
      <div className="cm-panes">
        {size &&
          ([0, 1] as const).map(
            (at) =>
              (!isNarrow || at === shown) && (
                <Pane key={sides[at].isPresent ? 'present' : 'beside'} side={sides[at]} at={at} {...props} />
              ),
          )}
      </div>
      {isNarrow && <SideSwitch sides={sides} shown={shown} onShow={setShown} />}
      <DifferenceStrip sides={sides} />
    </section>
  );
}

/** Two canvases want the room that the editor takes; it comes back with its end. */
function useRoomForTwo(): void {
  useEffect(() => {
    if (innerWidth > ROOMY_PX * 1.5 || view.getState().isEditorFolded) return undefined;
    setView({ isEditorFolded: true });
    return () => setView({ isEditorFolded: false });
  }, []);
}

function Pane({ side, at, ...actions }: { side: ComparedSide; at: 0 | 1 } & CompareViewProps) {
  const layout = useStore(view, (state) => state.layout);
  const Nodes = getNodesView() ?? LateNodesView;
  const { isPresent, facts } = side;
  const given = useMemo(
    () => ({ facts, idPrefix: isPresent ? '' : 'beside-', isSpoken: isPresent }),
    [facts, isPresent],
  );
  const own = isPresent ? actions : {};
  return (
    <GraphSideContext value={given}>
      <section className="cm-pane" aria-label={at === 0 ? 'Left branch' : 'Right branch'}>
        <PaneHead side={side} at={at} />
        <div className="cm-view">
          {layout === 'identity' ? (
            <IdentityView onSelect={select} {...own} />
          ) : (
            <Suspense fallback={null}>
              <Nodes onSelect={select} {...(isPresent && { onOpen: actions.onOpen })} />
            </Suspense>
          )}
        </div>
      </section>
    </GraphSideContext>
  );
}

function PaneHead({ side, at }: { side: ComparedSide; at: 0 | 1 }) {
  const branches = useStore(history, (state) => state.branches);
  const ownTick = useStore(moment, ({ tick }) => tick);
  const otherTick = useStore(compared, ({ tick }) => tick);
  const sets = useFactIds('set');
  const name = branches.find(({ id }) => id === side.branch)?.name ?? '';
  return (
    <div className="cm-head">
      <Menu
        label={`${at === 0 ? 'Left' : 'Right'} branch: ${name}`}
        className="btn cm-name"
        groups={[
          branches.map(({ id, name: label }) => ({
            id: String(id),
            label,
            isChecked: id === side.branch,
            run: () => void showOnSide(at, id),
          })),
        ]}
      >
        <b>{name}</b>
      </Menu>
      <span className="cm-facts">
        {sets.slice(0, SETS_MAX).map((id) => (
          <SetWords key={id} id={id} />
        ))}
        <span className="num dim cm-tick">tick {formatCount(side.isPresent ? ownTick : otherTick)}</span>
        {side.isPresent && <span className="dim cm-present">acts go here</span>}
      </span>
      <button type="button" className="btn btn-line btn-small cm-go" onClick={() => void goOnWith(side.branch)}>
        Go on with this one
      </button>
    </div>
  );
}

function SetWords({ id }: { id: string }) {
  const set = useFacts('set', id);
  if (!set) return null;
  return (
    <span className="cm-set">
      {set.name}{' '}
      <b className="num">
        {formatCount(set.ready)}/{formatCount(set.replicas)}
      </b>{' '}
      ready
      {set.updateRevision && <RevisionTag revision={set.updateRevision} />}
    </span>
  );
}

function SideSwitch({
  sides,
  shown,
  onShow,
}: {
  sides: readonly [ComparedSide, ComparedSide];
  shown: 0 | 1;
  onShow: (at: 0 | 1) => void;
}) {
  const branches = useStore(history, (state) => state.branches);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons is no fieldset
    <div className="seg cm-switch" role="group" aria-label="Branch shown">
      {([0, 1] as const).map((at) => (
        <button key={at} type="button" aria-pressed={shown === at} onClick={() => onShow(at)}>
          {branches.find(({ id }) => id === sides[at].branch)?.name}
        </button>
      ))}
    </div>
  );
}
