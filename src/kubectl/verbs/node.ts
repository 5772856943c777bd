// kubectl cordon, uncordon and taint.

import { type Node, qualifiedName, type Taint } from '#kube';
import type { Call } from '../call.ts';
import { sendChange, withValueAt } from '../change-object.ts';
import { CommandError, localFault } from '../errors.ts';
import { type Found, findObjects, kindOfWord, readQuery } from '../objects.ts';
import type { JsonMap } from '../patch/json.ts';
import { DRY_RUN_FLAG, dryRunSuffix, SELECTOR_FLAGS, type Verb } from './verb.ts';

/** Node names come without their type here. */
export function nodesOf(call: Call, usage: string): readonly Found[] {
  if (call.args.length === 0 && !call.flags.has('selector'))
    throw new CommandError(`USAGE: ${usage} [flags]\nSee '${call.command} -h' for help and examples`);
  const info = kindOfWord('node');
  const targets = call.args.map((name) => ({ info, namespace: '', name: name.replace(/^nodes?\//, '') }));
  return findObjects(call, { kinds: [info], targets: call.args.length > 0 ? targets : undefined });
}

/**
 * Cordons a node, or the reverse, and says so.
 * @returns false when the server refused
 */
export function setSchedulable(call: Call, found: Found, isSchedulable: boolean): boolean {
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
