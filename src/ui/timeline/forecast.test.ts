import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalClient } from '#bridge/testing';
import { connect, dropEngine, kubectl, moment, openDefault, pause, seek, setPictures } from '#state';
import { forecast, foreseenEndMs, startForecast, toggleForecast } from './forecast.ts';

let end = () => {};

beforeEach(async () => {
  connect({
    createClient: createLocalClient,
    newWorker: () => {
      throw new Error('no workers here');
    },
  });
  setPictures(() => undefined);
  forecast.setState({ isOn: true, known: undefined });
  await openDefault();
  pause();
  end = startForecast();
});

afterEach(() => {
  end();
  pause();
  forecast.setState({ isOn: false });
  dropEngine();
});

const untilKnown = () => expect.poll(() => forecast.getState().known?.isDone, { timeout: 20_000 }).toBe(true);

describe('the forecast of the page', () => {
  it('reaches to where everything comes to rest, and leaves the playhead where it is', async () => {
    await untilKnown();
    const { known } = forecast.getState();
    expect(known?.isQuiet).toBe(true);
    expect(moment.getState().atMs).toBe(0);
    expect(foreseenEndMs(forecast.getState(), 0)).toBe(known?.endMs);
    await seek(known?.endMs ?? 0);
    expect(moment.getState().isQuiet).toBe(true);
  });

  it('is dropped with an act, and made anew for the future that it brings', async () => {
    await untilKnown();
    const before = forecast.getState().known;
    await kubectl('scale sts/web --replicas=1');
    pause();
    await expect.poll(() => forecast.getState().known?.future).not.toBe(before?.future);
    await untilKnown();
    expect(forecast.getState().known?.endMs).toBeLessThan(before?.endMs ?? 0);
  });

  it('is not shown where nothing comes, nor where it is switched off', async () => {
    await untilKnown();
    const { endMs = 0 } = forecast.getState().known ?? {};
    expect(foreseenEndMs(forecast.getState(), endMs)).toBeUndefined();
    toggleForecast();
    expect(foreseenEndMs(forecast.getState(), 0)).toBeUndefined();
  });
});
