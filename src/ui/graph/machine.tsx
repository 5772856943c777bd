// A node of the cluster with the pods on it: as cards, tiles, chips or cells, as their number leaves room for.
import type { NodeProps } from '@xyflow/react';
import { type CSSProperties, type JSX, memo } from 'react';
import type { NodeFacts, PodFacts } from '#scene';
import { StateIcon, stateTone, UidMark } from '../icons/index.ts';
import { Clipped } from './clipped.tsx';
import { useIsCursor } from './cursor.ts';
import { useRowDomId } from './graph-side.ts';
import type { Rect } from './layout.ts';
import { MachineCells } from './machine-cells.tsx';
import type { MachinePlan, PodLook } from './nodes-layout.ts';
import type { MachineNode } from './nodes-parts.ts';
import { useFacts, useIsSelected, useMomentMs } from './use-facts.ts';
import { useChangeCount, useIsCalm } from './use-motion.ts';
import {
  formatCount,
  formatMoment,
  momentStepMs,
  podFraction,
  podSeconds,
  podWord,
  shortUid,
  zoneTitle,
} from './words.ts';
import './pod-card.css';
import './machine.css';

/**
 * A node, or the place where pods wait that have none.
 *
 * @param props - from the graph library
 */
export const Machine = memo(function Machine({ data }: NodeProps<MachineNode>): JSX.Element {
  const { plan, row } = data;
  const { id } = plan.shape;
  const domId = useRowDomId();
  const node = useFacts('node', id === '' ? undefined : id);
  const isSelected = useIsSelected(id);
  const isCursor = useIsCursor(id);
  const isDown = node !== undefined && (node.isSilent || !node.isReady);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of the canvas' grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <div
      className="machine"
      role="row"
      id={domId(id)}
      aria-rowindex={row}
      aria-selected={isSelected}
      aria-label={node ? nodeSentence(node) : `No node: ${plan.shape.podIds.length} pods`}
      data-select={id === '' ? undefined : id}
      data-down={isDown || undefined}
      data-waiting={id === '' || undefined}
      data-selected={isSelected || undefined}
      data-cursor={isCursor || undefined}
    >
      <MachineHead node={node} isDown={isDown} />
      {plan.look === 'cell' ? <MachineCells plan={plan} /> : <Pods plan={plan} />}
      {plan.shape.podIds.length === 0 && <Free plan={plan} />}
      {node && plan.hasWords && <MachineWords node={node} plan={plan} isDown={isDown} />}
      {node && !plan.hasWords && <MachineFoot node={node} isDown={isDown} />}
    </div>
  );
});

function nodeWord(node: NodeFacts): string {
  const ready = node.isReady && !node.isSilent ? 'Ready' : 'NotReady';
  return node.isSchedulable ? ready : `${ready}, SchedulingDisabled`;
}

function nodeSentence(node: NodeFacts): string {
  return `${node.name}, ${zoneTitle(node.zone)}, ${nodeWord(node)}, ${node.podIds.length} of ${node.podsMax} pods`;
}

function MachineHead({ node, isDown }: { node: NodeFacts | undefined; isDown: boolean }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the canvas' grid
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <div className="machine-head" role="gridcell">
      <StateIcon state={node ? (isDown ? 'unknown' : 'ready') : 'pending'} size={18} />
      <b>
        <Clipped
          text={node?.name ?? 'No node yet'}
          tail={4}
          width={node?.isSchedulable === false ? 84 : 130}
          size={14}
        />
      </b>
      <span className="sp" />
      <span className={isDown ? 'machine-word machine-word-down' : 'machine-word'}>
        {node ? (node.isSchedulable || isDown ? nodeWord(node) : 'SchedulingDisabled') : 'Pending'}
      </span>
    </div>
  );
}

