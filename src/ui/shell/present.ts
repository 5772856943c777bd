// Presenting: larger words for a room, the editor folded, the transport alone under the canvas.
import { setView, view } from '#state';
import { setShownTheme } from '../theme/index.ts';

/** Words, icons and hit areas grow together by so much: `--scale` in the style sheet. */
const SCALE = 1.25;

/** Narrower than this there is no room for a presentation. */
const ROOM = '(min-width: 900px)';

let wasFolded = false;

/** Begins a presentation where the page has room for one, or ends it. */
export function togglePresentation(): void {
  if (view.getState().isPresenting) leavePresentation();
  else if (matchMedia(ROOM).matches) {
    wasFolded = view.getState().isEditorFolded;
    setView({ isPresenting: true });
  }
}

/** Ends a presentation; without one it does nothing. */
export function leavePresentation(): void {
  if (!view.getState().isPresenting) return;
  setView({ isPresenting: false, isEditorFolded: wasFolded });
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
}

/** Fills the screen with the page, or gives it back. */
export function toggleFullScreen(): void {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  // A browser that does not allow it leaves the page as it is.
  void change.catch(() => undefined);
}

/**
 * Keeps the page as a presentation wants it, also where a link began it.
 *
 * @returns ends it
 */
export function startPresenting(): () => void {
  const show = () => {
    const { isPresenting } = view.getState();
    document.documentElement.toggleAttribute('data-present', isPresenting && matchMedia(ROOM).matches);
    // A projector washes dark grounds out.
    setShownTheme(isPresenting ? 'light' : undefined);
    if (isPresenting) setView({ isEditorFolded: true, isInspectorOpen: true });
  };
  show();
  return view.subscribe((now, before) => {
    if (now.isPresenting !== before.isPresenting) show();
  });
}

/** How many pixels of the screen a pixel of the page has. */
export const pageScale = (): number => (document.documentElement.hasAttribute('data-present') ? SCALE : 1);

/**
 * Where the pointer is in an element, in pixels of the page.
 *
 * @param box - where the element is on the screen
 * @param clientX - of the pointer
 * @param clientY - of the pointer
 */
export function pointIn(
  box: Pick<DOMRect, 'left' | 'top'>,
  clientX: number,
  clientY: number,
): { readonly x: number; readonly y: number } {
  const scale = pageScale();
  return { x: (clientX - box.left) / scale, y: (clientY - box.top) / scale };
}
