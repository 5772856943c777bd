// The external provisioner `sim.example/provisioner`: makes volumes for claims that ask for one, and deletes the ones
// that were released. It stands for a storage system outside Kubernetes, so it takes its time.
import {
  isTerminating,
  keyOf,
  type Node,
  type PersistentVolume,
  type PersistentVolumeClaim,
  partsOfKey,
  type StorageClass,
} from '#kube';
import { type Actor, act, done, type Outcome, type Turn, type View, wait } from '../../kernel/index.ts';
import { PROVISIONER_FAULT } from '../../kubelet/index.ts';
import { annotation } from '../persistent-volume/annotations.ts';
import { findClassOfClaim } from '../persistent-volume/storage-class.ts';
import { isAtWork, newProvisionedVolume, PROVISIONER, provisionedName } from './provisioned-volume.ts';

/** As events name it: the driver, the pod that runs it and that pod's identity. */
const EVENT_SOURCE = `${PROVISIONER}_provisioner-0_1`;
const LATENCY_MS = 20;

/** How long the storage system takes; `config.timing` may say otherwise under these names. */
const PROVISION_MS = 1_500;
const DELETE_VOLUME_MS = 700;
/** Parts of the time by which one volume may differ from another. */
const SPREAD = 0.2;

const spread = (turn: Turn, ms: number): number => Math.round(ms * (1 - SPREAD / 2 + SPREAD * turn.random()));

/** Where the work on a claim or a volume is noted while it goes on. */
const workOf = (key: string): string => `provisioner/${key}`;

interface Work {
  readonly [name: string]: string | number;
  /** Whose volume: another claim of the same name begins anew. */
  readonly uid: string;
  readonly dueMs: number;
}

/** True when the claim is asked of a provisioner, and the node is known where the class waits for one. */
function isAsked(view: View, claim: PersistentVolumeClaim): boolean {
  const { annotations } = claim.metadata;
  if (claim.spec.volumeName || isTerminating(claim) || claim.status.phase !== 'Pending') return false;
  if (annotations?.[annotation.storageProvisioner] === undefined) return false;
  if (view.get('PersistentVolume', '', provisionedName(claim))) return false;
  const isDelayed = findClassOfClaim(view, claim)?.volumeBindingMode === 'WaitForFirstConsumer';
  return !isDelayed || annotations[annotation.selectedNode] !== undefined;
}

/** True for a volume that a provisioner made and that nobody needs any more. */
const isToDelete = (volume: PersistentVolume): boolean =>
  volume.metadata.annotations?.[annotation.provisionedBy] !== undefined &&
  volume.spec.persistentVolumeReclaimPolicy === 'Delete' &&
  volume.status.phase === 'Released' &&
  !isTerminating(volume);

/** Begins or goes on with work that takes time. Returns the milliseconds left, 0 when it is through. */
function msLeft(
  turn: Turn,
  key: string,
  uid: string,
  ms: number,
): { readonly leftMs: number; readonly isNew: boolean } {
  const work = turn.recall<Work>(workOf(key));
  if (work?.uid === uid) return { leftMs: Math.max(0, work.dueMs - turn.nowMs), isNew: false };
  const leftMs = spread(turn, ms);
  turn.remember(workOf(key), { uid, dueMs: turn.nowMs + leftMs } satisfies Work);
  return { leftMs, isNew: true };
}

/** The node for whose place the volume is made: the chosen one, or any of them by chance. */
function placeOf(turn: Turn, claim: PersistentVolumeClaim): Node | undefined {
  const selected = claim.metadata.annotations?.[annotation.selectedNode];
  if (selected !== undefined) return turn.view.get('Node', '', selected);
  const nodes = turn.view.list('Node');
  return nodes[Math.floor(turn.random() * nodes.length)];
}