function MachineWords({ node, plan, isDown }: { node: NodeFacts; plan: MachinePlan; isDown: boolean }) {
  const pod = useFacts('pod', plan.shape.podIds[0]);
  const { atMs, evicts } = useCountdown(node, isDown);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the canvas' grid
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <div className="machine-words" role="gridcell">
      <dl>
        {isDown && node.silentSinceMs !== undefined && (
          <>
            <dt>last heartbeat</dt>
            <dd className="machine-late">{formatMoment(atMs - node.silentSinceMs)} ago</dd>
          </>
        )}
        {isDown && node.taints.length > 0 && (
          <>
            <dt>{node.taints.length === 1 ? 'taint' : 'taints'}</dt>
            <dd title={node.taints.join(', ')}>{node.taints.map(shortTaint).join(', ')}</dd>
          </>
        )}
        {!isDown && (
          <>
            <dt>pods</dt>
            <dd>
              {node.podIds.length} of {node.podsMax}
            </dd>
          </>
        )}
        {evicts !== undefined ? (
          <>
            <dt>evicts {plan.shape.podIds.length === 1 && pod ? pod.name : 'pods'} in</dt>
            <dd>{evicts}</dd>
          </>
        ) : (
          <>
            <dt>pod IP</dt>
            <dd className="machine-mono">{pod?.ip ?? 'none'}</dd>
          </>
        )}
        {!isDown && (
          <>
            <dt>cpu, memory</dt>
            <dd>
              <Gauge node={node} width={126} />
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}

/** `node.kubernetes.io/unreachable:NoExecute` is `unreachable` here. */
function shortTaint(taint: string): string {
  return taint.replace(/^[^/]*\//, '').replace(/[=:].*$/, '');
}

function MachineFoot({ node, isDown }: { node: NodeFacts; isDown: boolean }) {
  const { atMs, evicts } = useCountdown(node, isDown);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the canvas' grid
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <div className="machine-foot" role="gridcell">
      {isDown && node.silentSinceMs !== undefined ? (
        <>
          <span title={`last heartbeat ${formatMoment(atMs - node.silentSinceMs)} ago`}>
            silent <b className="machine-late">{formatMoment(atMs - node.silentSinceMs)}</b>
          </span>
          <span className="sp" />
          {evicts !== undefined && (
            <span>
              evicts in <b>{evicts}</b>
            </span>
          )}
        </>
      ) : (
        <>
          <span>
            {formatCount(node.podIds.length)} of {formatCount(node.podsMax)} pods
          </span>
          <span className="sp" />
          <Gauge node={node} width={84} />
        </>
      )}
    </div>
  );
}

/** The moment shown, as far as a node counts by it, and how long its pods have until they are deleted. */
function useCountdown(
  node: NodeFacts,
  isDown: boolean,
): { readonly atMs: number; readonly evicts: string | undefined } {
  const counts = (isDown && node.silentSinceMs !== undefined) || node.evictsMs !== undefined;
  const atMs = useMomentMs(counts ? 1000 : undefined);
  const isDue = node.evictsMs !== undefined && node.evictsMs > atMs;
  return { atMs, evicts: isDue ? formatMoment(node.evictsMs - atMs + 999) : undefined };
}

/** How much of its cpu and memory is asked for. */
function Gauge({ node, width }: { node: NodeFacts; width: number }) {
  const cpu = share(node.cpuRequested, node.cpuAllocatable);
  const memory = share(node.memoryRequestedBytes, node.memoryAllocatableBytes);
  const label = `cpu ${Math.round(cpu * 100)}% requested, memory ${Math.round(memory * 100)}% requested`;
  return (
    <svg className="gauge" width={width} height="15" viewBox={`0 0 ${width} 15`} role="img" aria-label={label}>
      <title>{label}</title>
      {[cpu, memory].map((part, i) => (
        <g key={i === 0 ? 'cpu' : 'memory'} transform={`translate(0 ${2 + i * 7})`}>
          <rect className="gauge-all" width={width} height="4" rx="2" />
          {part > 0 && <rect className="gauge-part" width={Math.max(4, width * part)} height="4" rx="2" />}
        </g>
      ))}
    </svg>
  );
}

function share(part: number, all: number): number {
  return all > 0 ? Math.min(1, part / all) : 0;
}

function Free({ plan }: { plan: MachinePlan }) {
  const width = plan.hasWords ? 148 : plan.body.width;
  return (
    <div className="machine-free" style={placeOf({ ...plan.body, width })}>
      <StateIcon state="absent" size={24} />
      free
    </div>
  );
}

function Pods({ plan }: { plan: MachinePlan }) {
  return plan.pods.map(({ id, rect }) => <MachinePod key={id} id={id} rect={rect} look={plan.look} />);
}

function placeOf({ x, y, width, height }: Rect): CSSProperties {
  return { left: x, top: y, width, height };
}

const MachinePod = memo(function MachinePod({ id, rect, look }: { id: string; rect: Rect; look: PodLook }) {
  const domId = useRowDomId();
  const pod = useFacts('pod', id);
  const isSelected = useIsSelected(id);
  const isCursor = useIsCursor(id);
  const isCalm = useIsCalm();
  const atMs = useMomentMs(momentStepMs(pod, isCalm));
  const pods = useChangeCount(pod?.uid);
  if (!pod) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the canvas' grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
    <div
      key={pods}
      className={`mpod mpod-${look} ${pod.revision ? `rev-${pod.revision.look}` : ''}`}
      role="gridcell"
      id={domId(id)}
      aria-label={`${pod.name}, ${podWord(pod, atMs).toLowerCase()}${pod.revision ? `, revision ${pod.revision.number}` : ''}`}
      style={placeOf(rect)}
      title={look === 'chip' ? `${pod.name}: ${podWord(pod, atMs)}` : undefined}
      data-select={id}
      data-pod-uid={pod.uid}
      data-new={pods > 0 || undefined}
      data-state={pod.state}
      data-selected={isSelected || undefined}
      data-cursor={isCursor || undefined}
    >
      <PodBody pod={pod} atMs={atMs} look={look} width={rect.width} />
    </div>
  );
});

function PodBody({ pod, atMs, look, width }: { pod: PodFacts; atMs: number; look: PodLook; width: number }) {
  const fraction = podFraction(pod, atMs);
  const seconds = podSeconds(pod, atMs);
  const tail = String(pod.ordinal ?? '').length + 1;
  const icon = (size: number) => (
    <StateIcon
      state={pod.state}
      size={size}
      {...(fraction === undefined ? {} : { fraction })}
      {...(seconds === undefined ? {} : { seconds })}
    />
  );
  const word = <span className={`mpod-word tone-${stateTone(pod.state)}`}>{podWord(pod, atMs)}</span>;
  if (look === 'chip') {
    return (
      <>
        {icon(16)}
        <b>
          <Clipped text={pod.name} tail={tail} width={width - 42} size={12} />
        </b>
      </>
    );
  }
  if (look === 'tile') {
    return (
      <>
        {icon(24)}
        <span className="mpod-name">
          <b>
            <Clipped text={pod.name} tail={tail} width={width - 60} size={14} />
          </b>
          {word}
        </span>
      </>
    );
  }
  return (
    <>
      <span className="mpod-band">
        {pod.revision ? `rev ${pod.revision.number}` : 'no rev'}
        {pod.revision && <span className="mpod-mono mpod-hash">{pod.revision.hash.slice(0, 5)}</span>}
      </span>
      <span className="mpod-middle">
        {icon(pod.state === 'terminating' ? 30 : 24)}
        <span className="mpod-name">
          <b>
            <Clipped text={pod.name} tail={tail} width={width - 60} size={16} />
          </b>
          {word}
        </span>
      </span>
      <span className="mpod-uid">
        <UidMark uid={pod.uid} />
        <span className="mpod-mono">{shortUid(pod.uid)}</span>
      </span>
    </>
  );
}
