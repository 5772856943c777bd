// What a kubelet knows of a pod beyond what it reports: kept in the world's memory under the pod's uid, so that the
// containers of a pod whose object was removed by force are not forgotten.
import type { Condition, Json, ObjectKey } from '#kube';
import type { Turn } from '../kernel/index.ts';

/** Where a pod stands with its kubelet; see stages.ts. */
export type StageId = 'volumes' | 'attach' | 'sandbox' | 'run' | 'stop' | 'evict' | 'unmount';

export type ContainerKind = 'init' | 'sidecar' | 'app';

/** Where a container stands; see container-steps.ts. */
export type StepId =
  | 'idle'
  | 'pull'
  | 'create'
  | 'run'
  | 'stop'
  | 'exited'
  | 'back-off'
  | 'pull-failed'
  | 'pull-back-off'
  | 'refused'
  | 'ended';

/** How a run of a container ended. */
export type Ending = {
  readonly exitCode: number;
  readonly reason: string;
  readonly startedMs: number;
  readonly finishedMs: number;
};

/** A probe's worker: what it last found, and how the process answers at present. */
export type ProbeRun = {
  /** The result that counts: flips after a threshold of equal answers. `unknown` is a startup probe's first. */
  readonly result: 'success' | 'failure' | 'unknown';
  /** Whether the process answers well, from `sinceMs` on. */
  readonly good: boolean;
  readonly sinceMs: number;
  /** Failed attempts in a row that were told. */
  readonly fails: number;
  /** The process has just been started: before `sinceMs` it did not answer. */
  readonly starting: boolean;
};

export type ContainerRecord = {
  readonly name: string;
  readonly kind: ContainerKind;
  readonly image: string;
  readonly step: StepId;
  /** When the step began. */
  readonly sinceMs: number;
  /** When the step ends, where time ends it. */
  readonly dueMs?: number;
  /** Containers created so far: the present one is the last. */
  readonly runs: number;
  readonly restarts: number;
  /** Start of the present or the last run. */
  readonly startedMs?: number;
  /** How the present container ended. */
  readonly ended?: Ending;
  /** How the one before it ended. */
  readonly last?: Ending;
  readonly started: boolean;
  /** When the startup probe succeeded, where there is one. */
  readonly startupMs?: number;
  readonly ready: boolean;
  /** CrashLoopBackOff: the length of the next wait, and when it was last set. */
  readonly crashDelayMs?: number;
  readonly crashSetMs?: number;
  /** ImagePullBackOff: the length of the present wait. */
  readonly pullDelayMs?: number;
  readonly pullFails?: number;
  /** Reason and message of the waiting state, where it is neither ContainerCreating nor PodInitializing. */
  readonly waiting?: string;
  readonly message?: string;
  /** Why it is being stopped although the pod goes on, such as a failed probe. */
  readonly stopExitCode?: number;
  /** KUBELET-23: the status that it was found with, true of the run that it was found in. */
  readonly found?: { readonly runs: number; readonly status: Json };
  readonly startup?: ProbeRun;
  readonly readiness?: ProbeRun;
  readonly liveness?: ProbeRun;
};

export type PodRecord = {
  readonly uid: string;
  readonly key: ObjectKey;
  readonly node: string;
  readonly stage: StageId;
  readonly sinceMs: number;
  readonly dueMs?: number;
  readonly acceptedMs: number;
  readonly ip?: string;
  /** Init containers first, in the order of the spec. */
  readonly containers: readonly ContainerRecord[];
  /** The conditions as last reported: they keep their times although others may overwrite them. */
  readonly conditions: readonly Condition[];
  /** Names of the claims it mounts. */
  readonly claims?: readonly string[];
  /** KUBELET-23: it stands as it was found: there is nothing to report yet. */
  readonly isFound?: true;
  /** The pod's object is gone, and its containers are being stopped. */
  readonly isLeft?: true;
  /** attach: the volumes that are being attached. */
  readonly attaching?: readonly string[];
  /** stop: when the grace period ends. */
  readonly deadlineMs?: number;
  readonly graceMs?: number;
  /** evict: what the node says. */
  readonly evictMessage?: string;
  /** volumes: what the last warning was about, and when the next one is due. */
  readonly warned?: string;
  readonly warnMs?: number;
};

/** The place of a pod's record in the world's memory. */
export const recordKey = (uid: string): string => `kubelet/pod/${uid}`;

/** The beginning of every place that `recordKey` gives. */
export const RECORD_PREFIX = 'kubelet/pod/';

/** Init containers have done their work; sidecars only have to have started. k8s: isInitContainerInitialized */
export const isInitialized = (container: ContainerRecord): boolean =>
  container.kind === 'sidecar' ? container.started : container.step === 'ended' && container.ended?.exitCode === 0;

/** True while a process of the container runs. */
export const isAlive = (container: ContainerRecord): boolean => container.step === 'run' || container.step === 'stop';

/** What the node knows of a pod by its uid. */
export const recallRecord = (turn: Pick<Turn, 'recall'>, uid: string): PodRecord | undefined =>
  turn.recall<Json>(recordKey(uid)) as unknown as PodRecord | undefined;

/** Keeps the record of a pod. */
export const keepRecord = (turn: Pick<Turn, 'remember'>, record: PodRecord): void =>
  turn.remember(recordKey(record.uid), record as unknown as Json);
