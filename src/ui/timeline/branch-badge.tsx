// The name at the end of a branch's path: a menu of what can be done with it, and the field that renames it in place.
import { useState } from 'react';
import { compareWith, goToBranch, renameBranch } from '#state';
import { Menu } from '../shell/menu.tsx';
import { removeBranch } from './remove-branch.ts';

/** As many letters of a name as there is room for at the end of a path. */
const LETTERS_MAX = 14;

/**
 * `branch B` is B; a name of one's own is itself, as far as it fits.
 *
 * @param name - of the branch
 */
export const badgeOf = (name: string): string =>
  /^branch ([A-Z]\d*)$/.exec(name)?.[1] ?? (name.length > LETTERS_MAX ? `${name.slice(0, LETTERS_MAX - 1)}…` : name);

interface BadgeProps {
  readonly id: number;
  readonly name: string;
  readonly left?: number;
  readonly top: number;
  /** The present branch: where it stands is told by `usePlayheadPosition`. */
  readonly isOwn?: boolean;
  /** No other branch left it. */
  readonly isLeaf?: boolean;
}

/**
 * The badge.
 *
 * @param props - the branch and its place
 */
export function BranchBadge({ id, name, left, top, isOwn = false, isLeaf = false }: BadgeProps) {
  const [isNaming, setNaming] = useState(false);
  const place = { top, ...(left !== undefined && { left }) };
  if (isNaming) return <NameField id={id} name={name} place={place} onEnd={() => setNaming(false)} isOwn={isOwn} />;
  const rename = { id: 'rename', label: 'Rename…', run: () => setNaming(true) };
  const groups = isOwn
    ? [[rename]]
    : [
        [
          { id: 'go', label: 'Go to this branch', run: () => void goToBranch(id) },
          { id: 'compare', label: 'Compare with this one', run: () => void compareWith(id) },
        ],
        [rename, ...(isLeaf ? [{ id: 'delete', label: 'Delete', run: () => void removeBranch(id, name) }] : [])],
      ];
  return (
    <div className="tl-badge-place" style={place} data-reached={isOwn || undefined}>
      <Menu
        label={isOwn ? `${name}: rename` : `${name}: go to, compare, rename`}
        className={isOwn ? 'tl-badge tl-badge-own' : 'tl-badge'}
        hasChevron={false}
        isUp
        groups={groups}
      >
        {badgeOf(name)}
      </Menu>
    </div>
  );
}

function NameField({
  id,
  name,
  place,
  isOwn,
  onEnd,
}: {
  id: number;
  name: string;
  place: { top: number; left?: number };
  isOwn: boolean;
  onEnd: () => void;
}) {
  const end = (value: string) => {
    onEnd();
    if (value.trim() !== '' && value !== name) void renameBranch(id, value);
  };
  return (
    <div className="tl-badge-place" style={place} data-reached={isOwn || undefined}>
      <input
        className="tl-rename"
        aria-label={`Name of ${name}`}
        defaultValue={name}
        maxLength={100}
        ref={(input) => input?.select()}
        onBlur={(event) => end(event.target.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') onEnd();
        }}
      />
    </div>
  );
}
