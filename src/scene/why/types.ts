// What the Why panel says of an object, or of the whole: an answer, its rule, the causes behind it down to the root,
// the traps that have caught it, what comes next, and what one could do. Plain data.
import type { Act } from '#timeline';

/** A rule of SPEC.md, as it is cited. */
export interface WhyRule {
  readonly id: string;
  readonly title: string;
  readonly docs?: string;
  readonly upstream?: string;
}

/** A cause behind the answer. */
export interface WhyLink {
  /** The object that it is about, as a fact id. */
  readonly id: string;
  readonly sentence: string;
  readonly rule?: WhyRule;
}

/** Something one could do, with the command it stands for. */
export interface WhyStep {
  readonly label: string;
  /** The whole command as a person would type it, or the fault in words. */
  readonly command: string;
  readonly act: Act;
  /** What could go wrong, or what it costs. */
  readonly risk?: string;
}

/** A known trap that has caught an object. */
export interface WhyTrap {
  /** Kebab-case, one for each kind of trap: `stuck-roll-out`. */
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly rule: WhyRule;
  /** The object that is caught, as a fact id. */
  readonly about: string;
  /** Ways out, safest first; empty where there is none but to begin anew. */
  readonly fixes: readonly WhyStep[];
}

/** Something that comes if nothing changes. */
export interface WhyNext {
  /** `tick`: simulated ahead. `deadline`: known, further off than was simulated. `act`: recorded on this branch. `end`: no more. */
  readonly kind: 'tick' | 'deadline' | 'act' | 'end';
  /** When, in virtual milliseconds; an end has no moment. */
  readonly atMs?: number;
  readonly sentence: string;
  /** The object that it happens to, as a fact id. */
  readonly about?: string;
  readonly rule?: WhyRule;
}

/** The answer. */
export interface Why {
  /** What was asked about; undefined: the whole. */
  readonly id?: string;
  /** The object that the answer is about, where it is another than was asked about: of the whole what matters most. */
  readonly about?: string;
  /** A question: `Why is web-2 terminating?` */
  readonly heading: string;
  /** One or two sentences. */
  readonly sentence: string;
  /** What may be added in brackets: `OrderedReady, reverse ordinal order`. */
  readonly aside?: string;
  readonly rule?: WhyRule;
  /** Further causes, nearest first; the last one is the root. */
  readonly chain: readonly WhyLink[];
  readonly traps: readonly WhyTrap[];
  readonly next: readonly WhyNext[];
  readonly could: readonly WhyStep[];
}
