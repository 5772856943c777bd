// What the phases of one sync share, and how they say what they did and what they wait for.
import type { ObjectKey, StatefulSet } from '#kube';
import { keyOf, podNameOf } from '#kube';
import type { Reason, ReasonArgs, Turn } from '../../kernel/index.ts';
import type { Revisions } from './revisions.ts';
import type { Roster } from './roster.ts';

export interface Sync {
  readonly turn: Turn;
  readonly set: StatefulSet;
  /** The pods as the sync found them. What it writes itself shows in the next one, as with upstream's caches. */
  readonly roster: Roster;
  readonly revisions: Revisions;
  /** The present in Unix milliseconds, which times in objects are measured against. */
  readonly atMs: number;
  /** What was done, in order: the last deed is the one that the page tells. */
  readonly did: Reason[];
  /** What is waited for while the sync goes on with other pods. */
  readonly waits: Reason[];
  /** STS-19: how many pods were deleted to be updated. */
  updateDeletions: number;
}

/** The sync ends here: it waits, it has done its one step, or it failed. */
export interface Halt {
  readonly wait?: Reason;
  readonly error?: Failure;
}

/** A write that the API server refused. */
export interface Failure {
  readonly message: string;
  /** The pod that it was about. */
  readonly about: ObjectKey;
  /** STS-22: the name belongs to a pod that is not the set's. */
  readonly isNameTaken?: boolean;
}

/** The end of a sync that did its step. */
export const enough: Halt = {};

/** The key of a set: in the store, and in the controller's queue. */
export const setKeyOf = (set: StatefulSet): ObjectKey =>
  keyOf('StatefulSet', set.metadata.namespace, set.metadata.name);

/** The key of the pod of an ordinal. */
export const podKey = (set: StatefulSet, ordinal: number): ObjectKey =>
  keyOf('Pod', set.metadata.namespace, podNameOf(set.metadata.name, ordinal));

/** The arguments that say which pod a rule is about: for the sentence, and for where the picture puts the controller. */
export const podArgs = (set: StatefulSet, ordinal: number): { pod: string; ordinal: number; set: string } => ({
  pod: podNameOf(set.metadata.name, ordinal),
  ordinal,
  set: set.metadata.name,
});

/** The arguments that say which span of pods a rule is about. */
export const spanArgs = (set: StatefulSet, from: number, to: number, count: number): ReasonArgs => ({
  set: set.metadata.name,
  from,
  to,
  count,
  fromPod: podNameOf(set.metadata.name, from),
  toPod: podNameOf(set.metadata.name, to),
});

/** A reason that names the pod of an ordinal. */
export const podReason = (
  rule: string,
  isActing: boolean,
  set: StatefulSet,
  ordinal: number,
  args?: ReasonArgs,
): Reason => ({
  rule,
  acting: isActing,
  about: podKey(set, ordinal),
  args: { ...podArgs(set, ordinal), ...args },
});

/** Whether pods are started and stopped without waiting for one another. k8s: allowsBurst */
export const isParallel = (set: StatefulSet): boolean => set.spec.podManagementPolicy === 'Parallel';
