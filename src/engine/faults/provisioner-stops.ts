// The provisioner makes no volumes: claims stay Pending (FAULT-5). The provisioner reads PROVISIONER_FAULT.
import { keyOf, type ObjectKey } from '#kube';
import { PROVISIONER } from '../controllers/provisioner/provisioned-volume.ts';
import { act } from '../kernel/index.ts';
import { PROVISIONER_FAULT } from '../kubelet/index.ts';
import type { Fault, FaultView } from './fault.ts';

/** The target of faults of the provisioner. */
export const PROVISIONER_TARGET: ObjectKey = keyOf('Provisioner', '', 'volumes');

const STOPS = 'the provisioner stops making volumes';
const GOES_ON = 'the provisioner makes volumes again';

const isStopped = (look: FaultView): boolean => look.recall(PROVISIONER_FAULT) !== undefined;

export const provisionerStops: Fault = {
  id: 'provisioner-stops',
  title: () => 'Stop the provisioner of volumes',
  targetKind: 'Provisioner',
  describe: () => STOPS,
  canStrike: (look) => !isStopped(look),
  isActive: isStopped,
  apply: (turn, target) => {
    turn.remember(PROVISIONER_FAULT, { sinceMs: turn.nowMs });
    return act('FAULT-5', target, { words: STOPS });
  },
  undo: 'provisioner-goes-on',
};

export const provisionerGoesOn: Fault = {
  id: 'provisioner-goes-on',
  title: () => 'Let the provisioner go on',
  targetKind: 'Provisioner',
  describe: () => GOES_ON,
  canStrike: isStopped,
  isActive: () => false,
  apply: (turn, target) => {
    turn.remember(PROVISIONER_FAULT, undefined);
    for (const { metadata, status } of turn.view.list('PersistentVolumeClaim'))
      if (status.phase === 'Pending')
        turn.wake(PROVISIONER, keyOf('PersistentVolumeClaim', metadata.namespace, metadata.name), 0);
    return act('FAULT-5', target, { words: GOES_ON });
  },
};
