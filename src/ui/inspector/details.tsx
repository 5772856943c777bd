// What there is to know about an object of each kind, beyond what its card on the canvas says.
import type { ReactNode } from 'react';
import type { Facts, NodeFacts, PodFacts, SetFacts, SlotFacts } from '#scene';
import { asFacts, getFacts, select } from '#state';
import { claimWord, formatMoment, shortImage } from '../graph/words.ts';
import { RevisionTag, UidMark } from '../icons/index.ts';
import { nameOfId } from './use-selected.ts';

type Row = readonly [label: string, value: ReactNode];

/**
 * The details of an object.
 *
 * @param props - its facts, and the slot it fills
 * @returns labels with values; those that name another object lead to it
 */
export function Details({ object, slot }: { object: Facts; slot: SlotFacts | undefined }) {
  const rows = rowsOf(object, slot).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  if (rows.length === 0) return null;
  return (
    <dl className="in-rows">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function rowsOf(object: Facts, slot: SlotFacts | undefined): Row[] {
  switch (object.type) {
    case 'pod':
      return podRows(object, slot);
    case 'slot':
      return slotRows(object);
    case 'set':
      return setRows(object);
    case 'service':
      return [
        ['cluster IP', <Mono key="ip" text={object.clusterIP} />],
        ['ports', <Mono key="ports" text={object.ports} />],
        ['A records', object.isHeadless ? String(object.records) : '1'],
        ['governs', <Links key="sets" ids={object.setIds} />],
      ];
    case 'node':
      return nodeRows(object);
    case 'claim':
      return [
        ['phase', claimWord(object)],
        ['class', object.storageClass ?? 'none'],
        ['capacity', object.capacity],
        ['volume', object.volumeName === undefined ? 'none yet' : <Mono key="volume" text={object.volumeName} />],
        ['zone', object.zone],
        ['template', <Mono key="template" text={object.template} />],
      ];
    case 'other':
      return [
        ['kind', object.kind],
        ['namespace', object.namespace],
        ['here', object.isSimulated ? 'simulated' : 'kept, not simulated'],
      ];
  }
}

function podRows(pod: PodFacts, slot: SlotFacts | undefined): Row[] {
  return [
    ['kubectl', <Mono key="kubectl" text={`${pod.readyText}  ${pod.kubectlStatus}`} />],
    ['image', <Mono key="image" text={shortImage(pod.image)} title={pod.image} />],
    ['node', pod.nodeName === undefined ? 'none' : <Links key="node" ids={[`Node/${pod.nodeName}`]} />],
    ['IP', pod.ip === undefined ? 'none' : <Mono key="ip" text={pod.ip} />],
    ['DNS', slot ? <Dns key="dns" slot={slot} /> : undefined],
    ['revision', pod.revision && <RevisionTag key="revision" revision={pod.revision} />],
    ['restarts', String(pod.restarts)],
    ['exit code', pod.exitCode === undefined ? undefined : String(pod.exitCode)],
    ['next try', pod.retryAtMs === undefined ? undefined : `at ${formatMoment(pod.retryAtMs)}`],
    ['in this state', `since ${formatMoment(pod.sinceMs)}`],
    ['uid', <Uid key="uid" uid={pod.uid} />],
    ['claims', slot && slot.claimIds.length > 0 ? <Links key="claims" ids={slot.claimIds} /> : undefined],
  ];
}

function slotRows(slot: SlotFacts): Row[] {
  return [
    ['pod', slot.emptyReason ?? 'none'],
    ['DNS', <Dns key="dns" slot={slot} />],
    ['claims', slot.claimIds.length > 0 ? <Links key="claims" ids={slot.claimIds} /> : 'none'],
    ['set', <Links key="set" ids={[slot.setId]} />],
  ];
}

function setRows(set: SetFacts): Row[] {
  return [
    ['ready', `${set.ready} of ${set.replicas}`],
    ['available', String(set.available)],
    ['updated', `${set.updated} of ${set.replicas}`],
    ['current', set.currentRevision && <RevisionTag key="current" revision={set.currentRevision} />],
    ['update', set.updateRevision && <RevisionTag key="update" revision={set.updateRevision} />],
    ['partition', set.partition > 0 && String(set.partition)],
    ['first ordinal', set.start > 0 && String(set.start)],
    ['Service', set.serviceId ? <Links key="service" ids={[set.serviceId]} /> : set.serviceName],
    ['problem', set.serviceProblem],
  ];
}

const GIB = 1024 ** 3;

function nodeRows(node: NodeFacts): Row[] {
  return [
    ['state', node.isSilent ? 'silent' : node.isReady ? 'Ready' : 'NotReady'],
    ['silent since', node.silentSinceMs === undefined ? undefined : formatMoment(node.silentSinceMs)],
    ['evicts pods', node.evictsMs === undefined ? undefined : `at ${formatMoment(node.evictsMs)}`],
    ['scheduling', node.isSchedulable ? 'takes pods' : 'cordoned'],
    ['pods', `${node.podIds.length} of ${node.podsMax}`],
    ['cpu', `${round(node.cpuRequested)} of ${round(node.cpuAllocatable)} requested`],
    [
      'memory',
      `${round(node.memoryRequestedBytes / GIB)} of ${round(node.memoryAllocatableBytes / GIB)} GiB requested`,
    ],
    ['taints', node.taints.length > 0 ? <Mono key="taints" text={node.taints.join('\n')} /> : undefined],
    ['runs', node.podIds.length > 0 && <Links key="pods" ids={node.podIds.slice(0, 30)} />],
  ];
}

const round = (n: number): number => Math.round(n * 100) / 100;

function Dns({ slot }: { slot: SlotFacts }) {
  if (slot.dnsName === undefined) return <>no name{slot.dnsReason === undefined ? '' : `: ${slot.dnsReason}`}</>;
  return (
    <>
      <Mono text={slot.dnsName} /> {slot.dnsAddresses.length > 0 ? slot.dnsAddresses.join(', ') : 'NXDOMAIN'}
      {slot.dnsAddresses.length === 0 && slot.dnsReason !== undefined && <span className="dim"> {slot.dnsReason}</span>}
    </>
  );
}

function Uid({ uid }: { uid: string }) {
  return (
    <span className="in-uid" title={uid}>
      <UidMark uid={uid} size={13} />
      <span className="mono">{uid.slice(0, 8)}</span>
    </span>
  );
}

function Mono({ text, title }: { text: string; title?: string }) {
  return (
    <span className="mono in-mono" title={title}>
      {text}
    </span>
  );
}

function Links({ ids }: { ids: readonly string[] }) {
  return (
    <span className="in-chips">
      {ids.map((id) => {
        // A slot's name is the pod's: what stands behind it is found at the click.
        const isKnown = getFacts(id) !== undefined;
        return isKnown ? (
          <button key={id} type="button" className="in-chip" onClick={() => select(id)}>
            {nameOfId(id)}
          </button>
        ) : (
          <span key={id} className="mono">
            {nameOfId(id)}
          </span>
        );
      })}
    </span>
  );
}

/** The set that an object belongs to, for its forms. */
export const setOf = (object: Facts | undefined): SetFacts | undefined =>
  asFacts('set', object) ?? (object?.type === 'slot' ? asFacts('set', getFacts(object.setId)) : undefined);
