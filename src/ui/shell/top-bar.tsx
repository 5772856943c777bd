// The bar over everything: what is open, on which branch, in which view, and what can be done with the whole.
import { useState } from 'react';
import { useStore } from 'zustand';
import {
  compared,
  editor,
  goToBranch,
  history,
  openDialog,
  renameBranch,
  setView,
  showFile,
  toggleCompare,
  type ViewState,
  view,
} from '#state';
import { ActionIcon } from '../icons/index.ts';
import { setTheme, useTheme } from '../theme/index.ts';
import { Menu } from './menu.tsx';
import { leavePresentation, toggleFullScreen } from './present.ts';
import { showLayout } from './show-layout.ts';
import type { Room } from './use-media.ts';
import { Wordmark } from './wordmark.tsx';

/** Files in and out come when they are asked for. */
const loadFiles = () => import('./files.ts');

/**
 * The top bar.
 *
 * @param props - how much room there is
 * @returns the bar; on a phone the views have a row of their own below it
 */
export function TopBar({ room }: { room: Room }) {
  const isPhone = room === 'phone';
  const isNarrow = isPhone || room === 'tablet';
  const isPresenting = useStore(view, (state) => state.isPresenting) && !isNarrow;
  // Presenting brings larger words and two buttons more.
  const hasWords = !isNarrow && !isPresenting;
  const isWide = room === 'wide' && !isPresenting;
  return (
    <>
      <header className="sh-top">
        <Wordmark isBare={isPhone} />
        {!isPhone && <span className="sh-slash">/</span>}
        <FileMenu />
        <BranchMenu />
        {!isPhone && (
          <div className="sh-views">
            <ViewSwitch room={room} />
          </div>
        )}
        <span className="sp" />
        <button
          type="button"
          className={hasWords ? 'btn' : 'btn btn-icon'}
          aria-label="Share"
          onClick={() => openDialog('share')}
        >
          <ActionIcon name="share" size={16} />
          {hasWords && 'Share'}
        </button>
        {isPresenting && <PresentControls />}
        {!isPhone && <ThemeSwitch />}
        {!isNarrow && !isPresenting && <HelpButton />}
        {room !== 'wide' && <InspectorSwitch />}
        <button
          type="button"
          className={isWide ? 'btn btn-line' : 'btn btn-icon'}
          aria-label="Search or run"
          aria-keyshortcuts="Control+K"
          onClick={() => openDialog('palette')}
        >
          <ActionIcon name="search" size={15} />
          {isWide && (
            <>
              <span className="dim">Search or run</span>
              <kbd>Ctrl K</kbd>
            </>
          )}
        </button>
      </header>
      {isPhone && (
        <div className="sh-viewrow">
          <ViewSwitch room={room} />
        </div>
      )}
    </>
  );
}

const isShown = ({ layout, isManifestShown }: ViewState, hasManifest: boolean): string =>
  hasManifest && isManifestShown ? 'manifest' : layout;

function ViewSwitch({ room }: { room: Room }) {
  const hasManifest = room === 'tablet' || room === 'phone';
  const shown = useStore(view, (state) => isShown(state, hasManifest));
  const isComparing = useStore(compared, ({ branch }) => branch !== undefined);
  const hasBranches = useStore(history, ({ branches }) => branches.length > 1);
  const button = (name: string, label: string, show: () => void) => (
    <button type="button" aria-pressed={shown === name} onClick={show}>
      {label}
    </button>
  );
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons is no fieldset */}
      <div className="seg" role="group" aria-label="View">
        {button('identity', 'Identity', () => showLayout('identity'))}
        {button('nodes', 'Nodes', () => showLayout('nodes'))}
        {hasManifest && button('manifest', 'Manifest', () => setView({ isManifestShown: true }))}
      </div>
      {(!hasManifest || hasBranches) && (
        <span className="seg sh-compare">
          <button type="button" aria-pressed={isComparing} title="Compare (3)" onClick={() => void toggleCompare()}>
            Compare
          </button>
        </span>
      )}
    </>
  );
}

