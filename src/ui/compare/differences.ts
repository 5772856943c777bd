// What differs between two clusters at one moment, in words. Pure.
import type { ClaimFacts, Facts, NodeFacts, PodFacts, ServiceFacts, SetFacts } from '#scene';
import { asFacts, type FactsStore, type FactsType } from '#state';
import { claimWord, ordinalWord } from '../graph/words.ts';

/** One object that differs. */
export interface Difference {
  /** Its fact id; on one of the sides it may be missing. */
  readonly id: string;
  readonly name: string;
  readonly left: string;
  readonly right: string;
}

type Reader = Pick<FactsStore, 'getIds' | 'getFacts'>;

/** What is said of an object where it differs; the first of the words are always said together. */
type Words<F> = (facts: F, other: F | undefined) => readonly string[];

const naturalOrder = new Intl.Collator('en', { numeric: true });

/**
 * What differs, sets first, then what belongs to them, then the rest of the cluster.
 *
 * @param left - one cluster
 * @param right - the other
 * @returns a line for each object of which there is something different to say
 */
export function differencesOf(left: Reader, right: Reader): Difference[] {
  return [
    ...compare(left, right, 'set', setWords, 'no StatefulSet'),
    ...compare(left, right, 'pod', podWords, 'no pod'),
    ...compare(left, right, 'claim', claimWords, 'no claim'),
    ...compare(left, right, 'service', serviceWords, 'no Service'),
    ...compare(left, right, 'node', nodeWords, 'no node'),
    ...compare<'other'>(left, right, 'other', () => ['there'], 'not there'),
  ];
}

function compare<T extends FactsType>(
  left: Reader,
  right: Reader,
  type: T,
  words: Words<Extract<Facts, { type: T }>>,
  none: string,
): Difference[] {
  const ids = [...new Set([...left.getIds(type), ...right.getIds(type)])].sort(naturalOrder.compare);
  return ids.flatMap((id) => {
    const [a, b] = [asFacts(type, left.getFacts(id)), asFacts(type, right.getFacts(id))] as const;
    const sayA = a && words(a as never, b as never);
    const sayB = b && words(b as never, a as never);
    const [wordsA, wordsB] = [sayA?.join(', ') ?? none, sayB?.join(', ') ?? none];
    return wordsA === wordsB ? [] : [{ id, name: id.slice(id.lastIndexOf('/') + 1), left: wordsA, right: wordsB }];
  });
}

/** The words of those aspects that the other has otherwise; where there is no other, of the first. */
function differing<F>(facts: F, other: F | undefined, aspects: readonly ((facts: F) => string)[]): string[] {
  return aspects.flatMap((say, i) => {
    const own = say(facts);
    return (other ? say(other) !== own : i === 0) ? [own] : [];
  });
}

const setWords: Words<SetFacts> = (set, other) =>
  differing(set, other, [
    ({ replicas }) => count(replicas, 'replica'),
    ({ ready, replicas }) => `${ready} of ${replicas} ready`,
    ({ updateRevision }) => (updateRevision ? `rolls to rev ${updateRevision.number}` : 'no revision'),
    ({ updated, updateRevision }) => (updateRevision ? `${updated} at rev ${updateRevision.number}` : 'none updated'),
    ({ partition }) => `partition ${partition}`,
    ({ isTerminating }) => (isTerminating ? 'being deleted' : 'not being deleted'),
  ]);

const stateOf = ({ word, revision }: PodFacts): string => (revision ? `${word} on rev ${revision.number}` : word);

const podWords: Words<PodFacts> = (pod, other) => {
  const said = differing(pod, other, [stateOf, ({ nodeName }) => nodeName ?? 'no node']);
  if (said.length > 0 || !other) return said;
  // The same to look at, and yet another pod, or one that fell and rose.
  return differing(pod, other, [
    ({ incarnation }) => `${ordinalWord(incarnation)} pod`,
    ({ restarts }) => count(restarts, 'restart'),
  ]);
};

const claimWords: Words<ClaimFacts> = (claim, other) =>
  differing(claim, other, [claimWord, ({ capacity }) => capacity ?? 'no volume']);

const serviceWords: Words<ServiceFacts> = (service, other) =>
  differing(service, other, [({ records }) => count(records, 'A record')]);

const nodeWords: Words<NodeFacts> = (node, other) =>
  differing(node, other, [
    ({ isSilent, isReady }) => (isSilent ? 'silent' : isReady ? 'reports' : 'not ready'),
    ({ isSchedulable }) => (isSchedulable ? 'takes pods' : 'cordoned'),
    ({ taints }) => (taints.length > 0 ? `taints ${taints.join(' ')}` : 'no taints'),
  ]);

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
