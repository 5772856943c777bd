// Containers whose pod object was removed by force: the node stops them as soon as it hears of it. On a node that does
// not answer they may run on beside the pod's replacement, which is why removing by force is unsafe (KUBELET-19).
import { keyOf, type Pod } from '#kube';
import { act, done, type Outcome, type Turn, wait } from '../kernel/index.ts';
import { isAlive, keepRecord, type PodRecord, RECORD_PREFIX, recallRecord, recordKey } from './record.ts';
import { nodeKeyOf } from './session.ts';
import { spread, timingOf } from './timing.ts';
import { claimNamesOf, isSilent, leaveVolumes, releaseVolumes } from './volumes.ts';

export const LEFT_PREFIX = 'left/';

const leftKeyOf = (uid: string, namespace: string, name: string): string => `${LEFT_PREFIX}${uid}/${namespace}/${name}`;

/** The queue key of what a removed pod leaves behind, with its node and claims where it has any. */
export function leftKey(pod: Pod): string {
  const { metadata, spec } = pod;
  const claims = claimNamesOf(pod);
  const key = leftKeyOf(metadata.uid, metadata.namespace ?? '', metadata.name);
  return claims.length > 0 ? `${key}/${spec.nodeName ?? ''}/${claims.join(',')}` : key;
}

/** Stops what runs of a pod whose object is gone, where its node answers. */
export function stopLeftOver(turn: Turn, key: string): Outcome {
  const [, uid = '', namespace = '', name = '', node, claims = ''] = key.split('/');
  const record = recallRecord(turn, uid);
  if (!record) {
    // It went with its kubelet's word, or before its kubelet had seen it: then nobody has let go of its volumes yet.
    if (node !== undefined) leaveVolumes(turn, namespace, { uid, node, claims: claims.split(',') });
    return done;
  }
  const args = { pod: name, node: record.node };
  if (turn.view.get('Node', '', record.node) && isSilent(turn, record.node)) {
    releaseVolumes(turn, namespace, record, false);
    return wait('KUBELET-19', nodeKeyOf(record.node), { ...args, isSilent: 1 });
  }
  if (!record.isLeft && record.containers.some(isAlive) && turn.view.get('Node', '', record.node)) {
    const stopMs = spread(turn.config, timingOf(turn.config).stopMinMs, uid);
    keepRecord(turn, { ...record, isLeft: true });
    return act('KUBELET-19', nodeKeyOf(record.node), args, { againMs: stopMs });
  }
  turn.remember(recordKey(uid), undefined);
  releaseVolumes(turn, namespace, record, true);
  return done;
}

/** Wakes the kubelet of a node that answers again: for its pods, and for what removed pods left behind on it. */
export function wakeNode(turn: Turn, nodeName: string, afterMs: number): void {
  for (const pod of turn.view.podsOnNode(nodeName))
    turn.wake('kubelet', keyOf('Pod', pod.metadata.namespace, pod.metadata.name), afterMs);
  for (const [, value] of turn.recallAll(RECORD_PREFIX)) {
    const record = value as unknown as PodRecord;
    if (record.node !== nodeName) continue;
    const [, namespace = '', name = ''] = record.key.split('/');
    const pod = turn.view.find(record.key);
    if (pod?.metadata.uid !== record.uid) turn.wake('kubelet', leftKeyOf(record.uid, namespace, name), afterMs);
  }
}
