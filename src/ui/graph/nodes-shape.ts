// What decides where things stand in the Nodes view: which nodes a zone has, which pods a node has, which volumes lie where.
import { useMemo, useSyncExternalStore } from 'react';
import type { Facts } from '#scene';
import { asFacts, type FactsStore } from '#state';
import { useFactsStore } from './graph-side.ts';

export interface MachineShape {
  readonly id: string;
  readonly podIds: readonly string[];
}

export interface VolumeShape {
  readonly claimId: string;
  /** The pod that uses it, if there is one, and the node that pod is on. */
  readonly podId?: string;
  readonly nodeId?: string;
}

export interface ZoneShape {
  readonly zone: string;
  readonly machines: readonly MachineShape[];
  readonly volumes: readonly VolumeShape[];
}

export interface NodesShape {
  readonly zones: readonly ZoneShape[];
  /** Pods that no node has yet. */
  readonly unplacedIds: readonly string[];
  readonly setIds: readonly string[];
}

type Reader = Pick<FactsStore, 'getIds' | 'getFacts'>;

/**
 * Reads the shape out of a store; the same one as long as nothing in it changes.
 *
 * @param store - the facts
 * @returns a function to call again and again
 */
export function newNodesReader(store: Reader): () => NodesShape {
  let last: NodesShape = { zones: [], unplacedIds: [], setIds: [] };
  let written = '';
  return () => {
    const shape = readShape(store);
    const text = JSON.stringify(shape);
    if (text !== written) {
      written = text;
      last = shape;
    }
    return last;
  };
}

function readShape(store: Reader): NodesShape {
  const get = <T extends Facts['type']>(type: T, id: string) => asFacts(type, store.getFacts(id));
  const nodes = store.getIds('node').flatMap((id) => get('node', id) ?? []);
  const nodeIdByName = new Map(nodes.map(({ name, id }) => [name, id]));
  const zoneOfNode = new Map(nodes.map(({ id, zone }) => [id, zone]));
  const podOfClaim = new Map<string, string>();
  for (const id of store.getIds('slot')) {
    const slot = get('slot', id);
    if (slot?.podId !== undefined) for (const claimId of slot.claimIds) podOfClaim.set(claimId, slot.podId);
  }
  const zones = [...new Set(nodes.map(({ zone }) => zone))].sort();
  const volumes = new Map<string, VolumeShape[]>(zones.map((zone) => [zone, []]));
  for (const claimId of store.getIds('claim')) {
    const claim = get('claim', claimId);
    if (claim?.volumeName === undefined) continue;
    const podId = podOfClaim.get(claimId);
    const nodeName = podId === undefined ? undefined : get('pod', podId)?.nodeName;
    const nodeId = nodeName === undefined ? undefined : nodeIdByName.get(nodeName);
    const zone = claim.zone ?? (nodeId === undefined ? undefined : zoneOfNode.get(nodeId)) ?? zones[0];
    volumes.get(zone ?? '')?.push({
      claimId,
      ...(podId === undefined ? {} : { podId }),
      ...(nodeId === undefined ? {} : { nodeId }),
    });
  }
  const known = new Set(nodes.flatMap(({ podIds }) => podIds));
  return {
    zones: zones.map((zone) => ({
      zone,
      machines: nodes.filter((node) => node.zone === zone).map(({ id, podIds }) => ({ id, podIds })),
      volumes: volumes.get(zone) ?? [],
    })),
    unplacedIds: store.getIds('pod').filter((id) => !known.has(id)),
    setIds: store.getIds('set'),
  };
}

function subscribeNodes(facts: FactsStore, listener: () => void): () => void {
  const leave = [
    facts.subscribeAll(listener),
    ...(['node', 'pod', 'claim', 'slot', 'set'] as const).map((type) => facts.subscribeIds(type, listener)),
  ];
  return () => {
    for (const end of leave) end();
  };
}

/**
 * The shape of the cluster's nodes at the moment shown; the same object until it changes.
 */
export function useNodesShape(): NodesShape {
  const facts = useFactsStore();
  const [subscribe, read] = useMemo(
    () => [(listener: () => void) => subscribeNodes(facts, listener), newNodesReader(facts)] as const,
    [facts],
  );
  return useSyncExternalStore(subscribe, read);
}
