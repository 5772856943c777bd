// Every rule that the engine cites, with the sentence a person reads. Each area keeps its own list; this joins them.
import type { ReasonArgs } from './kernel/index.ts';

/** A rule of SPEC.md in the words that the page shows. */
export interface Rule {
  /** `STS-4` */
  readonly id: string;
  /** A few words, for lists and tooltips. */
  readonly title: string;
  /** One plain sentence for this case, in Kubernetes' own words, present tense, lower case, without a full stop. */
  readonly sentence: (args: ReasonArgs) => string;
  /** What the caption adds in brackets, such as `OrderedReady, reverse ordinal order`. */
  readonly aside?: (args: ReasonArgs) => string;
  /** Page of the Kubernetes documentation that says so. */
  readonly docs?: string;
  /** Function in the Kubernetes source that does so. */
  readonly upstream?: string;
}
