// Play, pause, step, speed, and the clock.
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { clock, moment, SPEEDS, setSpeed, step, subscribeClockFrame, togglePlay } from '#state';
import { formatCount, formatMoment } from '../graph/words.ts';
import { ActionIcon } from '../icons/index.ts';
import { Menu } from '../shell/menu.tsx';
import './transport.css';

/**
 * The transport.
 *
 * @param props - `isLarge`: for fingers; the step buttons and speed are 44 pixels high
 * @returns buttons, clock and speed in one row
 */
export function Transport({ isLarge = false }: { isLarge?: boolean }) {
  const isPlaying = useStore(clock, (state) => state.isPlaying);
  const speed = useStore(clock, (state) => state.speed);
  const previousMs = useStore(clock, (state) => state.atMs > 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons is no fieldset
    <div className="tr" role="group" aria-label="Playback" data-large={isLarge || undefined}>
      <button
        type="button"
        className="btn btn-icon"
        aria-label="Previous tick"
        title="Previous tick (←)"
        disabled={!previousMs}
        onClick={() => void step(-1)}
      >
        <ActionIcon name="previous" size={16} />
      </button>
      <button
        type="button"
        className="tr-play"
        aria-label={isPlaying ? 'Pause' : 'Play'}
        title={isPlaying ? 'Pause (Space)' : 'Play (Space)'}
        aria-keyshortcuts="Space"
        onClick={togglePlay}
      >
        <ActionIcon name={isPlaying ? 'pause' : 'play'} size={17} />
      </button>
      <button
        type="button"
        className="btn btn-icon"
        aria-label="Next tick"
        title="Next tick (→)"
        onClick={() => void step(1)}
      >
        <ActionIcon name="next" size={16} />
      </button>
      <Clock />
      <Menu
        label={`Speed ${speed}×`}
        className="btn tr-speed"
        isUp
        groups={[
          SPEEDS.map((value) => ({
            id: String(value),
            label: `${value}×`,
            isChecked: value === speed,
            run: () => setSpeed(value),
          })),
        ]}
      >
        <span className="num">{speed}×</span>
      </Menu>
    </div>
  );
}

/** Written straight to the page: it changes with every picture. */
function Clock() {
  const time = useRef<HTMLElement>(null);
  const tick = useStore(moment, (state) => state.tick);
  const isQuiet = useStore(moment, (state) => state.isQuiet);
  const isLive = useStore(clock, (state) => state.isLive);
  useEffect(() => {
    const write = () => {
      const { atMs } = clock.getState();
      const text = `${formatMoment(atMs)}.${Math.floor((atMs % 1000) / 100)}`;
      if (time.current && time.current.textContent !== text) time.current.textContent = text;
    };
    write();
    return subscribeClockFrame(write);
  }, []);
  return (
    <div className="tr-clock">
      <b ref={time} className="num" data-testid="clock">
        0:00.0
      </b>
      <span className="num" data-testid="tick">
        tick {formatCount(tick)}
      </span>
      {isQuiet && isLive && <span title="Nothing is left to happen until somebody acts">quiet</span>}
    </div>
  );
}
