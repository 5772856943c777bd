// Turns the reason that an actor gave into the sentence a person reads.
import { type Moment, type Reason, type ReasonRecord, rules, taskId } from '#engine';
import type { Thought } from './types.ts';

/** The sentence of a reason. A rule that is not in the list shows its id, so that it is noticed. */
export const sentenceOf = (reason: Reason): string =>
  rules.get(reason.rule)?.sentence(reason.args ?? {}) ?? reason.rule;

/** The sentence of a reason, with its rule. */
export function thoughtOf(reason: ReasonRecord): Thought {
  const rule = rules.get(reason.rule);
  const args = reason.args ?? {};
  const aside = rule?.aside?.(args);
  return {
    sentence: sentenceOf(reason),
    rule: reason.rule,
    title: rule?.title ?? reason.rule,
    acting: reason.acting,
    ...(aside !== undefined && { aside }),
    ...(rule?.docs !== undefined && { docs: rule.docs }),
    ...(rule?.upstream !== undefined && { upstream: rule.upstream }),
    ...(reason.about !== undefined && { about: reason.about }),
  };
}

/** The reason that the first of these actors gave for a key, where one did. */
export function reasonBy(
  moment: Pick<Moment, 'reasons'>,
  actors: readonly string[],
  key: string,
): ReasonRecord | undefined {
  for (const actor of actors) {
    const reason = moment.reasons.get(taskId(actor, key));
    if (reason) return reason;
  }
  return undefined;
}
