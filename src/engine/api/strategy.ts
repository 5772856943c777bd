// What the API server does differently for each kind. One file in kinds/ holds one kind's strategy.
// k8s: rest.RESTCreateStrategy, RESTUpdateStrategy, RESTGracefulDeleteStrategy
import type { FieldError, KindInfo, KubeObject, ObjectMeta } from '#kube';
import type { DeleteOptions } from '../kernel/actor.ts';
import type { Transaction } from '../kernel/turn.ts';
import type { Refusal } from './errors.ts';

/**
 * Everything but what the kind adds is the same for all: names, times, versions, defaults, validation, preconditions,
 * finalizers.
 */
export interface Strategy<T extends KubeObject = KubeObject> {
  /** The kind as object keys name it. */
  readonly kind: string;
  /** Whether `metadata.generation` counts the changes of what the object asks for. */
  readonly hasGeneration?: boolean;
  /**
   * The status of a new object. Kinds with it have a status endpoint: a PUT of the object keeps the stored status, and
   * the reverse.
   */
  readonly newStatus?: (object: T, tx: Transaction) => unknown;
  /**
   * A new object that is known to pass as it is, filled in; undefined sends it the long way of defaults, admission and
   * validation.
   */
  readonly createKnown?: (draft: T, tx: Transaction) => T | undefined;
  /** Learns that a new object went the long way and passed. */
  readonly learn?: (draft: T, accepted: T, tx: Transaction) => void;
  /** Mutating admission and the fields that the server sets itself. The object has defaults and metadata. */
  readonly prepareForCreate?: (object: T, tx: Transaction) => T;
  /** Why admission refuses a new object. */
  readonly admitCreate?: (object: T, tx: Transaction, info: KindInfo) => Refusal | undefined;
  /** Faults that only the server can find, beyond those of the object alone. */
  readonly validate?: (object: T, tx: Transaction) => readonly FieldError[];
  /** The fields that a PUT cannot change. The object has defaults. */
  readonly prepareForUpdate?: (object: T, stored: T, tx: Transaction) => T;
  /** Why admission refuses an update. */
  readonly admitUpdate?: (object: T, stored: T, tx: Transaction, info: KindInfo) => Refusal | undefined;
  /** Why admission refuses a deletion. */
  readonly admitDelete?: (stored: T, info: KindInfo) => Refusal | undefined;
  /** The parts of a status that the server sets itself. */
  readonly prepareStatus?: (object: T, stored: T, tx: Transaction) => T;
  /** What is wrong with a status that somebody writes. */
  readonly validateStatus?: (object: T, stored: T) => readonly FieldError[];
  /** What of the metadata a PUT of the status may change; nothing when left out. */
  readonly statusMetadata?: (given: ObjectMeta, stored: ObjectMeta) => ObjectMeta;
  /** Whether what the object asks for changed; the specs are compared when left out. */
  readonly isNewGeneration?: (object: T, stored: T) => boolean;
  /** Seconds of grace that a deletion gives; left out: the kind knows no graceful deletion. */
  readonly gracePeriodSeconds?: (object: T, options: DeleteOptions) => number;
  /**
   * What a deletion writes while something of the kind's own still holds the object; undefined when nothing does. A kind
   * with it goes by a deletion alone, never by losing its last finalizer.
   */
  readonly held?: (stored: T, tx: Transaction) => T | undefined;
}

/** The strategy of a kind of which the server only knows how to keep it. */
export const plainStrategy: Strategy = { kind: '' };
