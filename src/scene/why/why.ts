// Puts the answer together: the account of the object, the chain of causes behind it, the traps on the way, what comes
// next and what one could do.
import type { KubeObject, Pod } from '#kube';
import { keyOf, podNameOf } from '#kube';
import { partsOfSlotId } from '../set-facts.ts';
import { type Account, accountOf, objectIdOf } from './accounts/index.ts';
import type { Interest } from './happenings.ts';
import { setOf, type WhyInput } from './input.ts';
import { type Ahead, nextOf } from './next.ts';
import { distinct } from './steps.ts';
import { suspects, trapsOf } from './traps/index.ts';
import type { Why, WhyLink, WhyTrap } from './types.ts';
import { leadingOf } from './whole.ts';
import { nameIn } from './words.ts';

/** No chain of causes is longer than this. */
const LINKS_MAX = 8;

/** Most steps that one answer offers. */
const STEPS_MAX = 7;

/** An answer without its future, and what has to be followed to tell that. */
interface WhyDraft {
  readonly why: Omit<Why, 'next'>;
  readonly interest: Interest;
  /** Objects whose deadlines count. */
  readonly ids: readonly string[];
  readonly until?: string;
}

interface Chain {
  readonly links: readonly WhyLink[];
  /** The objects on the way, the first included. */
  readonly ids: readonly string[];
  readonly accounts: readonly Account[];
}

/** The causes behind an account, down to the root. */
function chainOf(input: WhyInput, id: string, first: Account): Chain {
  const links: WhyLink[] = [...first.inner];
  const ids = [id];
  const accounts = [first];
  for (let at = first; at.cause !== undefined && links.length < LINKS_MAX; ) {
    const causeId = objectIdOf(input, at.cause);
    if (ids.includes(causeId)) break;
    const account = accountOf(input, causeId);
    links.push({ ...account.link, id: causeId }, ...account.inner);
    ids.push(causeId);
    accounts.push(account);
    at = account;
  }
  return { links: links.filter(isNew), ids, accounts };
}

/** A cause in the words of the one before it says nothing. */
const isNew = (link: WhyLink, index: number, links: readonly WhyLink[]): boolean =>
  links.findIndex(({ sentence }) => sentence === link.sentence) === index;

/** The answer to a single sentence is completed by the root of its causes. */
function sentenceOf({ sentences }: Account, links: readonly WhyLink[], rest = ''): string {
  const root = links.at(-1)?.sentence;
  const second = sentences[1] ?? (root !== undefined && root !== sentences[0] ? root : rest);
  return [sentences[0] ?? '', second].filter((part) => part !== '').join(' ');
}

/**
 * Why something is as it is.
 * @param id a fact id; undefined: what is going on in the whole cluster
 * @returns the answer but for its future, which `withNext` adds
 */
export function whyOf(input: WhyInput, id: string | undefined): WhyDraft {
  return id === undefined ? whyWhole(input) : whyOne(input, id);
}

function whyOne(input: WhyInput, id: string): WhyDraft {
  const objectId = objectIdOf(input, id);
  const account = accountOf(input, objectId);
  const chain = chainOf(input, objectId, account);
  const links = chain.links.filter(({ sentence }) => sentence !== account.sentences[0]);
  const traps = trapsOn(input, chain.ids);
  const until = lastUntil(chain);
  return {
    why: {
      id,
      heading: account.heading,
      sentence: sentenceOf(account, links),
      chain: links,
      traps,
      could: couldOf(traps, chain),
      ...(account.aside !== undefined && { aside: account.aside }),
      ...(account.rule && { rule: account.rule }),
    },
    interest: interestIn(id, chain.ids),
    ids: chain.ids,
    ...(until !== undefined && { until }),
  };
}

