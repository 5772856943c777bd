// The open list of a menu. Keys as in any menu: arrows, Home, End, Enter, Esc, first letters.
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { MenuItem } from './menu.tsx';
import { pageScale } from './present.ts';

/** Between the button and its list, and to the edges of the window. */
const GAP_PX = 6;

export interface MenuListProps {
  readonly id: string;
  readonly label: string;
  readonly groups: readonly (readonly MenuItem[])[];
  readonly align: 'start' | 'end';
  readonly isUp: boolean;
  /** The button and its list. */
  readonly root: RefObject<HTMLElement | null>;
  /** Closes it; `isFocusBack`: the button has the focus again. */
  readonly onClose: (isFocusBack: boolean) => void;
}

/**
 * The list; open as long as it is on the page.
 *
 * @param props - see `MenuListProps`
 */
export function MenuList({ id, label, groups, align, isUp, root, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (list.current) place(list.current, align, isUp);
    const first = list.current?.querySelector<HTMLElement>('[aria-checked="true"]') ?? getItems(list.current)[0];
    first?.focus();
    const closeOutside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) close.current(false);
    };
    document.addEventListener('pointerdown', closeOutside, true);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside, true);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [align, isUp, root]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
      onClose(true);
      return;
    }
    const target = nextItem(getItems(list.current), event.key);
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
  };
  return (
    <div id={id} ref={list} className="menu-list" role="menu" aria-label={label} popover="manual" onKeyDown={onKeyDown}>
      {groups.map((group, i) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of menu items is no fieldset
        <div key={group[0]?.id ?? i} role="group" className="menu-group">
          {group.map((item) => (
            <MenuLine
              key={item.id}
              item={item}
              isChoice={item.isChecked !== undefined}
              onRun={() => {
                onClose(true);
                item.run();
              }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function MenuLine({ item, isChoice, onRun }: { item: MenuItem; isChoice: boolean; onRun: () => void }) {
  const words = (
    <>
      <span className="menu-mark" aria-hidden="true">
        {item.isChecked ? <span className="menu-dot" /> : null}
      </span>
      <span className="menu-words">
        <span>{item.label}</span>
        {item.hint !== undefined && <span className="menu-hint">{item.hint}</span>}
      </span>
    </>
  );
  const shared = { type: 'button', className: 'menu-item', tabIndex: -1, onClick: onRun } as const;
  return isChoice ? (
    <button {...shared} role="menuitemradio" aria-checked={item.isChecked === true}>
      {words}
    </button>
  ) : (
    <button {...shared} role="menuitem">
      {words}
    </button>
  );
}

/** In the top layer no panel clips the list; there it has to be told where its button is. */
function place(list: HTMLElement, align: 'start' | 'end', isUp: boolean): void {
  const button = list.previousElementSibling;
  if (!button || list.matches(':popover-open')) return;
  list.showPopover();
  const at = button.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const scale = pageScale();
  const left = align === 'start' ? at.left : at.right - width;
  const top = isUp || at.bottom + GAP_PX + height > innerHeight ? at.top - GAP_PX - height : at.bottom + GAP_PX;
  list.style.left = `${Math.max(GAP_PX, Math.min(left, innerWidth - width - GAP_PX)) / scale}px`;
  list.style.top = `${Math.max(GAP_PX, top) / scale}px`;
}

const getItems = (root: HTMLElement | null): HTMLElement[] => [
  ...(root?.querySelectorAll<HTMLElement>('.menu-item') ?? []),
];

function nextItem(all: readonly HTMLElement[], key: string): HTMLElement | undefined {
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (key === 'ArrowDown') return all[(at + 1) % all.length];
  if (key === 'ArrowUp') return all[(at - 1 + all.length) % all.length];
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const rest = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  return rest.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}
