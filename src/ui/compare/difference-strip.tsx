// The strip under the two branches: what differs, in words, each line a way to the object itself.
import { useStore } from 'zustand';
import {
  type ComparedSide,
  clock,
  compareWith,
  history,
  lineageOf,
  moment,
  select,
  selection,
  swapSides,
} from '#state';
import { formatMoment } from '../graph/words.ts';
import { ActionIcon } from '../icons/index.ts';
import { Scroller } from '../shell/scroller.tsx';
import type { Difference } from './differences.ts';
import { useDifferences } from './use-differences.ts';

/** Lines in the strip; what is more is counted. */
const LINES_MAX = 200;

type Sides = readonly [ComparedSide, ComparedSide];

/**
 * The strip.
 *
 * @param props - the two that are compared
 */
export function DifferenceStrip({ sides }: { sides: Sides }) {
  const differences = useDifferences(sides[0].facts, sides[1].facts);
  const isPlaying = useStore(clock, (state) => state.isPlaying);
  const names = useNames(sides);
  return (
    <section className="cm-strip" aria-label="Differences">
      <div className="cm-strip-head">
        <span className="cm-count" aria-live={isPlaying ? 'off' : 'polite'}>
          <Headline count={differences.length} sides={sides} />
        </span>
        <button type="button" className="btn btn-small" onClick={swapSides}>
          <ActionIcon name="scale" size={14} />
          Swap sides
        </button>
        <button type="button" className="btn btn-small" onClick={() => void compareWith(undefined)}>
          Leave
          <kbd>Esc</kbd>
        </button>
      </div>
      {differences.length > 0 && (
        <Scroller className="cm-lines" label="Differences in words" isLong>
          <table>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">Object</span>
                </th>
                <th scope="col">{names[0]}</th>
                <th scope="col">{names[1]}</th>
              </tr>
            </thead>
            <tbody>
              {differences.slice(0, LINES_MAX).map((difference) => (
                <Line key={difference.id} difference={difference} />
              ))}
            </tbody>
          </table>
          {differences.length > LINES_MAX && <p className="dim">and {differences.length - LINES_MAX} more</p>}
        </Scroller>
      )}
    </section>
  );
}

/** How much differs; where nothing can, why. */
function Headline({ count, sides }: { count: number; sides: Sides }) {
  const info = useStore(history);
  const atMs = useStore(moment, (state) => state.atMs);
  const forkMs = leavingMs(info, sides);
  if (count > 0)
    return (
      <>
        <b className="num">{count}</b> {count === 1 ? 'difference' : 'differences'} at {formatMoment(atMs)}
      </>
    );
  if (atMs <= forkMs) return <>The two are one until {formatMoment(forkMs)}.</>;
  return <>No difference at {formatMoment(atMs)}.</>;
}

/** The moment up to which two branches have one past. */
function leavingMs(info: ReturnType<typeof history.getState>, [left, right]: Sides): number {
  const own = lineageOf(info, left.branch);
  for (const step of lineageOf(info, right.branch)) {
    const common = own.find(({ id }) => id === step.id);
    if (common) return Math.min(common.untilMs, step.untilMs);
  }
  return 0;
}

function useNames(sides: Sides): readonly [string, string] {
  const branches = useStore(history, (state) => state.branches);
  const nameOf = (side: ComparedSide) => branches.find(({ id }) => id === side.branch)?.name ?? '';
  return [nameOf(sides[0]), nameOf(sides[1])];
}

function Line({ difference: { id, name, left, right } }: { difference: Difference }) {
  const isSelected = useStore(selection, ({ selectedId }) => selectedId === id);
  return (
    <tr data-selected={isSelected || undefined}>
      <th scope="row">
        <button type="button" className="cm-what" aria-pressed={isSelected} onClick={() => select(id)}>
          {name}
        </button>
      </th>
      <td>{left}</td>
      <td>{right}</td>
    </tr>
  );
}
