// The account of anything that can be pointed at, by its fact id.
import {
  keyOf,
  type Node,
  ordinalOf,
  type PersistentVolumeClaim,
  type Pod,
  parentNameOf,
  partsOfKey,
  podNameOf,
  type Service,
  type StatefulSet,
} from '#kube';
import { partsOfSlotId } from '../../set-facts.ts';
import type { WhyInput } from '../input.ts';
import type { Account } from './account.ts';
import { claimAccount } from './claim.ts';
import { absentAccount, nodeAccount, otherAccount, serviceAccount } from './cluster.ts';
import { podAccount } from './pod.ts';
import { setAccount, slotAccount } from './set.ts';

export type { Account } from './account.ts';
export { reasonOfSet } from './set.ts';

/** The object that an id means: of a slot its pod, where there is one. */
export function objectIdOf(input: WhyInput, id: string): string {
  const slot = partsOfSlotId(id);
  if (!slot) return id;
  const pod = keyOf('Pod', slot.namespace, podNameOf(slot.setName, slot.ordinal));
  return input.view.find(pod) ? pod : id;
}

/** The account of an object by its fact id; of a pod that is not there, that of its slot. */
export function accountOf(input: WhyInput, id: string): Account {
  const objectId = objectIdOf(input, id);
  const slot = partsOfSlotId(objectId) ?? slotOfPodId(objectId);
  const object = input.view.find(objectId);
  if (!object) {
    const set = slot && input.view.get('StatefulSet', slot.namespace, slot.setName);
    return slot && set ? slotAccount(input, set, slot.ordinal) : absentAccount(input, objectId);
  }
  switch (object.kind) {
    case 'Pod':
      return podAccount(input, object as Pod);
    case 'StatefulSet':
      return setAccount(input, object as StatefulSet);
    case 'PersistentVolumeClaim':
      return claimAccount(input, object as PersistentVolumeClaim);
    case 'Service':
      return serviceAccount(input, object as Service);
    case 'Node':
      return nodeAccount(input, object as Node);
    default:
      return otherAccount(input, object);
  }
}

function slotOfPodId(id: string): { namespace: string; setName: string; ordinal: number } | undefined {
  const { kind, namespace, name } = partsOfKey(id);
  const setName = kind === 'Pod' ? parentNameOf(name) : '';
  return setName === '' ? undefined : { namespace, setName, ordinal: ordinalOf(name) };
}
