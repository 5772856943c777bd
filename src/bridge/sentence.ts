// The sentence of a reason, where its rule is in the list.
import { type Reason, rules } from '#engine';

/** The sentence of a reason; its rule's id where the list does not have it. */
export const sentenceOf = (why: Reason): string => rules.get(why.rule)?.sentence(why.args ?? {}) ?? why.rule;
