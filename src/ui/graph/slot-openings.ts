// Which slots have just come: a set that grows opens its sockets one after the other. What comes into sight by panning,
// or with the view itself, has not just come.
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { clock, isMotionOff } from '#state';
import type { SetShape } from './line.ts';
import { slotId } from './shapes.ts';

/** From one socket to the next, and from the first to the last of however many. */
const STEP_MS = 60;
const ALL_MS_MAX = 600;

/** Later than this a slot that is drawn for the first time was only out of sight. */
const FRESH_MS = 1_000;

/** What has just come. */
interface Openings {
  /** How long a slot waits until it opens; undefined: it stands there already. */
  readonly delayOf: (id: string) => number | undefined;
}

const NONE: Openings = { delayOf: () => undefined };

/** The openings of the canvas that a slot stands on. */
export const OpeningsContext = createContext<Openings>(NONE);

/**
 * How long each slot waits that was not there before.
 *
 * @param before - the sets as they were; a set that was not there is not opened: it came as a whole
 * @param now - the sets as they are
 * @returns milliseconds by slot id
 */
export function openingDelays(before: readonly SetShape[], now: readonly SetShape[]): ReadonlyMap<string, number> {
  const delays = new Map<string, number>();
  for (const shape of now) {
    const old = before.find(({ id }) => id === shape.id);
    if (!old || old === shape) continue;
    const known = new Set(old.ordinals);
    const fresh = shape.ordinals.filter((ordinal) => !known.has(ordinal));
    const step = Math.min(STEP_MS, ALL_MS_MAX / Math.max(1, fresh.length - 1));
    for (const [i, ordinal] of fresh.entries()) delays.set(slotId(shape, ordinal), Math.round(i * step));
  }
  return delays;
}

/**
 * Watches a canvas' sets grow.
 *
 * @param shapes - the sets
 */
export function useOpenings(shapes: readonly SetShape[]): Openings {
  const last = useRef(shapes);
  const openings = useMemo((): Openings => {
    const delays = openingDelays(last.current, shapes);
    if (delays.size === 0) return NONE;
    const fromMs = performance.now();
    return { delayOf: (id) => (performance.now() - fromMs < FRESH_MS ? delays.get(id) : undefined) };
  }, [shapes]);
  useEffect(() => {
    last.current = shapes;
  }, [shapes]);
  return openings;
}

/**
 * How long a slot waits until it opens, asked once, when it is first drawn.
 *
 * @param id - of the slot
 * @returns milliseconds; undefined where it stands there already, or where nothing may move by itself
 */
export function useOpening(id: string): number | undefined {
  const openings = useContext(OpeningsContext);
  return useState(() => (isMotionOff(clock.getState()) ? undefined : openings.delayOf(id)))[0];
}
