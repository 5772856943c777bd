// How fast nodes are tainted NoExecute: zone by zone, one node in ten seconds, and not at all while the whole cluster
// or most of a zone is not ready (NODE-5). k8s: handleDisruption, scheduler.RateLimitedTimedQueue
import type { Node } from '#kube';
import { isSame } from '#lib';
import type { Turn } from '../../kernel/index.ts';
import { isNodeReady } from './taints.ts';

/** Nodes tainted in a second, normally and in a large zone of which most is not ready. */
const RATE_PER_SECOND = 0.1;
const SECONDARY_RATE_PER_SECOND = 0.01;
const LARGE_ZONE_NODES = 50;
const UNHEALTHY_ZONE_SHARE = 0.55;
const NOT_READY_NODES_MIN = 2;
const EXCLUDED_LABEL = 'node.kubernetes.io/exclude-disruption';

type ZoneState = 'normal' | 'partial' | 'full';

/** The queue of a zone's nodes that are to be tainted, and the token that lets the next one pass. */
export type Zone = {
  readonly state: ZoneState;
  readonly ratePerSecond: number;
  /** When the next token is there. */
  readonly freeMs: number;
  /** Names of nodes. */
  readonly queue: readonly string[];
};

export type Zones = { readonly [name: string]: Zone };

const QUIET: Zone = { state: 'normal', ratePerSecond: RATE_PER_SECOND, freeMs: 0, queue: [] };

const ZONES_KEY = 'node-controller/zones';

/** The zone of a node: its region and its zone label. k8s: nodetopology.GetZoneKey */
export function zoneNameOf({ metadata: { labels } }: Node): string {
  const region = labels?.['topology.kubernetes.io/region'] ?? '';
  const zone = labels?.['topology.kubernetes.io/zone'] ?? '';
  return region === '' && zone === '' ? '' : `${region}:${zone}`;
}

/** The zones that are not at rest, by name. */
export const zonesOf = (turn: Turn): Zones => turn.recall<Zones>(ZONES_KEY) ?? {};

/** A zone by name; one that is not kept is at rest. */
export const zoneOf = (zones: Zones, name: string): Zone => zones[name] ?? QUIET;

/** Keeps the zones that are not at rest. */
export function keepZones(turn: Turn, zones: Zones): void {
  const kept = Object.entries(zones).filter(
    ([, { state, queue, freeMs }]) => state !== 'normal' || queue.length > 0 || freeMs > turn.nowMs,
  );
  const next = kept.length > 0 ? Object.fromEntries(kept) : undefined;
  if (!isSame(next, turn.recall(ZONES_KEY))) turn.remember(ZONES_KEY, next);
}

/** True while the pace of some zone is not the usual one. */
export const isAnyDisrupted = (zones: Zones): boolean => Object.values(zones).some(({ state }) => state !== 'normal');

/** A zone with a node in its queue, at its end. */
export const withQueued = (zone: Zone, node: string): Zone =>
  zone.queue.includes(node) ? zone : { ...zone, queue: [...zone.queue, node] };

/** A zone without a node in its queue. */
export const withoutQueued = (zone: Zone, node: string): Zone =>
  zone.queue.includes(node) ? { ...zone, queue: zone.queue.filter((name) => name !== node) } : zone;

/** k8s: ComputeZoneState */
function stateOf(ready: number, notReady: number): ZoneState {
  if (ready === 0 && notReady > 0) return 'full';
  const share = notReady / (ready + notReady);
  return notReady > NOT_READY_NODES_MIN && share >= UNHEALTHY_ZONE_SHARE ? 'partial' : 'normal';
}

/** A limiter with another rate. A new one begins with the token that the old one had. k8s: SwapLimiter */
function withRate(zone: Zone, ratePerSecond: number, nowMs: number): Zone {
  if (zone.ratePerSecond === ratePerSecond) return zone;
  const hasToken = zone.ratePerSecond > 0 && zone.freeMs <= nowMs;
  return { ...zone, ratePerSecond, freeMs: hasToken || ratePerSecond === 0 ? 0 : nowMs + 1000 / ratePerSecond };
}

function rateOf(state: ZoneState, nodes: number): number {
  if (state !== 'partial') return RATE_PER_SECOND;
  return nodes > LARGE_ZONE_NODES ? SECONDARY_RATE_PER_SECOND : 0;
}

/**
 * NODE-5: sets the pace of every zone by how many of its nodes are ready.
 * @returns the zones, and whether the whole cluster has just become not ready
 */
export function withDisruption(
  zones: Zones,
  nodes: readonly Node[],
  nowMs: number,
): { zones: Zones; isStopping: boolean } {
  const counts = new Map<string, { ready: number; notReady: number }>();
  for (const node of nodes) {
    if (node.metadata.labels?.[EXCLUDED_LABEL] !== undefined) continue;
    const name = zoneNameOf(node);
    const count = counts.get(name) ?? { ready: 0, notReady: 0 };
    if (isNodeReady(node)) count.ready += 1;
    else count.notReady += 1;
    counts.set(name, count);
  }
  const states = new Map([...counts].map(([name, { ready, notReady }]) => [name, stateOf(ready, notReady)]));
  const areAllFull = [...states.values()].every((state) => state === 'full');
  const wereAllFull = [...counts.keys()].every((name) => zoneOf(zones, name).state === 'full');
  if (areAllFull && wereAllFull) return { zones, isStopping: false };
  const next: Record<string, Zone> = { ...zones };
  for (const [name, state] of states) {
    const zone = zoneOf(zones, name);
    const { ready = 0, notReady = 0 } = counts.get(name) ?? {};
    if (areAllFull) next[name] = { ...withRate(zone, 0, nowMs), state: 'full', queue: [] };
    else if (wereAllFull || zone.state !== state)
      next[name] = { ...withRate(zone, rateOf(state, ready + notReady), nowMs), state };
  }
  return { zones: next, isStopping: areAllFull };
}

/** Takes the token of a zone. */
export const withoutToken = (zone: Zone, nowMs: number): Zone => ({
  ...zone,
  freeMs: nowMs + 1000 / zone.ratePerSecond,
});
