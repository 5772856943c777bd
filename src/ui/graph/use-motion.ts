// Whether things may move by themselves, and what has just changed.
import { useRef, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { clock, isMotionOff } from '#state';

const REDUCED = '(prefers-reduced-motion: reduce)';

/**
 * Whether the visitor asked for less motion.
 */
export function useIsCalm(): boolean {
  return useSyncExternalStore(subscribeReduced, () => matchMedia(REDUCED).matches);
}

function subscribeReduced(listener: () => void): () => void {
  const query = matchMedia(REDUCED);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/**
 * What a view says of motion to its styles: `data-motion` is `off` where nothing may take time, and `data-playing` says
 * whether time runs, for what turns while it does.
 */
export function useMotionAttributes(): { readonly 'data-motion': 'on' | 'off'; readonly 'data-playing': boolean } {
  const isOff = useStore(clock, isMotionOff);
  const isPlaying = useStore(clock, (state) => state.isPlaying);
  return { 'data-motion': isOff ? 'off' : 'on', 'data-playing': isPlaying };
}

/**
 * Counts how often a value has changed since the component came. As a key it starts an animation anew, and at 0 there
 * is none: what comes into sight has not just happened.
 *
 * @param value - compared by identity
 */
export function useChangeCount(value: unknown): number {
  const last = useRef({ value, count: 0 });
  if (!Object.is(last.current.value, value)) last.current = { value, count: last.current.count + 1 };
  return last.current.count;
}
