// What the why card says, before it is drawn: which causes are worth a line, which acts are named once already. Pure.
import type { Facts, Thought, Why, WhyLink, WhyStep } from '#scene';

/** An act by what it does, so that two ways to name it are known to be the same. */
const keyOfAct = ({ act }: Pick<WhyStep, 'act'>): string =>
  act.type === 'kubectl' ? `kubectl ${act.command}` : `${act.fault} ${act.target}`;

/**
 * A thought as an answer: what can be said at once, before the simulation was asked for the whole story.
 *
 * @param heading - the question
 * @param thought - from the facts of the moment
 * @returns an answer without causes, future and offers
 */
export function whyOfThought(heading: string, thought: Thought): Why {
  const { sentence, aside, rule: id, title, docs, upstream } = thought;
  return {
    heading,
    sentence: asSentence(sentence),
    ...(aside !== undefined && { aside }),
    rule: { id, title, ...(docs !== undefined && { docs }), ...(upstream !== undefined && { upstream }) },
    chain: [],
    traps: [],
    next: [],
    could: [],
  };
}

/** Rules speak in the middle of a sentence; here one begins. Names keep their small letters. */
function asSentence(words: string): string {
  const isName = /^[a-z0-9.-]*[0-9-]/.test(words);
  const text = isName ? words : words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/**
 * The causes that the answer has not named itself. One that it did name stays where it alone leads to its object.
 *
 * @param why - the answer
 * @returns its chain, nearest cause first
 */
export function causesOf({ id, about, sentence, chain }: Why): readonly WhyLink[] {
  return chain.filter((link, index) => {
    if (!sentence.includes(link.sentence)) return true;
    return link.id !== id && link.id !== about && !chain.some((other, at) => at !== index && other.id === link.id);
  });
}

/**
 * What one could do besides the cures that stand with the traps.
 *
 * @param why - the answer
 * @returns its offers without those cures
 */
export function stepsBesides({ traps, could }: Why): readonly WhyStep[] {
  const named = new Set(traps.flatMap(({ fixes }) => fixes).map(keyOfAct));
  return could.filter((step) => !named.has(keyOfAct(step)));
}

/**
 * Offers that the answer does not make already.
 *
 * @param offers - everything that can be done to the object
 * @param why - the answer; undefined names none
 * @returns the offers that are left
 */
export function offersBesides<T extends Pick<WhyStep, 'act'>>(
  offers: readonly T[] | undefined,
  why: Why | undefined,
): readonly T[] | undefined {
  if (!offers || !why) return offers;
  const named = new Set([...why.could, ...why.traps.flatMap(({ fixes }) => fixes)].map(keyOfAct));
  return offers.filter((offer) => !named.has(keyOfAct(offer)));
}

/**
 * How things stand at the moment shown, for the first line of what happens next.
 *
 * @param object - what is selected
 * @returns such as `kubectl prints 1/1 Running`; undefined where there is no short word for it
 */
export function nowWords(object: Facts | undefined): string | undefined {
  if (object?.type === 'pod') return `kubectl prints ${object.readyText} ${object.kubectlStatus}`;
  if (object?.type === 'set') return `${object.ready} of ${object.replicas} Ready`;
  if (object?.type === 'node') return object.isReady ? 'Ready' : 'NotReady';
  if (object?.type === 'claim') return object.phase;
  return undefined;
}
