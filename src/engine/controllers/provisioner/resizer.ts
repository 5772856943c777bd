// The resizer that belongs to the provisioner: a claim that asks for more gets a larger volume, and the node that has it
// mounted makes the file system larger. k8s: external-resizer, kubelet's node expansion
import {
  type Condition,
  compareQuantityTexts,
  conditionOf,
  keyOf,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
} from '#kube';
import { type Actor, act, done, type Outcome, type Turn, type View, wait } from '../../kernel/index.ts';
import { annotation } from '../persistent-volume/annotations.ts';
import { isAtWork, PROVISIONER } from './provisioned-volume.ts';

const NAME = `external-resizer ${PROVISIONER}`;
const LATENCY_MS = 20;

/** How long the storage system takes to enlarge a volume, and a node its file system. */
const RESIZE_MS = 1_000;
const FILE_SYSTEM_MS = 1_500;

const PENDING = 'FileSystemResizePending';
const PENDING_MESSAGE = 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.';

const sizeOf = (amounts: Readonly<Record<string, string | number>> | undefined): string | number =>
  amounts?.storage ?? '0';
const wantedSizeOf = (claim: PersistentVolumeClaim): string | number => sizeOf(claim.spec.resources?.requests);
const isLess = (a: string | number, b: string | number): boolean => compareQuantityTexts(a, b) < 0;

/** The volume of a claim that asks for more than it has, where a provisioner made it. */
function volumeToGrow(view: View, claim: PersistentVolumeClaim | undefined): PersistentVolume | undefined {
  if (claim?.status.phase !== 'Bound' || !isLess(sizeOf(claim.status.capacity), wantedSizeOf(claim))) return undefined;
  const volume = view.get('PersistentVolume', '', claim.spec.volumeName ?? '');
  return volume?.metadata.annotations?.[annotation.provisionedBy] === undefined ? undefined : volume;
}

/** A pod that has the claim mounted: its node can enlarge the file system. */
const mounterOf = (view: View, { metadata }: PersistentVolumeClaim): Pod | undefined =>
  view
    .podsUsingClaim(metadata.namespace ?? '', metadata.name)
    .find((pod) => pod.status.phase === 'Running' && Boolean(pod.spec.nodeName));

/** Writes the claim's only condition, or (undefined) takes it away; with the capacity where that changes. */
function setCondition(
  turn: Turn,
  claim: PersistentVolumeClaim,
  given: Pick<Condition, 'type' | 'message'> | undefined,
  capacity = claim.status.capacity,
): boolean {
  const { conditions: _before, ...status } = claim.status;
  const condition: Condition | undefined = given && { ...given, status: 'True', lastTransitionTime: turn.now };
  return turn.updateStatus<PersistentVolumeClaim>({
    ...claim,
    status: { ...status, ...(capacity && { capacity }), ...(condition && { conditions: [condition] }) },
  }).ok;
}

const argsOf = (claim: PersistentVolumeClaim) => ({
  claim: claim.metadata.name,
  from: sizeOf(claim.status.capacity),
  to: wantedSizeOf(claim),
});

/** The storage system begins (PV-24). */
function begin(turn: Turn, claim: PersistentVolumeClaim, volume: PersistentVolume): Outcome {
  if (!setCondition(turn, claim, { type: 'Resizing' })) return { failed: true };
  const message = `External resizer is resizing volume ${volume.metadata.name}`;
  turn.event(claim, { type: 'Normal', reason: 'Resizing', message });
  return wait('PV-24', undefined, argsOf(claim), { againMs: turn.config.timing.resizeMs ?? RESIZE_MS });
}

/** The volume is larger; its file system is not yet. */
function enlarge(turn: Turn, claim: PersistentVolumeClaim, volume: PersistentVolume): Outcome {
  const capacity = { ...volume.spec.capacity, storage: wantedSizeOf(claim) };
  if (!turn.update<PersistentVolume>({ ...volume, spec: { ...volume.spec, capacity } }).ok) return { failed: true };
  if (!setCondition(turn, claim, { type: PENDING, message: PENDING_MESSAGE })) return { failed: true };
  const message = 'Require file system resize of volume on node';
  turn.event(claim, { type: 'Normal', reason: 'FileSystemResizeRequired', message });
  const pod = mounterOf(turn.view, claim);
  return wait('PV-25', pod && keyOf('Pod', pod.metadata.namespace, pod.metadata.name), argsOf(claim), {
    ...(pod && { againMs: turn.config.timing.fileSystemResizeMs ?? FILE_SYSTEM_MS }),
  });
}

/** The node made the file system larger, while the pod runs (PV-25). */
function finish(turn: Turn, claim: PersistentVolumeClaim, volume: PersistentVolume): Outcome {
  const pod = mounterOf(turn.view, claim);
  if (!pod) return wait('PV-25', undefined, argsOf(claim));
  const capacity = { ...claim.status.capacity, storage: String(sizeOf(volume.spec.capacity)) };
  if (!setCondition(turn, claim, undefined, capacity)) return { failed: true };
  const message = `MountVolume.NodeExpandVolume succeeded for volume "${volume.metadata.name}"`;
  const host = pod.spec.nodeName ?? '';
  for (const about of [pod, claim])
    turn.event(about, { type: 'Normal', reason: 'FileSystemResizeSuccessful', message, source: 'kubelet', host });
  return act('PV-25', keyOf('Pod', pod.metadata.namespace, pod.metadata.name), argsOf(claim));
}

export const resizer: Actor = {
  name: NAME,
  latencyMs: LATENCY_MS,
  isOn: (config) => config.provisioner === 'auto',
  watches: {
    PersistentVolumeClaim: ({ key, before, after }, enqueue, view) => {
      const claim = after as PersistentVolumeClaim | undefined;
      const old = before as PersistentVolumeClaim | undefined;
      if (claim && claim.spec !== old?.spec && volumeToGrow(view, claim)) enqueue(key);
    },
    Pod: ({ before, after }, enqueue, view) => {
      const pod = after as Pod | undefined;
      if (pod?.status.phase !== 'Running' || (before as Pod | undefined)?.status.phase === 'Running') return;
      const namespace = pod.metadata.namespace ?? '';
      for (const { persistentVolumeClaim } of pod.spec.volumes ?? []) {
        if (!persistentVolumeClaim) continue;
        const claim = view.get('PersistentVolumeClaim', namespace, persistentVolumeClaim.claimName);
        if (claim && conditionOf(claim.status, PENDING))
          enqueue(keyOf('PersistentVolumeClaim', namespace, claim.metadata.name), FILE_SYSTEM_MS);
      }
    },
  },
  reconcile: (turn, key) => {
    const claim = turn.view.find(key) as PersistentVolumeClaim | undefined;
    const volume = volumeToGrow(turn.view, claim);
    if (!claim || !volume || !isAtWork(turn, volume.metadata.annotations?.[annotation.provisionedBy])) return done;
    const isLarge = !isLess(sizeOf(volume.spec.capacity), wantedSizeOf(claim));
    if (isLarge) return finish(turn, claim, volume);
    return conditionOf(claim.status, 'Resizing') ? enlarge(turn, claim, volume) : begin(turn, claim, volume);
  },
};
