// The product's sign: three sliders on their rails, which are slots on an axis.

/**
 * The sign with the name beside it.
 *
 * @param props - `isBare` leaves the name to screen readers
 * @returns the wordmark
 */
export function Wordmark({ isBare = false }: { isBare?: boolean }) {
  return (
    <div className="sh-word">
      <svg width="22" height="20" viewBox="0 0 22 20" aria-hidden="true">
        <path d="M3.5 1.5v17M11 1.5v17M18.5 1.5v17" fill="none" stroke="currentColor" strokeWidth="1.6" opacity=".42" />
        <rect x=".6" y="11.4" width="5.8" height="5.8" rx="1.6" fill="currentColor" />
        <rect x="8.1" y="7.1" width="5.8" height="5.8" rx="1.6" fill="currentColor" />
        <rect
          x="16.4"
          y="3.6"
          width="4.2"
          height="4.2"
          rx="1.2"
          fill="var(--panel)"
          stroke="currentColor"
          strokeWidth="1.6"
        />
      </svg>
      <h1 className={isBare ? 'visually-hidden' : undefined}>Ordinal</h1>
    </div>
  );
}
