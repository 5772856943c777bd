// The known traps. A new one is one file and one line here; the order is that in which they are named.
import type { KubeObject, Pod } from '#kube';
import { conditionOf, controllerOf, isTerminating } from '#kube';
import type { WhyInput } from '../input.ts';
import { idOf } from '../input.ts';
import type { WhyTrap } from '../types.ts';
import { ruleOf } from '../words.ts';
import { budgetBlocksDrain } from './budget-blocks-drain.ts';
import { budgetNeverAllows } from './budget-never-allows.ts';
import { claimTerminating } from './claim-terminating.ts';
import { claimWithoutVolume } from './claim-without-volume.ts';
import { classMissing } from './class-missing.ts';
import { heldByCompany } from './held-by-company.ts';
import { heldByRoom } from './held-by-room.ts';
import { heldByTaints } from './held-by-taints.ts';
import { heldByVolume } from './held-by-volume.ts';
import { maxUnavailableDropped } from './max-unavailable-dropped.ts';
import { nameTaken } from './name-taken.ts';
import { nameTooLong } from './name-too-long.ts';
import { onDelete } from './on-delete.ts';
import { orphanedPod } from './orphaned-pod.ts';
import { partitionBeyondReplicas } from './partition-beyond-replicas.ts';
import { serviceMissing } from './service-missing.ts';
import { serviceNotHeadless } from './service-not-headless.ts';
import { serviceSelectsOthers } from './service-selects-others.ts';
import { silentNode } from './silent-node.ts';
import { stuckRollOut } from './stuck-roll-out.ts';
import type { Trap } from './trap.ts';

export const traps: readonly Trap[] = [
  stuckRollOut,
  silentNode,
  nameTaken,
  nameTooLong,
  classMissing,
  claimWithoutVolume,
  claimTerminating,
  heldByVolume,
  heldByCompany,
  heldByTaints,
  heldByRoom,
  budgetBlocksDrain,
  budgetNeverAllows,
  partitionBeyondReplicas,
  onDelete,
  serviceMissing,
  serviceNotHeadless,
  serviceSelectsOthers,
  maxUnavailableDropped,
  orphanedPod,
];

/** Most traps that one answer names. */
const TRAPS_MAX = 12;

/** Most objects that one trap is named for: a set that lost its controller leaves many pods alike. */
const ALIKE_MAX = 3;

/** The traps that have caught any of these objects; each of an object once. */
export function trapsOf(input: WhyInput, objects: readonly KubeObject[]): WhyTrap[] {
  const found = new Map<string, WhyTrap>();
  for (const { id, title, kinds, applies } of traps) {
    let alike = 0;
    for (const object of objects) {
      if (found.size >= TRAPS_MAX || alike >= ALIKE_MAX) break;
      const caught = kinds.includes(object.kind) ? applies(input, object) : undefined;
      if (!caught) continue;
      const about = caught.about ?? idOf(object);
      const place = `${id} ${about}`;
      if (found.has(place)) continue;
      alike += 1;
      found.set(place, {
        id,
        title,
        sentence: caught.sentence,
        rule: ruleOf(caught.rule),
        about,
        fixes: caught.fixes,
      });
    }
  }
  return [...found.values()];
}

/** Of many alike, so many are looked at: a thousand pods without a node are held by the same thing. */
const SUSPECTS_MAX = 50;

/** Whether a pod could be in a trap by itself: the scheduler has refused it, or nobody controls it. */
const isSuspect = (pod: Pod): boolean =>
  controllerOf(pod) === undefined ||
  (pod.spec.nodeName === undefined && conditionOf(pod.status, 'PodScheduled')?.status === 'False');

/** The objects of the cluster that a trap could have caught. O(objects of their kinds). */
export function suspects(input: WhyInput): KubeObject[] {
  const { view } = input;
  const claims = view
    .list('PersistentVolumeClaim')
    .filter((claim) => claim.status.phase === 'Pending' || isTerminating(claim));
  return [
    ...view.list('StatefulSet'),
    ...view.list('Node'),
    ...view.list('PodDisruptionBudget'),
    ...claims.slice(0, SUSPECTS_MAX),
    ...view.list('Pod').filter(isSuspect).slice(0, SUSPECTS_MAX),
  ];
}
