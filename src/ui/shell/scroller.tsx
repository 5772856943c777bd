// A part of the page that scrolls by itself.
import type { ReactNode, Ref } from 'react';

export interface ScrollerProps {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLElement>;
  /** False where everything fits: then the keyboard has nothing to do here. */
  readonly isLong?: boolean;
}

/**
 * A scrolling region that the keyboard can reach: otherwise it could not be scrolled without a mouse.
 *
 * @param props - its name, and what it holds
 * @returns a landmark
 */
export function Scroller({ label, className, children, ref, isLong = true }: ScrollerProps) {
  return (
    <section className={className} aria-label={label} ref={ref} tabIndex={isLong ? 0 : undefined}>
      {children}
    </section>
  );
}
