// Before anything is applied: the rule alone, with the places that a set would fill.
import type { JSX } from 'react';
import { LeftBehind } from './left-behind.tsx';
import { useFactIds } from './use-facts.ts';
import './empty-identity.css';
import './slot.css';

/**
 * Three slots that are not there yet; or, where pods and claims stand without a set, these.
 *
 * @param props - what to do when one of them is chosen
 */
export function EmptyIdentity({ onSelect }: { readonly onSelect: (id: string) => void }): JSX.Element {
  const podIds = useFactIds('pod');
  const claimIds = useFactIds('claim');
  const isBare = podIds.length === 0 && claimIds.length === 0;
  if (!isBare) return <LeftBehind onSelect={onSelect} />;
  return (
    <div className="empty-identity">
      {[0, 1, 2].map((ordinal) => (
        <div key={ordinal} className="empty-slot" aria-hidden="true">
          <span className="slot-disc slot-disc-outside">{ordinal}</span>
          <span className="empty-socket" />
        </div>
      ))}
      <p>No StatefulSet yet. Apply a manifest to give these ordinals names, claims and pods.</p>
    </div>
  );
}
