// The slices of one Service in the course of a turn: endpoints go in, change and leave, and at the end what changed is
// written. k8s: staging endpointslice reconciler.go
import { type EndpointSlice, keyOf, type Service, type StringMap } from '#kube';
import { isSame } from '#lib';
import { keyOfObject, type Turn } from '../../kernel/index.ts';
import { type PodEndpoint, portsKeyOf, type SlicePorts } from './endpoint.ts';
import { endpointIndex, endpointPlace, SERVICE_LABEL } from './endpoint-index.ts';
import { ENDPOINTS_MAX, isKept, MANAGED_BY_LABEL, MANAGER, sliceRooms } from './slice-rooms.ts';

const HEADLESS_LABEL = 'service.kubernetes.io/headless';

/** EP-11. k8s: corev1.EndpointsLastChangeTriggerTime */
const SINCE = 'endpoints.kubernetes.io/last-change-trigger-time';

/** A slice that is being changed. `stored` undefined: it will be created. */
interface Draft {
  stored: EndpointSlice | undefined;
  endpoints: EndpointSlice['endpoints'];
  ports: EndpointSlice['ports'];
}

export interface ServiceSlices {
  readonly turn: Turn;
  readonly service: Service;
  readonly drafts: Draft[];
  /** How many slices there are besides, all of them full. */
  readonly others: number;
}

/** Labels of a slice: those of its Service, and whose it is. */
function labelsOf({ metadata, spec }: Service): StringMap {
  const {
    [SERVICE_LABEL]: _name,
    [MANAGED_BY_LABEL]: _manager,
    [HEADLESS_LABEL]: _headless,
    ...labels
  } = metadata.labels ?? {};
  return {
    ...labels,
    [MANAGED_BY_LABEL]: MANAGER,
    [SERVICE_LABEL]: metadata.name,
    ...(spec.clusterIP === 'None' && { [HEADLESS_LABEL]: '' }),
  };
}

const draftOf = (stored: EndpointSlice): Draft => ({ stored, endpoints: stored.endpoints, ports: stored.ports });

/** The slices that this controller keeps for a Service. O(slices) */
export const openSlices = (turn: Turn, service: Service): ServiceSlices => ({
  turn,
  service,
  drafts: turn.view.ownedBy(service.metadata.uid).filter(isKept).map(draftOf),
  others: 0,
});

const isOlder = ({ metadata: a }: EndpointSlice, { metadata: b }: EndpointSlice): number => {
  if (a.creationTimestamp !== b.creationTimestamp) return a.creationTimestamp < b.creationTimestamp ? -1 : 1;
  return a.name < b.name ? -1 : 1;
};

/**
 * The slices of a Service that a change of one pod may concern: the one with its endpoint, and those with room.
 * O(slices with room)
 */
export function openSlicesFor(turn: Turn, service: Service, podName: string): ServiceSlices {
  const rooms = turn.view.derived(sliceRooms).get(service.metadata.uid);
  if (!rooms) return { turn, service, drafts: [], others: 0 };
  const { namespace = '', name } = service.metadata;
  const opened = [...rooms.roomy.values()];
  for (const holder of turn.view.derived(endpointIndex).get(endpointPlace(namespace, name, podName)) ?? []) {
    const slice = turn.view.get('EndpointSlice', namespace, holder);
    if (slice && rooms.full.has(keyOfObject(slice))) opened.push(slice);
  }
  const others = rooms.roomy.size + rooms.full.size - opened.length;
  return { turn, service, drafts: opened.sort(isOlder).map(draftOf), others };
}

const isPlaceholder = (draft: Draft): boolean => draft.endpoints.length === 0;

const hasPorts = (draft: Draft, portsKey: string): boolean =>
  draft.ports !== null && portsKeyOf(draft.ports) === portsKey;

/** The slice that holds a pod's endpoint, and where in it. */
function find(slices: ServiceSlices, podName: string): { readonly draft: Draft; readonly at: number } | undefined {
  const { turn, service, drafts } = slices;
  const { namespace = '', name } = service.metadata;
  const names = turn.view.derived(endpointIndex).get(endpointPlace(namespace, name, podName));
  const draft = names && drafts.find(({ stored }) => stored !== undefined && names.includes(stored.metadata.name));
  const at = draft?.endpoints.findIndex(({ targetRef }) => targetRef?.name === podName) ?? -1;
  return draft && at >= 0 ? { draft, at } : undefined;
}

/** The slice for one more endpoint: the fullest with room, an empty one, or a new one (EP-8). */
function draftWithRoom(slices: ServiceSlices, { portsKey }: PodEndpoint): Draft {
  let best: Draft | undefined;
  for (const draft of slices.drafts) {
    if (isPlaceholder(draft) || draft.endpoints.length >= ENDPOINTS_MAX || !hasPorts(draft, portsKey)) continue;
    if (!best || draft.endpoints.length > best.endpoints.length) best = draft;
  }
  best ??= slices.drafts.find(isPlaceholder);
  if (best) return best;
  const draft: Draft = { stored: undefined, endpoints: [], ports: null };
  slices.drafts.push(draft);
  return draft;
}

