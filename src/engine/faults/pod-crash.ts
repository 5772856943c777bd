// The first running container of a pod exits once with code 1 (FAULT-3).
import { type Fault, isPodStruck, nameIn, runningPod, strikePod } from './fault.ts';

const words = (name: string): string => `a container of ${name} crashes`;

export const podCrash: Fault = {
  id: 'pod-crash',
  title: (name) => `Crash ${name} once`,
  targetKind: 'Pod',
  describe: words,
  canStrike: (look, target) => runningPod(look, target) !== undefined && !isPodStruck(look, 'pod-crash', target),
  isActive: () => false,
  apply: (turn, target) => strikePod(turn, 'pod-crash', target, words(nameIn(target))),
};
