// KUBE-25: one door to the defaults of all kinds. Pure: a new object comes back, sharing what needed no filling.
import { defaultDeployment, defaultReplicaSet } from './defaults/deployment.ts';
import { defaultVolumeObject } from './defaults/persistent-volume.ts';
import { defaultClaim } from './defaults/persistent-volume-claim.ts';
import { defaultPod } from './defaults/pod.ts';
import { defaultPodDisruptionBudget } from './defaults/pod-disruption-budget.ts';
import { defaultService } from './defaults/service.ts';
import { defaultStatefulSet } from './defaults/stateful-set.ts';
import { defaultStorageClass } from './defaults/storage-class.ts';
import { DEFAULT_GATES, type FeatureGates } from './feature-gates.ts';
import { type Loose, mapObject, objectOr, textAt, withDefault, withMember } from './loose.ts';

/** A namespace carries its own name as a label. k8s: SetDefaults_Namespace */
function defaultNamespace(namespace: Loose): Loose {
  const name = textAt(objectOr(namespace, 'metadata'), 'name');
  const labelled = mapObject(namespace, 'metadata', (metadata) =>
    name === ''
      ? metadata
      : withMember(metadata, 'labels', { ...objectOr(metadata, 'labels'), 'kubernetes.io/metadata.name': name }),
  );
  return withMember(labelled, 'status', withDefault(objectOr(labelled, 'status'), 'phase', 'Active'));
}

const DEFAULTERS: Readonly<Record<string, (object: Loose, gates: FeatureGates) => Loose>> = {
  StatefulSet: defaultStatefulSet,
  Pod: defaultPod,
  PersistentVolumeClaim: defaultClaim,
  PersistentVolume: defaultVolumeObject,
  Service: defaultService,
  StorageClass: defaultStorageClass,
  Deployment: defaultDeployment,
  ReplicaSet: defaultReplicaSet,
  PodDisruptionBudget: defaultPodDisruptionBudget,
  Namespace: defaultNamespace,
};

/**
 * Fills in what the API server would.
 * @param kind the object's kind; objects of kinds without defaults come back as they are
 * @param object the object in Go's JSON form
 * @param gates feature gates that differ from their defaults
 */
export function applyDefaults(kind: string, object: Loose, gates: FeatureGates = DEFAULT_GATES): Loose {
  const fill = Object.hasOwn(DEFAULTERS, kind) ? DEFAULTERS[kind] : undefined;
  return fill === undefined ? object : fill(object, gates);
}
