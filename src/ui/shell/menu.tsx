// A button that opens a list of things to do.
import { lazy, type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { ActionIcon } from '../icons/index.ts';
import './menu.css';

const LateMenuList = lazy(async () => ({ default: (await import('./menu-list.tsx')).MenuList }));

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
  isUp = false,
  hasChevron = true,
}: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = (isFocusBack: boolean) => {
    setOpen(false);
    if (isFocusBack) root.current?.querySelector<HTMLElement>('button')?.focus();
  };
  return (
    <div className="menu" ref={root}>
      <button
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (isOpen || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
        {hasChevron && <ActionIcon name="chevron-down" size={13} />}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <LateMenuList id={id} label={label} groups={groups} align={align} isUp={isUp} root={root} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
