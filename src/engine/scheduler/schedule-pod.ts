// What the scheduler writes for one pod: a node, a reservation that waits for volumes, or why there is none.
// k8s: pkg/scheduler schedule_one.go
import { type Condition, keyOf, type ObjectKey, observedGenerationOf, type Pod } from '#kube';
import { withPodCondition } from '../api/bind.ts';
import { act, done, type Outcome, type ReasonArgs, type Turn, wait } from '../kernel/index.ts';
import {
  alarmOf,
  type Binding,
  deadlineOf,
  failureOfBinding,
  forgetBinding,
  keyOfClaim,
  recallBinding,
  rememberBinding,
  unboundClaimsOf,
  withDeadline,
  writePlan,
} from './bind-volumes.ts';
import { type Attempt, findNode, type Refusal } from './find-node.ts';
import { refusalMessage, rejectionMessage } from './fit-message.ts';
import { claimsOfPod, planVolumes } from './pod-volumes.ts';
import { findVictims, preempt, VICTIMS_LEAVING } from './preemption.ts';
import { isWaiting } from './waiting-pods.ts';

/** How long a pod whose binding went wrong is left alone. k8s: podInitialBackoffDuration */
const ERROR_BACKOFF_MS = 1_000;

/** An equal refusal is told twice (the second time as a count); further ones change nothing anybody sees. */
const TOLD_MAX = 2;

const NO_NODES = 'no nodes available to schedule pods';

/** One look at a pod. */
export function schedulePod(turn: Turn, key: ObjectKey): Outcome {
  const pod = turn.view.find(key) as Pod | undefined;
  if (!isWaiting(pod)) {
    forgetBinding(turn, key);
    return done;
  }
  if ((pod.spec.schedulingGates?.length ?? 0) > 0) return holdGated(pod);
  const binding = recallBinding(turn, key, pod);
  if (binding) return goOnBinding(turn, key, pod, binding);
  const attempt = findNode(turn.view, pod);
  return attempt.kind === 'found' ? place(turn, key, pod, attempt) : refuse(turn, pod, attempt);
}

/** A gated pod is not looked at before its gates are removed (SCHED-15). */
function holdGated(pod: Pod): Outcome {
  const gates = (pod.spec.schedulingGates ?? []).map(({ name }) => name).join(', ');
  return wait('SCHED-15', undefined, { pod: pod.metadata.name, gates });
}

/** Writes the condition PodScheduled, and the nominated node where it changes. */
function setScheduled(turn: Turn, pod: Pod, given: Condition, nominated?: string): void {
  const condition = {
    ...given,
    ...observedGenerationOf(pod),
  };
  const { nominatedNodeName: _before, ...status } = pod.status;
  turn.updateStatus<Pod>({
    ...pod,
    status: {
      ...status,
      conditions: withPodCondition(pod.status.conditions, condition, turn.now),
      ...(nominated !== undefined && { nominatedNodeName: nominated }),
    },
  });
}

/** Gives the pod its node, or reserves the node while volumes are still to be bound (SCHED-3). */
function place(turn: Turn, key: ObjectKey, pod: Pod, { node, suitable }: Extract<Attempt, { kind: 'found' }>): Outcome {
  const { name: nodeName } = node.metadata;
  const claims = claimsOfPod(turn.view, pod);
  const delayed = 'message' in claims ? [] : claims.delayed;
  if (delayed.length === 0) return bind(turn, key, pod, nodeName, suitable);
  const plan = planVolumes(turn.view, delayed, node);
  if (!plan || !writePlan(turn, plan, nodeName)) return { failed: true };
  const binding = { uid: pod.metadata.uid, nodeName, untilMs: deadlineOf(turn, plan.provision) };
  rememberBinding(turn, key, binding);
  turn.updateStatus<Pod>({ ...pod, status: { ...pod.status, nominatedNodeName: nodeName } });
  const first = delayed[0];
  const args = { pod: pod.metadata.name, node: nodeName, claim: first?.metadata.name ?? '' };
  return act('SCHED-3', first && keyOfClaim(pod, first), args, alarmOf(turn, binding));
}

/** POST of the binding (SCHED-1). */
function bind(turn: Turn, key: ObjectKey, pod: Pod, nodeName: string, suitable?: number): Outcome {
  const result = turn.bind(key, nodeName);
  if (!result.ok) return { failed: true };
  const bound = result.object as Pod;
  if (bound.status.nominatedNodeName !== undefined) {
    const { nominatedNodeName: _done, ...status } = bound.status;
    turn.updateStatus<Pod>({ ...bound, status });
  }
  const message = `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${nodeName}`;
  turn.event(pod, { type: 'Normal', reason: 'Scheduled', message });
  const nodes = turn.view.count('Node');
  const args = { pod: pod.metadata.name, node: nodeName, ...(suitable !== undefined && { suitable, nodes }) };
  return act('SCHED-1', keyOf('Node', '', nodeName), args);
}

