// Where faults stand in the world's memory: written by src/engine/faults, read by whoever they strike.
import { type Json, keyOf, type ObjectKey } from '#kube';

/** The world's memory, to be read. A Turn is one. */
export interface Recall {
  recall<T extends Json>(key: string): T | undefined;
}

/** How faults name an image: `Image//nginx:1.27`. */
export const imageTarget = (image: string): ObjectKey => keyOf('Image', '', image);

/** Set while the provisioner makes no volumes. */
export const PROVISIONER_FAULT = 'fault/provisioner';

/** FAULT-1: a fault that lasts stands here; the target is the key of an object or of an image. */
export const faultKey = (id: string, target: string): string => `fault/${id}/${target}`;

/** Set once any fault has struck: before that nobody need look for one. */
export const FAULT_SEEN = 'faults/seen';

/** A fault of a pod strikes this one incarnation of it: a new pod of the same name is sound. */
export type PodFault = {
  readonly uid: string;
  readonly sinceMs: number;
  /** The containers that it strikes; where nothing is said, those that each fault says itself. */
  readonly containers?: readonly string[];
  /** How a container that it lets crash ends, and how long after its start. */
  readonly exitCode?: number;
  readonly afterMs?: number;
};

/** KCTL-23: set while a program is missing in a container, to how often the container had been restarted then. */
export const programKey = (uid: string, container: string, program: string): string =>
  `program-gone/${uid}/${container}/${program}`;

/** Since when the node's kubelet is silent, in virtual milliseconds; undefined when it is not. */
export const silentSinceMs = (look: Recall, nodeName: string): number | undefined =>
  look.recall<{ readonly sinceMs: number }>(faultKey('node-down', `Node//${nodeName}`))?.sinceMs;

/** True while the node's kubelet reports that its network does not work. */
export const isUnhealthy = (look: Recall, nodeName: string): boolean =>
  look.recall(faultKey('node-unready', `Node//${nodeName}`)) !== undefined;

/** True while a fault strikes this incarnation of a pod. */
export const isStruck = (look: Recall, id: string, key: ObjectKey, uid: string): boolean =>
  look.recall<PodFault>(faultKey(id, key))?.uid === uid;

/** True while a fault strikes an image. */
export const isImageStruck = (look: Recall, id: string, image: string): boolean =>
  look.recall<Json>(FAULT_SEEN) !== undefined && look.recall<Json>(faultKey(id, imageTarget(image))) !== undefined;

/** Faults that end with the pod they strike. */
export const POD_FAULTS = [
  'pod-crash',
  'pod-crash-loop',
  'pod-not-ready',
  'pod-fail',
  'pod-hang',
  'pod-ignores-sigterm',
];

/** The faults that strike this incarnation of a pod. */
export function faultsOn(look: Recall, key: ObjectKey, uid: string): Set<string> {
  if (look.recall<Json>(FAULT_SEEN) === undefined) return new Set();
  return new Set(POD_FAULTS.filter((id) => isStruck(look, id, key, uid)));
}
