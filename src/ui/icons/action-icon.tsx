// The line icons of buttons and marks, on a grid of 16. Drawn here rather than taken from a library: there are few.
import type { JSX } from 'react';
import './icons.css';

const LINES = {
  apply: 'M8 10.5v-8M5 5.3 8 2.3l3 3M3 13.5h10',
  branch: 'M4 3v10M4 9c0-3 8-2 8-6M2.8 13a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0',
  check: 'M3.5 8.4l3 3 6-6.6',
  'chevron-down': 'M4.5 6.5 8 10l3.5-3.5',
  'chevron-left': 'M9.5 4.5 6 8l3.5 3.5',
  'chevron-right': 'M6.5 4.5 10 8l-3.5 3.5',
  close: 'M4 4l8 8M12 4l-8 8',
  delete: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  external:
    'M6 3.5H4A1.5 1.5 0 0 0 2.5 5v7A1.5 1.5 0 0 0 4 13.5h7a1.5 1.5 0 0 0 1.5-1.5v-2M9 2.5h4.5V7M13.2 2.8 7.5 8.5',
  file: 'M4 2h5l3.5 3.5V14H4zM9 2v3.5h3.5',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  help: 'M6 6.2a2 2 0 1 1 3 1.7c-.7.4-1 .8-1 1.6M8 11.6v.1M2.2 8a5.8 5.8 0 1 0 11.6 0a5.8 5.8 0 1 0-11.6 0',
  image: 'M8 2 2.5 5 8 8l5.5-3zM2.5 8 8 11l5.5-3M2.5 11 8 14l5.5-3',
  link: 'M6.7 9.3 9.3 6.7M7.3 4.6l1.2-1.2a2.9 2.9 0 0 1 4.1 4.1l-1.2 1.2M8.7 11.4l-1.2 1.2a2.9 2.9 0 0 1-4.1-4.1l1.2-1.2',
  minus: 'M3.5 8h9',
  moon: 'M13 9.6A5.4 5.4 0 0 1 6.4 3 5.4 5.4 0 1 0 13 9.6z',
  panel: 'M6.2 2.8v10.4M4.2 2.8h7.6a2 2 0 0 1 2 2v6.4a2 2 0 0 1-2 2H4.2a2 2 0 0 1-2-2V4.8a2 2 0 0 1 2-2z',
  pin: 'M6 2.5h4l-.6 4 2.1 2.2H4.5l2.1-2.2zM8 8.7v4.8',
  plus: 'M8 3.5v9M3.5 8h9',
  scale: 'M2.5 8h11M5 5.2 2.3 8 5 10.8M11 5.2 13.7 8 11 10.8',
  search: 'M10.4 10.4l3.1 3.1M2.8 7a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0',
  service:
    'M8 6.2V9M8 9H3.5v2M8 9h4.5v2M8 9v2M6 4.2a2 2 0 1 0 4 0a2 2 0 1 0-4 0M2.2 12.4a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0M6.7 12.4a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0M11.2 12.4a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0',
  set: 'M3 4.2h10M3 8h10M3 11.8h10',
  share: 'M8 2.5v7M5.2 5 8 2.3 10.8 5M3 9v3.2c0 .7.6 1.3 1.3 1.3h7.4c.7 0 1.3-.6 1.3-1.3V9',
  sun: 'M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7M5.2 8a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0',
  sync: 'M13 8a5 5 0 0 1-9 3M3 8a5 5 0 0 1 9-3M12.4 2v3.2H9.2M3.6 14v-3.2h3.2',
  unplug: 'M5 2.5v3M11 2.5v3M3.5 5.5h9v2.3a4.5 4.5 0 0 1-9 0zM8 12.3v1.7',
  warning: 'M8 2.3 14 13H2zM8 6.4v3M8 11.2v.1',
} as const;

/** Shapes that are filled besides, or instead. */
const FILLS = {
  next: 'M10.8 3h1.8v10h-1.8zM3.4 3.8v8.4c0 .5.6.8 1 .5l5.3-4.2a.6.6 0 0 0 0-1L4.4 3.3c-.4-.3-1 0-1 .5z',
  pause: 'M4.2 2.8h2.6v10.4H4.2zM9.2 2.8h2.6v10.4H9.2z',
  play: 'M4.5 2.9c0-.6.6-.9 1.1-.6l7.6 5c.4.3.4.9 0 1.2l-7.6 5c-.5.3-1.1 0-1.1-.6z',
  previous: 'M3.4 3h1.8v10H3.4zM12.6 3.8v8.4c0 .5-.6.8-1 .5L6.3 8.5a.6.6 0 0 1 0-1l5.3-4.2c.4-.3 1 0 1 .5z',
  set: 'M4.3 2.6h1.2a.7.7 0 0 1 .7.7v1.8a.7.7 0 0 1-.7.7H4.3a.7.7 0 0 1-.7-.7V3.3a.7.7 0 0 1 .7-.7zM7.5 6.4h1.2a.7.7 0 0 1 .7.7v1.8a.7.7 0 0 1-.7.7H7.5a.7.7 0 0 1-.7-.7V7.1a.7.7 0 0 1 .7-.7zM10.7 10.2h1.2a.7.7 0 0 1 .7.7v1.8a.7.7 0 0 1-.7.7h-1.2a.7.7 0 0 1-.7-.7v-1.8a.7.7 0 0 1 .7-.7z',
} as const;

export type ActionIconName = keyof typeof LINES | keyof typeof FILLS;

/**
 * An icon beside its word, or in a button that has a label of its own: it says nothing to a screen reader.
 *
 * @param props - its name, and its size in pixels
 */
export function ActionIcon({
  name,
  size = 16,
}: {
  readonly name: ActionIconName;
  readonly size?: number;
}): JSX.Element {
  const line = name in LINES ? LINES[name as keyof typeof LINES] : undefined;
  const fill = name in FILLS ? FILLS[name as keyof typeof FILLS] : undefined;
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {line && (
        <path
          d={line}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
      {fill && <path d={fill} fill="currentColor" />}
    </svg>
  );
}
