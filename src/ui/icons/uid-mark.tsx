// The fingerprint of an object: after a replacement the pod's differs, and the volume's does not.
import { type JSX, memo } from 'react';
import { identiconPath } from './identicon.ts';
import './icons.css';

/**
 * A five by five mark of a UID.
 *
 * @param props - the uid, and the size in pixels
 */
export const UidMark = memo(function UidMark({
  uid,
  size = 14,
}: {
  readonly uid: string;
  readonly size?: number;
}): JSX.Element {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 5 5" shapeRendering="crispEdges" aria-hidden="true">
      <path d={identiconPath(uid)} fill="currentColor" />
    </svg>
  );
});
