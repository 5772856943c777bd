// Whether single keys act (WCAG 2.1.4): who speaks to the computer may switch them off. Remembered on this device.
import { createStore, type StoreApi } from 'zustand/vanilla';

const STORAGE_KEY = 'ordinal:single-keys';

/** Whether single keys act. */
export const singleKeys: StoreApi<{ readonly isOn: boolean }> = createStore(() => ({ isOn: readChoice() }));

/**
 * Switches single keys on or off, and remembers it.
 *
 * @param isOn - whether they act
 */
export function setSingleKeys(isOn: boolean): void {
  singleKeys.setState({ isOn });
  try {
    localStorage.setItem(STORAGE_KEY, isOn ? 'on' : 'off');
  } catch {
    // A page that may not store anything keeps to it for this visit.
  }
}

function readChoice(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off';
  } catch {
    return true;
  }
}
