// A slot where a card would not fit: the same things from top to bottom, as many of them as its width has room for.
import { type NodeProps, useStore as useFlow } from '@xyflow/react';
import { type JSX, memo } from 'react';
import type { PodFacts } from '#scene';
import { StateIcon, stateTone, UidMark } from '../icons/index.ts';
import { Clipped } from './clipped.tsx';
import { useIsCursor } from './cursor.ts';
import { useFactsStore, useRowDomId } from './graph-side.ts';
import { SLOT_WIDTH } from './line.ts';
import { type ChipNode, cssVars } from './node-parts.ts';
import { slotId } from './shapes.ts';
import { SlotBus, SlotRule } from './slot.tsx';
import { readClaims, useIsSlotSelected, usePodOf } from './slot-facts.ts';
import { useOpening } from './slot-openings.ts';
import { Unscaled } from './unscaled.tsx';
import { useFacts, useIsSelected, useMomentMs } from './use-facts.ts';
import { useChangeCount, useIsCalm } from './use-motion.ts';
import { claimWord, momentStepMs, podFraction, podWord, slotSentence } from './words.ts';
import './chip.css';
import './slot.css';

/**
 * A slot as a chip.
 *
 * @param props - from the graph library
 */
export const Chip = memo(function Chip({ data }: NodeProps<ChipNode>): JSX.Element | null {
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
  const pods = useChangeCount(pod?.uid);
  if (!slot) return null;
  const claims = readClaims(facts, slot);
  return (
    <Unscaled isOn>
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a row of the canvas' grid, which has the focus */}
      <div
        className="slot chip"
        role="row"
        id={domId(id)}
        aria-rowindex={data.row}
        aria-selected={isSelected}
        aria-label={slotSentence(slot, pod, claims, secondMs)}
        title={slot.name}
        data-select={slot.podId ?? slot.id}
        data-outside={!slot.isInRange || undefined}
        data-selected={isSelected || undefined}
        data-cursor={isCursor || undefined}
        data-opens={opensMs !== undefined || undefined}
        style={opensMs === undefined ? undefined : cssVars({ opens: `${opensMs}ms` })}
      >
        <div className="slot-rail" />
        <SlotRule data={data} slot={slot} pod={pod} />
        <SlotBus slot={slot} data={data} />
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
        <div className="chip-plate" role="gridcell">
          <ChipName name={slot.name} tail={String(slot.ordinal).length + 1} />
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
        <div className="slot-socket chip-socket" role="gridcell">
          {pod ? (
            <ChipPod key={pod.uid} pod={pod} isNew={pods > 0} />
          ) : (
            <div className="chip-empty">
              <StateIcon state="absent" size={20} />
            </div>
          )}
        </div>
        {slot.claimIds[0] !== undefined && <ChipVolume claimId={slot.claimIds[0]} hasPod={pod !== undefined} />}
      </div>
    </Unscaled>
  );
});

/** A chip is as wide as the zoom makes it. */
function ChipName({ name, tail }: { name: string; tail: number }) {
  const width = useFlow((state) => Math.floor((SLOT_WIDTH * state.transform[2]) / 4) * 4 - 6);
  return <Clipped text={name} tail={tail} width={width} size={13} />;
}

function ChipPod({ pod, isNew }: { pod: PodFacts; isNew: boolean }) {
  const isCalm = useIsCalm();
  const atMs = useMomentMs(momentStepMs(pod, isCalm));
  const isSelected = useIsSelected(pod.id);
  const fraction = podFraction(pod, atMs);
  return (
    <div
      className={`pod chip-pod ${pod.revision ? `rev-${pod.revision.look}` : ''}`}
      data-state={pod.state}
      data-pod-uid={pod.uid}
      data-selected={isSelected || undefined}
      data-moving={isNew ? 'arrives' : undefined}
    >
      <div className="chip-band">{pod.revision && <span className="chip-rev">rev {pod.revision.number}</span>}</div>
      <StateIcon state={pod.state} size={20} {...(fraction === undefined ? {} : { fraction })} />
      <span className="chip-ready">{pod.readyText}</span>
      <span className={`chip-word tone-${stateTone(pod.state)}`}>{podWord(pod, atMs)}</span>
    </div>
  );
}

function ChipVolume({ claimId, hasPod }: { claimId: string; hasPod: boolean }) {
  const claim = useFacts('claim', claimId);
  if (!claim) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: it stands on a canvas, not in a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <div className="chip-volume" role="gridcell" data-select={claimId} title={`${claim.name}: ${claimWord(claim)}`}>
      <span className="chip-plug" data-open={!hasPod || undefined} />
      <svg width="22" height="24" viewBox="0 0 22 24" aria-hidden="true">
        <path
          className={claim.volumeName === undefined ? 'cyl-body cyl-dashed' : 'cyl-body'}
          d="M1 4.5v15c0 1.9 4.5 3.4 10 3.4s10-1.5 10-3.4v-15"
        />
        <ellipse
          className={claim.volumeName === undefined ? 'cyl-lid cyl-dashed' : 'cyl-lid'}
          cx="11"
          cy="4.5"
          rx="10"
          ry="3.4"
        />
      </svg>
      {claim.volumeUid !== undefined && <UidMark uid={claim.volumeUid} size={10} />}
    </div>
  );
}