/** Waits until all claims are bound, then binds the pod; gives up when that cannot be or takes too long (SCHED-4). */
function goOnBinding(turn: Turn, key: ObjectKey, pod: Pod, binding: Binding): Outcome {
  const { nodeName } = binding;
  const [first] = unboundClaimsOf(turn.view, pod);
  if (first === undefined) {
    forgetBinding(turn, key);
    return bind(turn, key, pod, nodeName);
  }
  const failure = failureOfBinding(turn, pod, binding);
  if (failure !== undefined) {
    forgetBinding(turn, key);
    const message = `running PreBind plugin "VolumeBinding": binding volumes: ${failure}`;
    setScheduled(turn, pod, { type: 'PodScheduled', status: 'False', reason: 'SchedulerError', message });
    tellRefusal(turn, pod, message);
    const args = { pod: pod.metadata.name, node: nodeName, why: failure };
    return act('SCHED-4', keyOfClaim(pod, first), args, { againMs: ERROR_BACKOFF_MS });
  }
  const claim = typeof first === 'string' ? first : first.metadata.name;
  const args = { pod: pod.metadata.name, node: nodeName, claim };
  const kept = withDeadline(turn, pod, binding);
  if (kept.untilMs !== binding.untilMs) rememberBinding(turn, key, kept);
  return wait('SCHED-3', keyOfClaim(pod, first), args, alarmOf(turn, kept));
}

/** Says why there is no node: in the condition, in an event, and as the reason of this turn. */
function refuse(turn: Turn, pod: Pod, attempt: Exclude<Attempt, { kind: 'found' }>): Outcome {
  const name = pod.metadata.name;
  switch (attempt.kind) {
    case 'no nodes':
      return explain(turn, pod, NO_NODES, wait('SCHED-14', undefined, { pod: name, message: NO_NODES }));
    case 'rejected': {
      const message = rejectionMessage(turn.view.count('Node'), attempt.message);
      const args = { pod: name, message: attempt.message };
      const why = wait(attempt.filter.rule, attempt.about, args);
      return explain(turn, pod, message, why, pod.status.nominatedNodeName);
    }
    case 'refused':
      return refuseEverywhere(turn, pod, attempt.refusals);
  }
}

function refuseEverywhere(turn: Turn, pod: Pod, refusals: readonly Refusal[]): Outcome {
  const { candidate, message } = findVictims(turn.view, pod, refusals);
  const text = refusalMessage(refusals, message);
  if (candidate) {
    preempt(turn, pod, candidate);
    const args = { pod: pod.metadata.name, node: candidate.nodeName, victims: namesOf(candidate.victims) };
    const why = act('SCHED-16', keyOf('Node', '', candidate.nodeName), args);
    return explain(turn, pod, text, why, candidate.nodeName);
  }
  // A pod that waits for its victims to go keeps its claim on their node; one that nobody makes room for has none.
  const nominated = message === VICTIMS_LEAVING ? pod.status.nominatedNodeName : undefined;
  return explain(turn, pod, text, wait(ruleOf(refusals), undefined, argsOf(pod, refusals)), nominated);
}

const namesOf = (pods: readonly Pod[]): string => pods.map(({ metadata }) => metadata.name).join(', ');

/** The rule of the one filter that every node fails, or the one that says that no node suits. */
function ruleOf(refusals: readonly Refusal[]): string {
  const rules = new Set(refusals.map(({ filter }) => filter.rule));
  const [rule] = rules;
  return rules.size === 1 && rule !== undefined ? rule : 'SCHED-14';
}

function argsOf(pod: Pod, refusals: readonly Refusal[]): ReasonArgs {
  const counts = new Map<string, number>();
  for (const { failure } of refusals)
    for (const reason of failure.reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].map(([reason, count]) => `${reason} (${count} of ${refusals.length})`);
  return { pod: pod.metadata.name, nodes: refusals.length, message: reasons.sort().join(', ') };
}

function explain(turn: Turn, pod: Pod, message: string, outcome: Outcome, nominated?: string): Outcome {
  setScheduled(turn, pod, { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }, nominated);
  tellRefusal(turn, pod, message);
  return outcome;
}

function tellRefusal(turn: Turn, pod: Pod, message: string): void {
  const told = turn.view.eventsAbout(pod.metadata.uid).find((event) => event.message === message);
  if ((told?.series?.count ?? (told ? 1 : 0)) < TOLD_MAX)
    turn.event(pod, { type: 'Warning', reason: 'FailedScheduling', message });
}
