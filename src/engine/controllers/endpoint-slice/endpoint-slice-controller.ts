// Keeps the EndpointSlices of every Service with a selector: who is behind it and who of them is ready. A change of one
// pod is a turn of its own that touches one slice; a change of the Service looks at all its pods.
// k8s: pkg/controller/endpointslice
import {
  conditionOf,
  type EndpointSlice,
  isPodReady,
  isTerminating,
  keyOf,
  matchesLabels,
  type ObjectKey,
  type Pod,
  type Service,
} from '#kube';
import { isSame } from '#lib';
import { type Actor, act, done, type Outcome, type Turn, type View } from '../../kernel/index.ts';
import { endpointOf, hasEndpoint, type PodEndpoint, portsKeyOf, portsOf } from './endpoint.ts';
import { serviceOfSlice } from './endpoint-index.ts';
import {
  closeSlices,
  type EndpointChange,
  isServing,
  openSlices,
  openSlicesFor,
  podNamesIn,
  setEndpoint,
} from './slices.ts';

const LATENCY_MS = 15;

/** Between the key of a Service and the name of one of its pods, in a queue key. */
const SEPARATOR = ' ';

const serviceKeyOf = (service: Service): ObjectKey =>
  keyOf('Service', service.metadata.namespace, service.metadata.name);

/** True for Services that get slices: with a selector, and more than another name (EP-1). */
function isServed(service: Service | undefined): service is Service {
  if (!service || service.spec.type === 'ExternalName') return false;
  for (const _ in service.spec.selector) return true;
  return false;
}

const selects = (service: Service, pod: Pod | undefined): pod is Pod =>
  pod !== undefined && matchesLabels(service.spec.selector, pod.metadata.labels);

/** The pods of a Service, by the index of one of its labels. */
function podsOf(view: View, service: Service): readonly Pod[] {
  const namespace = service.metadata.namespace ?? '';
  for (const key in service.spec.selector)
    return view
      .podsWithLabel(namespace, key, service.spec.selector[key] as string)
      .filter((pod) => selects(service, pod));
  return [];
}

const hasSlice = (view: View, service: Service): boolean =>
  view.ownedBy(service.metadata.uid).some(({ kind }) => kind === 'EndpointSlice');

function wantedFor(view: View, service: Service, pod: Pod | undefined): PodEndpoint | undefined {
  if (!selects(service, pod) || !hasEndpoint(pod)) return undefined;
  const ports = portsOf(service, pod);
  return { endpoint: endpointOf(view, service, pod), ports, portsKey: portsKeyOf(ports) };
}

/** True when a change of a pod can be seen in its endpoint. k8s: podEndpointsChanged */
function isSeen(before: Pod | undefined, after: Pod | undefined): boolean {
  const had = before !== undefined && hasEndpoint(before);
  const has = after !== undefined && hasEndpoint(after);
  if (!had || !has) return had || has;
  return (
    before.metadata.uid !== after.metadata.uid ||
    before.status.podIP !== after.status.podIP ||
    isPodReady(before) !== isPodReady(after) ||
    isTerminating(before) !== isTerminating(after) ||
    before.spec.hostname !== after.spec.hostname ||
    before.spec.subdomain !== after.spec.subdomain ||
    before.spec.nodeName !== after.spec.nodeName ||
    !isSame(before.metadata.labels, after.metadata.labels)
  );
}

/** What a change of one pod's endpoint means, as the reason of the turn. */
function tell(service: Service, podName: string, change: EndpointChange, wanted: PodEndpoint | undefined): Outcome {
  if (change === 'none') return done;
  const about = keyOf('Pod', service.metadata.namespace, podName);
  const args = { service: service.metadata.name, pod: podName, address: wanted?.endpoint.addresses[0] ?? '' };
  if (!wanted) return act('EP-5', about, args);
  const { ready, serving, terminating } = wanted.endpoint.conditions;
  if (ready && !(serving && !terminating)) return act('EP-7', about, args);
  if (terminating) return act('EP-4', about, args);
  return act(change === 'added' && !serving ? 'EP-2' : 'EP-3', about, {
    ...args,
    state: ready ? 'ready' : 'not ready',
  });
}

/** When a pod became as ready as it is. */
const readySince = (pod: Pod | undefined): string | undefined =>
  pod && conditionOf(pod.status, 'Ready')?.lastTransitionTime;

function syncPod(turn: Turn, service: Service, podName: string): Outcome {
  const pod = turn.view.get('Pod', service.metadata.namespace ?? '', podName);
  const wanted = wantedFor(turn.view, service, pod);
  const slices = openSlicesFor(turn, service, podName);
  const wasServing = isServing(slices, podName);
  const change = setEndpoint(slices, podName, wanted);
  // EP-11: readiness is what changes have a time of.
  const since = wasServing === wanted?.endpoint.conditions.serving ? undefined : readySince(pod);
  if (change !== 'none' && !closeSlices(slices, since)) return { failed: true };
  return tell(service, podName, change, wanted);
}

function syncService(turn: Turn, service: Service): Outcome {
  const slices = openSlices(turn, service);
  const isNew = slices.drafts.length === 0;
  const names = new Set(podNamesIn(slices));
  let endpoints = 0;
  for (const pod of podsOf(turn.view, service)) {
    const wanted = wantedFor(turn.view, service, pod);
    if (wanted) endpoints += 1;
    setEndpoint(slices, pod.metadata.name, wanted);
    names.delete(pod.metadata.name);
  }
  for (const name of names) setEndpoint(slices, name, undefined);
  if (!closeSlices(slices, isNew ? service.metadata.creationTimestamp : undefined)) return { failed: true };
  return act(isNew ? 'EP-1' : 'EP-10', undefined, { service: service.metadata.name, endpoints });
}

export const endpointSliceController: Actor = {
  name: 'endpoint-slice-controller',
  latencyMs: LATENCY_MS,
  watches: {
    Service: ({ key, before, after }, enqueue) => {
      const [old, now] = [before as Service | undefined, after as Service | undefined];
      if (isServed(now) && !(old && isSame(old.spec, now.spec) && isSame(old.metadata.labels, now.metadata.labels)))
        enqueue(key);
    },
    Pod: ({ before, after }, enqueue, view) => {
      const [old, now] = [before as Pod | undefined, after as Pod | undefined];
      if (!isSeen(old, now)) return;
      const { namespace = '', name } = (now ?? old)?.metadata ?? { name: '' };
      for (const service of view.list('Service', namespace))
        if (isServed(service) && (selects(service, old) || selects(service, now)))
          enqueue(serviceKeyOf(service) + SEPARATOR + name);
    },
    EndpointSlice: ({ before, after }, enqueue, view) => {
      // Somebody deleted a slice that was in use, or the last one: it is made again. Other empty ones are deleted here.
      if (after || !before) return;
      const service = view.get('Service', before.metadata.namespace ?? '', serviceOfSlice(before));
      if (!isServed(service)) return;
      if ((before as EndpointSlice).endpoints.length > 0 || !hasSlice(view, service)) enqueue(serviceKeyOf(service));
    },
  },
  start: (enqueue, view) => {
    for (const service of view.list('Service')) if (isServed(service)) enqueue(serviceKeyOf(service));
  },
  reconcile: (turn, key) => {
    const cut = key.indexOf(SEPARATOR);
    const service = turn.view.find(cut < 0 ? key : key.slice(0, cut)) as Service | undefined;
    if (!isServed(service) || isTerminating(service)) return done;
    return cut < 0 ? syncService(turn, service) : syncPod(turn, service, key.slice(cut + 1));
  },
};
