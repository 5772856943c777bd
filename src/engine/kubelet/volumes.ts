// The volumes of a pod: waiting for claims to be bound, attaching, and the detaching that a node must confirm.
// The attach and detach controller is modelled here, where its effect is felt; its events carry its own name.
// k8s: pkg/controller/volume/attachdetach, pkg/kubelet/volumemanager
import {
  conditionOf,
  keyOf,
  type ObjectKey,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  parseTime,
} from '#kube';
import type { Turn, View } from '../kernel/index.ts';
import { silentSinceMs } from './fault-state.ts';
import { type PodRecord, recordKey } from './record.ts';
import type { Session } from './session.ts';
import { type KubeletTiming, timingOf } from './timing.ts';

const ATTACH_DETACH = 'attachdetach-controller';
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';
/** Sources of volumes that are mounted without being attached to a node. */
const NEVER_ATTACHED = ['hostPath', 'local', 'nfs'];
const READ_WRITE_ONCE = new Set(['ReadWriteOnce', 'ReadWriteOncePod']);

/** Where a volume is attached that only one node may have at a time. */
type Attachment = {
  readonly node: string;
  /** Since when no pod on that node needs it, and whether the node has unmounted it. */
  readonly leftMs?: number;
  readonly isUnmounted?: boolean;
};

const attachmentKey = (volumeName: string): string => `attached/${volumeName}`;

/** Names of the claims that a pod mounts. */
export const claimNamesOf = (pod: Pod): readonly string[] =>
  (pod.spec.volumes ?? []).flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? []);

const isExclusive = (volume: PersistentVolume): boolean =>
  (volume.spec.accessModes ?? []).every((mode) => READ_WRITE_ONCE.has(mode));

const isAttachable = (volume: PersistentVolume): boolean => !NEVER_ATTACHED.some((source) => source in volume.spec);

/** What holds the volumes of a pod up. */
export type VolumeHold =
  | { readonly why: 'claim'; readonly claim: string; readonly about: ObjectKey }
  | {
      readonly why: 'attached';
      readonly volume: string;
      readonly node: string;
      readonly about: ObjectKey;
      readonly pods: readonly string[];
      /** When it will be free, as far as that is known. */
      readonly freeMs?: number;
    };

/**
 * KUBELET-2, KUBELET-4: the first thing that keeps the pod's volumes from being attached to its node.
 * @returns undefined when nothing does
 */
export function volumeHold(turn: Turn, pod: Pod): VolumeHold | undefined {
  const { namespace = '' } = pod.metadata;
  for (const claimName of claimNamesOf(pod)) {
    const claim = turn.view.get('PersistentVolumeClaim', namespace, claimName);
    const volume = volumeOf(turn.view, claim);
    if (!volume) return { why: 'claim', claim: claimName, about: keyOf('PersistentVolumeClaim', namespace, claimName) };
    const held = attachedElsewhere(turn, pod, claimName, volume);
    if (held) return held;
  }
  return undefined;
}

function volumeOf(view: View, claim: PersistentVolumeClaim | undefined): PersistentVolume | undefined {
  if (claim?.status.phase !== 'Bound' || claim.spec.volumeName === undefined) return undefined;
  return view.get('PersistentVolume', '', claim.spec.volumeName);
}

function attachedElsewhere(turn: Turn, pod: Pod, claimName: string, volume: PersistentVolume): VolumeHold | undefined {
  if (!isAttachable(volume) || !isExclusive(volume)) return undefined;
  const attachment = turn.recall<Attachment>(attachmentKey(volume.metadata.name));
  if (attachment === undefined || attachment.node === pod.spec.nodeName) return undefined;
  const users = turn.view
    .podsUsingClaim(pod.metadata.namespace ?? '', claimName)
    .filter((other) => other !== pod && other.spec.nodeName === attachment.node && !hasEnded(turn, other));
  const freeMs = users.length > 0 ? undefined : detachedMs(turn, attachment);
  if (freeMs !== undefined && freeMs <= turn.nowMs) return undefined;
  return {
    why: 'attached',
    volume: volume.metadata.name,
    node: attachment.node,
    about: keyOf('PersistentVolume', '', volume.metadata.name),
    pods: users.map(({ metadata }) => metadata.name),
    ...(freeMs !== undefined && { freeMs }),
  };
}

