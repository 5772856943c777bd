// A pod must go where its volume is, and those nodes refuse it (SCHED-11).
import type { Node, PersistentVolume, Pod } from '#kube';
import type { WhyInput } from '../input.ts';
import { inNamespace, kubectl, RISK } from '../steps.ts';
import { list } from '../words.ts';
import { openingSteps } from './held-by-taints.ts';
import { holdOf } from './hold.ts';
import type { Trap } from './trap.ts';

/** The first volume of a pod that is tied to nodes. */
function tiedVolume(input: WhyInput, pod: Pod): { volume: PersistentVolume; claim: string } | undefined {
  for (const { persistentVolumeClaim } of pod.spec.volumes ?? []) {
    if (!persistentVolumeClaim) continue;
    const { claimName } = persistentVolumeClaim;
    const claim = input.view.get('PersistentVolumeClaim', pod.metadata.namespace ?? '', claimName);
    const volume = input.view.get('PersistentVolume', '', claim?.spec.volumeName ?? '');
    if (volume?.spec.nodeAffinity?.required) return { volume, claim: claimName };
  }
  return undefined;
}

/** Whether a node has the labels that a volume asks for; operators other than In and Exists are not worked out. */
const isNear = (volume: PersistentVolume, { metadata }: Node): boolean =>
  (volume.spec.nodeAffinity?.required?.nodeSelectorTerms ?? []).some(({ matchExpressions = [] }) =>
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = metadata.labels?.[key];
      return value !== undefined && (operator === 'Exists' || (operator === 'In' && values.includes(value)));
    }),
  );

export const heldByVolume: Trap = {
  id: 'held-by-volume',
  title: 'The volume is elsewhere',
  kinds: ['Pod'],
  applies: (input, object) => {
    const hold = holdOf(input, object);
    if (hold?.kind !== 'volume') return undefined;
    const { pod } = hold;
    const { name } = pod.metadata;
    const tied = tiedVolume(input, pod);
    if (!tied)
      return {
        sentence: `${name} cannot be placed because of its volumes: ${hold.told}.`,
        rule: 'SCHED-11',
        fixes: [],
      };
    const near = input.view.list('Node').filter((node) => isNear(tied.volume, node));
    const where =
      near.length === 0 ? 'on no node of the cluster' : `on ${list(near.map(({ metadata }) => metadata.name))} alone`;
    return {
      sentence: `The volume of ${tied.claim} can be used ${where}, so ${name} cannot go elsewhere: ${hold.told}.`,
      rule: 'SCHED-11',
      fixes: [
        ...near.flatMap((node) => openingSteps(input, pod, node)),
        kubectl(
          `Give ${tied.claim} up for a new, empty volume: delete it, then ${name}`,
          `delete pvc ${tied.claim} --wait=false${inNamespace(pod)}`,
          RISK.data,
        ),
      ],
    };
  },
};
