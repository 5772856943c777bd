// Where the focus goes when a part of the page is left.

/** Back to the canvas: its grid of slots, or the canvas itself where there is none. */
export function focusCanvas(): void {
  const grid = document.querySelector<HTMLElement>('[data-graph-grid]');
  (grid ?? document.querySelector<HTMLElement>('[data-canvas]'))?.focus();
}

/** To the inspector, wherever it lies. */
export function focusInspector(): void {
  document.querySelector<HTMLElement>('[data-inspector]')?.focus();
}
