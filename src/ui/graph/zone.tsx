// A zone of the cluster, and the lines from its pods to their volumes.
import type { NodeProps } from '@xyflow/react';
import { type JSX, memo, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { asFacts, type FactsStore, selection } from '#state';
import { useFactsStore } from './graph-side.ts';
import { WIRES_MAX, type Wire } from './nodes-layout.ts';
import type { WiresNode, ZoneNode } from './nodes-parts.ts';
import { useFacts } from './use-facts.ts';
import { zoneTitle } from './words.ts';
import './zone.css';

/**
 * The ground of a zone, and how many of its nodes report.
 *
 * @param props - from the graph library
 */
export const Zone = memo(function Zone({ data }: NodeProps<ZoneNode>): JSX.Element {
  const { shape, rect } = data.plan;
  const ids = shape.machines.map(({ id }) => id);
  const facts = useFactsStore();
  const silent = useSyncExternalStore(facts.subscribeAll, () => ids.filter((id) => isSilent(facts, id)).length);
  const count = ids.length;
  const words = silent > 0 ? `${count - silent} of ${count} reporting` : `${count} ${count === 1 ? 'node' : 'nodes'}`;
  return (
    <div className="zone" style={{ height: rect.height }} data-silent={silent > 0 || undefined} aria-hidden="true">
      <span className="zone-head">
        <b>{zoneTitle(shape.zone)}</b>
        {words}
      </span>
    </div>
  );
});

function isSilent(facts: FactsStore, id: string): boolean {
  const node = asFacts('node', facts.getFacts(id));
  return node !== undefined && (node.isSilent || !node.isReady);
}

/**
 * Lines from pods to volumes: all of them where they are few, else those of the selected pod.
 *
 * @param props - from the graph library
 */
export const Wires = memo(function Wires({ data }: NodeProps<WiresNode>): JSX.Element {
  const { wires } = data.plan;
  const selectedId = useStore(selection, (state) => state.selectedId);
  const shown = wires.length <= WIRES_MAX ? wires : wires.filter(({ podId }) => podId === selectedId);
  const known = useRef<ReadonlySet<string>>(new Set(shown.map(keyOfWire)));
  useEffect(() => {
    known.current = new Set(shown.map(keyOfWire));
  });
  return (
    <svg className="wires" width="1" height="1" aria-hidden="true">
      {shown.map((wire) => (
        <WirePath key={keyOfWire(wire)} wire={wire} isNew={!known.current.has(keyOfWire(wire))} />
      ))}
    </svg>
  );
});

/** A volume that goes to another node is attached anew. */
const keyOfWire = ({ podId, nodeId, claimId }: Wire): string => `${podId} ${nodeId} ${claimId}`;

function WirePath({ wire, isNew }: { wire: Wire; isNew: boolean }) {
  const [wasNew] = useState(isNew);
  const node = useFacts('node', wire.nodeId);
  const isUnsure = node !== undefined && (node.isSilent || !node.isReady);
  const draws = wasNew && !isUnsure;
  return (
    <path
      d={wire.path}
      data-unsure={isUnsure || undefined}
      data-new={draws || undefined}
      {...(draws && { pathLength: 1 })}
    />
  );
}
