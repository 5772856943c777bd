// The processes of a pod ignore SIGTERM: stopping it takes the whole grace period (FAULT-3).
import { boundPod, type Fault, isPodStruck, nameIn, releasePod, strikePod } from './fault.ts';

const words = (name: string): string => `${name} ignores SIGTERM`;
const wordsBack = (name: string): string => `${name} honours SIGTERM again`;

export const podIgnoresSigterm: Fault = {
  id: 'pod-ignores-sigterm',
  title: (name) => `Let ${name} ignore SIGTERM`,
  targetKind: 'Pod',
  describe: words,
  canStrike: (look, target) =>
    boundPod(look, target) !== undefined && !isPodStruck(look, 'pod-ignores-sigterm', target),
  isActive: (look, target) => isPodStruck(look, 'pod-ignores-sigterm', target),
  apply: (turn, target) => strikePod(turn, 'pod-ignores-sigterm', target, words(nameIn(target))),
  undo: 'pod-honours-sigterm',
};

export const podHonoursSigterm: Fault = {
  id: 'pod-honours-sigterm',
  title: (name) => `Let ${name} honour SIGTERM again`,
  targetKind: 'Pod',
  describe: wordsBack,
  canStrike: podIgnoresSigterm.isActive,
  isActive: () => false,
  apply: (turn, target) => releasePod(turn, 'pod-ignores-sigterm', target, wordsBack(nameIn(target))),
};
