// What a fault is: something that goes wrong on purpose. A fault only writes down that it has struck (FAULT-1) and wakes
// those concerned; the kubelet and the controllers act on it as they would in a cluster.
import { type Json, type ObjectKey, type Pod, partsOfKey } from '#kube';
import { act, type Outcome, type Turn, type View } from '../kernel/index.ts';
import { faultKey, isStruck } from '../kubelet/index.ts';

/** What a fault strikes. Targets are keys: `Pod/default/web-0`, `Node//node-a`, `Image//nginx:1.27`. */
export type FaultTargetKind = 'Pod' | 'Node' | 'Image' | 'Provisioner';

/** What a fault looks at: the objects and the world's memory. A Turn is one. */
export interface FaultView {
  readonly view: View;
  recall<T extends Json>(key: string): T | undefined;
}

export interface Fault {
  readonly id: string;
  /** What a button says: `Stop node-b answering`. */
  readonly title: (name: string) => string;
  readonly targetKind: FaultTargetKind;
  /** The act in words, for the timeline and its reason: `node-b stops answering`. */
  readonly describe: (name: string) => string;
  /** Whether it can strike the target now. */
  readonly canStrike: (look: FaultView, target: ObjectKey) => boolean;
  /** Whether it has struck and lasts. Faults that happen once are never active. */
  readonly isActive: (look: FaultView, target: ObjectKey) => boolean;
  /** Strikes. Called only when `canStrike` says so. */
  readonly apply: (turn: Turn, target: ObjectKey) => Outcome;
  /** The fault that takes it back. */
  readonly undo?: string;
  /** What a person should know before. */
  readonly risk?: string;
}

/** The name in a target. */
export const nameIn = (target: ObjectKey): string => partsOfKey(target).name;

/** The pod of a target, while it can still go on. */
function livePod(look: FaultView, target: ObjectKey): Pod | undefined {
  const found = look.view.find(target);
  if (found?.kind !== 'Pod') return undefined;
  const pod = found as Pod;
  return pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed' ? undefined : pod;
}

/** The pod of a target, while it has a node and is not being deleted. */
export function boundPod(look: FaultView, target: ObjectKey): Pod | undefined {
  const pod = livePod(look, target);
  return pod?.spec.nodeName !== undefined && pod.metadata.deletionTimestamp === undefined ? pod : undefined;
}

/** The pod of a target, while a container of it runs and it is not being deleted. */
export function runningPod(look: FaultView, target: ObjectKey): Pod | undefined {
  const pod = boundPod(look, target);
  return pod?.status.containerStatuses?.some(({ state }) => state.running !== undefined) ? pod : undefined;
}

/** Whether a lasting fault strikes the pod that has the target's name now (FAULT-3). */
export function isPodStruck(look: FaultView, id: string, target: ObjectKey): boolean {
  const pod = look.view.find(target);
  return pod !== undefined && isStruck(look, id, target, pod.metadata.uid);
}

/** FAULT-3: writes down that a fault strikes this incarnation of a pod, and lets its kubelet look. */
export function strikePod(turn: Turn, id: string, target: ObjectKey, words: string): Outcome {
  const uid = turn.view.find(target)?.metadata.uid ?? '';
  turn.remember(faultKey(id, target), { uid, sinceMs: turn.nowMs });
  turn.wake('kubelet', target, 0);
  return act('FAULT-3', target, { words });
}

/** FAULT-3: takes a fault of a pod back, and lets its kubelet look. */
export function releasePod(turn: Turn, id: string, target: ObjectKey, words: string): Outcome {
  turn.remember(faultKey(id, target), undefined);
  turn.wake('kubelet', target, 0);
  return act('FAULT-3', target, { words });
}

/** Whether a lasting fault of a node or an image is set. */
export const isSet = (look: FaultView, id: string, target: ObjectKey): boolean =>
  look.recall(faultKey(id, target)) !== undefined;

/** Whether a target is a node that exists. */
export const isNode = (look: FaultView, target: ObjectKey): boolean => look.view.find(target)?.kind === 'Node';
