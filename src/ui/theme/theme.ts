// Dark, light, or what the system prefers. The choice outlives the visit; the page carries it as `data-theme`.
import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';

type ThemeChoice = 'dark' | 'light' | 'system';
type Theme = 'dark' | 'light';

const STORAGE_KEY = 'ordinal:theme';
const LIGHT = '(prefers-color-scheme: light)';

/** What was chosen, and what is shown in its place for a while. */
const theme: StoreApi<{ readonly choice: ThemeChoice; readonly shown: Theme | undefined }> = createStore(() => ({
  choice: readChoice(),
  shown: undefined,
}));

/**
 * Chooses a theme and remembers it.
 *
 * @param choice - `system` follows the system from then on
 */
export function setTheme(choice: ThemeChoice): void {
  if (theme.getState().shown !== undefined) {
    setShownTheme(choice === 'system' ? systemTheme() : choice);
    return;
  }
  theme.setState({ choice });
  try {
    localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // A page that may not store anything still changes its theme for this visit.
  }
}

/**
 * Shows a theme in place of the chosen one, which is kept for afterwards. Until then choices are not remembered.
 *
 * @param shown - undefined goes back to what was chosen
 */
export function setShownTheme(shown: Theme | undefined): void {
  theme.setState({ shown });
}

/**
 * Puts the theme on the page and keeps it there.
 *
 * @returns ends it
 */
export function startTheme(): () => void {
  const show = () => {
    document.documentElement.dataset.theme = getTheme();
  };
  show();
  const leave = theme.subscribe(show);
  const system = matchMedia(LIGHT);
  system.addEventListener('change', show);
  return () => {
    leave();
    system.removeEventListener('change', show);
  };
}

/**
 * The theme that is shown.
 *
 * @returns dark or light, also where the system decides
 */
function getTheme(): Theme {
  const { choice, shown } = theme.getState();
  if (shown !== undefined) return shown;
  return choice === 'system' ? systemTheme() : choice;
}

const systemTheme = (): Theme => (matchMedia(LIGHT).matches ? 'light' : 'dark');

/**
 * The theme that is shown, for what cannot take its colours from CSS.
 *
 * @returns dark or light
 */
export function useTheme(): Theme {
  useStore(theme);
  return useSyncExternalStore(subscribeSystem, getTheme);
}

function subscribeSystem(listener: () => void): () => void {
  const system = matchMedia(LIGHT);
  system.addEventListener('change', listener);
  return () => system.removeEventListener('change', listener);
}

function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === 'dark' || stored === 'light' ? stored : 'system';
  } catch {
    return 'system';
  }
}
