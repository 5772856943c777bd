// The process of a pod hangs: no probe is answered until its container is restarted (FAULT-3).
import { type Fault, isPodStruck, nameIn, runningPod, strikePod } from './fault.ts';

const words = (name: string): string => `${name} hangs`;

export const podHang: Fault = {
  id: 'pod-hang',
  title: (name) => `Let ${name} hang`,
  targetKind: 'Pod',
  describe: words,
  // Without a liveness probe nobody would ever restart it: failing readiness says the same.
  canStrike: (look, target) =>
    runningPod(look, target)?.spec.containers.some(({ livenessProbe }) => livenessProbe !== undefined) === true &&
    !isPodStruck(look, 'pod-hang', target),
  isActive: (look, target) => isPodStruck(look, 'pod-hang', target),
  apply: (turn, target) => strikePod(turn, 'pod-hang', target, words(nameIn(target))),
};
