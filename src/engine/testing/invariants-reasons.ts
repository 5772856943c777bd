// What holds of the sentences: every reason is a rule of the list, and reads as one.
import { partsOfKey } from '#kube';
import type { Reason } from '../kernel/index.ts';
import type { Rule } from '../rules.ts';
import { rules } from '../rules-list.ts';
import { broken, holds, type Passage } from './invariants-passage.ts';

/** Words that come of a value that is not there. */
const HOLES = /undefined|NaN|null\b|\[object|Infinity| {2}/;

/** The reasons of a tick: its own, and those that it wrote. */
export function checkReasons(passage: Passage): void {
  const { tick } = passage;
  if (tick.why) checkReason(passage, tick.why);
  for (const { after } of tick.reasons) if (after) checkReason(passage, after);
}

function checkReason(passage: Passage, reason: Reason): void {
  const rule = rules.get(reason.rule);
  if (!rule) broken(passage, `the reason ${reason.rule} is no rule of the list`);
  for (const [part, text] of Object.entries(wordsOf(rule, reason))) {
    const isTold = text !== undefined && text !== '' && text === text.trim() && !HOLES.test(text);
    holds(passage, isTold, () => `the ${part} of ${reason.rule} reads ${JSON.stringify(text)}`);
  }
  for (const [name, value] of Object.entries(reason.args ?? {}))
    holds(
      passage,
      typeof value === 'string' || Number.isFinite(value),
      () => `the argument ${name} of ${reason.rule} is ${value}`,
    );
  if (reason.about !== undefined) {
    const { kind, name } = partsOfKey(reason.about);
    holds(passage, kind !== '' && name !== '', () => `${reason.rule} is about ${reason.about}, which is no key`);
  }
}

function wordsOf(rule: Rule, { args = {} }: Reason): Record<string, string | undefined> {
  return { title: rule.title, sentence: rule.sentence(args), ...(rule.aside && { aside: rule.aside(args) }) };
}
