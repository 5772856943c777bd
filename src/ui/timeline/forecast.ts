// "If nothing changes": lets the simulation look ahead a little at a time, while nothing more urgent is asked, until it has
// seen where everything comes to rest. An act makes another future, and what was foreseen before it is dropped.
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Forecast } from '#bridge';
import { ask, clock, engine, moment, refreshHistory } from '#state';

export interface ForecastState {
  readonly isOn: boolean;
  /** What is foreseen now; undefined while nothing is, as just after an act. */
  readonly known: Forecast | undefined;
}

/** The forecast of the page. */
export const forecast: StoreApi<ForecastState> = createStore<ForecastState>(() => ({ isOn: true, known: undefined }));

/** Between two slices: the worker answers others meanwhile. */
const PAUSE_MS = 8;

/** A playhead that is dragged wants all answers for itself. */
const SCRUB_PAUSE_MS = 200;

/** Slices between two drawings of what they found. */
const SLICES_A_DRAWING = 20;

/** Where there is no end, so much is kept ahead of the playhead. */
const AHEAD_MS_MIN = 3600 * 1000;

let isAsking = false;

/** Whether what is foreseen belongs to the moment shown and goes far enough. */
function isEnough(): boolean {
  const { known } = forecast.getState();
  const { branch, future, atMs } = moment.getState();
  if (!known?.isDone || known.branch !== branch || known.future !== future) return false;
  return known.isQuiet || known.simulatedMs - atMs >= AHEAD_MS_MIN;
}

async function foresee(): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  let slices = 0;
  try {
    while (forecast.getState().isOn && !isEnough() && engine.getState().stoppedBy === undefined) {
      if (clock.getState().isScrubbing) {
        await pause(SCRUB_PAUSE_MS);
        continue;
      }
      const known = await ask('forecast', {});
      const { branch, future } = moment.getState();
      if (known.branch !== branch || known.future !== future) continue;
      slices += 1;
      if (known.isDone || slices % SLICES_A_DRAWING === 0) {
        forecast.setState({ known });
        refreshHistory();
      }
      await pause(PAUSE_MS);
    }
  } catch {
    // Without a forecast the page goes on; the fault is noted where questions are asked.
  } finally {
    isAsking = false;
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Keeps the forecast up to date while somebody looks at it.
 *
 * @returns ends it
 */
export function startForecast(): () => void {
  void foresee();
  return moment.subscribe(({ branch, future }) => {
    const { known } = forecast.getState();
    if (known && (known.branch !== branch || known.future !== future)) forecast.setState({ known: undefined });
    void foresee();
  });
}

/** Shows what comes if nothing changes, or not. */
export function toggleForecast(): void {
  forecast.setState(({ isOn }) => ({ isOn: !isOn }));
  void foresee();
}

/**
 * How far the forecast reaches that is shown.
 *
 * @param state - the forecast
 * @param reachedMs - how far history goes
 * @returns undefined where there is none, or nothing comes
 */
export function foreseenEndMs({ isOn, known }: ForecastState, reachedMs: number): number | undefined {
  return isOn && known && known.endMs > reachedMs ? known.endMs : undefined;
}

/**
 * The end of the forecast that is shown; drawn again only when it is another, not with every moment that passes.
 *
 * @returns undefined where there is none, or nothing comes
 */
export function useForeseenEndMs(): number | undefined {
  const state = useStore(forecast);
  return useStore(moment, ({ reachedMs }) => foreseenEndMs(state, reachedMs));
}
