// Namespaces, nodes and endpoint slices.
import {
  type EndpointSlice,
  KINDS,
  type KubeObject,
  type Namespace,
  type Node,
  type SimulatedKind,
  semanticEqual,
} from '#kube';
import type { View } from '../../kernel/store.ts';
import { forbidden } from '../errors.ts';
import type { Strategy } from '../strategy.ts';

const IMMORTAL = new Set(['default', 'kube-system', 'kube-public']);

const NAMESPACED = KINDS.filter((info) => info.namespaced).map((info) => info.kind as SimulatedKind);

/** Everything that lives in a namespace, kind by kind. */
export const contentsOf = (view: View, namespace: string): readonly KubeObject[] =>
  NAMESPACED.flatMap((kind) => view.list(kind, namespace) as readonly KubeObject[]);

/** Rule API-15: a namespace goes when its contents are gone; a few never go. k8s: namespace strategy, NamespaceLifecycle */
export const namespaceStrategy: Strategy<Namespace> = {
  kind: 'Namespace',
  newStatus: () => ({ phase: 'Active' }),
  prepareForCreate: (namespace) => ({ ...namespace, spec: { finalizers: ['kubernetes'] } }),
  prepareForUpdate: (namespace, stored) => (stored.spec ? { ...namespace, spec: stored.spec } : namespace),
  admitDelete: ({ metadata: { name } }, info) =>
    IMMORTAL.has(name) ? forbidden(info, name, 'this namespace may not be deleted') : undefined,
  held: (namespace, tx) =>
    namespace.metadata.deletionTimestamp === undefined || contentsOf(tx.view, namespace.metadata.name).length > 0
      ? { ...namespace, status: { phase: 'Terminating' } }
      : undefined,
};

/** What a Node has before a kubelet has reported. */
const EMPTY_NODE_STATUS: Node['status'] = { capacity: {}, allocatable: {}, conditions: [] };

/** A node comes with the status that its kubelet registers it with. */
export const nodeStrategy: Strategy<Node> = {
  kind: 'Node',
  newStatus: ({ status }) => ({ ...EMPTY_NODE_STATUS, ...status }),
  prepareForCreate: (node) => ({ ...node, spec: (node as Partial<Node>).spec ?? {} }),
};

/** Everything in a slice but its metadata is asked for. */
export const endpointSliceStrategy: Strategy<EndpointSlice> = {
  kind: 'EndpointSlice',
  hasGeneration: true,
  isNewGeneration: ({ metadata: _next, ...next }, { metadata: _stored, ...stored }) => !semanticEqual(next, stored),
};
