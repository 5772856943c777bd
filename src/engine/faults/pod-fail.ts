// The node evicts a pod to win back memory: it fails for good (FAULT-3).
import { boundPod, type Fault, isPodStruck, nameIn, strikePod } from './fault.ts';

const words = (name: string): string => `${name} is evicted by its node`;

export const podFail: Fault = {
  id: 'pod-fail',
  title: (name) => `Evict ${name} for lack of memory`,
  targetKind: 'Pod',
  describe: words,
  canStrike: (look, target) => boundPod(look, target) !== undefined && !isPodStruck(look, 'pod-fail', target),
  isActive: () => false,
  apply: (turn, target) => strikePod(turn, 'pod-fail', target, words(nameIn(target))),
};
