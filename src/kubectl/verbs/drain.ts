// kubectl drain: nodes take no new pods, and those they have are evicted. k8s: kubectl cmd/drain, pkg/drain
import type { DeleteOptions, Turn } from '#engine';
import { keyOf, type Pod, qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { durationMs, formatDuration } from '../duration.ts';
import type { Found } from '../objects.ts';
import type { Follow } from '../types.ts';
import { podPath, sortOut } from './drain-filters.ts';
import { nodesOf, setSchedulable } from './node.ts';
import { DRY_RUN_FLAG, dryRunSuffix, SELECTOR_FLAGS, type Verb } from './verb.ts';

const RETRY_MS = 5_000;

export const drain: Verb = {
  name: 'drain',
  flags: {
    selector: SELECTOR_FLAGS.selector,
    ...DRY_RUN_FLAG,
    force: { type: 'bool' },
    'ignore-daemonsets': { type: 'bool' },
    'delete-emptydir-data': { type: 'bool' },
    'disable-eviction': { type: 'bool' },
    'grace-period': { type: 'int', default: '-1' },
    'pod-selector': { type: 'string' },
    'skip-wait-for-delete-timeout': { type: 'int' },
    'chunk-size': { type: 'int' },
    timeout: { type: 'string', default: '0s' },
  },
  run(call) {
    const limitMs = durationMs(call.flags.text('timeout') ?? '0s', '--timeout');
    const nodes = nodesOf(call, 'drain NODE').filter((found) => setSchedulable(call, found, false));
    if (nodes.length === 0) return;
    const look = drainAll(call, nodes, limitMs);
    const first = look(call.turn);
    call.write(first.out);
    if (first.code === undefined) call.writeError(first.err);
    else call.refuse(first.err);
    if (!first.isDone) call.follow(look);
  },
};

/** What was said in a look. */
interface Said {
  out: string;
  err: string;
}

/** Rule KCTL-7: of several nodes one after the other; what cannot be drained is told at the end. */
function drainAll(call: Call, nodes: readonly Found[], limitMs: number) {
  const pending: string[] = [];
  const fatal: (readonly string[])[] = [];
  let at = 0;
  let state: Draining | undefined;
  /** @returns what went wrong with the node at hand; undefined while it is under way */
  const goOn = (turn: Turn, node: string, said: Said): readonly string[] | undefined => {
    if (!state) {
      const { leaving, refusals, warnings } = sortOut(call, turn.view, node);
      if (refusals.length > 0) return refusals;
      if (warnings.length > 0) said.err += `Warning: ${warnings.join('; ')}\n`;
      if (call.isDryRun) {
        for (const pod of leaving) said.out += `evicting pod ${podPath(pod)}${dryRunSuffix(call)}\n`;
        return [];
      }
      state = newDraining(call, turn, leaving, limitMs);
    }
    evict(turn, state, said);
    if (state.leaving.length > 0 || state.waiting.length > 0) return undefined;
    if (state.faults.length > 0) said.err += pendingText(sortOut(call, turn.view, node).leaving, node, state.faults);
    return state.faults;
  };
  return (turn: Turn): ReturnType<Follow> => {
    const said: Said = { out: '', err: '' };
    for (; at < nodes.length; at += 1) {
      const { info, object } = nodes[at] as Found;
      const { name } = object.metadata;
      const faults = goOn(turn, name, said);
      if (!faults) return { ...said, isDone: false };
      state = undefined;
      if (faults.length === 0) said.out += `${qualifiedName(info, name)} drained${dryRunSuffix(call)}\n`;
      else {
        said.err += `error: unable to drain node ${JSON.stringify(name)} due to error: ${joined(faults)}, continuing command...\n`;
        pending.push(name);
        fatal.push(faults);
      }
    }
    if (pending.length === 0) return { ...said, isDone: true };
    const names = pending.map((name) => ` ${name}\n`).join('');
    said.err += `There are pending nodes to be drained:\n${names}${lastText(fatal)}`;
    return { ...said, isDone: true, code: 1 };
  };
}

/** Several errors as one. k8s: Aggregate.Error */
const joined = (faults: readonly string[]): string =>
  faults.length > 1 ? `[${faults.join(', ')}]` : (faults[0] ?? '');

/** What ends the command: the errors of the only node each by itself, those of several nodes together. */
const lastText = (fatal: readonly (readonly string[])[]): string =>
  (fatal.length === 1 ? (fatal[0] ?? []) : fatal.map(joined)).map((fault) => `${fault}\n`).join('');

const pendingText = (pods: readonly Pod[], node: string, faults: readonly string[]): string =>
  pods.length === 0
    ? ''
    : `There are pending pods in node ${JSON.stringify(node)} when an error occurred: ${joined(faults)}\n${pods.map(({ metadata }) => `pod/${metadata.name}\n`).join('')}`;

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
  readonly limitText: string;
  readonly isEviction: boolean;
  readonly options: DeleteOptions;
}