/** True for a pod that has ended and let go of its volumes. */
const hasEnded = (turn: Turn, pod: Pod): boolean =>
  (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') &&
  turn.recall(recordKey(pod.metadata.uid)) === undefined;

/** When a volume that no pod needs is detached from its node; undefined while nobody can tell. */
function detachedMs(turn: Turn, attachment: Attachment): number | undefined {
  const timing = timingOf(turn.config);
  const { leftMs } = attachment;
  if (leftMs === undefined) return undefined;
  if (attachment.isUnmounted) return leftMs + timing.detachMs;
  const node = turn.view.get('Node', '', attachment.node);
  // A node that is gone has nothing mounted; one that is out of service is taken at its word (NODE-8).
  if (!node || node.spec.taints?.some(({ key }) => key === OUT_OF_SERVICE)) return leftMs;
  const ready = conditionOf(node.status, 'Ready');
  if (ready?.status === 'True') return undefined;
  // Forced: six minutes without word, and the node not ready.
  const notReadyMs = (parseTime(ready?.lastTransitionTime) ?? 0) - turn.config.epochMs;
  return Math.max(leftMs + timing.forceDetachMs, notReadyMs);
}

/** KUBELET-4: says once for each state of affairs why a volume cannot be attached. */
export function tellMultiAttach(session: Session, hold: Extract<VolumeHold, { why: 'attached' }>): void {
  const { turn, pod, record } = session;
  const message =
    hold.pods.length > 0
      ? `Multi-Attach error for volume "${hold.volume}" Volume is already used by pod(s) ${hold.pods.join(', ')}`
      : `Multi-Attach error for volume "${hold.volume}" Volume is already exclusively attached to one node and can't be attached to another`;
  if (record.warned === message) return;
  record.warned = message;
  turn.event(pod, { type: 'Warning', reason: 'FailedAttachVolume', message, source: ATTACH_DETACH });
}

/** Names of the volumes that have to be attached to a pod's node before it can start. */
export function volumesToAttach(turn: Turn, pod: Pod): readonly string[] {
  const { namespace = '' } = pod.metadata;
  return claimNamesOf(pod).flatMap((claimName) => {
    const volume = volumeOf(turn.view, turn.view.get('PersistentVolumeClaim', namespace, claimName));
    if (!volume || !isAttachable(volume)) return [];
    return isExclusive(volume) && isStillAttached(turn, pod, volume) ? [] : [volume.metadata.name];
  });
}

/** The volume never left the node: a pod that comes back soon finds it attached. */
function isStillAttached(turn: Turn, pod: Pod, volume: PersistentVolume): boolean {
  const attachment = turn.recall<Attachment>(attachmentKey(volume.metadata.name));
  if (attachment === undefined || attachment.node !== pod.spec.nodeName) return false;
  const freeMs = detachedMs(turn, attachment);
  return freeMs === undefined || freeMs > turn.nowMs;
}

/** Reserves the volumes of a pod for its node: from now on no other node may attach them. */
export function claimVolumes(turn: Turn, pod: Pod): void {
  const { namespace = '' } = pod.metadata;
  for (const claimName of claimNamesOf(pod)) {
    const volume = volumeOf(turn.view, turn.view.get('PersistentVolumeClaim', namespace, claimName));
    if (!volume || !isAttachable(volume) || !isExclusive(volume)) continue;
    const attachment: Attachment = { node: pod.spec.nodeName ?? '' };
    const before = turn.recall<Attachment>(attachmentKey(volume.metadata.name));
    if (before?.node !== attachment.node || before.leftMs !== undefined)
      turn.remember(attachmentKey(volume.metadata.name), attachment);
  }
}

/** KUBELET-3: tells of each volume that was attached. */
export function tellAttached(turn: Turn, pod: Pod, volumes: readonly string[]): void {
  for (const name of volumes)
    turn.event(pod, {
      type: 'Normal',
      reason: 'SuccessfulAttachVolume',
      message: `AttachVolume.Attach succeeded for volume "${name}" `,
      source: ATTACH_DETACH,
    });
}

/** Whose volumes they were. */
type User = Pick<PodRecord, 'node' | 'uid' | 'claims'>;

/**
 * Lets go of a pod's volumes, unless another pod on the node uses them.
 * @param user what the node knows of the pod, whose object may be gone
 * @param isUnmounted whether the node has confirmed it; a silent node cannot
 */
export const releaseVolumes = (turn: Turn, namespace: string, user: User, isUnmounted: boolean): void =>
  letGo(turn, namespace, user, isUnmounted, () => true);

/** The same for a pod that its node never saw: only what nobody has let go of is left. */
export const leaveVolumes = (turn: Turn, namespace: string, user: User): void =>
  letGo(turn, namespace, user, !isSilent(turn, user.node), ({ leftMs }) => leftMs === undefined);

function letGo(
  turn: Turn,
  namespace: string,
  { node, uid, claims = [] }: User,
  isUnmounted: boolean,
  isMeant: (attachment: Attachment) => boolean,
): void {
  for (const claimName of claims) {
    const volume = volumeOf(turn.view, turn.view.get('PersistentVolumeClaim', namespace, claimName));
    if (!volume) continue;
    const key = attachmentKey(volume.metadata.name);
    const attachment = turn.recall<Attachment>(key);
    if (attachment?.node !== node || !isMeant(attachment)) continue;
    const isUsed = turn.view
      .podsUsingClaim(namespace, claimName)
      .some((pod) => pod.metadata.uid !== uid && pod.spec.nodeName === node && !hasEnded(turn, pod));
    if (isUsed) continue;
    const leftMs = isUnmounted ? turn.nowMs : (attachment.leftMs ?? turn.nowMs);
    turn.remember(key, { node, leftMs, ...(isUnmounted && { isUnmounted }) });
    wakeWaiting(turn, namespace, claimName, timingOf(turn.config));
  }
}

/** Lets the kubelets of pods that wait for a claim's volume look again when it is detached. */
function wakeWaiting(turn: Turn, namespace: string, claimName: string, timing: KubeletTiming): void {
  for (const pod of turn.view.podsUsingClaim(namespace, claimName))
    if (pod.spec.nodeName !== undefined && pod.status.phase === 'Pending')
      turn.wake('kubelet', keyOf('Pod', namespace, pod.metadata.name), timing.detachMs);
}

/** True when the node does not answer, so that nothing on it is confirmed. */
export const isSilent = (turn: Turn, nodeName: string): boolean => silentSinceMs(turn, nodeName) !== undefined;
