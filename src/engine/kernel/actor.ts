// What an actor is (a controller, the scheduler, a kubelet, a fault, a person), and what it can do in one turn.
import type { Draft, Json, KubeObject, ObjectKey, SimulatedKind } from '#kube';
import type { View } from './store.ts';
import type { ClusterConfig } from './world.ts';

/** Numbers and names that a rule's sentence needs. */
export type ReasonArgs = Readonly<Record<string, string | number>>;

/**
 * Why an actor acted, or what it waits for: one rule of SPEC.md with the object that decides.
 * The caption on the graph, the Why panel, the lessons and the tests all read this one value.
 */
export interface Reason {
  /** Rule id, such as `STS-4`. */
  readonly rule: string;
  /** The object that decides, or is waited for. */
  readonly about?: ObjectKey;
  readonly args?: ReasonArgs;
  /** True when this turn changed something for this reason; false when the actor waits. */
  readonly acting: boolean;
}

export interface Outcome {
  /** Undefined where there is nothing to say: the object is as it should be. */
  readonly why?: Reason | undefined;
  /** Ask again after this many virtual milliseconds, whatever happens. */
  readonly againMs?: number | undefined;
  /** The turn failed (an API error): ask again after an exponential back-off of 5 ms · 2ⁿ, at most 1000 s. */
  readonly failed?: boolean | undefined;
}

/** An acting outcome. `why` says what was done. */
export const act = (rule: string, about?: ObjectKey, args?: ReasonArgs, more?: Omit<Outcome, 'why'>): Outcome => ({
  why: { rule, acting: true, ...(about !== undefined && { about }), ...(args && { args }) },
  ...more,
});

/** A waiting outcome. `why` says which rule holds the actor and which object it waits for. */
export const wait = (rule: string, about?: ObjectKey, args?: ReasonArgs, more?: Omit<Outcome, 'why'>): Outcome => ({
  why: { rule, acting: false, ...(about !== undefined && { about }), ...(args && { args }) },
  ...more,
});

/** Nothing to do and nothing to say. */
export const done: Outcome = {};

/** The API server's refusal, as metav1.Status says it. */
export interface ApiError {
  readonly code: number;
  /** NotFound, AlreadyExists, Conflict, Invalid, Forbidden, BadRequest, TooManyRequests … */
  readonly reason: string;
  readonly message: string;
  /** What kubectl needs to print an Invalid error its own way. */
  readonly details?: {
    readonly kind?: string;
    readonly name?: string;
    readonly causes?: readonly { readonly field: string; readonly message: string; readonly reason?: string }[];
  };
}
export type ApiResult<T> =
  | { readonly ok: true; readonly object: T; readonly changed: boolean; readonly warnings?: readonly string[] }
  | { readonly ok: false; readonly error: ApiError };

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** Only when the object still has this uid; otherwise 409 Conflict. */
  readonly uid?: string;
}

export interface EventDraft {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** Container path such as `spec.containers{nginx}`. */
  readonly fieldPath?: string;
  /** Node name of a kubelet event. */
  readonly host?: string;
  /** The component that reports; the actor's own name when left out. */
  readonly source?: string;
}

/**
 * One turn of one actor: a view to read, and the API server to write to. Nothing written here is seen by others before
 * the turn ends; a turn that throws leaves no trace.
 */
export interface Turn {
  readonly view: View;
  /** Virtual milliseconds since the cluster began. */
  readonly nowMs: number;
  /** The same instant as the RFC 3339 string that objects carry. */
  readonly now: string;
  readonly config: ClusterConfig;
  /** POST. Defaults, admission and validation apply; controllers and people pass through the same door. */
  create<T extends KubeObject>(draft: Draft<T>): ApiResult<T>;
  /** PUT of spec and metadata; status is kept. Bumps generation when the spec changed. An unchanged object writes nothing. */
  update<T extends KubeObject>(object: T): ApiResult<T>;
  /** PUT of the status subresource; everything else is kept. An unchanged status writes nothing. */
  updateStatus<T extends KubeObject>(object: T): ApiResult<T>;
  /** DELETE with finalizers, propagation and graceful deletion of pods. */
  delete(key: ObjectKey, options?: DeleteOptions): ApiResult<KubeObject>;
  /** POST to pods/eviction: respects disruption budgets. */
  evict(key: ObjectKey, options?: DeleteOptions): ApiResult<KubeObject>;
  /** POST to pods/binding. */
  bind(key: ObjectKey, nodeName: string): ApiResult<KubeObject>;
  /** Records an Event about an object; equal ones are counted. */
  event(about: KubeObject, event: EventDraft): void;
  /** An actor's own memory between turns (back-off counters, image caches …): plain data under a key of its own. */
  recall<T extends Json>(key: string): T | undefined;
  remember(key: string, value: Json | undefined): void;
  /** Every key of the memory that begins with the prefix. */
  recallAll(prefix: string): readonly (readonly [string, Json])[];
  /** Seeded chance, in [0, 1). */
  random(): number;
  /** Puts a key into an actor's queue. */
  wake(actor: string, key: string, afterMs: number): void;
}

/** One object before and after a turn. `before` undefined: added; `after` undefined: gone. */
export interface ObjectChange {
  readonly key: ObjectKey;
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
}

/** Puts a key into the actor's own queue, at once (plus the actor's latency) or after a delay. */
export type Enqueue = (key: string, afterMs?: number) => void;

export interface Actor {
  /** The component's name as Kubernetes' events spell it: `statefulset-controller`, `default-scheduler`, `kubelet` … */
  readonly name: string;
  /** Time between a change and this actor's turn: watch latency plus its own work. Virtual milliseconds. */
  readonly latencyMs: number;
  /** For each watched kind: which keys of this actor's queue a change wakes. */
  readonly watches: {
    readonly [K in SimulatedKind]?: (change: ObjectChange, enqueue: Enqueue, view: View) => void;
  };
  /** Keys to queue once when a world begins or is loaded (periodic workers). */
  readonly start?: (enqueue: Enqueue, view: View) => void;
  /** Whether the actor takes part in this cluster. */
  readonly isOn?: (config: ClusterConfig) => boolean;
  /** Its turns are no news: a cluster in which nothing else is due counts as quiet. */
  readonly isHousekeeping?: boolean;
  reconcile(turn: Turn, key: string): Outcome;
}
