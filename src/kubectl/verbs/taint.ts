// kubectl taint: what keeps pods away from nodes. k8s: kubectl cmd/taint
import { labelKeyErrors, labelValueErrors, type Node, type Taint } from '#kube';
import type { Call } from '../call.ts';
import { sendChange, withValueAt } from '../change-object.ts';
import { CommandError, localFault } from '../errors.ts';
import { type Found, findObjects, kindOfWord } from '../objects.ts';
import type { JsonMap } from '../patch/json.ts';
import { OUTPUT_FLAGS, type Teller, tellerOf } from '../print/printer.ts';
import { DRY_RUN_FLAG, dryRunSuffix, SELECTOR_FLAGS, type Verb } from './verb.ts';

export const taint: Verb = {
  name: 'taint',
  flags: {
    ...SELECTOR_FLAGS,
    ...DRY_RUN_FLAG,
    ...OUTPUT_FLAGS,
    overwrite: { type: 'bool' },
    validate: { type: 'optional', implied: 'strict' },
    'field-manager': { type: 'string' },
  },
  run(call) {
    const teller = tellerOf(call);
    const { names, specs } = splitArgs(call.args);
    const [type, ...nodes] = names;
    if (type === undefined) throw new CommandError('one or more resources must be specified as <resource> <name>');
    if (specs.length === 0) throw new CommandError('at least one taint update is required');
    const edits = editsOf(call, specs);
    // A name behind the type may stand in one word with it.
    const [word = '', name] = type.split('/');
    const info = kindOfWord(word);
    if (info.kind !== 'Node')
      throw new CommandError(`invalid resource type ${type.toLowerCase()}, only node types are supported`);
    checkConflicts(edits);
    const wanted = [...(name ? [name] : []), ...nodes];
    const { flags } = call;
    if (flags.isOn('all') && flags.text('selector'))
      throw new CommandError("setting 'all' parameter with a non empty selector is prohibited");
    const isMany = flags.isOn('all') || Boolean(flags.text('selector'));
    if (!isMany && wanted.length === 0)
      throw new CommandError("at least one resource name must be specified since 'all' parameter is not set");
    const targets = isMany ? undefined : wanted.map((one) => ({ info, namespace: '', name: one }));
    for (const found of findObjects(call, { kinds: [info], targets })) taintNode(call, found, edits, teller);
  },
};

function splitArgs(args: readonly string[]): { readonly names: readonly string[]; readonly specs: readonly string[] } {
  const names: string[] = [];
  const specs: string[] = [];
  for (const arg of args) {
    if (/[=:]|-$/.test(arg)) specs.push(arg);
    else if (specs.length === 0) names.push(arg);
    else throw new CommandError(`all resources must be specified before taint changes: ${arg}`);
  }
  return { names, specs };
}

interface Edits {
  readonly adds: readonly Taint[];
  /** Without an effect all of the key are meant. */
  readonly removes: readonly Taint[];
}

function editsOf(call: Call, specs: readonly string[]): Edits {
  const refuse = (why: string): never => {
    throw new CommandError(`${why}\nSee '${call.command} -h' for help and examples`);
  };
  const adds: Taint[] = [];
  const removes: Taint[] = [];
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      const { key, effect } = taintOf(spec.slice(0, -1), refuse);
      removes.push({ key, effect });
      continue;
    }
    const added = taintOf(spec, refuse);
    if (added.effect === '') refuse(`invalid taint spec: ${spec}`);
    if (adds.some((one) => isSame(one, added)))
      refuse(
        `duplicated taints with the same key and effect: {${added.key} ${added.value ?? ''} ${added.effect} <nil>}`,
      );
    adds.push(added);
  }
  return { adds, removes };
}

const EFFECTS: ReadonlySet<string> = new Set(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

/** `key=value:Effect`, `key:Effect` or `key`. k8s: parseTaint */
function taintOf(spec: string, refuse: (why: string) => never): Taint {
  const [left = '', effect, ...more] = spec.split(':');
  if (more.length > 0) refuse(`invalid taint spec: ${spec}`);
  if (effect !== undefined && !EFFECTS.has(effect)) refuse(`invalid taint effect: ${effect}, unsupported taint effect`);
  const [key = '', value = '', ...values] = effect === undefined ? [left] : left.split('=');
  if (values.length > 0) refuse(`invalid taint spec: ${spec}`);
  const errors = value === '' ? [] : labelValueErrors(value);
  const keyErrors = labelKeyErrors(key);
  if (errors.length > 0 || keyErrors.length > 0)
    refuse(`invalid taint spec: ${spec}, ${(errors.length > 0 ? errors : keyErrors).join('; ')}`);
  return { key, effect: effect ?? '', ...(value !== '' && { value }) };
}

const isSame = (a: Taint, b: Taint): boolean => a.key === b.key && a.effect === b.effect;
const isMeant = (one: Taint, remove: Taint): boolean =>
  one.key === remove.key && (remove.effect === '' || one.effect === remove.effect);

function checkConflicts({ adds, removes }: Edits): void {
  const both = adds.flatMap((add) =>
    removes.filter((remove) => isMeant(add, remove)).map(({ key, effect }) => `${key}=${effect}`),
  );
  if (both.length > 0)
    throw new CommandError(
      `can not both modify and remove the following taint(s) in the same command: ${both.join(', ')}`,
    );
}

/** What is new stands first. k8s: reorganizeTaints */
function taintNode(call: Call, found: Found, { adds, removes }: Edits, teller: Teller): void {
  const node = found.object as Node;
  const old = node.spec.taints ?? [];
  const isOverwriting = call.flags.isOn('overwrite');
  const existing = adds.filter((add) => old.some((one) => isSame(one, add))).map(({ key }) => key);
  if (existing.length > 0 && !isOverwriting) {
    call.fail(
      localFault(
        `node ${node.metadata.name} already has ${existing.join(',')} taint(s) with same effect(s) and --overwrite is false`,
      ),
    );
    return;
  }
  let taints = [...adds, ...old.filter((one) => !adds.some((add) => isSame(one, add)))];
  const isAdded = taints.length !== old.length;
  let isDeleted = false;
  const missing: string[] = [];
  for (const remove of removes) {
    const left = taints.filter((one) => !isMeant(one, remove));
    isDeleted = left.length !== taints.length;
    if (!isDeleted) missing.push(remove.effect === '' ? remove.key : `${remove.key}:${remove.effect}`);
    taints = left;
  }
  if (missing.length > 0) {
    const words = missing.map((one) => `taint ${JSON.stringify(one)} not found`);
    call.fail(localFault(words.length > 1 ? `[${words.join(', ')}]` : (words[0] ?? '')));
    return;
  }
  const next = withValueAt(node as unknown as JsonMap, ['spec', 'taints'], taints.length > 0 ? taints : undefined);
  const sent = sendChange(call, found, next);
  if (sent.change === 'refused') return;
  const operation = (isAdded && isDeleted) || isOverwriting ? 'modified' : isAdded ? 'tainted' : 'untainted';
  teller.tell(found.info, sent.object, `${operation}${dryRunSuffix(call)}`);
}
