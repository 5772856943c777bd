// What a node offers to pods, as numbers.
import { milliOfText, type Node, unitsOfText } from '#kube';

export interface Allocatable {
  readonly milliCpu: number;
  readonly memoryBytes: number;
  readonly ephemeralBytes: number;
  readonly pods: number;
  readonly others: ReadonlyMap<string, number>;
}

const COUNTED = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);
const known = new WeakMap<Node['status']['allocatable'], Allocatable>();

/** What a node offers. Worked out once for each version of its list. */
export function allocatableOf(node: Node): Allocatable {
  const { allocatable } = node.status;
  const found = known.get(allocatable);
  if (found) return found;
  const offered: Allocatable = {
    milliCpu: milliOfText(allocatable.cpu),
    memoryBytes: unitsOfText(allocatable.memory),
    ephemeralBytes: unitsOfText(allocatable['ephemeral-storage']),
    pods: unitsOfText(allocatable.pods),
    others: new Map(
      Object.entries(allocatable)
        .filter(([name]) => !COUNTED.has(name))
        .map(([name, text]) => [name, unitsOfText(text)]),
    ),
  };
  known.set(allocatable, offered);
  return offered;
}
