// The readiness probes of a pod fail. A pod without one stops being ready as if its first container had one (FAULT-3).
import { boundPod, type Fault, isPodStruck, nameIn, releasePod, strikePod } from './fault.ts';

const words = (name: string): string => `${name} fails its readiness probe`;
const wordsBack = (name: string): string => `${name} passes its readiness probe again`;

export const podNotReady: Fault = {
  id: 'pod-not-ready',
  title: (name) => `Let ${name} fail its readiness probe`,
  targetKind: 'Pod',
  describe: words,
  canStrike: (look, target) => boundPod(look, target) !== undefined && !isPodStruck(look, 'pod-not-ready', target),
  isActive: (look, target) => isPodStruck(look, 'pod-not-ready', target),
  apply: (turn, target) => strikePod(turn, 'pod-not-ready', target, words(nameIn(target))),
  undo: 'pod-ready-again',
};

export const podReadyAgain: Fault = {
  id: 'pod-ready-again',
  title: (name) => `Let ${name} pass its readiness probe again`,
  targetKind: 'Pod',
  describe: wordsBack,
  canStrike: podNotReady.isActive,
  isActive: () => false,
  apply: (turn, target) => releasePod(turn, 'pod-not-ready', target, wordsBack(nameIn(target))),
};
