// Which pods a ReplicaSet gives up first. k8s: controller.ActivePodsWithRanks, replicaset.getPodsToDelete
import { conditionOf, isPodReady, type Pod, parseTime } from '#kube';

const COST = 'controller.kubernetes.io/pod-deletion-cost';
const NS_PER_MS = 1_000_000;
const PHASES: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

interface Ranked {
  readonly pod: Pod;
  /** Active pods of the same workload on its node. */
  readonly neighbours: number;
}

const isAssigned = (pod: Pod): boolean => pod.spec.nodeName !== undefined && pod.spec.nodeName !== '';
const costOf = (pod: Pod): number => Number.parseInt(pod.metadata.annotations?.[COST] ?? '0', 10) || 0;
const restartsOf = (pod: Pod): number =>
  Math.max(0, ...(pod.status.containerStatuses ?? []).map((container) => container.restartCount));

/** Ages count in powers of two: pods of about the same age are told apart by uid. k8s: logarithmicRankDiff */
function compareAges(a: Pod, b: Pod, aTime: string | undefined, bTime: string | undefined, nowMs: number): number {
  const rank = (time: string | undefined): number => {
    const age = (nowMs - (parseTime(time) ?? nowMs)) * NS_PER_MS;
    return age > 0 ? Math.floor(Math.log2(age)) : -1;
  };
  return rank(aTime) - rank(bTime) || (a.metadata.uid < b.metadata.uid ? -1 : 1);
}

const readyTimeOf = (pod: Pod): string | undefined => conditionOf(pod.status, 'Ready')?.lastTransitionTime;

function compare(x: Ranked, y: Ranked, nowMs: number): number {
  const [a, b] = [x.pod, y.pod];
  const early =
    Number(isAssigned(a)) - Number(isAssigned(b)) ||
    (PHASES[a.status.phase] ?? 2) - (PHASES[b.status.phase] ?? 2) ||
    Number(isPodReady(a)) - Number(isPodReady(b)) ||
    costOf(a) - costOf(b) ||
    y.neighbours - x.neighbours;
  if (early !== 0) return early;
  if (isPodReady(a) && readyTimeOf(a) !== readyTimeOf(b))
    return compareAges(a, b, readyTimeOf(a), readyTimeOf(b), nowMs);
  return (
    restartsOf(b) - restartsOf(a) ||
    (a.metadata.creationTimestamp !== b.metadata.creationTimestamp
      ? compareAges(a, b, a.metadata.creationTimestamp, b.metadata.creationTimestamp, nowMs)
      : 0)
  );
}

/**
 * The pods to delete, first victim first (RS-2).
 * @param pods the set's active pods
 * @param related active pods of the whole workload: of all ReplicaSets of its Deployment
 * @param count how many are too many
 * @param nowMs Unix milliseconds
 */
export function chooseVictims(
  pods: readonly Pod[],
  related: readonly Pod[],
  count: number,
  nowMs: number,
): readonly Pod[] {
  if (count >= pods.length) return pods;
  const onNode = new Map<string, number>();
  for (const { spec } of related) if (spec.nodeName) onNode.set(spec.nodeName, (onNode.get(spec.nodeName) ?? 0) + 1);
  return pods
    .map((pod) => ({ pod, neighbours: onNode.get(pod.spec.nodeName ?? '') ?? 0 }))
    .sort((x, y) => compare(x, y, nowMs))
    .slice(0, count)
    .map(({ pod }) => pod);
}
