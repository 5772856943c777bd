// kubectl drain: a node takes no new pods, and those it has are evicted. k8s: kubectl cmd/drain, pkg/drain
import type { DeleteOptions, Turn } from '#engine';
import { compareBytes, controllerOf, type KubeObject, keyOf, type Pod, qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { durationMs, formatDuration } from '../duration.ts';
import { localFault } from '../errors.ts';
import type { Found } from '../objects.ts';
import { nodesOf, setSchedulable } from './node.ts';
import { DRY_RUN_FLAG, dryRunSuffix, SELECTOR_FLAGS, type Verb } from './verb.ts';

const RETRY_MS = 5_000;

export const drain: Verb = {
  name: 'drain',
  flags: {
    ...SELECTOR_FLAGS,
    ...DRY_RUN_FLAG,
    force: { type: 'bool' },
    'ignore-daemonsets': { type: 'bool' },
    'delete-emptydir-data': { type: 'bool' },
    'delete-local-data': { type: 'bool' },
    'disable-eviction': { type: 'bool' },
    'grace-period': { type: 'int', default: '-1' },
    'pod-selector': { type: 'string' },
    'skip-wait-for-delete-timeout': { type: 'int' },
    timeout: { type: 'string' },
  },
  run(call) {
    for (const found of nodesOf(call, 'drain NODE')) drainNode(call, found);
  },
};

/** Rule KCTL-7: cordon, then evict every pod that may go; budgets that say no are asked again every five seconds. */
function drainNode(call: Call, found: Found): void {
  const node = found.object.metadata.name;
  if (!setSchedulable(call, found, false)) return;
  const { leaving, refusals, warnings } = sortOut(call, call.turn.view.podsOnNode(node));
  if (refusals.length > 0) {
    call.warn(unfinished(node, refusals).trimEnd());
    for (const refusal of refusals) call.fail(localFault(refusal, true));
    return;
  }
  if (warnings.length > 0) call.warn(`Warning: ${warnings.join('; ')}`);
  const doneLine = `${qualifiedName(found.info, node)} drained${dryRunSuffix(call)}`;
  if (call.isDryRun) {
    for (const pod of leaving) call.print(`evicting pod ${nameOf(pod)}${dryRunSuffix(call)}`);
    call.print(doneLine);
    return;
  }
  follow(call, node, newDraining(call, leaving), doneLine);
}

/** Evicts, and looks again until all pods are gone, the time is over, or nothing more can be done. */
function follow(call: Call, node: string, state: Draining, doneLine: string): void {
  /** What was said so far, and the last word when all is over. */
  const look = (turn: Turn) => {
    const evicted = turn.nowMs >= state.nextMs ? removeAll(turn, state) : { out: '', err: '' };
    const out = evicted.out + goneText(turn, state);
    giveUpWaiting(turn, state);
    if (state.leaving.length > 0 || state.waiting.length > 0) return { out, err: evicted.err, isDone: false };
    if (state.faults.length === 0) return { out: `${out}${doneLine}\n`, err: evicted.err, isDone: true };
    const last = state.faults.map((fault) => `${fault}\n`).join('');
    return { out, err: evicted.err + unfinished(node, state.faults) + last, isDone: true, code: 1 };
  };
  const first = look(call.turn);
  call.write(first.out);
  if (first.code !== undefined) call.refuse(first.err);
  else if (first.err) call.warn(first.err.trimEnd());
  if (!first.isDone) call.follow(look);
}

const unfinished = (node: string, faults: readonly string[]): string =>
  `error: unable to drain node ${JSON.stringify(node)} due to error: ${faults.length > 1 ? `[${faults.join(', ')}]` : faults[0]}, continuing command...\nThere are pending nodes to be drained:\n ${node}\n`;

interface Draining {
  /** Still to be evicted. */
  leaving: readonly Pod[];
  /** Evicted, and not gone yet. */
  waiting: readonly Pod[];
  /** What went wrong for good. */
  readonly faults: string[];
  nextMs: number;
  /** When `--timeout` is over. */
  readonly deadlineMs: number;
  readonly limitMs: number;
  readonly isEviction: boolean;
  readonly options: DeleteOptions;
}

function newDraining(call: Call, leaving: readonly Pod[]): Draining {
  const { flags, turn } = call;
  const timeout = flags.text('timeout');
  const limitMs = timeout ? durationMs(timeout, '--timeout') : 0;
  const grace = flags.number('grace-period') ?? -1;
  return {
    leaving,
    waiting: [],
    faults: [],
    nextMs: turn.nowMs,
    limitMs,
    deadlineMs: limitMs > 0 ? turn.nowMs + limitMs : Number.POSITIVE_INFINITY,
    isEviction: !flags.isOn('disable-eviction'),
    options: grace >= 0 ? { gracePeriodSeconds: grace } : {},
  };
}

const nameOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}`;

/** Asks for the end of every pod that is left. */
function removeAll(turn: Turn, state: Draining): { out: string; err: string } {
  const { isEviction, options, faults } = state;
  let out = '';
  let err = '';
  const left: Pod[] = [];
  const removed: Pod[] = [];
  for (const pod of state.leaving) {
    const { name, namespace = '', uid } = pod.metadata;
    const about = `error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`;
    if (isEviction) out += `evicting pod ${namespace}/${name}\n`;
    if (turn.nowMs >= state.deadlineMs) {
      faults.push(`${about}: global timeout reached: ${formatDuration(state.limitMs)}`);
      continue;
    }
    const key = keyOf('Pod', namespace, name);
    const result = isEviction ? turn.evict(key, { ...options, uid }) : turn.delete(key, { ...options, uid });
    if (result.ok || result.error.reason === 'NotFound') removed.push(pod);
    else if (result.error.code === 429) {
      left.push(pod);
      err += `${about} (will retry after 5s): ${result.error.message}\n`;
    } else faults.push(isEviction ? `${about}: ${result.error.message}` : result.error.message);
  }
  state.leaving = left;
  state.waiting = [...state.waiting, ...removed];
  state.nextMs = turn.nowMs + RETRY_MS;
  return { out, err };
}

/** Tells which pods are gone. */
function goneText({ view }: Turn, state: Draining): string {
  const isGone = ({ metadata: { namespace = '', name, uid } }: Pod): boolean =>
    view.get('Pod', namespace, name)?.metadata.uid !== uid;
  const gone = state.waiting.filter(isGone);
  state.waiting = state.waiting.filter((pod) => !isGone(pod));
  const word = state.isEviction ? 'evicted' : 'deleted';
  return gone.map((pod) => `pod/${pod.metadata.name} ${word}\n`).join('');
}

/** When the time is over nobody waits any longer for pods that are on their way out. */
function giveUpWaiting(turn: Turn, state: Draining): void {
  if (turn.nowMs < state.deadlineMs) return;
  for (const { metadata } of state.waiting)
    state.faults.push(
      `error when waiting for pod ${JSON.stringify(metadata.name)} in namespace ${JSON.stringify(metadata.namespace)} to terminate: global timeout reached: ${formatDuration(state.limitMs)}`,
    );
  state.waiting = [];
}

interface SortedOut {
  readonly leaving: readonly Pod[];
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
}

/** Which pods a drain evicts, and which keep it from beginning. k8s: kubectl pkg/drain/filters.go */
function sortOut(call: Call, pods: readonly Pod[]): SortedOut {
  const { flags } = call;
  const isFinished = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
  const daemons = pods.filter((pod) => controllerOf(pod)?.kind === 'DaemonSet' && !isFinished(pod));
  const others = pods.filter((pod) => !daemons.includes(pod) && !isMirror(pod));
  const local = others.filter((pod) => hasLocalStorage(pod) && !isFinished(pod));
  const bare = others.filter((pod) => !controllerOf(pod) && !isFinished(pod));
  const list = (some: readonly Pod[]): string => some.map(nameOf).join(', ');
  const canDeleteLocal = flags.isOn('delete-emptydir-data') || flags.isOn('delete-local-data');
  const refusals = [
    ...(local.length > 0 && !canDeleteLocal
      ? [`cannot delete Pods with local storage (use --delete-emptydir-data to override): ${list(local)}`]
      : []),
    ...(bare.length > 0 && !flags.isOn('force')
      ? [`cannot delete Pods that declare no controller (use --force to override): ${list(bare)}`]
      : []),
    ...(daemons.length > 0 && !flags.isOn('ignore-daemonsets')
      ? [`cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): ${list(daemons)}`]
      : []),
  ];
  const warnings = [
    ...(daemons.length > 0 ? [`ignoring DaemonSet-managed Pods: ${list(daemons)}`] : []),
    ...(bare.length > 0 ? [`deleting Pods that declare no controller: ${list(bare)}`] : []),
  ];
  const leaving = others.toSorted((a, b) => compareBytes(nameOf(a), nameOf(b)));
  return { leaving, refusals, warnings };
}

const isMirror = (pod: Pod): boolean => pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;

const hasLocalStorage = (pod: Pod): boolean => (pod.spec.volumes ?? []).some((volume) => volume.emptyDir !== undefined);
