// Which slice holds a pod's endpoint, kept by the store with every write of a slice, so that a change of one pod costs
// one slice and not all of them.
import type { EndpointSlice, KubeObject, ObjectReference } from '#kube';
import type { Derived } from '../../kernel/index.ts';

export const SERVICE_LABEL = 'kubernetes.io/service-name';

/** The place of a pod's endpoint in the index. */
export const endpointPlace = (namespace: string, service: string, pod: string): string =>
  `${namespace}/${service}/${pod}`;

/** The Service that a slice belongs to, by its label. */
export const serviceOfSlice = (slice: KubeObject): string => slice.metadata.labels?.[SERVICE_LABEL] ?? '';

function placeOf(slice: EndpointSlice, ref: ObjectReference | undefined): string | undefined {
  if (ref?.kind !== 'Pod' || ref.name === undefined) return undefined;
  return endpointPlace(slice.metadata.namespace ?? '', serviceOfSlice(slice), ref.name);
}

/** By place: the name of the slice. */
export const endpointIndex: Derived<Map<string, string>> = {
  kind: 'EndpointSlice',
  create: () => new Map(),
  change: (index, before: KubeObject | undefined, after: KubeObject | undefined) => {
    const old = before as EndpointSlice | undefined;
    const slice = after as EndpointSlice | undefined;
    const length = Math.max(old?.endpoints.length ?? 0, slice?.endpoints.length ?? 0);
    const isSameService = old && slice && serviceOfSlice(old) === serviceOfSlice(slice);
    // All that is gone goes before what is new comes, since an endpoint may only have moved within the slice.
    for (let at = 0; old && at < length; at += 1) {
      const ref = old.endpoints[at]?.targetRef;
      if (isSameService && ref?.name === slice.endpoints[at]?.targetRef?.name) continue;
      const place = placeOf(old, ref);
      if (place !== undefined && index.get(place) === old.metadata.name) index.delete(place);
    }
    for (let at = 0; slice && at < length; at += 1) {
      const ref = slice.endpoints[at]?.targetRef;
      if (isSameService && ref?.name === old.endpoints[at]?.targetRef?.name) continue;
      const place = placeOf(slice, ref);
      if (place !== undefined) index.set(place, slice.metadata.name);
    }
  },
};
