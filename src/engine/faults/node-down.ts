// A node that does not answer: powered off, or cut off from the network. Its containers may run on (FAULT-2).
import { act } from '../kernel/index.ts';
import { faultKey, timingOf } from '../kubelet/index.ts';
import { type Fault, isNode, isSet, nameIn } from './fault.ts';

const words = (name: string): string => `${name} stops answering`;
const wordsBack = (name: string): string => `${name} answers again`;

export const nodeDown: Fault = {
  id: 'node-down',
  title: (name) => `Cut ${name} off`,
  targetKind: 'Node',
  describe: words,
  canStrike: (look, target) => isNode(look, target) && !isSet(look, 'node-down', target),
  isActive: (look, target) => isSet(look, 'node-down', target),
  apply: (turn, target) => {
    turn.remember(faultKey('node-down', target), { sinceMs: turn.nowMs });
    turn.wake('node-controller', target, 0);
    return act('FAULT-2', target, { words: words(nameIn(target)) });
  },
  undo: 'node-up',
};

export const nodeUp: Fault = {
  id: 'node-up',
  title: (name) => `Let ${name} answer again`,
  targetKind: 'Node',
  describe: wordsBack,
  canStrike: nodeDown.isActive,
  isActive: () => false,
  apply: (turn, target) => {
    turn.remember(faultKey('node-down', target), undefined);
    turn.wake('kubelet', target, timingOf(turn.config).reportMs);
    turn.wake('node-controller', target, 0);
    return act('FAULT-2', target, { words: wordsBack(nameIn(target)) });
  },
};
