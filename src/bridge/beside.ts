// A second branch, shown beside the present one at the same moment: with a cursor and a scene of its own. It is simulated
// as far as the moment asks, and that it was looked at so leaves no trace in the session.
import { must } from '#lib';
import { projectAll, projectChanges, type Scene } from '#scene';
import { type Cursor, moveCursor, newCursor, nextDueMs, simulateTo, type Track, ticksUntil } from '#timeline';
import type { BesideFrame } from './protocol.ts';
import type { Play } from './session.ts';

/** The other branch where two are compared. */
export interface Beside {
  readonly track: Track;
  readonly cursor: Cursor;
  /** What the page was told last; undefined before the first frame. */
  scene: Scene | undefined;
}

/**
 * Puts a branch beside the present one, or none.
 * @param branch its id; the present branch itself is compared with nothing
 * @throws when there is no such branch
 */
export function standBeside(play: Play, branch: number | undefined): void {
  const { player } = play;
  if (play.beside && play.beside.track !== player.current) play.beside.track.cluster = undefined;
  play.beside = undefined;
  if (branch === undefined || branch === player.current.id) return;
  const track = must(
    player.tracks.find(({ id }) => id === branch),
    `branch ${branch}`,
  );
  play.beside = { track, cursor: newCursor(track.history), scene: undefined };
}

/** Runs something of the player on the other branch, as if it were the present one. */
export function onTrack<T>({ player }: Play, track: Track, run: () => T): T {
  const own = player.current;
  player.current = track;
  try {
    return run();
  } finally {
    player.current = own;
  }
}

/** Brings the other branch to the moment of the playhead. */
function follow(play: Play, { track, cursor }: Beside): ReturnType<typeof moveCursor> {
  onTrack(play, track, () => {
    while (!simulateTo(play.player, play.player.atMs)) {
      // goes on until the moment is reached
    }
  });
  cursor.history = track.history;
  return moveCursor(cursor, ticksUntil(track.history, play.player.atMs));
}

/**
 * The other branch at the moment of the playhead.
 * @param aheadMs how far beyond it is simulated in advance
 */
export function besideFrame(play: Play, beside: Beside, aheadMs: number): BesideFrame & { isAtRest: boolean } {
  const { track, cursor } = beside;
  const touched = follow(play, beside);
  const isWhole = beside.scene === undefined || touched === undefined;
  let change: Pick<BesideFrame, 'set' | 'gone'>;
  if (beside.scene && touched) change = projectChanges(beside.scene, cursor.moment, play.epochMs, touched);
  else {
    beside.scene = projectAll(cursor.moment, play.epochMs);
    change = { set: [...beside.scene.values()], gone: [] };
  }
  const dueMs = onTrack(play, track, () => {
    simulateTo(play.player, play.player.atMs + aheadMs);
    return nextDueMs(play.player);
  });
  return {
    branch: track.id,
    tick: cursor.tick,
    isWhole,
    set: change.set,
    gone: change.gone,
    isAtRest: dueMs === undefined,
  };
}
