// Cells are painted, which nobody can hear: beside the canvas stand the rows around the cursor, in words.
import { type JSX, useContext } from 'react';
import { useStore } from 'zustand';
import { CursorContext, placeOf } from './cursor.ts';
import { useFactsStore, useRowDomId } from './graph-side.ts';
import type { SetShape } from './line.ts';
import { slotId } from './shapes.ts';
import { readClaims, useIsSlotSelected, usePodOf } from './slot-facts.ts';
import { useFacts, useMomentMs } from './use-facts.ts';
import { claimWord, podWord, slotSentence } from './words.ts';

const AROUND = 6;

/**
 * The rows around the cursor.
 *
 * @param props - the sets
 */
export function CellRows({ shapes }: { readonly shapes: readonly SetShape[] }): JSX.Element {
  const id = useStore(useContext(CursorContext), (state) => state.id);
  const place = placeOf(shapes, id);
  const at = place?.index ?? 0;
  const shape = place?.shape ?? shapes[0];
  const ordinals = shape?.ordinals.slice(Math.max(0, at - AROUND), at + AROUND + 1) ?? [];
  return (
    <div className="visually-hidden">
      {shape && ordinals.map((ordinal) => <Row key={ordinal} shape={shape} ordinal={ordinal} />)}
    </div>
  );
}

function Row({ shape, ordinal }: { shape: SetShape; ordinal: number }) {
  const id = slotId(shape, ordinal);
  const facts = useFactsStore();
  const domId = useRowDomId();
  const slot = useFacts('slot', id);
  const pod = usePodOf(slot);
  const isSelected = useIsSlotSelected(slot);
  const atMs = useMomentMs(pod?.state === 'terminating' ? 1000 : undefined);
  if (!slot) return null;
  const claims = readClaims(facts, slot);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of the canvas' grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <div
      role="row"
      id={domId(id)}
      aria-rowindex={shape.ordinals.indexOf(ordinal) + 2}
      aria-selected={isSelected}
      aria-label={slotSentence(slot, pod, claims, atMs)}
    >
      <Cell text={slot.name} />
      <Cell text={slot.dnsAddresses.join(', ') || 'no answer'} />
      <Cell text={pod ? podWord(pod, atMs) : 'no pod'} />
      <Cell text={claims.map((claim) => `${claim.name} ${claimWord(claim)}`).join(', ') || 'no claim'} />
    </div>
  );
}

function Cell({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the canvas' grid
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <span role="gridcell">{text}</span>
  );
}
