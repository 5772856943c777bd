// What a trap is: a state of the cluster that people fall into, and that has a name and a way out.
import type { KubeObject } from '#kube';
import type { WhyInput } from '../input.ts';
import type { WhyStep } from '../types.ts';

/** How an object is caught. */
export interface Caught {
  /** Whole sentences. */
  readonly sentence: string;
  /** Id of the rule behind it. */
  readonly rule: string;
  /** The object that is caught, where it is not the one that was asked about. */
  readonly about?: string;
  /** Ways out, safest first. */
  readonly fixes: readonly WhyStep[];
}

export interface Trap {
  /** Kebab-case. */
  readonly id: string;
  readonly title: string;
  /** Kinds of the objects that it is asked about. */
  readonly kinds: readonly string[];
  /** Whether an object is caught now. Cheap: it is asked whenever somebody looks at the object. */
  readonly applies: (input: WhyInput, object: KubeObject) => Caught | undefined;
}
