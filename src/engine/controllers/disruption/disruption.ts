// The disruption controller: keeps the status of PodDisruptionBudgets, by which the eviction API decides.
// k8s: pkg/controller/disruption/disruption.go
import {
  type Condition,
  conditionOf,
  isPodReady,
  isTerminating,
  keyOf,
  type LabelSelector,
  matchesSelector,
  type ObjectKey,
  observedGenerationOf,
  type Pod,
  type PodDisruptionBudget,
  parseTime,
  partsOfKey,
  resolveIntOrPercent,
  type StringMap,
} from '#kube';
import { isSame } from '#lib';
import { type Actor, act, done, type Outcome, type Turn, wait } from '../../kernel/index.ts';
import { groupsFor, isSameToBudgets, type PodGroup } from './pod-groups.ts';
import { scaleOf } from './scale.ts';

const LATENCY_MS = 4;
/** As this controller's events name their source. */
const EVENT_SOURCE = 'controllermanager';
/** How long an evicted pod that is still there counts as disrupted. k8s: DeletionTimeout */
const DELETION_TIMEOUT_MS = 120_000;
/** How long a pod that was to be disrupted keeps the condition that says so. k8s: stalePodDisruptionTimeout */
const STALE_TIMEOUT_MS = 120_000;

export const disruptionController: Actor = {
  name: 'disruption-controller',
  latencyMs: LATENCY_MS,
  watches: {
    PodDisruptionBudget: ({ key, after }, enqueue) => {
      if (after) enqueue(key);
    },
    Pod: (change, enqueue, view) => {
      const before = change.before as Pod | undefined;
      const after = change.after as Pod | undefined;
      if (after && isNewlyTargeted(before, after)) enqueue(change.key, STALE_TIMEOUT_MS);
      if (before && after && isSameToBudgets(before, after) && isTerminating(before) === isTerminating(after)) return;
      const namespace = (after ?? before)?.metadata.namespace ?? '';
      for (const budget of view.list('PodDisruptionBudget', namespace)) {
        const { selector } = budget.spec;
        if (matchesSelector(selector, after?.metadata.labels) || matchesSelector(selector, before?.metadata.labels))
          enqueue(keyOf('PodDisruptionBudget', namespace, budget.metadata.name));
      }
    },
  },
  reconcile: (turn, key) => (partsOfKey(key).kind === 'Pod' ? clearStale(turn, key) : syncBudget(turn, key)),
};

type Status = PodDisruptionBudget['status'];

/** What a budget asks for. */
interface Wanted {
  readonly expectedPods: number;
  readonly desiredHealthy: number;
  readonly hasUnmanaged: boolean;
}

/** One budget. O(groups of its namespace). */
function syncBudget(turn: Turn, key: ObjectKey): Outcome {
  const budget = turn.view.find(key) as PodDisruptionBudget | undefined;
  if (!budget) return done;
  const { namespace = '' } = budget.metadata;
  const groups = groupsFor(turn.view, namespace, budget.spec.selector);
  const pods = sum(groups, ({ pods: count }) => count);
  if (pods === 0) tell(turn, budget, 'Normal', 'NoPods', 'No matching pods found');
  const wanted = wantedOf(turn, budget, groups, pods);
  if (typeof wanted === 'string') return failSafe(turn, key, budget, wanted);
  if (wanted.hasUnmanaged) tell(turn, budget, 'Warning', 'UnmanagedPods', unmanagedMessage(budget.spec.selector));
  const { disruptedPods, recheckMs } = disruptedOf(turn, budget);
  const healthy = sum(groups, (group) => group.healthy) - healthyAmong(turn, namespace, disruptedPods);
  return writeStatus(turn, key, budget, wanted, healthy, disruptedPods, recheckMs);
}

const sum = (groups: readonly PodGroup[], value: (group: PodGroup) => number): number =>
  groups.reduce((total, group) => total + value(group), 0);

