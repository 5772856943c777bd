// A slot: an ordinal with everything that stays when its pod goes. Flat things are bolted to the rail; the pod is seated
// in the socket.
import type { NodeProps } from '@xyflow/react';
import { type JSX, memo, useState } from 'react';
import type { PodFacts, SlotFacts } from '#scene';
import { StateIcon } from '../icons/index.ts';
import { ClaimStack } from './claims.tsx';
import { Clipped } from './clipped.tsx';
import { useIsCursor } from './cursor.ts';
import { useFactsStore, useRowDomId } from './graph-side.ts';
import { railHeight } from './layout.ts';
import { lineOf } from './line.ts';
import { cssVars, type SlotNode } from './node-parts.ts';
import { PodCard } from './pod-card.tsx';
import { slotId } from './shapes.ts';
import { readClaims, type Stretch, stretchBetween, useIsSlotSelected, useIsWorkedOn, usePodOf } from './slot-facts.ts';
import { useOpening } from './slot-openings.ts';
import { useFacts, useIsSelected, useMomentMs } from './use-facts.ts';
import { useChangeCount } from './use-motion.ts';
import { emptyWords, slotSentence } from './words.ts';
import './slot.css';

/**
 * A slot as a card's place on the canvas.
 *
 * @param props - from the graph library
 */
export const Slot = memo(function Slot({ data }: NodeProps<SlotNode>): JSX.Element | null {
  const { shape, index } = data;
  const id = slotId(shape, shape.ordinals[index] ?? 0);
  const facts = useFactsStore();
  const domId = useRowDomId();
  const slot = useFacts('slot', id);
  const pod = usePodOf(slot);
  const isSelected = useIsSlotSelected(slot);
  const isCursor = useIsCursor(id);
  const secondMs = useMomentMs(pod?.state === 'terminating' ? 1000 : undefined);
  const opensMs = useOpening(id);
  if (!slot) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: it stands on a canvas, not in a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <div
      className="slot"
      role="row"
      id={domId(id)}
      aria-rowindex={data.row}
      aria-selected={isSelected}
      aria-label={slotSentence(slot, pod, readClaims(facts, slot), secondMs)}
      data-select={slot.podId ?? slot.id}
      data-outside={!slot.isInRange || undefined}
      data-selected={isSelected || undefined}
      data-cursor={isCursor || undefined}
      data-opens={opensMs !== undefined || undefined}
      style={opensMs === undefined ? undefined : cssVars({ opens: `${opensMs}ms` })}
    >
      <div className="slot-rail" style={{ height: railHeight(shape.claimRows) }} />
      <SlotRule data={data} slot={slot} pod={pod} />
      <SlotBus slot={slot} data={data} />
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
      <div className="slot-plate" role="gridcell" data-select={slot.id}>
        <Clipped text={slot.name} tail={String(slot.ordinal).length + 1} width={102} size={15} />
      </div>
      <DnsBox slot={slot} />
      <Socket slot={slot} pod={pod} />
      <ClaimStack claimIds={slot.claimIds} rows={shape.claimRows} pod={pod} />
    </div>
  );
});

/** The slot's stretch of the rule, and its number on it. */
export function SlotRule({ data, slot, pod }: { data: SlotNode['data']; slot: SlotFacts; pod: PodFacts | undefined }) {
  const { shape, index, toNext, toPrevious } = data;
  const nextOrdinal = shape.ordinals[index + 1];
  const nextSlot = useFacts('slot', nextOrdinal === undefined ? undefined : slotId(shape, nextOrdinal));
  const nextPod = usePodOf(nextSlot);
  const isWorkedOn = useIsWorkedOn(shape.id, slot.ordinal);
  const isNextWorkedOn = useIsWorkedOn(shape.id, nextOrdinal);
  const own = { slot, pod, isWorkedOn };
  const isLastInRange = slot.isInRange && nextSlot?.isInRange !== true;
  const isFirstInRange = slot.isInRange && slot.ordinal === shape.start;
  const isFirstOutside =
    !slot.isInRange && (index === 0 || shape.ordinals[index - 1] === shape.start + shape.replicas - 1);
  const right: Stretch = isLastInRange
    ? stretchBetween(own, undefined)
    : nextSlot
      ? stretchBetween(own, { slot: nextSlot, pod: nextPod, isWorkedOn: isNextWorkedOn })
      : 'none';
  const toBoundary = lineOf(shape).replicasX - (lineOf(shape).xs[index] ?? 0);
  const isAfterRange = slot.ordinal >= shape.start + shape.replicas;
  return (
    <>
      {isFirstInRange && <Segment stretch={stretchBetween(own, undefined)} from={-10} to="mid" />}
      {isFirstOutside && isAfterRange && <Segment stretch="dashed" from={toBoundary + 6} to="mid" />}
      {!isFirstInRange && toPrevious < 0 && <Segment stretch="dashed" from={-toPrevious} to="mid" />}
      <Segment stretch={right} from="mid" to={isLastInRange ? toBoundary : 55 + toNext} />
      {!isWorkedOn && (
        <div className={`slot-disc ${discLook(slot, pod)}`} aria-hidden="true">
          {slot.ordinal}
        </div>
      )}
    </>
  );
}

