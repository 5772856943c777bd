// kubectl cordon, uncordon, drain and taint.

import type { Turn } from '#engine';
import { controllerOf, type KubeObject, keyOf, type Node, type Pod, qualifiedName, type Taint } from '#kube';
import type { Call } from '../call.ts';
import { sendChange, withValueAt } from '../change-object.ts';
import { CommandError, localFault } from '../errors.ts';
import { type Found, findObjects, kindOfWord, readQuery } from '../objects.ts';
import type { JsonMap } from '../patch/json.ts';
import { DRY_RUN_FLAG, dryRunSuffix, SELECTOR_FLAGS, type Verb } from './verb.ts';

const DRAIN_RETRY_MS = 5_000;

/** Node names come without their type here. */
function nodesOf(call: Call, usage: string): readonly Found[] {
  if (call.args.length === 0 && !call.flags.has('selector'))
    throw new CommandError(`USAGE: ${usage} [flags]\nSee '${call.command} -h' for help and examples`);
  const info = kindOfWord('node');
  const targets = call.args.map((name) => ({ info, namespace: '', name: name.replace(/^nodes?\//, '') }));
  return findObjects(call, { kinds: [info], targets: call.args.length > 0 ? targets : undefined });
}

/** @returns false when the server refused */
function setSchedulable(call: Call, found: Found, isSchedulable: boolean): boolean {
  const node = found.object as Node;
  const shown = qualifiedName(found.info, node.metadata.name);
  const word = isSchedulable ? 'uncordoned' : 'cordoned';
  if ((node.spec.unschedulable === true) !== isSchedulable) {
    call.print(`${shown} already ${word}${dryRunSuffix(call)}`);
    return true;
  }
  const next = withValueAt(node as unknown as JsonMap, ['spec', 'unschedulable'], isSchedulable ? undefined : true);
  if (sendChange(call, found, next) === 'refused') return false;
  call.print(`${shown} ${word}${dryRunSuffix(call)}`);
  return true;
}

const cordonVerb = (name: 'cordon' | 'uncordon'): Verb => ({
  name,
  flags: { ...SELECTOR_FLAGS, ...DRY_RUN_FLAG },
  run(call) {
    for (const found of nodesOf(call, `${name} NODE`)) setSchedulable(call, found, name === 'uncordon');
  },
});

export const cordon = cordonVerb('cordon');
export const uncordon = cordonVerb('uncordon');

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
  const pods = call.turn.view.podsOnNode(node);
  const { leaving, refusals, warnings } = sortOut(call, pods);
  if (refusals.length > 0) {
    const why = refusals.join(', ');
    call.warn(`error: unable to drain node ${JSON.stringify(node)} due to error: ${why}, continuing command...`);
    call.warn(`There are pending nodes to be drained:\n ${node}`);
    call.fail(localFault(why));
    return;
  }
  for (const warning of warnings) call.warn(`Warning: ${warning}`);
  const state: Draining = { leaving, waiting: [], nextMs: call.turn.nowMs };
  const first = evictAll(call.turn, state, call.flags.number('grace-period') ?? -1);
  call.write(first.out);
  if (first.err) call.warn(first.err.replace(/\n$/, ''));
  const doneLine = `${qualifiedName(found.info, node)} drained`;
  const isDone = settle(call.turn, state).isDone;
  if (isDone) call.print(doneLine);
  else
    call.follow((turn) => {
      const again =
        turn.nowMs >= state.nextMs
          ? evictAll(turn, state, call.flags.number('grace-period') ?? -1)
          : { out: '', err: '' };
      const settled = settle(turn, state);
      return {
        out: again.out + settled.out + (settled.isDone ? `${doneLine}\n` : ''),
        err: again.err,
        isDone: settled.isDone,
      };
    });
}

interface Draining {
  /** Still to be evicted. */
  leaving: readonly Pod[];
  /** Evicted, and not gone yet. */
  waiting: readonly Pod[];
  nextMs: number;
}

const nameOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}`;

function evictAll(turn: Turn, state: Draining, grace: number): { out: string; err: string } {
  let out = '';
  let err = '';
  const left: Pod[] = [];
  const evicted: Pod[] = [];
  for (const pod of state.leaving) {
    const { name, namespace = '' } = pod.metadata;
    out += `evicting pod ${namespace}/${name}\n`;
    const key = keyOf('Pod', namespace, name);
    const result = turn.evict(key, { uid: pod.metadata.uid, ...(grace >= 0 && { gracePeriodSeconds: grace }) });
    if (result.ok || result.error.reason === 'NotFound') evicted.push(pod);
    else if (result.error.code === 429) {
      left.push(pod);
      err += `error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)} (will retry after 5s): ${result.error.message}\n`;
    } else
      err += `error when evicting pods/${JSON.stringify(name)} -n ${JSON.stringify(namespace)}: ${result.error.message}\n`;
  }
  state.leaving = left;
  state.waiting = [...state.waiting, ...evicted];
  state.nextMs = turn.nowMs + DRAIN_RETRY_MS;
  return { out, err };
}

/** Tells which evicted pods are gone. */
function settle(turn: Turn, state: Draining): { out: string; isDone: boolean } {
  const isGone = (pod: Pod): boolean =>
    turn.view.get('Pod', pod.metadata.namespace ?? '', pod.metadata.name)?.metadata.uid !== pod.metadata.uid;
  const gone = state.waiting.filter(isGone);
  state.waiting = state.waiting.filter((pod) => !isGone(pod));
  return {
    out: gone.map((pod) => `pod/${pod.metadata.name} evicted\n`).join(''),
    isDone: state.leaving.length === 0 && state.waiting.length === 0,
  };
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
  return { leaving: others, refusals: refusals.length > 1 ? [`[${refusals.join(', ')}]`] : refusals, warnings };
}

const isMirror = (pod: Pod): boolean => pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;

const hasLocalStorage = (pod: Pod): boolean => (pod.spec.volumes ?? []).some((volume) => volume.emptyDir !== undefined);

export const taint: Verb = {
  name: 'taint',
  flags: { ...SELECTOR_FLAGS, ...DRY_RUN_FLAG, overwrite: { type: 'bool' }, output: { type: 'string', short: 'o' } },
  run(call) {
    const [type, ...rest] = call.args;
    const specs = rest.filter((arg) => /[:=]|-$/.test(arg));
    const names = rest.filter((arg) => !specs.includes(arg));
    if (!type || !/^(?:no|nodes?)$/i.test(type.split('/')[0] ?? ''))
      throw new CommandError(`invalid resource type ${type ?? ''}, only node types are supported`);
    if (specs.length === 0) throw new CommandError('at least one taint update is required');
    const edits = specs.map(editOf);
    const query = readQuery([type, ...names], '');
    for (const found of findObjects(call, query, { needsName: true })) taintNode(call, found, edits);
  },
};

interface TaintEdit {
  readonly taint: Taint;
  readonly isRemoval: boolean;
}

const EFFECTS: ReadonlySet<string> = new Set(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

/** `key=value:Effect`, `key:Effect`, and with a dash behind it, also without an effect. */
function editOf(spec: string): TaintEdit {
  const isRemoval = spec.endsWith('-');
  const [left = '', effect = '', ...more] = (isRemoval ? spec.slice(0, -1) : spec).split(':');
  const [key = '', value, ...values] = left.split('=');
  if (more.length > 0 || values.length > 0 || key === '') throw new CommandError(`invalid taint spec: ${spec}`);
  if (effect !== '' && !EFFECTS.has(effect))
    throw new CommandError(`invalid taint effect: ${effect}, unsupported taint effect`);
  if (effect === '' && !isRemoval) throw new CommandError(`invalid taint spec: ${spec}`);
  return { isRemoval, taint: { key, effect, ...(value !== undefined && value !== '' && { value }) } };
}

function taintNode(call: Call, found: Found, edits: readonly TaintEdit[]): void {
  const node = found.object as Node;
  let taints = [...(node.spec.taints ?? [])];
  const isSame = (a: Taint, b: Taint): boolean => a.key === b.key && (b.effect === '' || a.effect === b.effect);
  for (const { taint: edit, isRemoval } of edits) {
    const present = taints.filter((one) => isSame(one, edit));
    if (isRemoval) {
      if (present.length === 0) {
        call.fail(
          localFault(`taint ${JSON.stringify(edit.effect ? `${edit.key}:${edit.effect}` : edit.key)} not found`),
        );
        return;
      }
      taints = taints.filter((one) => !isSame(one, edit));
    } else if (present.length > 0 && !call.flags.isOn('overwrite')) {
      call.fail(
        localFault(
          `node ${node.metadata.name} already has ${edit.key} taint(s) with same effect(s) and --overwrite is false`,
        ),
      );
      return;
    } else taints = [...taints.filter((one) => !isSame(one, edit)), edit];
  }
  const next = withValueAt(node as unknown as JsonMap, ['spec', 'taints'], taints.length > 0 ? taints : undefined);
  if (sendChange(call, found, next) === 'refused') return;
  const removes = edits.filter((edit) => edit.isRemoval).length;
  const word = removes === edits.length ? 'untainted' : removes > 0 ? 'modified' : 'tainted';
  call.print(`${qualifiedName(found.info, node.metadata.name)} ${word}${dryRunSuffix(call)}`);
}
