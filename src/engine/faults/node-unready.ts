// A node whose kubelet answers, and says that its network does not work (FAULT-2).
import { act } from '../kernel/index.ts';
import { faultKey, timingOf } from '../kubelet/index.ts';
import { type Fault, isNode, isSet, nameIn } from './fault.ts';

const words = (name: string): string => `the network plugin of ${name} fails`;
const wordsBack = (name: string): string => `the network plugin of ${name} works again`;

export const nodeUnready: Fault = {
  id: 'node-unready',
  title: (name) => `Break the network plugin of ${name}`,
  targetKind: 'Node',
  describe: words,
  canStrike: (look, target) => isNode(look, target) && !isSet(look, 'node-unready', target),
  isActive: (look, target) => isSet(look, 'node-unready', target),
  apply: (turn, target) => {
    turn.remember(faultKey('node-unready', target), { sinceMs: turn.nowMs });
    turn.wake('kubelet', target, timingOf(turn.config).reportMs);
    return act('FAULT-2', target, { words: words(nameIn(target)) });
  },
  undo: 'node-ready',
};

export const nodeReady: Fault = {
  id: 'node-ready',
  title: (name) => `Repair the network plugin of ${name}`,
  targetKind: 'Node',
  describe: wordsBack,
  canStrike: nodeUnready.isActive,
  isActive: () => false,
  apply: (turn, target) => {
    turn.remember(faultKey('node-unready', target), undefined);
    turn.wake('kubelet', target, timingOf(turn.config).reportMs);
    return act('FAULT-2', target, { words: wordsBack(nameIn(target)) });
  },
};
