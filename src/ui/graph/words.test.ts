import { describe, expect, it } from 'vitest';
import type { PodFacts, SlotFacts } from '#scene';
import {
  emptyWords,
  formatCount,
  formatMoment,
  formatSpan,
  ordinalWord,
  podFraction,
  podLines,
  podWord,
  shortImage,
  slotSentence,
  zoneTitle,
} from './words.ts';

const pod: PodFacts = {
  type: 'pod',
  id: 'Pod/default/web-2',
  name: 'web-2',
  namespace: 'default',
  uid: '7f3a0000',
  isUpdated: false,
  state: 'ready',
  word: 'Ready',
  readyText: '1/1',
  kubectlStatus: 'Running',
  image: 'registry.example/library/nginx:1.27',
  restarts: 0,
  incarnation: 1,
  createdMs: 0,
  sinceMs: 0,
  readyCondition: true,
};
const slot: SlotFacts = {
  type: 'slot',
  id: 'Slot/default/web/2',
  setId: 'StatefulSet/default/web',
  ordinal: 2,
  name: 'web-2',
  isInRange: true,
  claimIds: [],
  dnsAddresses: [],
  isPublishedNotReady: false,
  endpoint: 'none',
};

describe('words', () => {
  it('calls a zone a zone, once', () => {
    expect(['', 'a', 'zone-a', 'eu-west-1a'].map(zoneTitle)).toEqual([
      'no zone',
      'zone a',
      'zone-a',
      'zone eu-west-1a',
    ]);
  });

  it('write moments and spans as they are spoken', () => {
    expect([0, 250_000, 3_723_000].map(formatMoment)).toEqual(['0:00', '4:10', '1:02:03']);
    expect([18_000, 59_999, 160_000].map(formatSpan)).toEqual(['18 s', '59 s', '2:40']);
  });

  it('count pods of one name', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 102].map(ordinalWord).join(' ')).toBe(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 102nd',
    );
  });

  it('put thousands apart', () => {
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
  });

  it('leave out an image’s registry and digest', () => {
    expect(shortImage('registry.example:5000/a/b/nginx:1.27')).toBe('nginx:1.27');
    expect(shortImage('nginx@sha256:abc')).toBe('nginx');
  });

  it('count down until a pod is available', () => {
    const settling: PodFacts = { ...pod, state: 'ready-not-available', sinceMs: 10_000, availableAtMs: 20_000 };
    expect(podWord(settling, 17_000)).toBe('Ready, 3 s');
    expect(podWord(settling, 17_001)).toBe('Ready, 3 s');
    expect(podFraction(settling, 17_000)).toBeCloseTo(0.7);
  });

  it('empty a ring as the grace period runs, in either direction of time', () => {
    const leaving: PodFacts = { ...pod, state: 'terminating', graceMs: 30_000, graceEndsMs: 130_000 };
    expect([100_000, 112_000, 130_000, 140_000].map((atMs) => podFraction(leaving, atMs))).toEqual([1, 0.6, 0, 0]);
  });

  it('say the next try instead of the address, and the exit instead of the image, of a pod that fails', () => {
    const failing: PodFacts = {
      ...pod,
      state: 'crash-loop',
      nodeName: 'node-a',
      ip: '10.244.1.9',
      exitCode: 1,
      restarts: 5,
      retryAtMs: 80_000,
    };
    expect(podLines(failing, 0)).toEqual(['exit 1', 'node-a', 'retry 1:20', '5 restarts']);
    expect(podLines({ ...pod, restarts: 1 }, 0)).toEqual(['nginx:1.27', 'no node', 'no IP', '1 restart']);
    expect(podLines({ ...pod, state: 'unknown', sinceMs: 40_000 }, 200_000)[2]).toBe('silent 2:40');
  });

  it('say a slot in one sentence', () => {
    const leaving: PodFacts = {
      ...pod,
      state: 'terminating',
      word: 'Terminating',
      graceMs: 30_000,
      graceEndsMs: 30_000,
    };
    const said = slotSentence(
      slot,
      { ...leaving, revision: { name: 'web-6c7d9', number: 1, hash: '6c7d9', look: 1 } },
      [
        {
          type: 'claim',
          id: 'c',
          name: 'www-web-2',
          namespace: 'default',
          uid: 'u',
          phase: 'Bound',
          isTerminating: false,
          isKept: false,
          template: 'www',
        },
      ],
      12_000,
    );
    expect(said).toBe('slot 2, web-2, terminating, 18 seconds left, revision 1, no A record, claim bound');
  });

  it('say why a socket is empty', () => {
    expect(emptyWords(slot)).toEqual(['No pod']);
    expect(emptyWords({ ...slot, emptyReason: 'Scaled down at 2:18' })).toEqual(['No pod.', 'Scaled down', 'at 2:18']);
    expect(emptyWords({ ...slot, emptyReason: 'Scaled down', emptySinceMs: 138_000 })).toEqual([
      'No pod.',
      'Scaled down',
      'at 2:18',
    ]);
  });
});
