// Pod addresses: each node hands out its own range in turn, so that an address comes back as late as possible.
import { type Node, unitsOfText } from '#kube';
import type { Turn, View } from '../kernel/index.ts';

interface Range {
  /** The network address as a 32-bit number. */
  readonly base: number;
  /** Addresses that pods can get. */
  readonly size: number;
}

const IPV4_BITS = 32;
const WIDE_BITS = 16;
/** The network address, the node's own gateway, and the broadcast address are no pod's. */
const RESERVED = 3;

/**
 * The range of a node: its podCIDR. A node that holds more pods than its podCIDR has addresses (or that has none) gets
 * a wide range of its own by its place in the list.
 */
export function rangeOf(node: Node, view: View): Range {
  const [, address, bits] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(node.spec.podCIDR ?? '') ?? [];
  if (address !== undefined && bits !== undefined) {
    const size = 2 ** (IPV4_BITS - Number(bits)) - RESERVED;
    if (unitsOfText(node.status.allocatable.pods) <= size) return { base: numberOf(address), size };
  }
  const index = view.list('Node').findIndex(({ metadata }) => metadata.name === node.metadata.name);
  return { base: numberOf('10.128.0.0') + index * 2 ** WIDE_BITS, size: 2 ** WIDE_BITS - RESERVED };
}

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const textOf = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

/**
 * KUBELET-6: gives the next address of a node's range that no pod on the node has.
 * @returns the address, or undefined when the range is used up
 */
export function takeAddress(turn: Turn, node: Node): string | undefined {
  const { base, size } = rangeOf(node, turn.view);
  const key = `kubelet/address/${node.metadata.name}`;
  const given = turn.recall<number>(key) ?? 0;
  // On the first round through the range every address is new.
  const taken =
    given < size ? undefined : new Set(turn.view.podsOnNode(node.metadata.name).map(({ status }) => status.podIP));
  for (let i = 0; i < size; i += 1) {
    const address = textOf(base + 2 + ((given + i) % size));
    if (taken?.has(address)) continue;
    turn.remember(key, given + i + 1);
    return address;
  }
  return undefined;
}
