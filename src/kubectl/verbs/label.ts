// kubectl label and kubectl annotate: `key=value` sets, `key-` takes away, `--list` shows.
import { compareBytes, labelValueErrors } from '#kube';
import type { Call } from '../call.ts';
import { recorded, sendChange, valueAt, withValueAt } from '../change-object.ts';
import { CommandError, localFault } from '../errors.ts';
import type { Found } from '../objects.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { tellerOf } from '../print/printer.ts';
import { isSingle, type Pairs, readPairs, selectObjects, splitPairs } from '../selection.ts';
import { CHANGE_FLAGS, dryRunSuffix, RECORD_FLAG, type Verb } from './verb.ts';

const FLAGS = {
  ...CHANGE_FLAGS,
  ...RECORD_FLAG,
  list: { type: 'bool' },
  overwrite: { type: 'bool' },
  'all-namespaces': { type: 'bool', short: 'A' },
  'resource-version': { type: 'string' },
} as const;

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

type Values = Readonly<Record<string, unknown>>;

/** How labels and annotations differ. */
interface Kind {
  readonly word: 'label' | 'annotation';
  readonly member: 'labels' | 'annotations';
  /** Reads the changes. Throws CommandError for what is none. */
  read(pairs: readonly string[]): Pairs;
  /** What is said of keys that have another value already. */
  taken(keys: readonly string[], before: Values): string;
  /** What happened. */
  operation(before: Values, edits: Pairs): string;
}

const labels: Kind = {
  word: 'label',
  member: 'labels',
  read: (pairs) => {
    for (const pair of pairs.filter((one) => one.includes('='))) {
      const [, value = '', ...more] = pair.split('=');
      if (more.length > 0) throw new CommandError(`invalid label spec: ${pair}`);
      const errors = labelValueErrors(value);
      if (errors.length > 0)
        throw new CommandError(`invalid label value: ${JSON.stringify(pair)}: ${errors.join(';')}`);
    }
    const edits = readPairs(pairs, 'label');
    if (edits.removes.some((key) => edits.sets.has(key)))
      throw new CommandError('can not both modify and remove a label in the same command');
    return edits;
  },
  taken: ([key = ''], before) => `'${key}' already has a value (${String(before[key])}), and --overwrite is false`,
  operation: (before, { sets, removes }) => {
    const hasSet = [...sets].some(([key, value]) => before[key] !== value);
    const hasRemoved = removes.some((key) => Object.hasOwn(before, key));
    if (hasSet && hasRemoved) return 'modified';
    if (hasRemoved) return 'unlabeled';
    return hasSet ? 'labeled' : 'not labeled';
  },
};

const annotations: Kind = {
  word: 'annotation',
  member: 'annotations',
  read: (pairs) => {
    const edits = readPairs(pairs, 'annotation');
    const both = edits.removes.filter((key) => edits.sets.has(key));
    if (both.length > 0)
      throw new CommandError(
        `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
      );
    return edits;
  },
  taken: (keys, before) =>
    `--overwrite is false but found the following declared annotation(s): ${keys
      .map((key) => `'${key}' already has a value (${String(before[key])})`)
      .join('; ')}`,
  operation: () => 'annotated',
};

const verbOf = (name: 'label' | 'annotate', kind: Kind): Verb => ({
  name,
  flags: FLAGS,
  run(call) {
    const { flags } = call;
    const teller = tellerOf(call);
    const { names, pairs } = splitPairs(call.args, kind.word);
    const edits = kind.read(pairs);
    const isList = flags.isOn('list');
    if (isList && flags.text('output')) throw new CommandError('--list and --output may not be specified together');
    if (names.length === 0 && !flags.has('filename'))
      throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    if (pairs.length === 0 && !isList) throw new CommandError(`at least one ${kind.word} update is required`);
    const isOne = isSingle(call, names);
    if (!isOne && flags.text('resource-version'))
      throw new CommandError('--resource-version may only be used with a single resource');
    for (const found of selectObjects(call, names)) {
      const changed = change(call, found, edits, kind);
      if (changed && isList) list(call, found, changed.object, kind, isOne);
      else if (changed) teller.tell(found.info, changed.object, `${changed.operation}${dryRunSuffix(call)}`);
    }
  },
});

export const label = verbOf('label', labels);
export const annotate = verbOf('annotate', annotations);

const valuesOf = (object: unknown, { member }: Kind): Values => {
  const stored = valueAt(object, ['metadata', member]);
  return isMap(stored) ? stored : {};
};

function list(call: Call, { info }: Found, object: JsonMap, kind: Kind, isOne: boolean): void {
  const name = String(valueAt(object, ['metadata', 'name']));
  if (!isOne) call.print(`Listing ${kind.member} for ${info.kind}.${info.group}/${name}:`);
  const values = valuesOf(object, kind);
  for (const key of Object.keys(values).sort(compareBytes))
    call.print(`${isOne ? '' : ' '}${key}=${String(values[key])}`);
}

/** @returns the object after the change, and what happened; undefined where it was refused */
function change(
  call: Call,
  found: Found,
  edits: Pairs,
  kind: Kind,
): { readonly object: JsonMap; readonly operation: string } | undefined {
  const { object } = found;
  const { sets, removes } = edits;
  const before = valuesOf(object, kind);
  const version = call.flags.text('resource-version');
  if (kind === labels && !call.flags.isOn('list'))
    for (const key of removes) if (!Object.hasOwn(before, key)) call.print(`label ${JSON.stringify(key)} not found.`);
  const taken = [...sets.keys()].filter(
    (key) =>
      Object.hasOwn(before, key) && before[key] !== sets.get(key) && !(kind === annotations && key === CHANGE_CAUSE),
  );
  if (taken.length > 0 && !call.flags.isOn('overwrite')) {
    call.fail(localFault(kind.taken(taken, before)));
    return undefined;
  }
  const after = new Map([...Object.entries(before).filter(([key]) => !removes.includes(key)), ...sets]);
  const edited = withValueAt(
    object as unknown as JsonMap,
    ['metadata', kind.member],
    after.size > 0 ? Object.fromEntries(after) : undefined,
  );
  const wanted = recorded(call, edited);
  const next = version ? withValueAt(wanted, ['metadata', 'resourceVersion'], version) : wanted;
  const operation = kind.operation(before, edits);
  if (call.flags.isOn('list')) return { object: next, operation };
  const sent = sendChange(call, found, next);
  return sent.change === 'refused' ? undefined : { object: sent.object, operation };
}
