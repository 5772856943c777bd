// The life of each slot along a track: which state its pod was in from when to when, and its claims. Notes are taken
// tick by tick; of sets with more slots than lanes can be drawn for, all lives are kept in short: see `lives.ts`.
import { type Moment, type Tick, viewOf } from '#engine';
import { ordinalOf, type PersistentVolumeClaim, type Pod, parentNameOf, partsOfKey, podNameOfClaim } from '#kube';
import { cutLives, type Lives, noteLife } from './lives.ts';
import { podFacts, type SceneInput } from './pod-facts.ts';
import { slotIdOf } from './set-facts.ts';
import type { PodState } from './types.ts';

/** One stretch of a pod's life in a lane. */
export interface Segment {
  readonly fromMs: number;
  /** Undefined while it goes on. */
  readonly toMs?: number;
  readonly state: PodState;
  readonly look?: 1 | 2 | 3;
  readonly graceMs?: number;
  readonly incarnation: number;
  /** ready-not-available: when it will count as available. */
  readonly availableAtMs?: number;
}

/** One stretch of a claim's life. */
export interface ClaimSegment {
  readonly fromMs: number;
  readonly toMs?: number;
  readonly phase: string;
  readonly name: string;
}

/** The life of one slot. */
export interface Lane {
  readonly id: string;
  readonly name: string;
  readonly pods: readonly Segment[];
  readonly claims: readonly ClaimSegment[];
}

interface OpenLane {
  readonly name: string;
  pods: Segment[];
  claims: ClaimSegment[];
}

/** The notes of one track. */
export interface LaneBook {
  readonly lanes: Map<string, OpenLane>;
  /** All slots of all sets, in short. */
  readonly lives: Lives;
}

/** Lanes that are kept stretch by stretch; of further slots there is only the life in short. */
const LANES_MAX = 200;

/** Notes about nothing yet. */
export const newLaneBook = (): LaneBook => ({ lanes: new Map(), lives: new Map() });

/** Takes notes of a tick. `moment` stands just after it. Cost: the pods and claims that it changed. */
export function noteTick(book: LaneBook, moment: Moment, tick: Pick<Tick, 'atMs' | 'objects'>, epochMs: number): void {
  let input: SceneInput | undefined;
  for (const { key, before, after } of tick.objects) {
    const kind = (after ?? before)?.kind;
    if (kind !== 'Pod' && kind !== 'PersistentVolumeClaim') continue;
    input ??= { moment, view: viewOf(moment.store), epochMs };
    const { namespace, name } = partsOfKey(key);
    if (kind === 'Pod') notePod(book, input, tick.atMs, namespace, name, after as Pod | undefined);
    else noteClaim(book, input, tick.atMs, namespace, name, after as PersistentVolumeClaim | undefined);
  }
}

function laneOf(
  book: LaneBook,
  input: SceneInput,
  namespace: string,
  setName: string,
  podName: string,
): OpenLane | undefined {
  const id = slotIdOf(namespace, setName, ordinalOf(podName));
  const known = book.lanes.get(id);
  if (known) return known;
  if (book.lanes.size >= LANES_MAX || !input.view.get('StatefulSet', namespace, setName)) return undefined;
  const lane: OpenLane = { name: podName, pods: [], claims: [] };
  book.lanes.set(id, lane);
  return lane;
}

function notePod(
  book: LaneBook,
  input: SceneInput,
  atMs: number,
  namespace: string,
  name: string,
  pod: Pod | undefined,
): void {
  const setName = parentNameOf(name);
  const facts = pod && podFacts(input, pod);
  if (facts?.setId !== undefined || book.lives.has(`${namespace}/${setName}`))
    noteLife(book.lives, `${namespace}/${setName}`, ordinalOf(name), atMs, facts);
  const lane = laneOf(book, input, namespace, setName, name);
  if (!lane) return;
  const last = lane.pods.at(-1);
  if (!facts) {
    if (last && last.toMs === undefined) lane.pods[lane.pods.length - 1] = { ...last, toMs: atMs };
    return;
  }
  const segment: Segment = {
    fromMs: atMs,
    state: facts.state,
    incarnation: facts.incarnation,
    ...(facts.revision && { look: facts.revision.look }),
    ...(facts.graceMs !== undefined && { graceMs: facts.graceMs }),
    ...(facts.state === 'ready-not-available' &&
      facts.availableAtMs !== undefined && { availableAtMs: facts.availableAtMs }),
  };
  if (last && last.toMs === undefined) {
    if (last.state === segment.state && last.look === segment.look && last.incarnation === segment.incarnation) return;
    if (last.fromMs === atMs) lane.pods.pop();
    else lane.pods[lane.pods.length - 1] = { ...last, toMs: atMs };
  }
  lane.pods.push(segment);
}

function noteClaim(
  book: LaneBook,
  input: SceneInput,
  atMs: number,
  namespace: string,
  name: string,
  claim: PersistentVolumeClaim | undefined,
): void {
  for (const set of input.view.list('StatefulSet', namespace)) {
    const podName = podNameOfClaim(set.metadata.name, name);
    if (podName === undefined) continue;
    const lane = laneOf(book, input, namespace, set.metadata.name, podName);
    if (!lane) return;
    const i = lane.claims.findLastIndex((segment) => segment.name === name && segment.toMs === undefined);
    const last = lane.claims[i];
    if (last && claim && last.phase === claim.status.phase) return;
    if (last) lane.claims[i] = { ...last, toMs: atMs };
    if (claim) lane.claims.push({ fromMs: atMs, phase: claim.status.phase, name });
    return;
  }
}

/** The notes as they were at a moment, for a track that goes on differently from there. */
export function forkLaneBook(book: LaneBook, atMs: number): LaneBook {
  const cut = <T extends { readonly fromMs: number; readonly toMs?: number }>(segments: readonly T[]): T[] =>
    segments
      .filter((segment) => segment.fromMs <= atMs)
      .map((segment) => {
        if (segment.toMs === undefined || segment.toMs <= atMs) return segment;
        const { toMs: _later, ...open } = segment;
        return open as unknown as T;
      });
  const lanes = new Map<string, OpenLane>();
  for (const [id, lane] of book.lanes) {
    const pods = cut(lane.pods);
    const claims = cut(lane.claims);
    if (pods.length > 0 || claims.length > 0) lanes.set(id, { name: lane.name, pods, claims });
  }
  return { lanes, lives: cutLives(book.lives, atMs) };
}

/** Where a stretch of not-yet-available ends by itself, it is told as two. */
function withAvailability(segments: readonly Segment[]): Segment[] {
  return segments.flatMap((segment) => {
    const { availableAtMs, ...plain } = segment;
    if (availableAtMs === undefined) return [plain];
    if (segment.toMs !== undefined && segment.toMs <= availableAtMs) return [plain];
    const after: Segment = { ...plain, state: 'ready', fromMs: availableAtMs };
    return [{ ...plain, toMs: availableAtMs }, after];
  });
}

/** The lanes by set and ordinal, ready to be drawn. */
export function lanesOf(book: LaneBook): Lane[] {
  const place = (id: string): [string, number] => {
    const cut = id.lastIndexOf('/');
    return [id.slice(0, cut), Number(id.slice(cut + 1))];
  };
  return [...book.lanes]
    .map(([id, lane]) => ({ id, name: lane.name, pods: withAvailability(lane.pods), claims: lane.claims }))
    .sort((a, b) => {
      const [setA, ordinalA] = place(a.id);
      const [setB, ordinalB] = place(b.id);
      return setA === setB ? ordinalA - ordinalB : setA < setB ? -1 : 1;
    });
}
