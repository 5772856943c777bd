// Making room for a more important pod by deleting less important ones. k8s: plugins/defaultpreemption
import { isTerminating, keyOf, matchesSelector, observedGenerationOf, type Pod, type PodDisruptionBudget } from '#kube';
import { withPodCondition } from '../api/bind.ts';
import type { Turn, View } from '../kernel/index.ts';
import { cycleOf, fits, type Refusal } from './find-node.ts';
import { noVictimsMessage } from './fit-message.ts';
import type { NodeInfo } from './plugin.ts';

const priorityOf = (pod: Pod): number => pod.spec.priority ?? 0;

/** A node on which the pod would fit without these pods. */
export interface Candidate {
  readonly nodeName: string;
  readonly victims: readonly Pod[];
  /** How many of the victims a disruption budget protects: they go all the same, but other nodes are preferred. */
  readonly violations: number;
}

export type PreemptionResult =
  | { readonly candidate: Candidate; readonly message?: undefined }
  | { readonly candidate?: undefined; readonly message: string };

/** More important first, then the one that started first. k8s: MoreImportantPod */
function compareImportance(a: Pod, b: Pod): number {
  const priority = priorityOf(b) - priorityOf(a);
  if (priority !== 0) return priority;
  const [startA, startB] = [a.status.startTime ?? '~', b.status.startTime ?? '~'];
  if (startA !== startB) return startA < startB ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

/** Splits pods by whether their deletion would violate a budget, each budget counted down as it is used. */
function protectedPods(view: View, pods: readonly Pod[]): ReadonlySet<Pod> {
  const allowed = new Map<PodDisruptionBudget, number>();
  const found = new Set<Pod>();
  for (const pod of pods)
    for (const budget of view.list('PodDisruptionBudget', pod.metadata.namespace ?? '')) {
      if (!matchesSelector(budget.spec.selector, pod.metadata.labels)) continue;
      const left = (allowed.get(budget) ?? budget.status.disruptionsAllowed) - 1;
      allowed.set(budget, left);
      if (left < 0) found.add(pod);
    }
  return found;
}

/** Whether a node may have pods that a pod is more important than: those that have it in mind count as well. */
function hasLesser({ totals }: NodeInfo, pod: Pod): boolean {
  for (const priority of totals.byPriority.keys()) if (priority < priorityOf(pod)) return true;
  return false;
}

/** The fewest, least important pods of a node without which the pod would fit; undefined when that is not enough. */
function candidateOf(view: View, pod: Pod, nodeName: string): Candidate | undefined {
  const lesser = view
    .podsOnNode(nodeName)
    .filter(
      (other) =>
        priorityOf(other) < priorityOf(pod) && other.status.phase !== 'Succeeded' && other.status.phase !== 'Failed',
    );
  if (lesser.length === 0 || !fits(cycleOf(view, pod, lesser), nodeName)) return undefined;
  const ranked = [...lesser].sort(compareImportance);
  const guarded = protectedPods(view, ranked);
  // Whoever can stay stays: protected ones are asked first, then the more important ones.
  let victims = ranked;
  for (const other of [...ranked.filter((it) => guarded.has(it)), ...ranked.filter((it) => !guarded.has(it))]) {
    const rest = victims.filter((it) => it !== other);
    if (fits(cycleOf(view, pod, rest), nodeName)) victims = rest;
  }
  return { nodeName, victims, violations: victims.filter((it) => guarded.has(it)).length };
}

/** The node where preemption does least harm. k8s: pickOneNodeForPreemption */
function compareHarm(a: Candidate, b: Candidate): number {
  const highest = ({ victims }: Candidate): number => Math.max(...victims.map(priorityOf));
  const sum = ({ victims }: Candidate): number => victims.reduce((total, pod) => total + priorityOf(pod), 0);
  return (
    a.violations - b.violations ||
    highest(a) - highest(b) ||
    sum(a) - sum(b) ||
    a.victims.length - b.victims.length ||
    (a.nodeName < b.nodeName ? -1 : 1)
  );
}

/** What a pod says that has its victims and waits for them to go. */
export const VICTIMS_LEAVING = 'not eligible due to a terminating pod on the nominated node.';

/** Why a pod may not preempt at all, in the event's words. k8s: PodEligibleToPreemptOthers */
function ineligibility(view: View, pod: Pod): string | undefined {
  if (pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = pod.status.nominatedNodeName;
  const isMakingRoom =
    nominated !== undefined &&
    view.podsOnNode(nominated).some((other) => isTerminating(other) && priorityOf(other) < priorityOf(pod));
  return isMakingRoom ? VICTIMS_LEAVING : undefined;
}

/** Looks for pods that could make room (SCHED-16). Writes nothing. */
export function findVictims(view: View, pod: Pod, refusals: readonly Refusal[]): PreemptionResult {
  const ineligible = ineligibility(view, pod);
  if (ineligible !== undefined) return { message: ineligible };
  let best: Candidate | undefined;
  for (const { info, failure } of refusals) {
    const isWorthALook = failure.isResolvable && hasLesser(info, pod);
    const candidate = isWorthALook ? candidateOf(view, pod, info.node.metadata.name) : undefined;
    if (candidate && (!best || compareHarm(candidate, best) < 0)) best = candidate;
  }
  return best ? { candidate: best } : { message: noVictimsMessage(refusals) };
}

/** Deletes the victims, with a condition that tells why, and an event. */
export function preempt(turn: Turn, pod: Pod, { nodeName, victims }: Candidate): void {
  for (const victim of victims) {
    const message = `${pod.spec.schedulerName ?? 'default-scheduler'}: preempting to accommodate a higher priority pod`;
    const condition = {
      type: 'DisruptionTarget',
      ...observedGenerationOf(victim),
      status: 'True',
      reason: 'PreemptionByScheduler',
      message,
    } as const;
    turn.updateStatus<Pod>({
      ...victim,
      status: { ...victim.status, conditions: withPodCondition(victim.status.conditions, condition, turn.now) },
    });
    turn.delete(keyOf('Pod', victim.metadata.namespace, victim.metadata.name), { uid: victim.metadata.uid });
    turn.event(victim, {
      type: 'Normal',
      reason: 'Preempted',
      message: `Preempted by pod ${pod.metadata.uid} on node ${nodeName}`,
    });
  }
}