function discLook(slot: SlotFacts, pod: PodFacts | undefined): string {
  if (!slot.isInRange) return 'slot-disc-outside';
  if (!pod?.revision) return '';
  return `rev-${pod.revision.look}${pod.isUpdated ? ' slot-disc-updated' : ''}`;
}

/** Distances are in units of the line; the middle of the slot is `mid`. */
function Segment({ stretch, from, to }: { stretch: Stretch; from: number | 'mid'; to: number | 'mid' }) {
  if (stretch === 'none') return null;
  const [left, right] = [from === 'mid' ? 55 : from, to === 'mid' ? 55 : to];
  return (
    <div className={`slot-segment slot-segment-${stretch} ${stretch}`} style={cssVars({ left, span: right - left })} />
  );
}

/** The slot's stretch of the service's line, and its dot: filled, dropped, or none. */
export function SlotBus({ slot, data }: { slot: SlotFacts; data: SlotNode['data'] }) {
  const changes = useChangeCount(slot.endpoint);
  if (data.shape.serviceId === undefined) return null;
  const isFirst = data.index === 0;
  return (
    <>
      <div className="slot-bus" style={cssVars({ left: isFirst ? 55 : -data.toPrevious })} />
      {slot.endpoint !== 'none' && (
        <div key={changes} className={`slot-dot slot-dot-${slot.endpoint}`} data-new={changes > 0 || undefined} />
      )}
    </>
  );
}

function DnsBox({ slot }: { slot: SlotFacts }) {
  const [address, ...more] = slot.dnsAddresses;
  const changes = useChangeCount(address);
  const hasAnswer = address !== undefined;
  const text = hasAnswer ? `${address.length > 11 ? '' : 'A '}${address}` : 'no answer';
  const width =
    !hasAnswer || address.length <= 10 ? '' : address.length <= 13 ? ' slot-dns-tight' : ' slot-dns-tighter';
  return (
    // biome-ignore lint/a11y/useSemanticElements: it stands on a canvas, not in a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <div
      className="slot-dns"
      role="gridcell"
      data-select={slot.id}
      data-answer={hasAnswer ? (slot.isPublishedNotReady ? 'early' : 'yes') : 'no'}
      title={hasAnswer ? slot.dnsAddresses.join(', ') : slot.dnsReason}
    >
      {slot.dnsName === undefined ? (
        <span className="slot-dns-name">no DNS name</span>
      ) : (
        <span className="slot-dns-name">
          <Clipped
            text={slot.dnsName}
            tail={slot.dnsName.length - Math.max(0, slot.name.lastIndexOf('-'))}
            width={88}
          />
        </span>
      )}
      <span
        key={changes}
        className={hasAnswer ? `slot-dns-a${width}` : 'slot-dns-none'}
        data-new={changes > 0 || undefined}
      >
        {text}
        {more.length > 0 && ` +${more.length}`}
      </span>
    </div>
  );
}

function Socket({ slot, pod }: { slot: SlotFacts; pod: PodFacts | undefined }) {
  const isSelected = useIsSelected(slot.podId);
  const [shown, setShown] = useState({ pod, isFirst: true });
  const [leaving, setLeaving] = useState<PodFacts>();
  if (shown.pod?.uid !== pod?.uid) {
    // The card that goes is drawn once more on its way out; the new one comes in under it.
    setShown({ pod, isFirst: false });
    setLeaving(shown.pod);
  } else if (shown.pod !== pod) setShown({ ...shown, pod });
  const leave = () => setLeaving(undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: it stands on a canvas, not in a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <div className="slot-socket" role="gridcell">
      {pod ? (
        <PodCard key={pod.uid} pod={pod} isSelected={isSelected} motion={shown.isFirst ? undefined : 'arrives'} />
      ) : (
        <div className="slot-empty">
          <StateIcon state="absent" />
          <span>
            {emptyWords(slot).map((line) => (
              <span key={line} className="slot-empty-line">
                {line}
              </span>
            ))}
          </span>
        </div>
      )}
      {leaving && <PodCard key={`${leaving.uid} leaves`} pod={leaving} motion="leaves" onMotionEnd={leave} />}
    </div>
  );
}
