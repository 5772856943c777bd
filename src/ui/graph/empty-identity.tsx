// Before anything is applied: the rule alone, with the places that a set would fill.
import type { JSX } from 'react';
import './empty-identity.css';
import './slot.css';

/** Three slots that are not there yet. */
export function EmptyIdentity(): JSX.Element {
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
