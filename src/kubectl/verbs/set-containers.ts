// What the verbs of kubectl set have in common: the containers of pods and pod templates, changed and told of.
import { splitApiVersion } from '#kube';
import type { Call } from '../call.ts';
import { podSpecPath, recorded, sendChange, valueAt, withValueAt } from '../change-object.ts';
import { localFault } from '../errors.ts';
import type { Found } from '../objects.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import type { Teller } from '../print/printer.ts';
import { CHANGE_FLAGS, dryRunSuffix } from './verb.ts';

export const SET_FLAGS = CHANGE_FLAGS;

export type Containers = readonly JsonMap[];

/** A list of containers after a change, and what could not be changed. */
export interface Changed {
  readonly containers: Containers;
  readonly faults?: readonly string[];
}

/** Whether `-c` means a container; `*` stands for anything. */
export function isChosen(call: Call, container: JsonMap): boolean {
  const wanted = call.flags.text('containers') ?? '*';
  if (!wanted.includes('*')) return container.name === wanted;
  const pattern = wanted
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(String(container.name));
}

/** What a change is called when it is made, and when the server refuses it. */
const CHANGES = {
  image: ['image updated', 'failed to patch image update to pod template: '],
  env: ['env updated', 'failed to patch env update to pod template: '],
  resources: ['resource requirements updated', 'failed to patch resources update to pod template '],
} as const;

/**
 * Both lists of containers in the pod spec of an object.
 * @returns undefined, and a fault is noted, where its kind has none
 */
export function containerListsOf(
  call: Call,
  { info, object }: Found,
): readonly (readonly [path: readonly string[], containers: Containers])[] | undefined {
  const path = podSpecPath(info.kind);
  if (!path) {
    const type = `*${splitApiVersion(info.apiVersion).version}.${info.kind}`;
    call.fail(
      localFault(
        `error: ${info.plural}/${object.metadata.name} the object is not a pod or does not have a pod template: ${type}\n`,
      ),
    );
    return undefined;
  }
  return ['initContainers', 'containers'].map((list) => {
    const containers = valueAt(object, [...path, list]);
    return [[...path, list], Array.isArray(containers) ? containers.filter(isMap) : []] as const;
  });
}

/**
 * Changes the containers of an object and says so, unless nothing changed.
 * @param change gives the containers of one list after the change; of the first list it notes what is wrong with all
 */
export function changeContainers(
  call: Call,
  found: Found,
  what: keyof typeof CHANGES,
  teller: Teller,
  change: (containers: Containers, all: Containers, isFirst: boolean) => Changed,
): void {
  const { info, object } = found;
  const lists = containerListsOf(call, found);
  if (!lists) return;
  const all = lists.flatMap(([, containers]) => containers);
  let next = object as unknown as JsonMap;
  lists.forEach(([path, containers], i) => {
    const changed = change(containers, all, i === 0);
    for (const fault of changed.faults ?? []) call.fail(localFault(`error: ${fault}`));
    if (containers.length > 0) next = withValueAt(next, path, changed.containers);
  });
  const [done, failing] = CHANGES[what];
  const sent = sendChange(call, found, recorded(call, next), failing);
  if (sent.change === 'changed') teller.tell(info, sent.object, `${done}${dryRunSuffix(call)}`);
}
