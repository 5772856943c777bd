// Sentences out of words: how rules' half-sentences become whole ones, moments on the playhead's clock, lists of names.
import type { Reason } from '#engine';
import { rules } from '#engine';
import { partsOfKey } from '#kube';
import type { WhyRule } from './types.ts';

/** A rule by its id, as it is cited. */
export function ruleOf(id: string): WhyRule {
  const rule = rules.get(id);
  return {
    id,
    title: rule?.title ?? id,
    ...(rule?.docs !== undefined && { docs: rule.docs }),
    ...(rule?.upstream !== undefined && { upstream: rule.upstream }),
  };
}

/** What a rule adds in brackets for a reason. */
export const asideOf = (reason: Reason): string | undefined => rules.get(reason.rule)?.aside?.(reason.args ?? {});

/** A moment on the playhead's clock: `4:10`, `1:02:03`. */
export function clock(atMs: number): string {
  const seconds = Math.max(0, Math.floor(atMs / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const pad = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** `1 pod`, `3 pods`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

const SHOWN_MAX = 3;

/** `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`. */
export function list(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_MAX);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** The name of a volume that was made for a claim is a long uid: its first part tells it apart. */
export const shortName = (name: string): string => name.replace(/^(pvc-[0-9a-f]{8})-[0-9a-f-]+$/, '$1');

/** The name in a fact id; of a slot the name that its pod has. */
export function nameIn(id: string): string {
  const [kind, , setName, ordinal] = id.split('/');
  return kind === 'Slot' ? `${setName}-${ordinal}` : partsOfKey(id).name;
}

/**
 * A whole sentence of the words of a rule: it begins with a capital letter, unless a name stands there, and ends with a
 * full stop.
 * @param names names that keep their small letters
 */
export function asSentence(words: string, names: readonly (string | number)[] = []): string {
  const first = words.split(/[\s:,]/, 1)[0] ?? '';
  const isName = names.includes(first) || /^[a-z][a-z0-9.-]*[0-9-]/.test(first);
  const text = isName ? words : words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** The sentence of a reason as a whole one. */
export const reasonSentence = (reason: Reason, words: string): string =>
  asSentence(words, Object.values(reason.args ?? {}));

/** `waiting for …`, `creating …`: what somebody is doing, without saying who. */
const DOING = /^(waiting|creating|deleting|updating|adopting|releasing|recording|trying|removing|making|scaling)\b/;

/** A reason's words as a sentence about who does it: `web is waiting for web-2 to terminate.` */
export function doingSentence(subject: string, reason: Reason, words: string): string {
  if (DOING.test(words)) return asSentence(`${subject} is ${words}`, [subject]);
  if (words.startsWith('cannot ')) return asSentence(`${subject} ${words}`, [subject]);
  return reasonSentence(reason, words);
}
