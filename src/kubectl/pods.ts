// Which pod and container a command such as `logs` or `exec` means, and what is said when it means none.
import {
  type Container,
  compareBytes,
  conditionOf,
  type KubeObject,
  type LabelSelector,
  matchesLabels,
  matchesSelector,
  type Pod,
  type Service,
} from '#kube';
import type { Call } from './call.ts';
import { valueAt } from './change-object.ts';
import { CommandError, serverFault } from './errors.ts';
import { findTarget, notFoundFault, readQuery } from './objects.ts';

const isReady = (pod: Pod): boolean => conditionOf(pod.status, 'Ready')?.status === 'True';

/** The pods of a workload or a Service, ready ones first. */
function podsOf(call: Call, object: KubeObject): readonly Pod[] {
  if (object.kind === 'Pod') return [object as Pod];
  const pods = call.turn.view.list('Pod', object.metadata.namespace ?? '');
  const selector = valueAt(object, ['spec', 'selector']) as LabelSelector | undefined;
  const isOf = (pod: Pod): boolean =>
    object.kind === 'Service'
      ? matchesLabels((object as Service).spec.selector, pod.metadata.labels)
      : matchesSelector(selector, pod.metadata.labels);
  return pods
    .filter((pod) => selector !== undefined && isOf(pod))
    .sort((a, b) => Number(isReady(b)) - Number(isReady(a)) || compareBytes(a.metadata.name, b.metadata.name));
}

/**
 * The pods that `POD` or `TYPE/NAME` means.
 * @returns undefined where there is none, which is noted
 * @throws CommandError for a kind without pods
 */
export function podsOfWord(call: Call, word: string): readonly Pod[] | undefined {
  const query = readQuery(word.includes('/') ? [word] : ['pods', word], call.namespace);
  const target = query.targets?.[0];
  if (!target) return undefined;
  const object = findTarget(call.turn.view, target);
  if (!object) {
    call.fail(notFoundFault(target.info, target.name));
    return undefined;
  }
  if (object.kind !== 'Pod' && valueAt(object, ['spec', 'selector']) === undefined)
    throw new CommandError(`cannot attach to *v1.${object.kind}: selector for *v1.${object.kind} not implemented`);
  const pods = podsOf(call, object);
  if (pods.length === 0) throw new CommandError(`timed out waiting for the condition`);
  return pods;
}

/** Init containers first, as errors list them. */
const containersOf = ({ spec }: Pod): readonly Container[] => [...(spec.initContainers ?? []), ...spec.containers];

const listed = (pod: Pod): string =>
  [
    ...pod.spec.containers.map(({ name }) => name),
    ...(pod.spec.initContainers ?? []).map(({ name }) => `${name} (init)`),
  ].join(', ');

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/**
 * The container that `-c` names, or the one that is meant without it.
 * @throws CommandError when the pod has no such container. k8s: podcmd.FindOrDefaultContainerByName
 */
export function containerOf(call: Call, pod: Pod, wanted: string | undefined): Container {
  if (wanted !== undefined && wanted !== '') {
    const found = containersOf(pod).find(({ name }) => name === wanted);
    if (!found)
      throw new CommandError(`container ${wanted} is not valid for pod ${pod.metadata.name} out of: ${listed(pod)}`);
    return found;
  }
  const annotated = pod.metadata.annotations?.[DEFAULT_CONTAINER];
  const chosen = pod.spec.containers.find(({ name }) => name === annotated);
  const [first] = pod.spec.containers;
  if (!first) throw new CommandError(`pod ${pod.metadata.name} has no containers`);
  if (!chosen && containersOf(pod).length > 1)
    call.warn(`Defaulted container ${JSON.stringify(first.name)} out of: ${listed(pod)}`);
  return chosen ?? first;
}

/**
 * Notes that a pod's kubelet cannot be reached, where that is so.
 * @returns whether it can be
 */
export function isNodeReachable(call: Call, pod: Pod, path: string): boolean {
  const { nodeName } = pod.spec;
  const { name } = pod.metadata;
  if (nodeName === undefined) {
    call.fail(serverFault({ code: 400, reason: 'BadRequest', message: `pod ${name} does not have a host assigned` }));
    return false;
  }
  const node = call.turn.view.get('Node', '', nodeName);
  if (node && conditionOf(node.status, 'Ready')?.status === 'True') return true;
  const address = `${pod.status.hostIP ?? nodeName}:10250`;
  call.fail(
    serverFault({
      code: 500,
      reason: '',
      message: `${path === '' ? 'error dialing backend' : `Get "https://${address}/${path}"`}: dial tcp ${address}: connect: no route to host`,
    }),
  );
  return false;
}
