// Which slices of a Service have room, kept by the store with every write of a slice, so that one more endpoint does
// not cost a look at all the slices that are full.
import type { EndpointSlice, KubeObject, ObjectKey } from '#kube';
import { isTerminating } from '#kube';
import { type Derived, keyOfObject } from '../../kernel/index.ts';

/** k8s: maxEndpointsPerSlice */
export const ENDPOINTS_MAX = 100;

export const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';
export const MANAGER = 'endpointslice-controller.k8s.io';

/** The slices of one Service. */
export interface Rooms {
  readonly roomy: Map<ObjectKey, EndpointSlice>;
  /** The others. */
  readonly full: Set<ObjectKey>;
}

/** Whether this controller keeps the slice. Those that people made by hand are left alone. */
export const isKept = (object: KubeObject): object is EndpointSlice =>
  object.kind === 'EndpointSlice' && !isTerminating(object) && object.metadata.labels?.[MANAGED_BY_LABEL] === MANAGER;

/** By the uid of the Service that owns the slices. */
export const sliceRooms: Derived<Map<string, Rooms>> = {
  kind: 'EndpointSlice',
  create: () => new Map(),
  change: (sum, before, after) => {
    if (before && isKept(before)) takeOut(sum, before);
    if (after && isKept(after)) putIn(sum, after);
  },
};

function takeOut(sum: Map<string, Rooms>, slice: EndpointSlice): void {
  const key = keyOfObject(slice);
  for (const { uid } of slice.metadata.ownerReferences ?? []) {
    const rooms = sum.get(uid);
    if (!rooms) continue;
    rooms.roomy.delete(key);
    rooms.full.delete(key);
    if (rooms.roomy.size === 0 && rooms.full.size === 0) sum.delete(uid);
  }
}

function putIn(sum: Map<string, Rooms>, slice: EndpointSlice): void {
  const key = keyOfObject(slice);
  for (const { uid } of slice.metadata.ownerReferences ?? []) {
    const rooms = sum.get(uid) ?? { roomy: new Map(), full: new Set() };
    sum.set(uid, rooms);
    if (slice.endpoints.length < ENDPOINTS_MAX) rooms.roomy.set(key, slice);
    else rooms.full.add(key);
  }
}
