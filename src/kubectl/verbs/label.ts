// kubectl label and kubectl annotate: `key=value` sets, `key-` takes away.
import { labelKeyErrors, labelValueErrors, qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { sendChange, valueAt, withValueAt } from '../change-object.ts';
import { CommandError, localFault } from '../errors.ts';
import { type Found, findObjects, readQuery } from '../objects.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { DRY_RUN_FLAG, dryRunSuffix, SELECTOR_FLAGS, type Verb } from './verb.ts';

const FLAGS = {
  ...SELECTOR_FLAGS,
  ...DRY_RUN_FLAG,
  overwrite: { type: 'bool' },
  'resource-version': { type: 'string' },
  output: { type: 'string', short: 'o' },
} as const;

/** What the arguments ask for. */
interface Edits {
  readonly names: readonly string[];
  readonly sets: ReadonlyMap<string, string>;
  readonly removes: readonly string[];
}

export const label: Verb = {
  name: 'label',
  flags: FLAGS,
  run(call) {
    const edits = editsOf(call, 'label');
    for (const [key, value] of edits.sets) {
      const error = labelKeyErrors(key)[0] ?? labelValueErrors(value)[0];
      if (error)
        throw new CommandError(
          `invalid label ${labelKeyErrors(key).length > 0 ? 'key' : 'value'}: ${JSON.stringify(`${key}=${value}`)}: ${error}`,
        );
    }
    for (const found of objectsOf(call, edits))
      change(call, found, edits, 'labels', (before) => {
        const gone = edits.removes.filter((key) => !Object.hasOwn(before, key));
        for (const key of gone) call.print(`label ${JSON.stringify(key)} not found.`);
        const hasRemoved = edits.removes.length > gone.length;
        const hasSet = [...edits.sets].some(([key, value]) => before[key] !== value);
        if (hasRemoved && hasSet) return 'modified';
        if (hasRemoved) return 'unlabeled';
        return hasSet ? 'labeled' : 'not labeled';
      });
  },
};

export const annotate: Verb = {
  name: 'annotate',
  flags: FLAGS,
  run(call) {
    const edits = editsOf(call, 'annotation');
    for (const found of objectsOf(call, edits)) change(call, found, edits, 'annotations', () => 'annotated');
  },
};

function editsOf(call: Call, what: string): Edits {
  const isEdit = (arg: string): boolean => arg.includes('=') || (arg.endsWith('-') && arg.length > 1);
  const edits = call.args.filter((arg, index) => index > 0 && isEdit(arg));
  if (edits.length === 0) throw new CommandError(`at least one ${what} update is required`);
  const sets = new Map<string, string>();
  const removes: string[] = [];
  for (const edit of edits) {
    const equals = edit.indexOf('=');
    if (equals > 0) sets.set(edit.slice(0, equals), edit.slice(equals + 1));
    else if (equals < 0) removes.push(edit.slice(0, -1));
    else throw new CommandError(`invalid ${what} spec: ${edit}`);
  }
  return { names: call.args.filter((arg, index) => index === 0 || !isEdit(arg)), sets, removes };
}

const objectsOf = (call: Call, edits: Edits): readonly Found[] =>
  findObjects(call, readQuery(edits.names, call.namespace), { needsName: true });

function change(
  call: Call,
  found: Found,
  edits: Edits,
  member: 'labels' | 'annotations',
  wordOf: (before: Readonly<Record<string, unknown>>) => string,
): void {
  const { info, object } = found;
  const stored = valueAt(object, ['metadata', member]);
  const before = isMap(stored) ? stored : {};
  const taken = [...edits.sets].filter(([key, value]) => Object.hasOwn(before, key) && before[key] !== value);
  const [first] = taken;
  if (first && !call.flags.isOn('overwrite')) {
    const shown = `'${first[0]}' already has a value (${String(before[first[0]])})`;
    call.fail(
      localFault(
        member === 'labels'
          ? `${shown}, and --overwrite is false`
          : `--overwrite is false but found the following declared annotation(s): ${shown}`,
      ),
    );
    return;
  }
  const word = wordOf(before);
  const after = new Map([...Object.entries(before).filter(([key]) => !edits.removes.includes(key)), ...edits.sets]);
  const next = withValueAt(
    object as unknown as JsonMap,
    ['metadata', member],
    after.size > 0 ? Object.fromEntries(after) : undefined,
  );
  if (sendChange(call, found, next) === 'refused') return;
  const shown = qualifiedName(info, object.metadata.name);
  call.print(call.flags.text('output') === 'name' ? shown : `${shown} ${word}${dryRunSuffix(call)}`);
}
