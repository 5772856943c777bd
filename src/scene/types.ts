// What the page draws: facts about the objects at one moment, small and plain, keyed by id. The worker computes them,
// the page keeps them in a store with one subscription for each node on screen. Times are virtual milliseconds, so
// that countdowns and arcs are functions of the playhead and run backwards as well as forwards.

/** The states of design.md; `absent` is the thirteenth: a slot without a pod. */
export type PodState =
  | 'pending'
  | 'unschedulable'
  | 'creating'
  | 'init'
  | 'not-ready'
  | 'ready-not-available'
  | 'ready'
  | 'terminating'
  | 'crash-loop'
  | 'pull-failed'
  | 'completed'
  | 'unknown';

/** Why something is as it is: one sentence and its rule. */
export interface Thought {
  readonly sentence: string;
  /** What the caption adds in brackets. */
  readonly aside?: string;
  readonly rule: string;
  readonly title: string;
  readonly docs?: string;
  readonly upstream?: string;
  readonly acting: boolean;
  /** The object it is about, as a fact id. */
  readonly about?: string;
}

/** A revision as the page names it: `rev 2`, its hash, and its look (1 to 3, cycling). */
export interface RevisionLabel {
  readonly name: string;
  readonly number: number;
  readonly hash: string;
  readonly look: 1 | 2 | 3;
}

export interface PodFacts {
  readonly type: 'pod';
  /** The object key, `Pod/default/web-0`. */
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  /** The fact id of the set it belongs to, and its ordinal there. */
  readonly setId?: string;
  readonly ordinal?: number;
  readonly revision?: RevisionLabel;
  readonly isUpdated: boolean;
  readonly state: PodState;
  /** The word on the card: `Ready`, `Not ready`, `Init 0/1`, `Ready, 3 s` is computed from availableAtMs. */
  readonly word: string;
  /** What kubectl prints: READY and STATUS. */
  readonly readyText: string;
  readonly kubectlStatus: string;
  readonly image: string;
  readonly nodeName?: string;
  readonly ip?: string;
  readonly restarts: number;
  /** Which pod of this name it is, from 1. */
  readonly incarnation: number;
  readonly createdMs: number;
  /** When the present state began. */
  readonly sinceMs: number;
  /** terminating: when the grace period ends, and how long it is. */
  readonly graceEndsMs?: number;
  readonly graceMs?: number;
  /** ready-not-available: when minReadySeconds is over. */
  readonly availableAtMs?: number;
  /** crash-loop, pull-failed: when the next try comes. */
  readonly retryAtMs?: number;
  readonly exitCode?: number;
  readonly readyCondition: boolean;
  /** Why the pod is as it is, from the actor that holds it. */
  readonly thought?: Thought;
}

export interface ClaimFacts {
  readonly type: 'claim';
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly phase: 'Pending' | 'Bound' | 'Lost';
  readonly isTerminating: boolean;
  /** Bound, with no pod that uses it. */
  readonly isKept: boolean;
  readonly storageClass?: string;
  /** The volume: name, capacity, uid for its mark. */
  readonly volumeName?: string;
  readonly volumeUid?: string;
  readonly capacity?: string;
  readonly zone?: string;
  readonly template: string;
  readonly thought?: Thought;
}

export type EndpointState = 'ready' | 'dropped' | 'none';

export interface SlotFacts {
  readonly type: 'slot';
  /** `Slot/default/web/3` */
  readonly id: string;
  readonly setId: string;
  readonly ordinal: number;
  /** The name its pod has or would have. */
  readonly name: string;
  /** Within replicas. A slot out of range that still has a pod or a claim is drawn hatched. */
  readonly isInRange: boolean;
  readonly podId?: string;
  readonly claimIds: readonly string[];
  /** `web-0.nginx`, or undefined where the set has no serviceName. */
  readonly dnsName?: string;
  /** Addresses that the name resolves to now; empty: no answer. */
  readonly dnsAddresses: readonly string[];
  /** Answered although not ready (publishNotReadyAddresses). */
  readonly isPublishedNotReady: boolean;
  /** Why there is no answer. */
  readonly dnsReason?: string;
  readonly endpoint: EndpointState;
  /** Says why there is no pod: `Scaled down at 2:18`. */
  readonly emptySinceMs?: number;
  readonly emptyReason?: string;
}

export interface SetFacts {
  readonly type: 'set';
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly isTerminating: boolean;
  readonly replicas: number;
  readonly start: number;
  readonly partition: number;
  readonly ready: number;
  readonly available: number;
  readonly updated: number;
  readonly total: number;
  readonly currentRevision?: RevisionLabel;
  readonly updateRevision?: RevisionLabel;
  readonly podManagementPolicy: 'OrderedReady' | 'Parallel';
  readonly updateStrategy: 'RollingUpdate' | 'OnDelete';
  readonly serviceName: string;
  /** The Service that governs it, where it exists. */
  readonly serviceId?: string;
  readonly serviceProblem?: string;
  readonly claimTemplates: readonly string[];
  /** Ordinals that have a slot, ascending: those in range, and those that still have a pod or a claim. */
  readonly ordinals: readonly number[];
  readonly thought?: Thought;
  /** Ordinals the controller works on: where the carriage stands. Empty when all is well. */
  readonly workingOn: readonly number[];
}

export interface ServiceFacts {
  readonly type: 'service';
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly isHeadless: boolean;
  readonly clusterIP: string;
  /** How many A records its own name has. */
  readonly records: number;
  readonly ports: string;
  readonly setIds: readonly string[];
}

export interface NodeFacts {
  readonly type: 'node';
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly isReady: boolean;
  /** Faulted: powered off or cut off. */
  readonly isSilent: boolean;
  readonly silentSinceMs?: number;
  /** When the first of its pods is deleted for a NoExecute taint, if the taint stays. */
  readonly evictsMs?: number;
  readonly isSchedulable: boolean;
  readonly podIds: readonly string[];
  readonly podsMax: number;
  readonly cpuRequested: number;
  readonly cpuAllocatable: number;
  readonly memoryRequestedBytes: number;
  readonly memoryAllocatableBytes: number;
  readonly taints: readonly string[];
}

/** Anything else that stands in the cluster: StorageClasses, Deployments, and kinds kept but not simulated. */
export interface OtherFacts {
  readonly type: 'other';
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly isSimulated: boolean;
}

export type Facts = PodFacts | ClaimFacts | SlotFacts | SetFacts | ServiceFacts | NodeFacts | OtherFacts;
