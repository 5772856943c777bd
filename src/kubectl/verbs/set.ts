// kubectl set image, set env and set resources: changes containers of pods and pod templates.
import { qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { podSpecPath, sendChange, valueAt, withValueAt } from '../change-object.ts';
import { CommandError, localFault } from '../errors.ts';
import { type Found, findObjects, readQuery } from '../objects.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { DRY_RUN_FLAG, dryRunSuffix, SELECTOR_FLAGS, type Verb } from './verb.ts';

type Containers = readonly JsonMap[];

const COMMON = { ...SELECTOR_FLAGS, ...DRY_RUN_FLAG, output: { type: 'string', short: 'o' } } as const;

/** `nginx=nginx:1.28`; `*` means every container. */
export const setImage: Verb = {
  name: 'set image',
  flags: COMMON,
  run(call) {
    const { names, pairs } = splitArgs(call, (arg) => arg.includes('='));
    if (pairs.length === 0) throw new CommandError('at least one image update is required');
    const images = pairs.map(pairOf);
    for (const found of objectsOf(call, names))
      changeContainers(call, found, 'image', (containers, all) => {
        const missing = images.find(([name]) => name !== '*' && !all.some((container) => container.name === name));
        if (missing) return `unable to find container named ${JSON.stringify(missing[0])}`;
        return containers.map((container) => {
          const image = images.find(([name]) => name === '*' || name === container.name);
          return image ? { ...container, image: image[1] } : container;
        });
      });
  },
};

/** `MODE=blue`, and `MODE-` to take it away. */
export const setEnv: Verb = {
  name: 'set env',
  flags: {
    ...COMMON,
    containers: { type: 'string', short: 'c', default: '*' },
    env: { type: 'strings', short: 'e' },
    overwrite: { type: 'bool', default: 'true' },
  },
  run(call) {
    const { names, pairs } = splitArgs(call, (arg) => arg.includes('=') || /^[^/]+-$/.test(arg));
    const all = [...pairs, ...call.flags.list('env')];
    if (all.length === 0) throw new CommandError('at least one environment variable must be provided');
    const sets = all.filter((pair) => pair.includes('=')).map(pairOf);
    const removes = all.filter((pair) => !pair.includes('=')).map((pair) => pair.slice(0, -1));
    for (const found of objectsOf(call, names))
      changeContainers(call, found, 'env', (containers) => {
        if (!call.flags.isOn('overwrite')) {
          const taken = sets.find(([name]) =>
            containers.some((container) => envOf(container).some((env) => env.name === name)),
          );
          if (taken) return `${JSON.stringify(taken[0])} already has a value, and --overwrite is false`;
        }
        return containers.map((container) =>
          isChosen(call, container) ? withEnv(container, sets, removes) : container,
        );
      });
  },
};

const LISTS = ['limits', 'requests'] as const;

/** `--limits=cpu=200m,memory=512Mi --requests=…` */
export const setResources: Verb = {
  name: 'set resources',
  flags: {
    ...COMMON,
    containers: { type: 'string', short: 'c', default: '*' },
    limits: { type: 'string' },
    requests: { type: 'string' },
  },
  run(call) {
    const given = LISTS.flatMap((list) => {
      const text = call.flags.text(list);
      return text ? [[list, text.split(',').map(pairOf)] as const] : [];
    });
    if (given.length === 0)
      throw new CommandError('you must specify an update to requests or limits (in the form of --requests/--limits)');
    for (const found of objectsOf(call, call.args))
      changeContainers(call, found, 'resources', (containers) =>
        containers.map((container) => {
          if (!isChosen(call, container)) return container;
          const resources = isMap(container.resources) ? container.resources : {};
          const changes = given.map(([list, pairs]) => [
            list,
            { ...(isMap(resources[list]) ? resources[list] : {}), ...Object.fromEntries(pairs) },
          ]);
          return { ...container, resources: { ...resources, ...Object.fromEntries(changes) } };
        }),
      );
  },
};

const pairOf = (pair: string): readonly [string, string] => {
  const equals = pair.indexOf('=');
  return [pair.slice(0, equals), pair.slice(equals + 1)];
};

function splitArgs(
  call: Call,
  isPair: (arg: string) => boolean,
): { names: readonly string[]; pairs: readonly string[] } {
  return { names: call.args.filter((arg) => !isPair(arg)), pairs: call.args.filter(isPair) };
}

function objectsOf(call: Call, names: readonly string[]): readonly Found[] {
  if (names.length === 0)
    throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  return findObjects(call, readQuery(names, call.namespace), { needsName: true });
}

const isChosen = (call: Call, container: JsonMap): boolean => {
  const wanted = call.flags.text('containers') ?? '*';
  if (!wanted.includes('*')) return container.name === wanted;
  const pattern = wanted
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(String(container.name));
};

const envOf = (container: JsonMap): Containers => (Array.isArray(container.env) ? container.env.filter(isMap) : []);

function withEnv(
  container: JsonMap,
  sets: readonly (readonly [string, string])[],
  removes: readonly string[],
): JsonMap {
  const kept = envOf(container).filter((env) => !removes.includes(String(env.name)));
  const changed = kept.map((env) => {
    const set = sets.find(([name]) => name === env.name);
    return set ? { name: set[0], value: set[1] } : env;
  });
  const added = sets
    .filter(([name]) => !kept.some((env) => env.name === name))
    .map(([name, value]) => ({ name, value }));
  const env = [...changed, ...added];
  const { env: _old, ...rest } = container;
  return env.length > 0 ? { ...rest, env } : rest;
}

/** What a change is called when it is made, and when the server refuses it. */
const CHANGES = {
  image: ['image updated', 'failed to patch image update to pod template: '],
  env: ['env updated', 'failed to patch env update to pod template: '],
  resources: ['resource requirements updated', 'failed to patch resources update to pod template '],
} as const;

/**
 * Changes the containers of an object and says so, unless nothing changed.
 * @param change gives the containers of one list after the change, or why it cannot be made
 */
function changeContainers(
  call: Call,
  found: Found,
  what: keyof typeof CHANGES,
  change: (containers: Containers, all: Containers) => Containers | string,
): void {
  const { info, object } = found;
  const path = podSpecPath(info.kind);
  if (!path) {
    call.fail(localFault(`cannot update the pod spec of ${info.plural}/${object.metadata.name}: the kind has none`));
    return;
  }
  const spec = valueAt(object, path);
  const lists = ['initContainers', 'containers'].map((list) => [list, containersIn(spec, list)] as const);
  const all = lists.flatMap(([, containers]) => containers);
  let next = object as unknown as JsonMap;
  for (const [list, containers] of lists) {
    if (containers.length === 0) continue;
    const changed = change(containers, all);
    if (typeof changed === 'string') {
      call.fail(localFault(changed));
      return;
    }
    next = withValueAt(next, [...path, list], changed);
  }
  const [done, failing] = CHANGES[what];
  if (sendChange(call, found, next, failing) !== 'changed') return;
  const shown = qualifiedName(info, object.metadata.name);
  call.print(call.flags.text('output') === 'name' ? shown : `${shown} ${done}${dryRunSuffix(call)}`);
}

function containersIn(spec: unknown, list: string): Containers {
  const containers = isMap(spec) ? spec[list] : undefined;
  return Array.isArray(containers) ? containers.filter(isMap) : [];
}
