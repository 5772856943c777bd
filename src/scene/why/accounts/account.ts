// What is said of one object, before it is put together with what stands behind it.
import { faults } from '#engine';
import type { Json } from '#kube';
import type { SceneInput } from '../../pod-facts.ts';
import { faultSinceMs } from '../input.ts';
import type { WhyLink, WhyRule, WhyStep } from '../types.ts';
import { asSentence, clock, nameIn, ruleOf } from '../words.ts';

export interface Account {
  readonly heading: string;
  /** One or two. After a single one the root of the causes is told as well. */
  readonly sentences: readonly string[];
  readonly aside?: string;
  readonly rule?: WhyRule;
  /** How the object stands in a chain of causes. */
  readonly link: WhyLink;
  /** Further causes that lie in the object itself, or in something that cannot be pointed at. */
  readonly inner: readonly WhyLink[];
  /** The object that holds it up. */
  readonly cause?: string;
  readonly steps: readonly WhyStep[];
  /** What would change things, after the word "until": `node-c answers again`. */
  readonly until?: string;
}

const FAULT_RULES: Readonly<Record<string, string>> = {
  Node: 'FAULT-2',
  Pod: 'FAULT-3',
  Image: 'FAULT-4',
  Provisioner: 'FAULT-5',
};

/**
 * The faults among the given ones that strike a target now, as causes.
 * @param about the object that the page can point at, where the target is an image or the provisioner
 */
export function faultLinks(input: SceneInput, ids: readonly string[], target: string, about: string): WhyLink[] {
  const { view, moment } = input;
  const look = { view, recall: <T extends Json>(key: string) => moment.memory.get(key) as T | undefined };
  return faults
    .filter((fault) => ids.includes(fault.id) && fault.isActive(look, target))
    .map((fault) => {
      const name = nameIn(target);
      const sinceMs = faultSinceMs(input, fault.id, target);
      const since = sinceMs === undefined ? '' : ` since ${clock(sinceMs)}`;
      return {
        id: about,
        sentence: asSentence(`${fault.id === 'node-down' ? `${name} is cut off` : fault.describe(name)}${since}`, [
          name,
        ]),
        rule: ruleOf(FAULT_RULES[fault.targetKind] ?? 'FAULT-1'),
      };
    });
}
