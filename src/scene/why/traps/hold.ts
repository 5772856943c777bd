// What keeps a pod from every node, read from what the scheduler said. Where nodes refuse for several reasons, the one
// that is hardest to get round has the word.
import type { ReasonRecord } from '#engine';
import type { KubeObject, Pod } from '#kube';
import { reasonFor, setOf, type WhyInput } from '../input.ts';
import { inNamespace, kubectl } from '../steps.ts';
import type { WhyStep } from '../types.ts';

export type HoldKind = 'volume' | 'company' | 'taint' | 'cordon' | 'room' | 'labels' | 'spread';

export interface Hold {
  readonly kind: HoldKind;
  readonly pod: Pod;
  readonly reason: ReasonRecord;
  /** The scheduler's own count: `Insufficient cpu (3 of 3)`. */
  readonly told: string;
}

const SIGNS: readonly (readonly [kind: HoldKind, sign: RegExp])[] = [
  ['volume', /PersistentVolume's node affinity|no available volume zone|available persistent volumes to bind/],
  ['company', /affinity rules/],
  ['taint', /untolerated taint/],
  ['cordon', /were unschedulable/],
  ['room', /Insufficient |Too many pods/],
  ['labels', /node affinity\/selector/],
  ['spread', /topology spread/],
];

/** What holds a pod that the scheduler refused; undefined for every other object. */
export function holdOf(input: WhyInput, object: KubeObject): Hold | undefined {
  const pod = object as Pod;
  if (pod.spec.nodeName !== undefined || pod.metadata.deletionTimestamp !== undefined) return undefined;
  const reason = reasonFor(input, 'default-scheduler', pod);
  const told = String(reason?.args?.message ?? '');
  if (!reason || reason.acting) return undefined;
  const kind = SIGNS.find(([, sign]) => sign.test(told))?.[0];
  return kind && { kind, pod, reason, told };
}

/** A set that asks for no more pods than have found a place. */
export function scaleDownSteps(input: WhyInput, pod: Pod): WhyStep[] {
  const set = setOf(input, pod);
  if (!set) return [];
  const { name } = set.metadata;
  const placed = input.view
    .ownedBy(set.metadata.uid)
    .filter((object) => object.kind === 'Pod' && (object as Pod).spec.nodeName !== undefined).length;
  if (placed >= set.spec.replicas) return [];
  return [
    kubectl(
      `Scale ${name} to the ${placed} that have a place`,
      `scale statefulset ${name} --replicas=${placed}${inNamespace(set)}`,
    ),
  ];
}
