// A button that opens a list of things to do. Keys as in any menu: arrows, Home, End, Enter, Esc, first letters.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { ActionIcon } from '../icons/index.ts';
import { pageScale } from './present.ts';
import './menu.css';

/** Between the button and its list, and to the edges of the window. */
const GAP_PX = 6;

/** One line of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** A second line, or what the line stands for. */
  readonly hint?: string;
  /** One of several, of which this one holds now. */
  readonly isChecked?: boolean;
  readonly run: () => void;
}

export interface MenuProps {
  /** What the button is called, where its content does not say it. */
  readonly label: string;
  readonly children: ReactNode;
  /** Groups with a line between them. */
  readonly groups: readonly (readonly MenuItem[])[];
  readonly className?: string;
  readonly align?: 'start' | 'end';
  /** Opens upwards: at the bottom of the page. */
  readonly isUp?: boolean;
  readonly hasChevron?: boolean;
}

/**
 * A button with a menu.
 *
 * @param props - see `MenuProps`
 * @returns the button, and the menu while it is open
 */
export function Menu({
  label,
  children,
  groups,
  className = 'btn',
  align = 'start',
  isUp,
  hasChevron = true,
}: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!isOpen) return undefined;
    const first = root.current?.querySelector<HTMLElement>('[aria-checked="true"]') ?? getItems(root.current)[0];
    first?.focus();
    const close = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', close, true);
    document.addEventListener('focusin', close);
    return () => {
      document.removeEventListener('pointerdown', close, true);
      document.removeEventListener('focusin', close);
    };
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>('button')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      setOpen(true);
      return;
    }
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
      close();
      return;
    }
    const target = nextItem(getItems(root.current), event.key);
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the menu inside, caught in one place
    <div className="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!isOpen)}
      >
        {children}
        {hasChevron && <ActionIcon name="chevron-down" size={13} />}
      </button>
      {isOpen && (
        <div
          id={id}
          className="menu-list"
          role="menu"
          aria-label={label}
          popover="manual"
          ref={(list) => place(list, align, isUp)}
        >
          {groups.map((group, i) => (
            // biome-ignore lint/a11y/useSemanticElements: a group of menu items is no fieldset
            <div key={group[0]?.id ?? i} role="group" className="menu-group">
              {group.map((item) => (
                <MenuLine
                  key={item.id}
                  item={item}
                  isChoice={item.isChecked !== undefined}
                  onRun={() => {
                    close();
                    item.run();
                  }}
                />
              ))}
            </div>
          ))}
        </div>
      )}
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
function place(list: HTMLElement | null, align: 'start' | 'end', isUp = false): void {
  const button = list?.previousElementSibling;
  if (!list || !button || list.matches(':popover-open')) return;
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
