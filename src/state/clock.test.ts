import { describe, expect, it, vi } from 'vitest';
import { clock, isMotionOff, setClock, subscribeClockFrame } from './clock.ts';

describe('clock', () => {
  it('lets things move up to four times real time, and not while the playhead is dragged', () => {
    expect(isMotionOff({ speed: 1, isScrubbing: false })).toBe(false);
    expect(isMotionOff({ speed: 4, isScrubbing: false })).toBe(false);
    expect(isMotionOff({ speed: 5, isScrubbing: false })).toBe(true);
    expect(isMotionOff({ speed: 1, isScrubbing: true })).toBe(true);
  });

  it('tells of many changes once a picture', () => {
    vi.useFakeTimers();
    const listener = vi.fn();
    const leave = subscribeClockFrame(listener);
    for (let atMs = 100; atMs <= 500; atMs += 100) setClock({ atMs });
    expect(clock.getState().atMs).toBe(500);
    expect(listener).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(listener).toHaveBeenCalledTimes(1);
    leave();
    setClock({ atMs: 600 });
    vi.runAllTimers();
    expect(listener).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });
});