/** What became of a pod's endpoint. */
export type EndpointChange = 'added' | 'changed' | 'removed' | 'none';

function add(slices: ServiceSlices, wanted: PodEndpoint): void {
  const draft = draftWithRoom(slices, wanted);
  draft.endpoints = [...draft.endpoints, wanted.endpoint];
  if (draft.ports === null || !hasPorts(draft, wanted.portsKey)) draft.ports = wanted.ports;
}

/** Puts a pod's endpoint in, brings it up to date, or takes it out (`wanted` undefined). */
export function setEndpoint(slices: ServiceSlices, podName: string, wanted: PodEndpoint | undefined): EndpointChange {
  const found = find(slices, podName);
  if (!found) {
    if (!wanted) return 'none';
    add(slices, wanted);
    return 'added';
  }
  const { draft, at } = found;
  const before = draft.endpoints[at];
  if (wanted && hasPorts(draft, wanted.portsKey)) {
    if (isSame(before, wanted.endpoint)) return 'none';
    draft.endpoints = draft.endpoints.with(at, wanted.endpoint);
    return 'changed';
  }
  draft.endpoints = draft.endpoints.toSpliced(at, 1);
  if (!wanted) return 'removed';
  add(slices, wanted);
  return 'changed';
}

/** The names of all pods that have an endpoint. */
export const podNamesIn = ({ drafts }: ServiceSlices): string[] =>
  drafts.flatMap(({ endpoints }) => endpoints.flatMap(({ targetRef }) => targetRef?.name ?? []));

/** Whether a pod's endpoint is there, and whether it serves. */
export function isServing(slices: ServiceSlices, podName: string): boolean | undefined {
  const found = find(slices, podName);
  return found?.draft.endpoints[found.at]?.conditions.serving;
}

/**
 * Writes what changed. Empty slices go; the last one stays as a placeholder without ports.
 * @param since when what changed came about, if the writer knows (EP-11)
 * @returns false when the API server refused a part of it
 */
export function closeSlices({ turn, service, drafts, others }: ServiceSlices, since: string | undefined): boolean {
  const marks = { labels: labelsOf(service), annotations: since === undefined ? undefined : { [SINCE]: since } };
  const kept = drafts.filter((draft) => !isPlaceholder(draft));
  const placeholder =
    kept.length + others > 0 ? undefined : (drafts[0] ?? { stored: undefined, endpoints: [], ports: null });
  const empty = drafts.flatMap((draft) => (isPlaceholder(draft) && draft !== placeholder && draft.stored) || []);
  // A slice that would go takes the place of one that would be made. k8s: reconciler.finalize
  for (const draft of kept) draft.stored ??= empty.shift();
  for (const { metadata } of empty)
    if (!turn.delete(keyOf('EndpointSlice', metadata.namespace, metadata.name)).ok) return false;
  if (placeholder) placeholder.ports = null;
  for (const draft of placeholder ? [placeholder] : kept) if (!write(turn, service, draft, marks)) return false;
  return true;
}

/** What a slice has in its metadata beside its name. */
interface Marks {
  readonly labels: StringMap;
  readonly annotations: StringMap | undefined;
}

function write(turn: Turn, service: Service, { stored, endpoints, ports }: Draft, marks: Marks): boolean {
  if (!stored) return create(turn, service, endpoints, ports, marks);
  const { annotations: before, ...metadata } = stored.metadata;
  const { labels } = marks;
  if (endpoints === stored.endpoints && ports === stored.ports && isSame(labels, metadata.labels)) return true;
  const { [SINCE]: _, ...others } = before ?? {};
  const annotations = { ...others, ...marks.annotations };
  const isAnnotated = Object.keys(annotations).length > 0;
  return turn.update<EndpointSlice>({
    ...stored,
    metadata: { ...metadata, labels, ...(isAnnotated && { annotations }) },
    endpoints,
    ports,
  }).ok;
}

function create(
  turn: Turn,
  service: Service,
  endpoints: EndpointSlice['endpoints'],
  ports: SlicePorts | null,
  { labels, annotations }: Marks,
): boolean {
  const { name, uid, namespace } = service.metadata;
  return turn.create<EndpointSlice>({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: '',
      generateName: `${name}-`,
      ...(namespace !== undefined && { namespace }),
      labels,
      ...(annotations && { annotations }),
      ownerReferences: [{ apiVersion: 'v1', blockOwnerDeletion: true, controller: true, kind: 'Service', name, uid }],
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  }).ok;
}
