// Why a pod is on its way out: who deleted it and for what, and what its end waits for.
import type { Tick } from '#engine';
import { isTerminating, keyOf, type Pod } from '#kube';
import { sentenceOf } from '../../thought.ts';
import type { PodFacts } from '../../types.ts';
import { deletionOf, isNodeSilent, reasonFor, setOf, type WhyInput } from '../input.ts';
import { undoFaults } from '../steps.ts';
import type { WhyLink, WhyRule } from '../types.ts';
import { asSentence, clock, reasonSentence, ruleOf } from '../words.ts';
import { type Account, faultLinks } from './account.ts';

/** Who began the end of a pod, in a sentence with its rule. */
interface Deletion {
  readonly sentence: string;
  readonly rule: WhyRule;
}

/** The account of a pod that is being deleted. */
export function terminatingAccount(input: WhyInput, pod: Pod, facts: PodFacts): Account {
  const deletion = deletionWords(input, pod, deletionOf(input, pod));
  return isNodeSilent(input, facts.nodeName)
    ? unconfirmed(input, pod, facts, deletion)
    : stopping(input, pod, facts, deletion);
}

function deletionWords(input: WhyInput, pod: Pod, tick: Tick | undefined): Deletion {
  const { name } = pod.metadata;
  const set = setOf(input, pod);
  const rule = tick?.why?.rule ?? '';
  const cite = (id: string, words: string): Deletion => ({ sentence: asSentence(words, [name]), rule: ruleOf(id) });
  if (tick?.actor === 'user')
    return tick.key.startsWith('kubectl drain')
      ? cite('API-17', `${name} is evicted: ${tick.key}`)
      : cite('API-5', `${name} is deleted by ${tick.key}`);
  switch (rule) {
    case 'STS-11':
    case 'STS-16':
      return cite(rule, `${name} is deleted so that it comes back at rev ${tick?.why?.args?.revision}`);
    case 'STS-9':
      return cite(rule, `${name} is deleted because ${set?.metadata.name ?? 'its set'} is scaled down`);
    case 'STS-6':
      return cite(rule, `${name} is deleted so that it is created again: it had ended`);
  }
  return tick?.why
    ? { sentence: reasonSentence(tick.why, sentenceOf(tick.why)), rule: ruleOf(rule) }
    : cite('API-5', `${name} is being deleted`);
}

const linkOf = (facts: PodFacts, rule: WhyRule): WhyLink => ({
  id: facts.id,
  sentence: `${facts.name} is terminating.`,
  rule,
});

/** The node stops the containers, or has stopped them. */
function stopping(input: WhyInput, pod: Pod, facts: PodFacts, deletion: Deletion): Account {
  const reason = reasonFor(input, 'kubelet', pod);
  const finalizers = pod.metadata.finalizers ?? [];
  const own: WhyLink | undefined = reason && {
    id: facts.id,
    sentence: reasonSentence(reason, sentenceOf(reason)),
    rule: ruleOf(reason.rule),
  };
  const held: WhyLink | undefined =
    finalizers.length > 0
      ? {
          id: facts.id,
          sentence: `${facts.name} stays until ${finalizers.join(', ')} is removed from its finalizers.`,
          rule: ruleOf('API-7'),
        }
      : undefined;
  const faults = faultLinks(input, ['pod-ignores-sigterm'], facts.id, facts.id);
  const second =
    held?.sentence ??
    (facts.graceEndsMs === undefined || pod.spec.nodeName === undefined
      ? undefined
      : `Its containers have until ${clock(facts.graceEndsMs)} to stop; then they are killed.`);
  return {
    heading: `Why is ${facts.name} terminating?`,
    sentences: second === undefined ? [deletion.sentence] : [deletion.sentence, second],
    rule: deletion.rule,
    link: linkOf(facts, deletion.rule),
    inner: [...(own ? [own] : []), ...(held ? [held] : []), ...faults],
    steps: undoFaults(input, facts.id),
    ...(held && { until: `${finalizers.join(', ')} is removed` }),
  };
}

/** The node does not answer: nobody can say that the containers have stopped. */
function unconfirmed(input: WhyInput, pod: Pod, facts: PodFacts, deletion: Deletion): Account {
  const { nodeName = '' } = facts;
  const set = setOf(input, pod);
  const isWanted = set !== undefined && !isTerminating(set);
  const rule = ruleOf('KUBELET-18');
  return {
    heading: isWanted ? `Why is there no new ${facts.name}?` : `Why is ${facts.name} still terminating?`,
    sentences: [
      `Nobody can say whether ${facts.name} has stopped: ${nodeName} does not answer.`,
      'Two pods of one name could write to one volume, so the name stays taken until the old object is gone.',
    ],
    rule,
    link: { ...linkOf(facts, rule), sentence: `${facts.name} stays Terminating.` },
    inner: [{ id: facts.id, sentence: deletion.sentence, rule: deletion.rule }],
    cause: keyOf('Node', '', nodeName),
    steps: [],
    until: `${nodeName} answers again`,
  };
}