function whyWhole(input: WhyInput): WhyDraft {
  const objects = suspects(input);
  const found = trapsOf(input, objects);
  const leading = leadingOf(input, found);
  if (leading.id === undefined)
    return {
      why: {
        heading: 'What is going on?',
        sentence: leading.sentence,
        chain: [],
        traps: found,
        could: couldOf(found, undefined),
      },
      interest: { ids: new Set(), setIds: new Set(), nodeNames: new Set(), isAll: true },
      ids: [],
    };
  const account = accountOf(input, leading.id);
  const chain = chainOf(input, leading.id, account);
  const links = chain.links.filter(({ sentence }) => sentence !== account.sentences[0]);
  const traps = merged(trapsOn(input, chain.ids), found);
  const rule = leading.trap?.rule ?? account.rule;
  const until = lastUntil(chain);
  return {
    why: {
      about: leading.id,
      heading: 'What is going on?',
      // Where nothing goes on but a trap, the trap is the answer.
      sentence: leading.trap ? leading.sentence : sentenceOf(account, links, leading.sentence),
      chain: links,
      traps,
      could: couldOf(traps, chain),
      ...(account.aside !== undefined && !leading.trap && { aside: account.aside }),
      ...(rule && { rule }),
    },
    interest: { ...interestIn(leading.id, chain.ids), isAll: true },
    ids: chain.ids,
    ...(until !== undefined && { until }),
  };
}

function merged(near: readonly WhyTrap[], all: readonly WhyTrap[]): WhyTrap[] {
  const isKnown = ({ id, about }: WhyTrap): boolean => near.some((trap) => trap.id === id && trap.about === about);
  return [...near, ...all.filter((trap) => !isKnown(trap))];
}

/** Traps of the objects themselves, and those of the sets of pods that are about one of the objects. */
function trapsOn(input: WhyInput, ids: readonly string[]): WhyTrap[] {
  const own = new Set<KubeObject>();
  const sets = new Set<KubeObject>();
  for (const id of ids) {
    const slot = partsOfSlotId(id);
    const object = slot ? input.view.get('StatefulSet', slot.namespace, slot.setName) : input.view.find(id);
    if (!object) continue;
    own.add(object);
    const set = object.kind === 'Pod' ? setOf(input, object as Pod) : undefined;
    if (set) sets.add(set);
  }
  const far = trapsOf(
    input,
    [...sets].filter((set) => !own.has(set)),
  );
  return merged(
    trapsOf(input, [...own]),
    far.filter(({ about }) => ids.includes(about)),
  );
}

/** The id that the pod of a slot has or would have. */
function podIdOf(id: string): string | undefined {
  const slot = partsOfSlotId(id);
  return slot && keyOf('Pod', slot.namespace, podNameOf(slot.setName, slot.ordinal));
}

/** What would change things at the root. */
const lastUntil = ({ accounts }: Chain): string | undefined =>
  accounts.findLast(({ until }) => until !== undefined)?.until;

/** What one could do: ways out of the traps first, then what helps the root, then the object itself. */
function couldOf(traps: readonly WhyTrap[], chain: Chain | undefined): Why['could'] {
  const fixes = traps.flatMap((trap) => trap.fixes);
  const steps = (chain?.accounts ?? []).toReversed().flatMap((account) => account.steps);
  return distinct([...fixes, ...steps]).slice(0, STEPS_MAX);
}

/** Who is followed: the object and its causes closely, the pods of a set or node from afar. */
function interestIn(id: string, ids: readonly string[]): Interest {
  const pod = podIdOf(id);
  return {
    ids: new Set([...ids, ...(pod === undefined ? [] : [pod])]),
    setIds: new Set(ids.slice(0, 1).filter((one) => one.startsWith('StatefulSet/'))),
    nodeNames: new Set(
      ids
        .slice(0, 1)
        .filter((one) => one.startsWith('Node/'))
        .map(nameIn),
    ),
    isAll: false,
  };
}

/** The answer with its future. */
export function withNext(input: WhyInput, { why, ids, until }: WhyDraft, ahead: Ahead): Why {
  return { ...why, next: nextOf(input, ids, ahead, until) };
}
