// A partition at or above replicas holds back the update of every pod (STS-13).
import type { StatefulSet } from '#kube';
import { podNameOf } from '#kube';
import { patch } from '../steps.ts';
import type { Trap } from './trap.ts';

const change = (partition: number) => ({ spec: { updateStrategy: { rollingUpdate: { partition } } } });

export const partitionBeyondReplicas: Trap = {
  id: 'partition-beyond-replicas',
  title: 'The partition holds back every pod',
  kinds: ['StatefulSet'],
  applies: (_, object) => {
    const set = object as StatefulSet;
    const { replicas, updateStrategy, ordinals } = set.spec;
    const partition = updateStrategy.rollingUpdate?.partition ?? 0;
    const isHeld = set.status.updateRevision !== set.status.currentRevision;
    if (updateStrategy.type !== 'RollingUpdate' || replicas === 0 || partition < replicas || !isHeld) return undefined;
    const last = podNameOf(set.metadata.name, (ordinals?.start ?? 0) + replicas - 1);
    return {
      sentence: `Partition ${partition} is not below the ${replicas} replicas, so no pod of ${set.metadata.name} is updated.`,
      rule: 'STS-13',
      fixes: [
        ...(replicas > 1 ? [patch(`Update ${last} alone first`, 'statefulset', set, change(replicas - 1))] : []),
        patch('Update all pods', 'statefulset', set, change(0)),
      ],
    };
  },
};
