// kubectl set env: variables of containers, set, taken away, taken over from a ConfigMap or a Secret, or listed.
import type { Call } from '../call.ts';
import { CommandError, localFault } from '../errors.ts';
import { findTarget, notFoundFault, readQuery } from '../objects.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { tellerOf } from '../print/printer.ts';
import { selectObjects } from '../selection.ts';
import { type Containers, changeContainers, containerListsOf, isChosen, SET_FLAGS } from './set-containers.ts';
import type { Verb } from './verb.ts';

interface Edits {
  readonly sets: readonly JsonMap[];
  readonly removes: readonly string[];
}

/** `MODE=blue`, and `MODE-` to take it away. */
export const setEnv: Verb = {
  name: 'set env',
  flags: {
    ...SET_FLAGS,
    containers: { type: 'string', short: 'c', default: '*' },
    env: { type: 'array', short: 'e' },
    from: { type: 'string' },
    keys: { type: 'strings' },
    list: { type: 'bool' },
    overwrite: { type: 'bool', default: 'true' },
    prefix: { type: 'string' },
  },
  run(call) {
    const { flags } = call;
    const teller = tellerOf(call);
    const isPair = (arg: string): boolean => arg.includes('=') || (arg.endsWith('-') && arg !== '-') || arg === '-';
    const from = call.args.findIndex(isPair);
    const names = from < 0 ? call.args : call.args.slice(0, from);
    const pairs = from < 0 ? [] : call.args.slice(from);
    if (!pairs.every(isPair))
      throw new CommandError(`all resources must be specified before environment changes: ${call.args.join(' ')}`);
    if (flags.isOn('list') && flags.text('output'))
      throw new CommandError('--list and --output may not be specified together');
    if (flags.list('keys').length > 0 && !flags.text('from'))
      throw new CommandError('when specifying --keys, a configmap or secret must be provided with --from');
    const read = readEdits([...flags.list('env'), ...pairs]);
    const edits = { ...read, sets: prefixed(call, [...read.sets, ...takenOver(call)]) };
    for (const found of selectObjects(call, names)) {
      if (flags.isOn('list')) {
        list(call, found.info.kind, found.object.metadata.name, containerListsOf(call, found), edits);
        continue;
      }
      const hasEdits = edits.sets.length > 0 || edits.removes.length > 0;
      if (!hasEdits) throw new CommandError('at least one environment variable must be provided');
      changeContainers(call, found, 'env', teller, (containers) => {
        const taken = flags.isOn('overwrite') ? undefined : takenWords(call, containers, edits.sets);
        if (taken !== undefined)
          call.fail(localFault(`error: ${found.info.plural}/${found.object.metadata.name} ${taken}\n`));
        return {
          containers: containers.map((container) =>
            taken === undefined && isChosen(call, container) ? withEnv(container, edits) : container,
          ),
        };
      });
    }
  },
};

/** k8s: set/env ParseEnv */
function readEdits(specs: readonly string[]): Edits {
  const sets: JsonMap[] = [];
  const removes: string[] = [];
  for (const spec of specs) {
    const equals = spec.indexOf('=');
    const name = spec.slice(0, Math.max(0, equals));
    if (equals >= 0 && !/^[ -<>-~]+$/.test(name))
      throw new CommandError(
        `${JSON.stringify(name)} is not a valid key name: a valid environment variable name must consist only of printable ASCII characters other than '='`,
      );
    if (equals >= 0) sets.push({ name, value: spec.slice(equals + 1) });
    else if (spec.endsWith('-') && spec !== '-') removes.push(spec.slice(0, -1));
    else throw new CommandError(`unknown environment variable: ${spec}`);
  }
  if (removes.some((name) => sets.some((set) => set.name === name)))
    throw new CommandError('can not both modify and remove the same environment variable in the same command');
  return { sets, removes };
}

