// The first container of a pod crashes soon after every start (FAULT-3).
import { boundPod, type Fault, isPodStruck, nameIn, releasePod, strikePod } from './fault.ts';

const words = (name: string): string => `${name} crashes after every start`;
const wordsBack = (name: string): string => `${name} does not crash any more`;

export const podCrashLoop: Fault = {
  id: 'pod-crash-loop',
  title: (name) => `Let ${name} crash again and again`,
  targetKind: 'Pod',
  describe: words,
  canStrike: (look, target) => boundPod(look, target) !== undefined && !isPodStruck(look, 'pod-crash-loop', target),
  isActive: (look, target) => isPodStruck(look, 'pod-crash-loop', target),
  apply: (turn, target) => strikePod(turn, 'pod-crash-loop', target, words(nameIn(target))),
  undo: 'pod-crash-loop-ends',
};

export const podCrashLoopEnds: Fault = {
  id: 'pod-crash-loop-ends',
  title: (name) => `Let ${name} stop crashing`,
  targetKind: 'Pod',
  describe: wordsBack,
  canStrike: podCrashLoop.isActive,
  isActive: () => false,
  apply: (turn, target) => releasePod(turn, 'pod-crash-loop', target, wordsBack(nameIn(target))),
};
