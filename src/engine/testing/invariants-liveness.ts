// What must come about in a cluster in which nothing is wrong any more, once it is at rest: pods that have a node run,
// pods without one were looked at, and a set whose pods are all well has all of them.
import {
  claimNameOf,
  conditionOf,
  controllerOf,
  isPodReady,
  isRunningAndReady,
  isTerminating,
  keyOf,
  type Pod,
  podNameOf,
  type StatefulSet,
} from '#kube';
import { type Cluster, reasonOf } from '../kernel/index.ts';

/** Everybody who waits for nothing that could come. To be asked of a healed cluster at rest, kubelets and all. */
export const stuckAtRest = (cluster: Cluster): string[] => [
  ...cluster.view.list('Pod').flatMap((pod) => stuckPod(cluster, pod)),
  ...cluster.view.list('StatefulSet').flatMap((set) => stuckSet(cluster, set)),
];

function stuckPod(cluster: Cluster, pod: Pod): string[] {
  const { name, namespace, finalizers = [] } = pod.metadata;
  const { nodeName, schedulingGates } = pod.spec;
  if (isTerminating(pod)) return finalizers.length > 0 ? [] : [`KUBELET-16: ${name} does not end`];
  if (nodeName === undefined) {
    const isLookedAt =
      conditionOf(pod.status, 'PodScheduled')?.status === 'False' ||
      schedulingGates !== undefined ||
      waitsInVain(cluster, pod);
    return isLookedAt ? [] : [`SCHED-1: nobody has looked at ${name}`];
  }
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed' || isRunningAndReady(pod)) return [];
  const why = reasonOf(cluster.world, 'kubelet', keyOf('Pod', namespace, name));
  return [
    `KUBELET-1: ${name} is bound to ${nodeName} and is not Ready: ${why?.rule ?? 'no reason'} ${JSON.stringify(why?.args)}`,
  ];
}

/** SCHED-3: a volume that was deleted between the two halves of its binding is held by them, and never bound. */
const waitsInVain = ({ view }: Cluster, { metadata, spec }: Pod): boolean =>
  (spec.volumes ?? []).some(({ persistentVolumeClaim }) => {
    const claim = view.get('PersistentVolumeClaim', metadata.namespace ?? '', persistentVolumeClaim?.claimName ?? '');
    return view
      .list('PersistentVolume')
      .some((volume) => isTerminating(volume) && volume.spec.claimRef?.uid === claim?.metadata.uid);
  });

/** STS-2, STS-9, STS-11: with all its pods well, a set has as many as it should, and of the revision that it should. */
function stuckSet(cluster: Cluster, set: StatefulSet): string[] {
  if (isTerminating(set)) return isBlocked(cluster, set) ? [] : [`GC-2: ${set.metadata.name} does not end`];
  const { name, namespace = '', uid } = set.metadata;
  const { replicas, ordinals, updateStrategy } = set.spec;
  const start = ordinals?.start ?? 0;
  const pods = cluster.view.ownedBy(uid).filter((object): object is Pod => object.kind === 'Pod');
  if (isHeldBack(cluster, set)) return [];
  if (pods.some((pod) => isTerminating(pod) || !isPodReady(pod) || pod.status.phase !== 'Running')) return [];
  const faults: string[] = [];
  const names = new Set<string>();
  for (let ordinal = start; ordinal < start + replicas; ordinal += 1) {
    names.add(podNameOf(name, ordinal));
    const pod = cluster.view.get('Pod', namespace, podNameOf(name, ordinal));
    if (pod === undefined && isHeldUp(cluster, set, ordinal)) return [];
    if (pod === undefined) faults.push(`STS-2: ${podNameOf(name, ordinal)} is not created`);
    else if (controllerOf(pod)?.uid !== uid) return [];
  }
  for (const pod of pods) {
    if (!names.has(pod.metadata.name)) faults.push(`STS-9: ${pod.metadata.name} is not deleted`);
    const isOld = pod.metadata.labels?.['controller-revision-hash'] !== set.status.updateRevision;
    if (updateStrategy.type === 'RollingUpdate' && !updateStrategy.rollingUpdate?.partition && isOld)
      faults.push(`STS-11: ${pod.metadata.name} is not updated`);
  }
  return faults;
}

/** PV-17: a claim that blocks the end of its owner is in use by a pod that is not the owner's any more. */
const isBlocked = ({ view }: Cluster, { metadata }: StatefulSet): boolean =>
  view
    .ownedBy(metadata.uid)
    .some(
      (claim) =>
        claim.kind === 'PersistentVolumeClaim' &&
        view.podsUsingClaim(claim.metadata.namespace ?? '', claim.metadata.name).length > 0,
    );

/**
 * STS-22, STS-23: a sync that is refused a write goes no further. CLAIM-7: nothing wakes the set when a claim is gone at
 * last, as STS-25 says.
 */
export function isHeldBack({ world }: Pick<Cluster, 'world'>, { metadata }: StatefulSet): boolean {
  const why = reasonOf(world, 'statefulset-controller', keyOf('StatefulSet', metadata.namespace, metadata.name));
  return why !== undefined && ['STS-22', 'STS-23', 'CLAIM-7'].includes(why.rule);
}

/** CLAIM-3, CLAIM-7: a claim that is on its way out, or waits for its owner to go, keeps the pod from being created. */
function isHeldUp({ view }: Cluster, set: StatefulSet, ordinal: number): boolean {
  const { name, namespace = '' } = set.metadata;
  return (set.spec.volumeClaimTemplates ?? []).some(({ metadata }) => {
    const claim = view.get('PersistentVolumeClaim', namespace, claimNameOf(metadata.name, name, ordinal));
    return claim !== undefined && isTerminating(claim);
  });
}
