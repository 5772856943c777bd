// Namespaces, nodes and endpoint slices.
import { type EndpointSlice, type Namespace, type Node, semanticEqual } from '#kube';
import { forbidden } from '../errors.ts';
import type { Strategy } from '../strategy.ts';

const IMMORTAL = new Set(['default', 'kube-system', 'kube-public']);

/** Rule API-15: a namespace goes when its contents are gone; a few never go. k8s: namespace strategy, NamespaceLifecycle */
export const namespaceStrategy: Strategy<Namespace> = {
  kind: 'Namespace',
  newStatus: () => ({ phase: 'Active' }),
  prepareForCreate: (namespace) => ({ ...namespace, spec: { finalizers: ['kubernetes'] } }),
  admitDelete: ({ metadata: { name } }, info) =>
    IMMORTAL.has(name) ? forbidden(info, name, 'this namespace may not be deleted') : undefined,
  held: (namespace) =>
    (namespace.spec?.finalizers?.length ?? 0) > 0 ? { ...namespace, status: { phase: 'Terminating' } } : undefined,
};

/** A node comes with the status that its kubelet registers it with. */
export const nodeStrategy: Strategy<Node> = { kind: 'Node', newStatus: ({ status }) => status };

/** Everything in a slice but its metadata is asked for. */
export const endpointSliceStrategy: Strategy<EndpointSlice> = {
  kind: 'EndpointSlice',
  hasGeneration: true,
  isNewGeneration: ({ metadata: _next, ...next }, { metadata: _stored, ...stored }) => !semanticEqual(next, stored),
};