const tell = (
  turn: Turn,
  budget: PodDisruptionBudget,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void => turn.event(budget, { type, reason, message, source: EVENT_SOURCE });

/**
 * PDB-1, PDB-2: how many pods there should be, and how many of them healthy. Percentages are rounded up.
 * @returns the numbers, or what keeps them from being known
 */
function wantedOf(turn: Turn, budget: PodDisruptionBudget, groups: readonly PodGroup[], pods: number): Wanted | string {
  const { maxUnavailable, minAvailable } = budget.spec;
  if (maxUnavailable === undefined && typeof minAvailable === 'number')
    return { expectedPods: pods, desiredHealthy: minAvailable, hasUnmanaged: false };
  const limit = maxUnavailable ?? minAvailable;
  if (limit === undefined) return { expectedPods: 0, desiredHealthy: 0, hasUnmanaged: false };
  const expectedPods = expectedScale(turn, budget, groups);
  if (typeof expectedPods === 'string') return expectedPods;
  const part = resolveIntOrPercent(limit, expectedPods, 'up') ?? 0;
  const desiredHealthy = maxUnavailable === undefined ? part : Math.max(0, expectedPods - part);
  return { expectedPods, desiredHealthy, hasUnmanaged: groups.some(({ unmanaged }) => unmanaged > 0) };
}

function expectedScale(turn: Turn, budget: PodDisruptionBudget, groups: readonly PodGroup[]): number | string {
  const { namespace = '' } = budget.metadata;
  const replicas = new Map<string, number>();
  for (const { controllers } of groups)
    for (const { ref } of controllers.values()) {
      const scale = scaleOf(turn.view, namespace, ref);
      if (!scale) {
        const orphan = turn.view
          .list('Pod', namespace)
          .find((pod) => pod.metadata.ownerReferences?.some(({ uid }) => uid === ref.uid));
        return `found no controllers for pod "${orphan?.metadata.name ?? ''}"`;
      }
      replicas.set(scale.uid, scale.replicas);
    }
  return [...replicas.values()].reduce((total, count) => total + count, 0);
}

/** A selector as Go prints it. */
function goSelector(selector: LabelSelector | undefined): string {
  const pairs = Object.entries(selector?.matchLabels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const labels = pairs.map(([key, value]) => `${key}: ${value},`).join('');
  const parts = (selector?.matchExpressions ?? []).map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(' ')}],}`,
  );
  return `&LabelSelector{MatchLabels:map[string]string{${labels}},MatchExpressions:[]LabelSelectorRequirement{${parts.map((part) => `${part},`).join('')}},}`;
}

const unmanagedMessage = (selector: LabelSelector | undefined): string =>
  `Pods selected by this PodDisruptionBudget (selector: ${goSelector(selector)}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;

/** PDB-4: evicted pods that are still there: for two minutes they count as gone. k8s: buildDisruptedPodMap */
function disruptedOf(
  turn: Turn,
  budget: PodDisruptionBudget,
): { disruptedPods: StringMap; recheckMs: number | undefined } {
  const { namespace = '' } = budget.metadata;
  const disruptedPods: Record<string, string> = {};
  let recheckMs: number | undefined;
  for (const [name, time] of Object.entries(budget.status.disruptedPods ?? {})) {
    const pod = turn.view.get('Pod', namespace, name);
    if (!pod || isTerminating(pod) || !matchesSelector(budget.spec.selector, pod.metadata.labels)) continue;
    const endMs = (parseTime(time) ?? 0) + DELETION_TIMEOUT_MS - turn.config.epochMs;
    if (endMs < turn.nowMs) {
      const message = `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`;
      turn.event(pod, { type: 'Warning', reason: 'NotDeleted', message, source: EVENT_SOURCE });
    } else {
      disruptedPods[name] = time;
      recheckMs = Math.min(recheckMs ?? endMs, endMs);
    }
  }
  return { disruptedPods, recheckMs };
}

const healthyAmong = (turn: Turn, namespace: string, names: StringMap): number =>
  Object.keys(names).filter((name) => {
    const pod = turn.view.get('Pod', namespace, name);
    return pod !== undefined && isPodReady(pod) && !isTerminating(pod);
  }).length;

/** PDB-3: how many more pods may go, and the condition that says so. */
function writeStatus(
  turn: Turn,
  key: ObjectKey,
  budget: PodDisruptionBudget,
  { expectedPods, desiredHealthy }: Wanted,
  currentHealthy: number,
  disruptedPods: StringMap,
  recheckMs: number | undefined,
): Outcome {
  const disruptionsAllowed = expectedPods <= 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy);
  const { generation } = budget.metadata;
  const isAllowed = disruptionsAllowed > 0;
  const status: Status = {
    conditions: withCondition(budget, turn.now, {
      type: 'DisruptionAllowed',
      status: isAllowed ? 'True' : 'False',
      reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
      message: '',
      ...(generation !== undefined && { observedGeneration: generation }),
    }),
    currentHealthy,
    desiredHealthy,
    ...(Object.keys(disruptedPods).length > 0 && { disruptedPods }),
    disruptionsAllowed,
    expectedPods,
    ...(generation !== undefined && { observedGeneration: generation }),
  };
  const again = recheckMs === undefined ? {} : { againMs: Math.max(1, recheckMs + 1 - turn.nowMs) };
  const args = {
    budget: budget.metadata.name,
    allowed: disruptionsAllowed,
    healthy: currentHealthy,
    desired: desiredHealthy,
    expected: expectedPods,
  };
  if (!isSame(status, budget.status)) {
    const result = turn.updateStatus<PodDisruptionBudget>({ ...budget, status });
    if (!result.ok) return { failed: true };
  }
  return isAllowed ? { ...done, ...again } : wait('PDB-3', key, args, again);
}

