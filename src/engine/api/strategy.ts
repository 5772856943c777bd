// What the API server does differently for each kind. One file in kinds/ holds one kind's strategy.
// k8s: rest.RESTCreateStrategy, RESTUpdateStrategy, RESTGracefulDeleteStrategy
import type { KindInfo, KubeObject } from '#kube';
import type { DeleteOptions } from '../kernel/actor.ts';
import type { Transaction } from '../kernel/turn.ts';
import type { Cause, Refusal } from './errors.ts';

/** Everything but what the kind adds is the same for all: names, times, versions, preconditions, finalizers. */
export interface Strategy<T extends KubeObject = KubeObject> {
  /** The kind as object keys name it. */
  readonly kind: string;
  /** Whether `metadata.generation` counts the changes of what the object asks for. */
  readonly hasGeneration?: boolean;
  /** Whether status has its own endpoint: then PUT of the object keeps the stored status, and the reverse. */
  readonly hasStatus?: boolean;
  /** Defaults, mutating admission and the fields that the server sets itself. The object has its full metadata. */
  readonly prepareForCreate?: (object: T, tx: Transaction) => T;
  /** Why the object is refused: admission that forbids. */
  readonly admitCreate?: (object: T, tx: Transaction, info: KindInfo) => Refusal | undefined;
  readonly validate?: (object: T, tx: Transaction) => readonly Cause[];
  /** Defaults, and the fields that a PUT cannot change. */
  readonly prepareForUpdate?: (object: T, stored: T, tx: Transaction) => T;
  readonly admitUpdate?: (object: T, stored: T, tx: Transaction, info: KindInfo) => Refusal | undefined;
  readonly validateUpdate?: (object: T, stored: T, tx: Transaction) => readonly Cause[];
  readonly validateStatus?: (object: T, stored: T) => readonly Cause[];
  /** Whether what the object asks for changed; the specs are compared when left out. */
  readonly isNewGeneration?: (object: T, stored: T) => boolean;
  /** Seconds of grace that a deletion gives; left out: the kind knows no graceful deletion. */
  readonly gracePeriodSeconds?: (object: T, options: DeleteOptions) => number;
  /** Warnings that a person who writes the object is shown. */
  readonly warnings?: (object: T, stored: T | undefined) => readonly string[];
}

/** The strategy of a kind of which the server only knows how to keep it. */
export const plainStrategy: Strategy = { kind: '' };