/** `--from=configmap/x`: a variable for each of its keys. */
function takenOver(call: Call): readonly JsonMap[] {
  const from = call.flags.text('from');
  if (!from) return [];
  const keys = call.flags.list('keys');
  const targets = readQuery([from], call.namespace).targets ?? [];
  return targets.flatMap((target) => {
    const { info } = target;
    const object = findTarget(call.turn.view, target);
    if (!object) call.fail(notFoundFault(info, target.name));
    if (!object) return [];
    const member = { ConfigMap: 'configMapKeyRef', Secret: 'secretKeyRef' }[info.kind];
    if (!member) throw new CommandError('unsupported resource specified in --from');
    const { data } = object as unknown as JsonMap;
    return Object.keys(isMap(data) ? data : {})
      .filter((key) => keys.length === 0 || keys.includes(key))
      .map((key) => {
        const name = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
        if (name !== key) call.warn(`Warning: key ${key} transferred to ${name}`);
        return { name, valueFrom: { [member]: { key, name: object.metadata.name } } };
      });
  });
}

const prefixed = ({ flags }: Call, sets: readonly JsonMap[]): readonly JsonMap[] => {
  const prefix = flags.text('prefix') ?? '';
  return prefix === '' ? sets : sets.map((set) => ({ ...set, name: `${prefix}${String(set.name)}` }));
};

const envOf = (container: JsonMap): Containers => (Array.isArray(container.env) ? container.env.filter(isMap) : []);

/** What is said of the first variable that has another value already. */
function takenWords(call: Call, containers: Containers, sets: readonly JsonMap[]): string | undefined {
  for (const container of containers.filter((one) => isChosen(call, one)))
    for (const set of sets) {
      const taken = envOf(container).find((env) => env.name === set.name && env.value !== set.value);
      if (taken)
        return `'${String(taken.name)}' already has a value (${String(taken.value ?? '')}), and --overwrite is false`;
    }
  return undefined;
}

/** k8s: updateEnv */
function withEnv(container: JsonMap, { sets, removes }: Edits): JsonMap {
  const kept = envOf(container).filter((env) => !removes.includes(String(env.name)));
  const changed = kept.map((env) => sets.find(({ name }) => name === env.name) ?? env);
  const added = sets.filter(({ name }) => !kept.some((env) => env.name === name));
  const env = [...changed, ...added];
  const { env: _old, ...rest } = container;
  return env.length > 0 ? { ...rest, env } : rest;
}

function list(
  call: Call,
  kind: string,
  name: string,
  lists: readonly (readonly [path: readonly string[], containers: Containers])[] | undefined,
  edits: Edits,
): void {
  // Containers come before init containers here.
  const chosen = [...(lists ?? [])]
    .reverse()
    .flatMap(([, containers]) => containers.filter((one) => isChosen(call, one)));
  if (lists && chosen.length === 0)
    call.warn(
      `Warning: ${kind}/${name} does not have any containers matching ${JSON.stringify(call.flags.text('containers') ?? '*')}`,
    );
  for (const container of chosen) {
    call.print(`# ${kind} ${name}, container ${String(container.name)}`);
    for (const env of envOf(withEnv(container, edits)))
      call.print(
        isMap(env.valueFrom)
          ? `# ${String(env.name)} from ${sourceWords(env.valueFrom)}`
          : `${String(env.name)}=${String(env.value ?? '')}`,
      );
  }
}

/** k8s: GetEnvVarRefString */
function sourceWords({ configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: JsonMap): string {
  if (isMap(configMapKeyRef)) return `configmap ${String(configMapKeyRef.name)}, key ${String(configMapKeyRef.key)}`;
  if (isMap(secretKeyRef)) return `secret ${String(secretKeyRef.name)}, key ${String(secretKeyRef.key)}`;
  if (isMap(fieldRef)) return `field path ${String(fieldRef.fieldPath)}`;
  if (!isMap(resourceFieldRef)) return 'invalid valueFrom';
  const { containerName, resource } = resourceFieldRef;
  return `resource field ${containerName ? `${String(containerName)}/` : ''}${String(resource)}`;
}
