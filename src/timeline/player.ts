// Plays acts into a cluster and keeps what follows: branches of history, each simulated as far as somebody looked.
import {
  type Cluster,
  loadWorld,
  type Moment,
  newCluster,
  nextNewsMs,
  runUntil,
  saveWorld,
  step,
  type Tick,
  type World,
} from '#engine';
import { must } from '#lib';
import {
  appendTick,
  type Cursor,
  forkHistory,
  type History,
  momentAfter,
  moveCursor,
  newCursor,
  newHistory,
  type Touched,
  ticksUntil,
} from './history.ts';
import type { Act, Branch, TimedAct } from './types.ts';

/** Does an act at the present moment of a cluster; returns its tick (undefined: nothing changed) and its answer. */
export type PerformAct<Answer> = (
  cluster: Cluster,
  act: Act,
) => { readonly tick: Tick | undefined; readonly answer: Answer };

/** One branch as it is being played. */
export interface Track {
  readonly id: number;
  name: string;
  readonly fork?: NonNullable<Branch['fork']>;
  readonly acts: TimedAct[];
  /** How many of `acts` the history holds already. */
  actsPlayed: number;
  reachedMs: number;
  simulatedMs: number;
  history: History;
  /** The world at the simulated end; set up again from the history when it is needed after another branch was. */
  cluster: Cluster | undefined;
}

export interface Player<Answer> {
  readonly tracks: Track[];
  current: Track;
  cursor: Cursor;
  /** Where the playhead stands: at or after the cursor's tick. */
  atMs: number;
  readonly start: Cluster;
  readonly perform: PerformAct<Answer>;
  readonly watch: TrackWatcher;
}

/** Who keeps notes along a track (its lanes, say): told of each tick in turn, and of forks and of what is forgotten. */
export interface TrackWatcher {
  readonly onTick: (trackId: number, tick: Tick, cluster: Cluster) => void;
  /** Track `to` begins as `from` was at that moment; the same track twice: it forgot what came after. */
  readonly onFork: (from: number, to: number, atMs: number, moment: Moment) => void;
}

const NO_WATCHER: TrackWatcher = { onTick: () => undefined, onFork: () => undefined };

/**
 * A player at time 0 of a new history.
 * @param start the cluster before the first act; it is not used afterwards by anybody else
 * @param perform does an act in a cluster
 * @param watch is told of every tick, fork and forgetting
 */
export function newPlayer<Answer>(
  start: Cluster,
  perform: PerformAct<Answer>,
  watch: TrackWatcher = NO_WATCHER,
): Player<Answer> {
  const history = newHistory(start.world);
  const trunk: Track = {
    id: 0,
    name: 'main',
    acts: [],
    actsPlayed: 0,
    reachedMs: 0,
    simulatedMs: 0,
    history,
    cluster: start,
  };
  return { tracks: [trunk], current: trunk, cursor: newCursor(history), atMs: 0, start, perform, watch };
}

/** A world that goes on from a moment of a history. */
function worldFrom(moment: Moment, config: World['config']): World {
  return loadWorld(saveWorld({ ...moment, config, queue: [] }));
}

/** The cluster at the simulated end of a track. */
function clusterOf<Answer>(player: Player<Answer>, track: Track): Cluster {
  if (track.cluster) return track.cluster;
  const world = worldFrom(momentAfter(track.history, track.history.ticks.length), player.start.world.config);
  const cluster = newCluster(world, [...player.start.actors.values()]);
  runUntil(cluster, track.simulatedMs);
  track.cluster = cluster;
  return cluster;
}

/** Ticks in one call of `simulateTo` after which it returns, so that a worker stays answerable. */
const TICKS_AT_ONCE = 20_000;

/**
 * Simulates the present branch up to a moment, acts included.
 * @returns false when it stopped half-way, to be called again; true when the moment is reached
 */
export function simulateTo<Answer>(player: Player<Answer>, atMs: number): boolean {
  const track = player.current;
  const cluster = clusterOf(player, track);
  let ticks = 0;
  for (;;) {
    const next = track.acts[track.actsPlayed];
    const untilMs = next ? Math.min(next.atMs, atMs) : atMs;
    while (track.simulatedMs <= untilMs) {
      const tick = step(cluster, untilMs);
      if (!tick) break;
      appendTick(track.history, tick, cluster.world);
      player.watch.onTick(track.id, tick, cluster);
      track.simulatedMs = tick.atMs;
      ticks += 1;
      if (ticks >= TICKS_AT_ONCE) return false;
    }
    track.simulatedMs = Math.max(track.simulatedMs, untilMs);
    if (!next || next.atMs > atMs) return true;
    playAct(player, track, cluster, next.act);
  }
}

function playAct<Answer>(player: Player<Answer>, track: Track, cluster: Cluster, act: Act): Answer {
  const { tick, answer } = player.perform(cluster, act);
  if (tick) {
    appendTick(track.history, tick, cluster.world);
    player.watch.onTick(track.id, tick, cluster);
  }
  track.actsPlayed += 1;
  return answer;
}

/**
 * Shows a moment: simulates up to it where needed and moves the cursor there.
 * @returns what may have changed since the moment shown before; undefined: anything
 */
export function seek<Answer>(player: Player<Answer>, atMs: number): Touched | undefined {
  while (!simulateTo(player, atMs)) {
    // goes on until the moment is reached
  }
  player.atMs = atMs;
  player.current.reachedMs = Math.max(player.current.reachedMs, atMs);
  return moveCursor(player.cursor, ticksUntil(player.current.history, atMs));
}