function newDraining({ flags }: Call, turn: Turn, leaving: readonly Pod[], limitMs: number): Draining {
  const grace = flags.number('grace-period') ?? -1;
  return {
    leaving,
    waiting: [],
    faults: [],
    nextMs: turn.nowMs,
    limitText: formatDuration(limitMs),
    deadlineMs: limitMs > 0 ? turn.nowMs + limitMs : Number.POSITIVE_INFINITY,
    isEviction: !flags.isOn('disable-eviction'),
    options: grace >= 0 ? { gracePeriodSeconds: grace } : {},
  };
}

/** Asks again for the pods that are left, tells which are gone, and gives up when the time is over. */
function evict(turn: Turn, state: Draining, said: Said): void {
  if (turn.nowMs >= state.nextMs) removeAll(turn, state, said);
  const isGone = ({ metadata: { namespace = '', name, uid } }: Pod): boolean =>
    turn.view.get('Pod', namespace, name)?.metadata.uid !== uid;
  for (const pod of state.waiting.filter(isGone))
    said.out += `pod/${pod.metadata.name} ${state.isEviction ? 'evicted' : 'deleted'}\n`;
  state.waiting = state.waiting.filter((pod) => !isGone(pod));
  if (turn.nowMs < state.deadlineMs) return;
  const over = 'context deadline exceeded';
  if (!state.isEviction && state.waiting.length > 0) state.faults.push(over);
  else
    for (const { metadata } of state.waiting)
      state.faults.push(
        `error when waiting for pod ${JSON.stringify(metadata.name)} in namespace ${JSON.stringify(metadata.namespace)} to terminate: ${over}`,
      );
  state.waiting = [];
}

/** Asks for the end of every pod that is left. */
function removeAll(turn: Turn, state: Draining, said: Said): void {
  const { isEviction, options, faults } = state;
  const left: Pod[] = [];
  const removed: Pod[] = [];
  for (const pod of state.leaving) {
    const { name, namespace = '', uid } = pod.metadata;
    const about = `error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}`;
    if (isEviction) said.out += `evicting pod ${namespace}/${name}\n`;
    if (turn.nowMs >= state.deadlineMs) {
      faults.push(`${about}: global timeout reached: ${state.limitText}`);
      continue;
    }
    const key = keyOf('Pod', namespace, name);
    const result = isEviction ? turn.evict(key, { ...options, uid }) : turn.delete(key, { ...options, uid });
    if (result.ok || result.error.reason === 'NotFound') removed.push(pod);
    else if (result.error.code === 429) {
      left.push(pod);
      said.err += `${about} (will retry after 5s): ${result.error.message}\n`;
    } else faults.push(isEviction ? `${about}: ${result.error.message}` : result.error.message);
  }
  state.leaving = left;
  state.waiting = [...state.waiting, ...removed];
  state.nextMs = turn.nowMs + RETRY_MS;
}
