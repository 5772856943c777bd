// A persistent volume, drawn as the disk it stands for.
import type { JSX } from 'react';
import { identiconPath } from './identicon.ts';
import './icons.css';

export interface VolumeCylinderProps {
  /** Undefined: not provisioned yet. */
  readonly name?: string | undefined;
  readonly uid?: string | undefined;
  readonly capacity?: string | undefined;
  readonly width?: number;
  /** What stands in it while there is no volume. */
  readonly word?: string;
}

const HEIGHT = 58;
const MARK = 13;
/** About how many pixels a letter of the monospaced face takes here. */
const LETTER = 6.97;

/**
 * A cylinder with the volume's size, name and mark, or dashed with a word.
 *
 * @param props - see there
 */
export function VolumeCylinder({
  name,
  uid,
  capacity,
  width = 86,
  word = 'no volume',
}: VolumeCylinderProps): JSX.Element {
  const isThere = name !== undefined;
  const radius = width / 2 - 1;
  const dashed = isThere ? '' : ' cyl-dashed';
  const size = capacity ?? '';
  const sizeWidth = size.length * LETTER;
  const left = (width - sizeWidth - 6 - MARK) / 2;
  return (
    <svg className="cyl" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      <path className={`cyl-body${dashed}`} d={`M1 8v42a${radius} 7 0 0 0 ${radius * 2} 0v-42`} />
      <ellipse className={`cyl-lid${dashed}`} cx={width / 2} cy="8" rx={radius} ry="7" />
      {isThere ? (
        <>
          <text className="cyl-size" x={left} y="29">
            {size}
          </text>
          {uid !== undefined && (
            <svg
              className="mark"
              x={Math.round(left + sizeWidth + 6)}
              y="19"
              width={MARK}
              height={MARK}
              viewBox="0 0 5 5"
              shapeRendering="crispEdges"
              aria-hidden="true"
            >
              <path d={identiconPath(uid)} fill="currentColor" />
            </svg>
          )}
          <text x={width / 2} y="44" textAnchor="middle">
            {shortVolumeName(name, Math.floor((width - 8) / LETTER))}
          </text>
        </>
      ) : (
        <text className="cyl-word" x={width / 2} y="37" textAnchor="middle">
          {word}
        </text>
      )}
    </svg>
  );
}

/**
 * A volume's name as far as it fits: provisioned ones are `pvc-` and a UID, of which four digits tell them apart.
 *
 * @param name - the whole name
 * @param lettersMax - how many letters fit
 * @returns such as `pvc-41b8`
 */
function shortVolumeName(name: string, lettersMax: number): string {
  const provisioned = /^(pvc-[0-9a-f]{4})[0-9a-f]{4}-/.exec(name);
  if (provisioned?.[1]) return provisioned[1];
  return name.length <= lettersMax ? name : `${name.slice(0, lettersMax - 1)}…`;
}
