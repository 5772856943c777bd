// A persistent volume on its zone's shelf.
import type { NodeProps } from '@xyflow/react';
import { type JSX, memo } from 'react';
import type { ClaimFacts } from '#scene';
import { UidMark, VolumeCylinder } from '../icons/index.ts';
import { Clipped } from './clipped.tsx';
import { useIsCursor } from './cursor.ts';
import { useRowDomId } from './graph-side.ts';
import { VOLUME } from './nodes-layout.ts';
import type { VolumeNode } from './nodes-parts.ts';
import { useFacts, useIsSelected } from './use-facts.ts';
import { claimWord } from './words.ts';
import './volume.css';

/**
 * A volume with its claim's name, or the volume alone where many stand close together.
 *
 * @param props - from the graph library
 */
export const Volume = memo(function Volume({ data }: NodeProps<VolumeNode>): JSX.Element | null {
  const { plan, row } = data;
  const { claimId, nodeId } = plan.shape;
  const domId = useRowDomId();
  const claim = useFacts('claim', claimId);
  const node = useFacts('node', nodeId);
  const isSelected = useIsSelected(claimId);
  const isCursor = useIsCursor(claimId);
  if (!claim) return null;
  const word = volumeWord(claim, node !== undefined && (node.isSilent || !node.isReady));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of the canvas' grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <div
      className="volume"
      role="row"
      id={domId(claimId)}
      aria-rowindex={row}
      aria-selected={isSelected}
      aria-label={`claim ${claim.name}, ${word}, volume ${claim.volumeName ?? 'none'}`}
      title={plan.isSmall ? `${claim.name}: ${word}` : undefined}
      data-select={claimId}
      data-selected={isSelected || undefined}
      data-cursor={isCursor || undefined}
    >
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
      <span className="volume-cell" role="gridcell">
        {plan.isSmall ? (
          <SmallVolume claim={claim} />
        ) : (
          <LargeVolume claim={claim} word={word} room={plan.rect.width} />
        )}
      </span>
    </div>
  );
});

function volumeWord(claim: ClaimFacts, isUnsure: boolean): string {
  if (claim.isKept) return 'kept';
  return isUnsure ? 'still held' : claimWord(claim);
}

function LargeVolume({ claim, word, room }: { claim: ClaimFacts; word: string; room: number }) {
  const dash = claim.name.lastIndexOf('-');
  return (
    <>
      <VolumeCylinder name={claim.volumeName} uid={claim.volumeUid} capacity={claim.capacity} width={VOLUME.cylinder} />
      <span className="volume-words">
        <b>
          <Clipped text={claim.name} tail={claim.name.length - Math.max(0, dash)} width={room - VOLUME.cylinder - 8} />
        </b>
        {word}
      </span>
    </>
  );
}

function SmallVolume({ claim }: { claim: ClaimFacts }) {
  return (
    <>
      <svg width="22" height="24" viewBox="0 0 22 24" aria-hidden="true">
        <path className="cyl-body" d="M1 4.5v15c0 1.9 4.5 3.4 10 3.4s10-1.5 10-3.4v-15" />
        <ellipse className="cyl-lid" cx="11" cy="4.5" rx="10" ry="3.4" />
      </svg>
      {claim.volumeUid !== undefined && <UidMark uid={claim.volumeUid} size={10} />}
    </>
  );
}