/**
 * Does an act at a moment of the present branch. Before the furthest moment that was looked at, it starts a branch
 * there, and the old future is kept; otherwise what was only simulated ahead is forgotten. An act in the past that
 * changes nothing leaves no branch.
 * @returns the act's answer, the branch that was started for it, and what may have changed (undefined: anything)
 */
export function actAt<Answer>(
  player: Player<Answer>,
  atMs: number,
  act: Act,
): { readonly answer: Answer; readonly newBranch?: number; readonly touched: Touched | undefined } {
  seek(player, atMs);
  const parent = player.current;
  const isPast = atMs < parent.reachedMs || parent.acts.some((timed) => timed.atMs > atMs);
  if (isPast) player.current = forkTrack(player, parent, atMs);
  else if (parent.simulatedMs > atMs) forgetAfter(player, parent, atMs);
  const track = player.current;
  player.cursor.history = track.history;
  const cluster = clusterOf(player, track);
  track.acts.push({ atMs, act });
  const ticksBefore = track.history.ticks.length;
  const answer = playAct(player, track, cluster, act);
  if (isPast && track.history.ticks.length === ticksBefore) {
    dropTrack(player, track, parent);
    return { answer, touched: seek(player, atMs) };
  }
  const touched = seek(player, atMs);
  return { answer, touched, ...(isPast && { newBranch: track.id }) };
}

function forkTrack<Answer>(
  player: Player<Answer>,
  parent: Track,
  atMs: number,
  id: number = Math.max(...player.tracks.map((other) => other.id)) + 1,
): Track {
  const track: Track = {
    id,
    name: nextBranchName(player.tracks),
    fork: { parent: parent.id, atMs },
    acts: [],
    actsPlayed: 0,
    reachedMs: atMs,
    simulatedMs: atMs,
    history: forkHistory(parent.history, ticksUntil(parent.history, atMs)),
    cluster: undefined,
  };
  player.tracks.push(track);
  player.watch.onFork(parent.id, id, atMs, momentAfter(track.history, track.history.ticks.length));
  parent.cluster = undefined;
  return track;
}

/** Takes back a branch that was begun for an act which changed nothing: a refused one, say. */
function dropTrack<Answer>(player: Player<Answer>, track: Track, parent: Track): void {
  player.tracks.splice(player.tracks.indexOf(track), 1);
  player.current = parent;
  player.cursor.history = parent.history;
}

/** Branch names run A, B … Z, then A1, B1 …; the trunk is `main`. */
function nextBranchName(tracks: readonly Track[]): string {
  const taken = new Set(tracks.map((track) => track.name));
  for (let round = 0; ; round += 1)
    for (let letter = 0; letter < 26; letter += 1) {
      const name = `branch ${String.fromCharCode(65 + letter)}${round === 0 ? '' : round}`;
      if (!taken.has(name)) return name;
    }
}

/** Takes back what a track simulated beyond a moment that nobody has seen. */
function forgetAfter<Answer>(player: Player<Answer>, track: Track, atMs: number): void {
  track.history = forkHistory(track.history, ticksUntil(track.history, atMs));
  track.simulatedMs = atMs;
  track.cluster = undefined;
  player.watch.onFork(track.id, track.id, atMs, player.cursor.moment);
}

/**
 * Goes to another branch, at the present moment or as far as that branch was looked at.
 * @throws when there is no such branch
 */
export function goToTrack<Answer>(player: Player<Answer>, id: number): void {
  const track = must(
    player.tracks.find((other) => other.id === id),
    `branch ${id}`,
  );
  player.current.cluster = undefined;
  player.current = track;
  player.cursor = newCursor(track.history);
  seek(player, Math.min(Math.max(player.atMs, track.fork?.atMs ?? 0), track.reachedMs));
}

/** The tracks as plain data: what a link carries. */
export const branchesOf = <Answer>(player: Player<Answer>): Branch[] =>
  player.tracks.map(({ id, name, fork, acts, reachedMs }) => ({
    id,
    name,
    ...(fork && { fork }),
    acts: [...acts],
    reachedMs,
  }));

/**
 * Plays recorded branches again. Parents come before their children; each is simulated as far as it was looked at.
 * @throws when a branch names a parent that does not come before it
 */
export function replayBranches<Answer>(player: Player<Answer>, branches: readonly Branch[]): void {
  for (const branch of branches) {
    let track = player.tracks[0] as Track;
    if (branch.fork) {
      const { parent: parentId, atMs } = branch.fork;
      const parent = must(
        player.tracks.find((other) => other.id === parentId),
        `parent ${parentId} of branch ${branch.id}`,
      );
      goToTrack(player, parent.id);
      seek(player, Math.max(atMs, parent.reachedMs));
      track = forkTrack(player, parent, atMs, branch.id);
    }
    track.name = branch.name;
    track.acts.push(...branch.acts);
    player.current.cluster = track === player.current ? player.current.cluster : undefined;
    player.current = track;
    player.cursor = newCursor(track.history);
    seek(player, branch.reachedMs);
  }
}

/** When the present branch will next do something after its simulated end; undefined: never, unless somebody acts. */
export const nextDueMs = <Answer>(player: Player<Answer>): number | undefined =>
  nextNewsMs(clusterOf(player, player.current));
