// Writes down what a cluster does in the form of a trace: a log of changed digests, the Events, and the state.
import type { Tick, View } from '#engine';
import type { KubeEvent, KubeObject, ObjectKey } from '#kube';
import { isTerminating, keyOf, partsOfKey } from '#kube';
import { digestOf, eventDigestOf, isTraced, TRACED_KINDS } from './digest.ts';
import type { Digest, LogEntry, TraceEvent, TraceState } from './trace.ts';

export interface Recorder {
  /** Notes what a tick changed. */
  observe(tick: Tick | undefined): void;
  /** Forgets the log so far: what was noted belongs to the setting up of the cluster. */
  begin(): void;
  /** What was noted since the last call; parts that are empty are left out. */
  take(view: View): { log?: readonly LogEntry[]; events?: readonly TraceEvent[]; state?: TraceState };
}

/** A recorder of a cluster that has just begun: what is there already is the first of its name. */
export function newRecorder(view: View): Recorder {
  const incarnations = new Map<ObjectKey, number>(
    TRACED_KINDS.flatMap((kind) => view.list(kind))
      .filter(isTraced)
      .map((object) => [keyOf(object.kind, object.metadata.namespace, object.metadata.name), 1]),
  );
  const lastDigest = new Map<ObjectKey, string>();
  for (const [key, incarnation] of incarnations) {
    const object = view.find(key);
    if (object) lastDigest.set(key, JSON.stringify(digestOf(object, incarnation)));
  }
  let log: LogEntry[] = [];
  let events: TraceEvent[] = [];
  let hasNodeChanged = false;

  const note = (change: LogEntry['change'], key: ObjectKey, object: KubeObject): void => {
    if (!isTraced(object)) return;
    if (change === 'ADDED') incarnations.set(key, (incarnations.get(key) ?? 0) + 1);
    const digest = digestOf(object, incarnations.get(key) ?? 1);
    if (!digest) return;
    const text = JSON.stringify(digest);
    if (change === 'MODIFIED' && lastDigest.get(key) === text) return;
    if (change === 'DELETED') lastDigest.delete(key);
    else lastDigest.set(key, text);
    if (object.kind === 'Node' && change === 'MODIFIED') hasNodeChanged = true;
    log.push({ change, kind: object.kind, name: object.metadata.name, ...digest } as LogEntry);
  };

  return {
    observe(tick) {
      for (const { key, before, after } of tick?.objects ?? []) {
        if (after?.kind === 'Event') events.push(eventDigestOf(after as KubeEvent));
        else if (after && before && after.metadata.uid !== before.metadata.uid) {
          noteGone(key, before, note);
          note('ADDED', key, after);
        } else if (after) note(before ? 'MODIFIED' : 'ADDED', key, after);
        else if (before) noteGone(key, before, note);
      }
    },
    begin() {
      log = [];
      events = [];
      hasNodeChanged = false;
    },
    take(view) {
      const step = {
        ...(log.length > 0 && { log, state: stateOf(view, incarnations, hasNodeChanged) }),
        ...(events.length > 0 && { events }),
      };
      log = [];
      events = [];
      return step;
    },
  };
}

/** The API server marks a pod before it removes it, even where both happen in one request; a turn shows the sum alone. */
function noteGone(
  key: ObjectKey,
  before: KubeObject,
  note: (change: LogEntry['change'], key: ObjectKey, object: KubeObject) => void,
): void {
  const isMarkMissing = before.kind === 'Pod' && !isTerminating(before);
  const last = isMarkMissing
    ? { ...before, metadata: { ...before.metadata, deletionTimestamp: before.metadata.creationTimestamp } }
    : before;
  if (isMarkMissing) note('MODIFIED', key, last);
  note('DELETED', key, last);
}

/** Digests of all objects. Nodes are told only once one of them has changed. */
function stateOf(view: View, incarnations: ReadonlyMap<ObjectKey, number>, hasNodeChanged: boolean): TraceState {
  const state: Record<string, Record<string, Digest>> = {};
  for (const [key, incarnation] of incarnations) {
    const object = view.find(key);
    if (!object || (object.kind === 'Node' && !hasNodeChanged)) continue;
    const digest = digestOf(object, incarnation);
    if (!digest) continue;
    const { data: _, ...shown } = digest;
    const { kind, name } = partsOfKey(key);
    state[kind] ??= {};
    state[kind][name] = shown;
  }
  return state;
}
