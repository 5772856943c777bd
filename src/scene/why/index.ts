// Why something is as it is: an answer to a person who looks at an object, or at the whole.
export type { Interest } from './happenings.ts';
export type { WhyInput } from './input.ts';
export { type Ahead, newHarvest } from './next.ts';
export { traps } from './traps/index.ts';
export type { Why, WhyLink, WhyNext, WhyRule, WhyStep, WhyTrap } from './types.ts';
export { whyOf, withNext } from './why.ts';
export { asSentence, ruleOf } from './words.ts';
