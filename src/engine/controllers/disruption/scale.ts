// How many pods the controllers of a budget's pods are meant to have. k8s: disruption.getExpectedScale and its finders
import { controllerOf, type OwnerReference } from '#kube';
import type { View } from '../../kernel/index.ts';

/** A controller and the number of pods it is meant to have. */
interface Scale {
  readonly uid: string;
  readonly replicas: number;
}

/**
 * PDB-2: the scale of a pod's controller; of a ReplicaSet that belongs to a Deployment, the Deployment's.
 * @returns undefined when the controller is gone, or has no scale
 */
export function scaleOf(view: View, namespace: string, ref: OwnerReference): Scale | undefined {
  if (ref.kind === 'StatefulSet') {
    const set = view.get('StatefulSet', namespace, ref.name);
    return set?.metadata.uid === ref.uid ? { uid: ref.uid, replicas: set.spec.replicas } : undefined;
  }
  if (ref.kind !== 'ReplicaSet') return undefined;
  const set = view.get('ReplicaSet', namespace, ref.name);
  if (set?.metadata.uid !== ref.uid) return undefined;
  const owner = controllerOf(set);
  if (owner?.kind !== 'Deployment') return { uid: ref.uid, replicas: set.spec.replicas };
  const deployment = view.get('Deployment', namespace, owner.name);
  return deployment?.metadata.uid === owner.uid ? { uid: owner.uid, replicas: deployment.spec.replicas } : undefined;
}
