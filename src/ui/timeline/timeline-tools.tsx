// What lies at the right of the timeline's header: nearer, further, all, what is shown, and following the present.
import { useStore } from 'zustand';
import { clock, jump, play } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { Menu } from '../shell/menu.tsx';
import { forecast, toggleForecast } from './forecast.ts';
import { showAll, timeWindow, toggleFolding, ZOOM_STEP, zoomAtPlayhead } from './window.ts';

/**
 * The tools of the timeline.
 *
 * @param props - `isNarrow`: words give way to their icons
 * @returns buttons and a switch
 */
export function TimelineTools({ isNarrow = false }: { isNarrow?: boolean }) {
  const isZoomed = useStore(timeWindow, (state) => state.zoomed !== undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons is no fieldset
    <div className="tl-tools" role="group" aria-label="Timeline view">
      <button
        type="button"
        className="btn btn-icon tl-tool"
        aria-label="Show more time"
        title="Show more time (- on the playhead)"
        onClick={() => zoomAtPlayhead(ZOOM_STEP)}
      >
        <ActionIcon name="minus" size={14} />
      </button>
      <button
        type="button"
        className="btn btn-icon tl-tool"
        aria-label="Show less time"
        title="Show less time (+ on the playhead)"
        onClick={() => zoomAtPlayhead(1 / ZOOM_STEP)}
      >
        <ActionIcon name="plus" size={14} />
      </button>
      <button
        type="button"
        className="btn btn-icon tl-tool"
        aria-label="Show the whole history"
        title="Show the whole history (0 on the playhead)"
        disabled={!isZoomed}
        onClick={showAll}
      >
        <ActionIcon name="fit" size={14} />
      </button>
      <ShownMenu />
      <FollowSwitch isNarrow={isNarrow} />
    </div>
  );
}

function ShownMenu() {
  const isOn = useStore(forecast, (state) => state.isOn);
  const isFolding = useStore(timeWindow, (state) => state.isFolding);
  return (
    <Menu
      label="What the timeline shows"
      className="btn btn-icon tl-tool"
      align="end"
      isUp
      hasChevron={false}
      groups={[
        [
          {
            id: 'forecast',
            label: isOn ? 'Hide what comes if nothing changes' : 'Show what comes if nothing changes',
            run: toggleForecast,
          },
          {
            id: 'folds',
            label: isFolding ? 'Show idle time as long as it is' : 'Leave idle time out',
            run: toggleFolding,
          },
        ],
      ]}
    >
      <ActionIcon name="set" size={14} />
    </Menu>
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
