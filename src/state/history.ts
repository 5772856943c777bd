// The whole history as the timeline draws it: branches, acts, lanes. It is asked for again when it has changed, a few
// times a second at most.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TimelineInfo } from '#bridge';
import { ask, engine } from './connection.ts';
import { moment, takeFrame } from './moment.ts';
import { notify } from './notices.ts';
import { exclusively } from './transport.ts';

const NOTHING: TimelineInfo = {
  branch: 0,
  branches: [{ id: 0, name: 'main', reachedMs: 0 }],
  acts: [],
  lanes: [],
  summaries: [],
  tickTimesMs: [],
};

/** Between two requests while things keep changing. */
const REFRESH_MS = 250;

/** The history last told. */
export const history: StoreApi<TimelineInfo> = createStore<TimelineInfo>(() => NOTHING);

let isAsking = false;
let isStale = false;

/** Asks for the history soon; many calls make one request. */
export function refreshHistory(): void {
  isStale = true;
  if (isAsking) return;
  isAsking = true;
  void (async () => {
    while (isStale && engine.getState().stoppedBy === undefined) {
      isStale = false;
      try {
        takeHistory(await ask('timeline', {}));
      } catch {
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, REFRESH_MS));
    }
    isAsking = false;
  })();
}

/**
 * Takes in a history that came with another answer.
 *
 * @param info - from the simulation
 */
export function takeHistory(info: TimelineInfo): void {
  history.setState(info, true);
}

// A frame that knows of other ticks means that lanes have grown.
moment.subscribe((now, before) => {
  if (now.ticks !== before.ticks || now.branch !== before.branch) refreshHistory();
});

/**
 * Shows another branch at the same moment, or where it ends.
 *
 * @param branch - its id
 * @returns when it is shown
 */
export async function goToBranch(branch: number): Promise<void> {
  if (branch === history.getState().branch) return;
  await exclusively(async () => {
    const { frame, timeline } = await ask('goToBranch', { branch });
    takeFrame(frame, true);
    takeHistory(timeline);
  }).catch(() => undefined);
}

/**
 * Gives a branch another name.
 *
 * @param branch - its id
 * @param name - what it is called from now on; an empty one changes nothing
 * @returns when it is known everywhere
 */
export async function renameBranch(branch: number, name: string): Promise<void> {
  try {
    takeHistory(await ask('renameBranch', { branch, name }));
  } catch {
    notify({ tone: 'problem', text: 'The branch keeps its name: the simulation did not answer.' });
  }
}

/**
 * The branches that lead to one, itself first, each with the moment up to which its acts belong to that one's past.
 *
 * @param info - the history
 * @param branch - where to end
 * @returns ids with the end of their share
 */
export function lineageOf(info: Pick<TimelineInfo, 'branches'>, branch: number): { id: number; untilMs: number }[] {
  const lineage: { id: number; untilMs: number }[] = [];
  let untilMs = Number.POSITIVE_INFINITY;
  for (let id: number | undefined = branch; id !== undefined; ) {
    const found = info.branches.find((other) => other.id === id);
    if (!found || lineage.some((step) => step.id === id)) break;
    lineage.push({ id, untilMs });
    if (found.forkMs !== undefined) untilMs = Math.min(untilMs, found.forkMs);
    id = found.parent;
  }
  return lineage;
}

/**
 * The acts that made a branch what it is: its own, and those of its ancestors before it left them.
 *
 * @param info - the history
 * @param branch - its id
 * @returns marks in order of time
 */
export function actsOfBranch(info: TimelineInfo, branch: number): TimelineInfo['acts'] {
  const lineage = new Map(lineageOf(info, branch).map(({ id, untilMs }) => [id, untilMs]));
  return info.acts
    .filter((act) => act.atMs <= (lineage.get(act.branch) ?? -1))
    .map((act, order) => ({ act, order }))
    .sort((a, b) => a.act.atMs - b.act.atMs || a.order - b.order)
    .map(({ act }) => act);
}
