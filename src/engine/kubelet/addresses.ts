// Pod addresses: each node hands out its own range in turn, so that an address comes back as late as possible.
import { fnv1a, type Node, unitsOfText } from '#kube';
import type { Turn } from '../kernel/index.ts';

interface Range {
  /** The network address as a 32-bit number. */
  readonly base: number;
  /** Addresses that pods can get. */
  readonly size: number;
}

const IPV4_BITS = 32;
const WIDE_BITS = 16;
/** 10.128.0.0 to 10.243.0.0: below the ranges that nodes usually have. */
const WIDE_RANGES = 116;
/** The network address, the node's own gateway, and the broadcast address are no pod's. */
const RESERVED = 3;

/** Nodes never change in place, so each is read once. */
const ranges = new WeakMap<Node, Range>();

/**
 * The range of a node: its podCIDR. A node that holds more pods than its podCIDR has addresses, or that has none, gets a
 * wide range of its own.
 */
export function rangeOf(node: Node): Range {
  const known = ranges.get(node);
  if (known) return known;
  const { metadata, spec } = node;
  const [, address, bits] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(spec.podCIDR ?? '') ?? [];
  const base = numberOf(address ?? '0.0.0.0');
  const size = bits === undefined ? 0 : 2 ** (IPV4_BITS - Number(bits)) - RESERVED;
  const place = bits === undefined ? fnv1a(metadata.name) : Math.floor(base / 256);
  const isWide =
    bits === undefined || unitsOfText((node.status as Node['status'] | undefined)?.allocatable?.pods) > size;
  const range = isWide
    ? { base: numberOf('10.128.0.0') + (place % WIDE_RANGES) * 2 ** WIDE_BITS, size: 2 ** WIDE_BITS - RESERVED }
    : { base, size };
  ranges.set(node, range);
  return range;
}

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const textOf = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

/**
 * KUBELET-6: gives the next address of a node's range that no pod on the node has.
 * @returns the address, or undefined when the range is used up
 */
export function takeAddress(turn: Turn, node: Node): string | undefined {
  const { base, size } = rangeOf(node);
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

/** KUBELET-23: the range of a node is in use: from now on each address is looked at before it is given. */
export function addressesSeen(turn: Turn, node: Node): void {
  turn.remember(`kubelet/address/${node.metadata.name}`, rangeOf(node).size);
}

/** The address of a node itself, which pods with hostNetwork share. */
export const hostAddress = ({ status }: Node): string =>
  status.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
