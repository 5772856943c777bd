// What tests of traps ask of a story.
import { expect } from 'vitest';
import { traps, type WhyTrap } from '#scene';
import { type Story, sentencesIn, WEB } from './story.ts';

/** The one trap of an answer. */
export function only(story: Story, id?: string): WhyTrap {
  const { traps: named } = story.why(id);
  expect(named.map((trap) => trap.id)).toHaveLength(1);
  const trap = named[0] as WhyTrap;
  expect(traps.map((known) => known.id)).toContain(trap.id);
  expect(sentencesIn(trap.sentence), trap.sentence).toBeLessThanOrEqual(2);
  expect(trap.rule.title).not.toBe(trap.rule.id);
  return trap;
}

/** Takes the way out of that command; it must be accepted. */
export function fix(story: Story, trap: WhyTrap, command: string): void {
  const step = trap.fixes.find((one) => one.command === command);
  expect(trap.fixes.map((one) => one.command)).toContain(command);
  const answer = story.take(step!);
  expect(answer.err).toBe('');
  expect(answer.code).toBe(0);
}

/** No trap is named. */
export const isFree = (story: Story, id?: string): void => expect(story.why(id).traps).toEqual([]);

/** The first example with another update strategy. */
export const withStrategy = (strategy: string): string =>
  WEB.replace('  replicas: 3', `  replicas: 3\n  updateStrategy: ${strategy}`);

/** Rolls another image out. */
export const update = (story: Story, tag = '1.28'): void => {
  story.kubectl(`set image sts/web nginx=nginx:${tag}`);
};