function provision(turn: Turn, key: string, claim: PersistentVolumeClaim, found: StorageClass): Outcome {
  const { uid, name, namespace } = claim.metadata;
  // Rule FAULT-5: whoever lets it go on wakes it for every claim that waits.
  if (turn.recall(PROVISIONER_FAULT) !== undefined)
    return wait('FAULT-5', undefined, { words: `${name} gets no volume while the provisioner is stopped` });
  const { leftMs, isNew } = msLeft(turn, key, uid, turn.config.timing.provisionMs ?? PROVISION_MS);
  const args = { claim: name, class: found.metadata.name };
  if (leftMs > 0) {
    if (isNew) {
      const message = `External provisioner is provisioning volume for claim "${namespace}/${name}"`;
      turn.event(claim, { type: 'Normal', reason: 'Provisioning', message, source: EVENT_SOURCE });
    }
    return wait('PV-21', undefined, args, { againMs: leftMs });
  }
  turn.remember(workOf(key), undefined);
  const result = turn.create(newProvisionedVolume(claim, found, placeOf(turn, claim)));
  if (!result.ok) {
    const message = `failed to provision volume with StorageClass "${found.metadata.name}": ${result.error.message}`;
    turn.event(claim, { type: 'Warning', reason: 'ProvisioningFailed', message, source: EVENT_SOURCE });
    return { failed: true };
  }
  const volume = result.object.metadata.name;
  const message = `Successfully provisioned volume ${volume}`;
  turn.event(claim, { type: 'Normal', reason: 'ProvisioningSucceeded', message, source: EVENT_SOURCE });
  return act('PV-22', keyOf('PersistentVolume', '', volume), { ...args, volume });
}

function deleteVolume(turn: Turn, key: string, volume: PersistentVolume): Outcome {
  const { uid, name } = volume.metadata;
  const { leftMs } = msLeft(turn, key, uid, turn.config.timing.deleteVolumeMs ?? DELETE_VOLUME_MS);
  if (leftMs > 0) return wait('PV-14', undefined, { volume: name, policy: 'Delete' }, { againMs: leftMs });
  turn.remember(workOf(key), undefined);
  const result = turn.delete(key, { uid });
  return result.ok ? act('PV-23', undefined, { volume: name }) : { failed: true };
}

export const provisioner: Actor = {
  name: PROVISIONER,
  latencyMs: LATENCY_MS,
  isOn: (config) => config.provisioner === 'auto',
  watches: {
    PersistentVolumeClaim: ({ key, after }, enqueue, view) => {
      if (after && isAsked(view, after as PersistentVolumeClaim)) enqueue(key);
    },
    PersistentVolume: ({ key, after }, enqueue) => {
      if (after && isToDelete(after as PersistentVolume)) enqueue(key);
    },
  },
  start: (enqueue, view) => {
    for (const claim of view.list('PersistentVolumeClaim'))
      if (isAsked(view, claim)) enqueue(keyOf('PersistentVolumeClaim', claim.metadata.namespace, claim.metadata.name));
    for (const volume of view.list('PersistentVolume'))
      if (isToDelete(volume)) enqueue(keyOf('PersistentVolume', '', volume.metadata.name));
  },
  reconcile: (turn, key) => {
    const object = turn.view.find(key);
    if (partsOfKey(key).kind === 'PersistentVolume') {
      const volume = object as PersistentVolume | undefined;
      const isOurs = isAtWork(turn, volume?.metadata.annotations?.[annotation.provisionedBy]);
      return volume && isOurs && isToDelete(volume) ? deleteVolume(turn, key, volume) : giveUp(turn, key);
    }
    const claim = object as PersistentVolumeClaim | undefined;
    const found = claim && findClassOfClaim(turn.view, claim);
    const isOurs = isAtWork(turn, claim?.metadata.annotations?.[annotation.storageProvisioner]);
    return claim && found && isOurs && isAsked(turn.view, claim)
      ? provision(turn, key, claim, found)
      : giveUp(turn, key);
  },
};

/** Forgets work that nobody wants any more. */
function giveUp(turn: Turn, key: string): Outcome {
  if (turn.recall(workOf(key)) !== undefined) turn.remember(workOf(key), undefined);
  return done;
}
