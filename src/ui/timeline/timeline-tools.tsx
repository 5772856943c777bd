// What lies at the right of the timeline's header: nearer, further, all, and following the present.
import { useStore } from 'zustand';
import { clock, jump, play } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { zoomWindow } from './scale.ts';
import { changeWindow, showAll, timeWindow } from './window.ts';

const ZOOM_STEP = 1.6;

/**
 * The tools of the timeline.
 *
 * @param props - `isNarrow`: words give way to their icons
 * @returns buttons and a switch
 */
export function TimelineTools({ isNarrow = false }: { isNarrow?: boolean }) {
  const isZoomed = useStore(timeWindow, (state) => state.zoomed !== undefined);
  const zoom = (factor: number) => changeWindow((window) => zoomWindow(window, clock.getState().atMs, factor));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons is no fieldset
    <div className="tl-tools" role="group" aria-label="Timeline view">
      <button
        type="button"
        className="btn btn-icon tl-tool"
        aria-label="Show more time"
        title="Show more time"
        onClick={() => zoom(ZOOM_STEP)}
      >
        <ActionIcon name="minus" size={14} />
      </button>
      <button
        type="button"
        className="btn btn-icon tl-tool"
        aria-label="Show less time"
        title="Show less time"
        onClick={() => zoom(1 / ZOOM_STEP)}
      >
        <ActionIcon name="plus" size={14} />
      </button>
      <button
        type="button"
        className="btn btn-icon tl-tool"
        aria-label="Show the whole history"
        title="Show the whole history"
        disabled={!isZoomed}
        onClick={showAll}
      >
        <ActionIcon name="fit" size={14} />
      </button>
      <FollowSwitch isNarrow={isNarrow} />
    </div>
  );
}

function FollowSwitch({ isNarrow }: { isNarrow: boolean }) {
  const isFollowing = useStore(timeWindow, (state) => state.isFollowing);
  const toggle = () => {
    timeWindow.setState({ isFollowing: !isFollowing });
    if (isFollowing || clock.getState().isLive) return;
    void jump('end').then(play);
  };
  return (
    <button
      type="button"
      className="btn tl-follow"
      role="switch"
      aria-checked={isFollowing}
      aria-label="Follow live"
      onClick={toggle}
    >
      <span className="tl-toggle" aria-hidden="true" />
      {!isNarrow && 'Follow live'}
    </button>
  );
}
