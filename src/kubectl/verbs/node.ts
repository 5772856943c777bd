// kubectl cordon and uncordon.
import { type Node, qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { sendChange, withValueAt } from '../change-object.ts';
import { CommandError } from '../errors.ts';
import { type Found, findObjects, kindOfWord } from '../objects.ts';
import type { JsonMap } from '../patch/json.ts';
import { DRY_RUN_FLAG, dryRunSuffix, SELECTOR_FLAGS, type Verb } from './verb.ts';

/** Node names come without their type here. */
export function nodesOf(call: Call, usage: string): readonly Found[] {
  const help = `\nSee '${call.command} -h' for help and examples`;
  if (call.args.length === 0 && !call.flags.has('selector')) throw new CommandError(`USAGE: ${usage} [flags]${help}`);
  if (call.args.length > 0 && call.flags.text('selector'))
    throw new CommandError(`error: cannot specify both a node name and a --selector option${help}`);
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
  if (sendChange(call, found, next).change === 'refused') return false;
  call.print(`${shown} ${word}${dryRunSuffix(call)}`);
  return true;
}

const cordonVerb = (name: 'cordon' | 'uncordon'): Verb => ({
  name,
  flags: { selector: SELECTOR_FLAGS.selector, ...DRY_RUN_FLAG },
  run(call) {
    for (const found of nodesOf(call, `${name} NODE`)) setSchedulable(call, found, name === 'uncordon');
  },
});

export const cordon = cordonVerb('cordon');
export const uncordon = cordonVerb('uncordon');
