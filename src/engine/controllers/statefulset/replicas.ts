// The first phase of a sync: each ordinal that the set asks for, lowest first. OrderedReady stops at the first pod that
// is not as it should be; Parallel looks after all of them in one go.
// k8s: processReplica, runForAll in stateful_set_control.go
import type { ReasonArgs } from '../../kernel/index.ts';
import { newPodRevision } from './new-pod-revision.ts';
import { nextStep } from './next-step.ts';
import { firstFrom, firstGap, gaps } from './ordinal-set.ts';
import { createPod, deletePod, needsRepairNow, repairPod, staleClaimOf, tendClaims } from './pod-control.ts';
import { endOf, startOf } from './pod-identity.ts';
import type { Slot } from './slot.ts';
import { slowStart } from './slow-start.ts';
import { enough, type Failure, type Halt, isParallel, podArgs, podReason, type Sync, spanArgs } from './sync.ts';

/** Most pods that one sync creates: a turn must end. The next sync goes on where it stopped. */
const CREATIONS_MAX = 10_000;

/**
 * Phase A: makes missing pods, replaces finished ones, restores identities.
 * @returns where the sync ends; undefined when it goes on with the condemned pods
 */
export const mindReplicas = (sync: Sync): Halt | undefined =>
  isParallel(sync.set) ? mindAll(sync) : mindInOrder(sync);

const lowest = (...ordinals: readonly (number | undefined)[]): number | undefined => {
  let found: number | undefined;
  for (const ordinal of ordinals)
    if (ordinal !== undefined && (found === undefined || ordinal < found)) found = ordinal;
  return found;
};

/** STS-2 to STS-8: pod by pod. Only ordinals at which something is to be done or waited for are looked at. */
function mindInOrder(sync: Sync): Halt | undefined {
  const { roster, set } = sync;
  const end = endOf(set);
  for (let from = startOf(set); ; ) {
    const ordinal = lowest(
      firstGap(roster.taken, from, end),
      firstFrom(roster.blocking, from),
      firstFrom(roster.young, from),
    );
    if (ordinal === undefined) return undefined;
    const slot = roster.slots.get(ordinal);
    const halt = slot ? mindPod(sync, slot) : fill(sync, ordinal);
    if (halt) return halt;
    from = ordinal + 1;
  }
}

/** What OrderedReady does with a pod that is there. */
function mindPod(sync: Sync, slot: Slot): Halt | undefined {
  const { set } = sync;
  const { ordinal } = slot;
  const error = tend(sync, slot);
  if (error) return { error };
  const hold = (rule: string, args?: ReasonArgs): Halt => ({
    wait: podReason(rule, false, set, ordinal, { policy: 'OrderedReady', ...nextStep(sync, slot), ...args }),
  });
  if (slot.isTerminating) return hold('STS-4');
  if (slot.isFinished) return enough;
  if (!slot.isRunningAndReady) return hold('STS-3');
  if (slot.availableAtMs > sync.atMs) return hold('STS-5', { minReadySeconds: set.spec.minReadySeconds ?? 0 });
  const refused = repair(sync, slot);
  return refused && { error: refused };
}

/** What both policies do at once with a pod that is there: replace it when finished, look after its claims. */
function tend(sync: Sync, slot: Slot): Failure | undefined {
  const { set, did } = sync;
  const { ordinal } = slot;
  if (slot.isFinished) {
    if (slot.isTerminating) return undefined;
    const error = deletePod(sync, ordinal);
    if (!error) did.push(podReason('STS-6', true, set, ordinal, { phase: slot.pod.status.phase }));
    return error;
  }
  if (!slot.needsClaims) return undefined;
  const { made, error } = tendClaims(sync, slot);
  for (const claim of made) did.push(podReason('CLAIM-4', true, set, ordinal, { claim }));
  return error;
}

/** STS-8 */
function repair(sync: Sync, slot: Slot): Failure | undefined {
  if (!needsRepairNow(sync, slot)) return undefined;
  const error = repairPod(sync, slot);
  if (!error) sync.did.push(podReason('STS-8', true, sync.set, slot.ordinal));
  return error;
}

/** STS-2, CLAIM-7: makes the pod of an ordinal; OrderedReady makes one in a sync. */
function fill(sync: Sync, ordinal: number): Halt {
  const { set } = sync;
  const claim = staleClaimOf(sync, ordinal);
  if (claim !== undefined) return { wait: staleReason(sync, ordinal, claim) };
  const error = createPod(sync, ordinal);
  if (error) return { error };
  const predecessor = ordinal > startOf(set) ? { predecessor: podArgs(set, ordinal - 1).pod } : {};
  // While two revisions are about, it matters which one the pod is made of.
  const { current, update } = sync.revisions;
  const revision = current === update ? {} : { revision: newPodRevision(sync, ordinal).revision.revision };
  sync.did.push(podReason('STS-2', true, set, ordinal, { policy: 'OrderedReady', ...predecessor, ...revision }));
  return enough;
}

const staleReason = ({ set }: Sync, ordinal: number, claim: string) => ({
  ...podReason('CLAIM-7', false, set, ordinal, { claim: claim.slice(claim.lastIndexOf('/') + 1) }),
  about: claim,
});

/** STS-7: every ordinal that wants something, in one sync, without waiting for any other. */
function mindAll(sync: Sync): Halt | undefined {
  const { roster, set } = sync;
  const start = startOf(set);
  const isFull = roster.taken.length >= set.spec.replicas;
  const missing = isFull ? [] : gaps(roster.taken, start, endOf(set), CREATIONS_MAX);
  const ordinals = [...missing, ...roster.chores].sort((a, b) => a - b);
  const created: number[] = [];
  const error = slowStart(
    ordinals.map((ordinal) => ordinal - start),
    (index) => {
      const ordinal = ordinals[index] as number;
      const slot = roster.slots.get(ordinal);
      if (slot) return tend(sync, slot) ?? (slot.isFinished ? undefined : repair(sync, slot));
      const claim = staleClaimOf(sync, ordinal);
      if (claim !== undefined) {
        sync.waits.push(staleReason(sync, ordinal, claim));
        return undefined;
      }
      const refused = createPod(sync, ordinal);
      if (!refused) created.push(ordinal);
      return refused;
    },
  );
  const [from, to] = [created[0], created.at(-1)];
  if (from !== undefined && to !== undefined)
    sync.did.push(
      from === to
        ? podReason('STS-7', true, set, from, { count: 1 })
        : { rule: 'STS-7', acting: true, args: spanArgs(set, from, to, created.length) },
    );
  return error && { error };
}