function FileMenu() {
  const fileName = useStore(editor, (state) => state.fileName);
  const names = useStore(editor, (state) => Object.keys(state.files).join('\n')).split('\n');
  return (
    <Menu
      label={`File ${fileName}`}
      className="sh-crumb"
      groups={[
        names.map((name) => ({
          id: `file-${name}`,
          label: name,
          isChecked: name === fileName,
          run: () => showFile(name),
        })),
        [
          {
            id: 'open',
            label: 'Open a file…',
            hint: 'a manifest or a session',
            run: () => void loadFiles().then(({ pickFile }) => pickFile()),
          },
          {
            id: 'living',
            label: 'Open a living cluster…',
            hint: 'what kubectl get printed',
            run: () => openDialog('living'),
          },
          {
            id: 'download',
            label: 'Download this session',
            hint: 'to open again later',
            run: () => void loadFiles().then(({ downloadSession }) => downloadSession()),
          },
        ],
        [
          {
            id: 'over',
            label: 'Start over',
            hint: 'with the example',
            run: () => void loadFiles().then(({ startOver }) => startOver()),
          },
        ],
      ]}
    >
      <span className="sh-crumb-name">{fileName}</span>
    </Menu>
  );
}

function BranchMenu() {
  const current = useStore(history, (state) => state.branch);
  const branches = useStore(history, (state) => state.branches);
  const [isNaming, setNaming] = useState(false);
  const name = branches.find(({ id }) => id === current)?.name ?? 'main';
  if (isNaming) {
    const end = (value: string) => {
      setNaming(false);
      if (value.trim() !== '' && value !== name) void renameBranch(current, value);
    };
    return (
      <input
        className="sh-rename"
        aria-label="Name of this branch"
        defaultValue={name}
        maxLength={100}
        ref={(input) => input?.select()}
        onBlur={(event) => end(event.target.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setNaming(false);
        }}
      />
    );
  }
  return (
    <Menu
      label={`Branch ${name}`}
      className="tag sh-branch"
      hasChevron={false}
      groups={[
        branches.map(({ id, name: label, forkMs, parent }) => ({
          id: `branch-${id}`,
          label,
          isChecked: id === current,
          ...(forkMs !== undefined && {
            hint: `left ${branches.find((other) => other.id === parent)?.name ?? 'main'} at ${formatFork(forkMs)}`,
          }),
          run: () => void goToBranch(id),
        })),
        [{ id: 'rename', label: 'Rename this branch…', run: () => setNaming(true) }],
      ]}
    >
      <ActionIcon name="branch" size={13} />
      <span className="sh-branch-name">{name}</span>
      {branches.length > 1 && <span className="num dim">{branches.length}</span>}
    </Menu>
  );
}

const formatFork = (ms: number): string =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;

/** Where the inspector has no place of its own. */
function InspectorSwitch() {
  const isOpen = useStore(view, (state) => state.isInspectorOpen);
  return (
    <button
      type="button"
      className="btn btn-icon sh-inspect"
      aria-label="Inspector"
      aria-expanded={isOpen}
      title="Inspector"
      onClick={() => setView({ isInspectorOpen: !isOpen, isManifestShown: false })}
    >
      <ActionIcon name="panel" size={16} />
    </button>
  );
}

function HelpButton() {
  return (
    <button
      type="button"
      className="btn btn-icon"
      aria-label="Keys and help"
      title="Keys and help (?)"
      onClick={() => openDialog('help')}
    >
      <ActionIcon name="help" size={16} />
    </button>
  );
}

/** While presenting: the whole screen, and the way back. */
function PresentControls() {
  return (
    <>
      <button
        type="button"
        className="btn btn-icon"
        aria-label="Full screen"
        title="Full screen"
        onClick={toggleFullScreen}
      >
        <ActionIcon name="fit" size={16} />
      </button>
      <button type="button" className="btn" title="Stop presenting (Esc)" onClick={leavePresentation}>
        Stop presenting
      </button>
    </>
  );
}

function ThemeSwitch() {
  const isDark = useTheme() === 'dark';
  const label = isDark ? 'Use the light theme' : 'Use the dark theme';
  return (
    <button
      type="button"
      className="btn btn-icon"
      aria-label={label}
      title={label}
      onClick={() => setTheme(isDark ? 'light' : 'dark')}
    >
      <ActionIcon name={isDark ? 'sun' : 'moon'} size={16} />
    </button>
  );
}