/** The conditions of a budget with one of them set; its time moves only when its status does. */
function withCondition(budget: PodDisruptionBudget, now: string, condition: Condition): readonly Condition[] {
  const before = budget.status.conditions ?? [];
  const known = conditionOf(budget.status, condition.type);
  const lastTransitionTime = known?.status === condition.status ? (known.lastTransitionTime ?? now) : now;
  const next: Condition = { ...condition, lastTransitionTime };
  return known ? before.map((other) => (other === known ? next : other)) : [...before, next];
}

/** PDB-2: without known numbers nothing may be disrupted. k8s: failSafe */
function failSafe(turn: Turn, key: ObjectKey, budget: PodDisruptionBudget, problem: string): Outcome {
  const message = `Failed to calculate the number of expected pods: ${problem}`;
  tell(turn, budget, 'Warning', 'CalculateExpectedPodCountFailed', message);
  const { observedGeneration } = budget.status;
  const conditions = withCondition(budget, turn.now, {
    type: 'DisruptionAllowed',
    status: 'False',
    reason: 'SyncFailed',
    message: problem,
    ...(observedGeneration !== undefined && { observedGeneration }),
  });
  const status: Status = { ...budget.status, disruptionsAllowed: 0, conditions };
  if (!isSame(status, budget.status)) turn.updateStatus<PodDisruptionBudget>({ ...budget, status });
  return wait('PDB-2', key, { budget: budget.metadata.name, problem });
}

/** A pod that is to be disrupted and that only its kubelet, or its end, would free of that. */
const isTargeted = (pod: Pod): boolean => {
  const condition = conditionOf(pod.status, 'DisruptionTarget');
  if (condition?.status !== 'True' || condition.reason === 'TerminationByKubelet' || isTerminating(pod)) return false;
  return pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed';
};

const isNewlyTargeted = (before: Pod | undefined, after: Pod): boolean =>
  isTargeted(after) && !(before && isTargeted(before));

/** PDB-5: a pod that was to be disrupted and was not deleted within two minutes is no target any more. */
function clearStale(turn: Turn, key: ObjectKey): Outcome {
  const pod = turn.view.find(key) as Pod | undefined;
  if (!pod || !isTargeted(pod)) return done;
  const target = conditionOf(pod.status, 'DisruptionTarget');
  const sinceMs = (parseTime(target?.lastTransitionTime) ?? 0) - turn.config.epochMs;
  const leftMs = sinceMs + STALE_TIMEOUT_MS - turn.nowMs;
  if (leftMs > 0) return { againMs: leftMs };
  const conditions = (pod.status.conditions ?? []).map((condition) =>
    condition === target
      ? ({
          type: 'DisruptionTarget',
          ...observedGenerationOf(pod),
          status: 'False',
          lastProbeTime: null,
          lastTransitionTime: turn.now,
        } as unknown as Condition)
      : condition,
  );
  const result = turn.updateStatus<Pod>({ ...pod, status: { ...pod.status, conditions } });
  return result.ok ? act('PDB-5', key, { pod: pod.metadata.name }) : { failed: true };
}
