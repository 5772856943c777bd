// Sizes of panels, remembered on this device.

const PREFIX = 'ordinal:size:';

/**
 * The size that a panel had last time.
 *
 * @param name - the panel
 * @param fallbackPx - where nothing is remembered, or nothing may be
 * @returns pixels
 */
export function readSize(name: string, fallbackPx: number): number {
  try {
    const stored = Number(localStorage.getItem(PREFIX + name));
    return Number.isFinite(stored) && stored > 0 ? stored : fallbackPx;
  } catch {
    return fallbackPx;
  }
}

/**
 * Remembers the size of a panel.
 *
 * @param name - the panel
 * @param px - its size; a folded one keeps the size it had before
 */
export function writeSize(name: string, px: number): void {
  try {
    localStorage.setItem(PREFIX + name, String(Math.round(px)));
  } catch {
    // Not being allowed to remember is no reason not to resize.
  }
}
