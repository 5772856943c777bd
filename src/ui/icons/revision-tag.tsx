// A revision's look: a colour, a pattern and always its number.
import type { JSX } from 'react';
import type { RevisionLabel } from '#scene';
import './icons.css';

/**
 * `rev 2` with its pattern.
 *
 * @param props - the revision; its hash is the tooltip
 */
export function RevisionTag({ revision }: { readonly revision: RevisionLabel }): JSX.Element {
  return (
    <span className={`rev-tag rev-${revision.look}`} title={revision.name}>
      rev {revision.number}
    </span>
  );
}
