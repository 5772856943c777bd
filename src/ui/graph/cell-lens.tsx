// One cell under the lens: its whole card, and why it is as it is.
import type { JSX } from 'react';
import { StateIcon } from '../icons/index.ts';
import { Clipped } from './clipped.tsx';
import { useFactsStore } from './graph-side.ts';
import type { Rect, Size } from './layout.ts';
import { PodCard } from './pod-card.tsx';
import { readClaims, usePodOf } from './slot-facts.ts';
import { useFacts } from './use-facts.ts';
import { claimWord, emptyWords } from './words.ts';
import './cell-lens.css';
import './slot.css';

export interface CellLensProps {
  readonly slotId: string;
  /** The cell on the screen. */
  readonly cell: Rect;
  readonly size: Size;
  readonly onOpen: (id: string) => void;
}

const WIDTH = 392;
const HEIGHT = 214;
const GAP = 14;

/**
 * A card beside its cell, on the side where there is room.
 *
 * @param props - see there
 */
export function CellLens({ slotId, cell, size, onOpen }: CellLensProps): JSX.Element | null {
  const facts = useFactsStore();
  const slot = useFacts('slot', slotId);
  const pod = usePodOf(slot);
  if (!slot) return null;
  const claims = readClaims(facts, slot);
  const isRight = cell.x + cell.width + GAP + WIDTH <= size.width;
  const left = isRight ? cell.x + cell.width + GAP : cell.x - GAP - WIDTH - 4;
  const top = Math.min(Math.max(8, cell.y + cell.height / 2 - HEIGHT * 0.62), size.height - HEIGHT - 8);
  const nose = cell.y + cell.height / 2 - top - 8;
  return (
    <div className="lens" data-side={isRight ? 'right' : 'left'} style={{ left: Math.max(8, left), top }}>
      <div className="lens-socket">
        {pod ? (
          <PodCard pod={pod} />
        ) : (
          <div className="slot-empty">
            <StateIcon state="absent" />
            <span>{emptyWords(slot).join(' ')}</span>
          </div>
        )}
      </div>
      <div className="lens-words">
        <b className="lens-name">
          <Clipped text={slot.name} tail={String(slot.ordinal).length + 1} width={240} size={16} />
        </b>
        <span className="lens-why">
          {pod?.thought?.sentence ?? (pod ? `kubectl prints ${pod.readyText} ${pod.kubectlStatus}.` : '')}
        </span>
        <dl>
          <dt>A record</dt>
          <dd>{slot.dnsAddresses.join(', ') || 'no answer'}</dd>
          <dt>claim</dt>
          <dd>
            {claims.map((claim) => `${claimWord(claim)}${claim.capacity ? `, ${claim.capacity}` : ''}`).join('; ') ||
              'none'}
          </dd>
        </dl>
        <button type="button" className="btn btn-line btn-small" onClick={() => onOpen(pod?.id ?? slot.id)}>
          Open in inspector
          <kbd>Enter</kbd>
        </button>
      </div>
      <span className="lens-nose" style={{ top: Math.min(HEIGHT - 24, Math.max(10, nose)) }} />
    </div>
  );
}
