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

/**
 * By place: the names of the slices, in order. Nearly always it is one; while the slices of a deleted Service are still
 * there beside those of the next one of its name, there are several.
 */
export const endpointIndex: Derived<Map<string, readonly string[]>> = {
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
      takeOut(index, placeOf(old, ref), old.metadata.name);
    }
    for (let at = 0; slice && at < length; at += 1) {
      const ref = slice.endpoints[at]?.targetRef;
      if (isSameService && ref?.name === old.endpoints[at]?.targetRef?.name) continue;
      putIn(index, placeOf(slice, ref), slice.metadata.name);
    }
  },
};

function takeOut(index: Map<string, readonly string[]>, place: string | undefined, slice: string): void {
  const names = place === undefined ? undefined : index.get(place);
  if (place === undefined || !names?.includes(slice)) return;
  if (names.length === 1) index.delete(place);
  else
    index.set(
      place,
      names.filter((name) => name !== slice),
    );
}

function putIn(index: Map<string, readonly string[]>, place: string | undefined, slice: string): void {
  if (place === undefined) return;
  const names = index.get(place);
  if (!names) index.set(place, [slice]);
  else if (!names.includes(slice)) index.set(place, [...names, slice].sort());
}
