// The StatefulSet controller: keeps `replicas` pods with stable names, one for each ordinal, and their claims. One sync
// is one turn; what it decides stands in the files beside this one, phase by phase.
// k8s: pkg/controller/statefulset/stateful_set.go, stateful_set_control.go
import type { StatefulSet } from '#kube';
import { keyOf, ordinalOf, partsOfKey } from '#kube';
import { type Actor, done, type Outcome, type Reason, type Turn, wait } from '../../kernel/index.ts';
import { claimPods, wakeSetsOfPod } from './ownership.ts';
import { mindReplicas } from './replicas.ts';
import { restingReason } from './resting.ts';
import { adoptRevisions, listRevisions, type Revisions, settleRevisions, truncateHistory } from './revisions.ts';
import { dropRoster, rosterOf } from './roster.ts';
import { mindCondemned, mindCondemnedClaims } from './scale.ts';
import { isStatusNews, newStatus } from './status.ts';
import { type Failure, type Halt, type Sync, setKeyOf } from './sync.ts';
import { mindUpdate } from './update.ts';

/** Between a change and the sync that follows it. */
const LATENCY_MS = 10;

/** Keeps the pods, claims and revisions of every StatefulSet. */
export const statefulSetController: Actor = {
  name: 'statefulset-controller',
  latencyMs: LATENCY_MS,
  // STS-25: claims, volumes, services, nodes and revisions are not watched.
  watches: {
    StatefulSet: ({ key }, enqueue) => enqueue(key),
    Pod: wakeSetsOfPod,
  },
  reconcile: (turn, key) => {
    const { namespace, name } = partsOfKey(key);
    const set = turn.view.get('StatefulSet', namespace, name);
    if (set) return syncSet(turn, set);
    dropRoster(turn.view, namespace, name);
    return done;
  },
};

/** One sync of a set. k8s: syncStatefulSet, UpdateStatefulSet */
function syncSet(turn: Turn, set: StatefulSet): Outcome {
  const { view } = turn;
  const atMs = turn.config.epochMs + turn.nowMs;
  const did: Reason[] = [];
  const refused =
    adoptRevisions(turn, set, listRevisions(view, set)) ?? claimPods(turn, set, rosterOf(view, set, atMs), did);
  if (refused !== undefined) return failed(set, { message: refused, about: setKeyOf(set) });
  const roster = rosterOf(view, set, atMs);
  const history = listRevisions(view, set);
  const settled = settleRevisions(turn, set, history);
  if (settled.error !== undefined) {
    const alsoRefused = truncateHistory(turn, set, history, undefined, roster);
    const message = alsoRefused === undefined ? settled.error : `${settled.error}, ${alsoRefused}`;
    return failed(set, { message, about: setKeyOf(set) });
  }
  const revisions = settled.value;
  if (revisions.change) did.push(revisionReason(set, revisions));
  const sync: Sync = { turn, set, roster, revisions, atMs, did, waits: [], updateDeletions: 0 };
  const halt = set.metadata.deletionTimestamp === undefined ? runPhases(sync) : leaving(set);
  // STS-19: also a sync that failed writes the status it found, and truncates the history.
  const { status, isCompleted } = newStatus(sync);
  const statusError = isStatusNews(set, status) ? refusalOf(turn.updateStatus({ ...set, status })) : undefined;
  const historyError = truncateHistory(turn, set, history, revisions, roster);
  if (halt?.error) return failed(set, halt.error);
  const error = statusError ?? historyError;
  if (error !== undefined) return failed(set, { message: error, about: setKeyOf(set) });
  if (isCompleted) did.push(completionReason(set, revisions.update.revision));
  const why = did.at(-1) ?? halt?.wait ?? sync.waits[0] ?? restingReason(sync);
  return { why, againMs: nextCheckMs(sync) };
}

/** The phases in their order; the first that ends the sync has the last word. k8s: updateStatefulSet */
const runPhases = (sync: Sync): Halt | undefined =>
  mindReplicas(sync) ?? mindCondemnedClaims(sync) ?? mindCondemned(sync) ?? mindUpdate(sync);

/** STS-17: a set that is being deleted counts its pods and does nothing else. */
const leaving = (set: StatefulSet): Halt => ({
  wait: { rule: 'STS-17', acting: false, about: setKeyOf(set), args: { set: set.metadata.name } },
});

const refusalOf = (result: ReturnType<Turn['updateStatus']>): string | undefined =>
  result.ok ? undefined : result.error.message;

/** REV-2, REV-3: a template that was not the newest yet. */
const revisionReason = (set: StatefulSet, { change, update }: Revisions): Reason => ({
  rule: change === 'created' ? 'REV-2' : 'REV-3',
  acting: true,
  about: keyOf('ControllerRevision', update.metadata.namespace, update.metadata.name),
  args: { set: set.metadata.name, revision: update.revision, name: update.metadata.name },
});

/** STS-15: every pod is at the update revision, which is the current one from now on. */
const completionReason = (set: StatefulSet, revision: number): Reason => ({
  rule: 'STS-15',
  acting: true,
  about: setKeyOf(set),
  args: { set: set.metadata.name, revision, replicas: set.spec.replicas },
});

/** STS-22, STS-23: the sync failed; it comes again after a pause that doubles each time. */
function failed(set: StatefulSet, { about, message, isNameTaken }: Failure): Outcome {
  const { kind, name } = partsOfKey(about);
  const pod = kind === 'Pod' ? { pod: name, ordinal: ordinalOf(name) } : {};
  const args = { set: set.metadata.name, message, ...pod };
  return wait(isNameTaken ? 'STS-22' : 'STS-23', about, args, { failed: true });
}

/** STS-5: when the next Ready pod becomes available; nothing else would wake the set then. */
function nextCheckMs({ set, roster, atMs }: Sync): number | undefined {
  const minReadyMs = (set.spec.minReadySeconds ?? 0) * 1000;
  if (minReadyMs === 0 || roster.readyYoung === 0) return undefined;
  const nextMs = roster.maturing[0]?.availableAtMs ?? Number.POSITIVE_INFINITY;
  return Number.isFinite(nextMs) ? Math.max(0, nextMs - atMs) : minReadyMs;
}
