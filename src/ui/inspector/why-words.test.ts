import { describe, expect, it } from 'vitest';
import type { Why, WhyStep } from '#scene';
import { causesOf, offersBesides, stepsBesides, whyOfThought } from './why-words.ts';

const EMPTY: Why = { heading: 'Why?', sentence: 'It is so.', chain: [], traps: [], next: [], could: [] };

const step = (command: string): WhyStep => ({
  label: command,
  command: `kubectl ${command}`,
  act: { type: 'kubectl', command },
});

const power: WhyStep = {
  label: 'Let node-c answer again',
  command: 'node-up node-c',
  act: { type: 'fault', fault: 'node-up', target: 'Node//node-c' },
};

const TRAP = {
  id: 'silent-node',
  title: 'A silent node',
  sentence: 'node-c does not answer.',
  rule: { id: 'KUBELET-18', title: 'A node that does not answer' },
  about: 'Node//node-c',
};

describe('the causes in the card', () => {
  it('leave out what the answer says itself, as long as its object is still led to', () => {
    const chain = [
      { id: 'Pod/default/web-2', sentence: 'web-2 is not Ready.' },
      { id: 'Pod/default/web-2', sentence: 'Image a cannot be pulled.' },
    ];
    const why = { ...EMPTY, sentence: 'web is waiting for web-2. Image a cannot be pulled.', chain };
    expect(causesOf(why)).toEqual([chain[0]]);
  });

  it('keep what the answer says where it alone leads to its object', () => {
    const chain = [
      { id: 'Pod/default/web-2', sentence: 'web-2 is not Ready.' },
      { id: 'Node//node-c', sentence: 'node-c is cut off.' },
    ];
    expect(causesOf({ ...EMPTY, sentence: 'web waits. node-c is cut off.', chain })).toEqual(chain);
  });

  it('do not lead to what is selected', () => {
    const chain = [{ id: 'Node//node-c', sentence: 'node-c is cut off.' }];
    expect(causesOf({ ...EMPTY, id: 'Node//node-c', sentence: 'It is. node-c is cut off.', chain })).toEqual([]);
  });
});

describe('what one could do', () => {
  const why: Why = {
    ...EMPTY,
    traps: [{ ...TRAP, fixes: [power, step('delete pod web-2')] }],
    could: [power, step('delete pod web-2'), step('uncordon node-a')],
  };

  it('is said once: cures stand with their trap', () => {
    expect(stepsBesides(why)).toEqual([step('uncordon node-a')]);
  });

  it('is not among the acts again', () => {
    const offers = [step('cordon node-c'), step('uncordon node-a'), power, step('delete pod web-2')];
    expect(offersBesides(offers, why)).toEqual([step('cordon node-c')]);
    expect(offersBesides(offers, undefined)).toBe(offers);
  });
});

describe('a thought as an answer', () => {
  it('is a sentence, and a name keeps its small letter', () => {
    const thought = { rule: 'STS-3', title: 'Waiting', acting: false };
    const of = (sentence: string) => whyOfThought('Why?', { ...thought, sentence }).sentence;
    expect(of('waiting for web-0')).toBe('Waiting for web-0.');
    expect(of('web-0 is leaving')).toBe('web-0 is leaving.');
  });
});
