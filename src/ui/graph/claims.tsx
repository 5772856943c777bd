// The claims of a slot and their volumes: they stay when the pod goes.
import { type JSX, memo } from 'react';
import type { ClaimFacts, PodFacts } from '#scene';
import { ActionIcon, VolumeCylinder } from '../icons/index.ts';
import { Clipped } from './clipped.tsx';
import { CLAIMS_SHOWN_MAX } from './layout.ts';
import { useFacts, useIsSelected } from './use-facts.ts';
import { useChangeCount } from './use-motion.ts';
import { claimWord } from './words.ts';
import './claims.css';

export interface ClaimStackProps {
  readonly claimIds: readonly string[];
  /** How many the set's template asks for. */
  readonly rows: number;
  readonly pod: PodFacts | undefined;
}

/**
 * Claims under each other, each with its volume; past two, the first one and how many more there are.
 *
 * @param props - see there
 */
export const ClaimStack = memo(function ClaimStack({ claimIds, rows, pod }: ClaimStackProps): JSX.Element | null {
  if (claimIds.length === 0) return null;
  const shown = rows > CLAIMS_SHOWN_MAX ? 1 : Math.max(1, rows);
  const more = claimIds.length - shown;
  return (
    // biome-ignore lint/a11y/useSemanticElements: it stands on a canvas, not in a table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
    <div className="claims" role="gridcell">
      {claimIds.slice(0, shown).map((id, i) => (
        <ClaimRow key={id} id={id} pod={pod} isFirst={i === 0} />
      ))}
      {more > 0 && (
        <div className="claims-more" title={claimIds.slice(shown).map(nameOf).join(', ')}>
          and {more} more
        </div>
      )}
    </div>
  );
});

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function ClaimRow({ id, pod, isFirst }: { id: string; pod: PodFacts | undefined; isFirst: boolean }) {
  const claim = useFacts('claim', id);
  const isSelected = useIsSelected(id);
  if (!claim) return <div className="claim-row" />;
  const ordinalAt = claim.name.lastIndexOf('-');
  return (
    <div className="claim-row" data-select={id} data-phase={claim.phase} data-selected={isSelected || undefined}>
      {isFirst && <Plug claim={claim} pod={pod} />}
      <div className="claim">
        <Clipped text={claim.name} tail={claim.name.length - Math.max(0, ordinalAt)} width={86} />
        <span className="claim-word">
          <ActionIcon name={claim.phase === 'Bound' ? 'link' : claim.phase === 'Lost' ? 'warning' : 'sync'} size={12} />
          {claimWord(claim)}
        </span>
      </div>
      <div className="claim-link" data-bound={claim.volumeName !== undefined || undefined} />
      <div className="claim-volume">
        <VolumeCylinder
          name={claim.volumeName}
          uid={claim.volumeUid}
          capacity={claim.capacity}
          word={claim.phase === 'Lost' ? 'lost' : 'provisioning'}
        />
      </div>
    </div>
  );
}

/** Between the socket and the claim: plugged in, waiting, or unplugged. */
function Plug({ claim, pod }: { claim: ClaimFacts; pod: PodFacts | undefined }) {
  const kind =
    !pod || claim.isKept ? 'open' : claim.phase === 'Bound' && pod.nodeName !== undefined ? 'closed' : 'waits';
  const changes = useChangeCount(kind);
  return (
    <svg
      key={changes}
      className={`claim-plug claim-plug-${kind}`}
      data-new={changes > 0 || undefined}
      width="12"
      height="18"
      viewBox="0 0 12 18"
      aria-hidden="true"
    >
      {kind === 'open' ? (
        <path className="claim-plug-open-line" d="M6 14V9M2 9h8" />
      ) : (
        <>
          <path className="claim-plug-line" d="M6 0v14" />
          <circle cx="6" cy="14" r="2.6" />
        </>
      )}
    </svg>
  );
}
