// Empties namespaces that are being deleted. Owners do not matter here: everything in a namespace goes at once.
// k8s: pkg/controller/namespace
import { type KubeObject, keyOf, type SimulatedKind } from '#kube';
import { contentsOf } from '../../api/index.ts';
import {
  type Actor,
  act,
  done,
  type Enqueue,
  keyOfObject,
  type ObjectChange,
  type View,
  wait,
} from '../../kernel/index.ts';

/** Kinds whose end can be the last thing that a namespace waits for. */
const KINDS: readonly SimulatedKind[] = [
  'Pod',
  'StatefulSet',
  'ControllerRevision',
  'PersistentVolumeClaim',
  'Service',
  'EndpointSlice',
  'Event',
  'ReplicaSet',
  'Deployment',
  'PodDisruptionBudget',
];

/** An object that is gone may have been the last of its namespace; one that came may have come too late. */
function watchContents({ before, after }: ObjectChange, enqueue: Enqueue, view: View): void {
  if (before && after) return;
  const name = (before ?? after)?.metadata.namespace ?? '';
  const namespace = view.get('Namespace', '', name);
  if (namespace?.metadata.deletionTimestamp !== undefined) enqueue(keyOfObject(namespace));
}

const isToDelete = (object: KubeObject): boolean => object.metadata.deletionTimestamp === undefined;

/** Rule GC-7: deletes what is in a namespace on its way out, and lets it go when nothing is left. */
export const namespaceController: Actor = {
  name: 'namespace-controller',
  latencyMs: 20,
  watches: {
    ...Object.fromEntries(KINDS.map((kind) => [kind, watchContents])),
    Namespace: ({ key, after }, enqueue) => {
      if (after?.metadata.deletionTimestamp !== undefined) enqueue(key);
    },
  },
  reconcile(turn, key) {
    const namespace = turn.view.find(key);
    if (namespace?.metadata.deletionTimestamp === undefined) return done;
    const { name } = namespace.metadata;
    const contents = contentsOf(turn.view, name);
    const deleted = contents.filter(
      (object) => isToDelete(object) && turn.delete(keyOfObject(object), { propagationPolicy: 'Background' }).ok,
    );
    const left = contentsOf(turn.view, name);
    if (left.length === 0) {
      turn.delete(keyOf('Namespace', '', name));
      return done;
    }
    if (deleted.length > 0) return act('GC-7', key, { namespace: name, count: deleted.length });
    return wait('GC-7', left[0] && keyOfObject(left[0]), { namespace: name, count: left.length });
  },
};
