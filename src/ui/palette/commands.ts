// Everything the page can do, as lines of the palette. A line that is a kubectl command is run as one.
import type { Offer } from '#bridge';
import {
  act,
  compareWith,
  EXAMPLES,
  facts,
  goToBranch,
  history,
  kubectl,
  newFile,
  openBeside,
  openDialog,
  SPEEDS,
  select,
  selection,
  setSpeed,
  setView,
} from '#state';
import { goToManifest } from '../editor/objects.ts';
import { downloadSession, pickFile, startOver } from '../shell/files.ts';
import { focusInspector } from '../shell/focus.ts';
import { keyWords, SHORTCUTS, type Shortcut } from '../shell/shortcuts.ts';
import { setTheme } from '../theme/index.ts';
import { toggleForecast } from '../timeline/forecast.ts';
import { toggleFolding } from '../timeline/window.ts';

/** One line of the palette. */
export interface PaletteLine {
  readonly id: string;
  readonly label: string;
  /** The command it stands for, or its key. */
  readonly hint?: string;
  readonly run: () => void;
}

const OBJECTS_MAX = 300;

/**
 * All lines that do not depend on what is typed.
 *
 * @param offers - what can be done to the selected object
 * @returns acts first, then the page's own, then objects to go to
 */
export function paletteLines(offers: readonly Offer[]): PaletteLine[] {
  return [
    ...offers.map(
      (offer): PaletteLine => ({
        id: `offer-${offer.id}`,
        label: offer.label,
        hint: offer.command,
        run: () => void act(offer.act, offer.command),
      }),
    ),
    ...SHORTCUTS.flatMap(shortcutLine),
    ...SPEEDS.map((speed) => line(`Speed ${speed}×`, undefined, () => setSpeed(speed))),
    line('Show the timeline', undefined, () => setView({ bottomTab: 'timeline' })),
    line('Show the events', undefined, () => setView({ bottomTab: 'events' })),
    line('Show DNS', undefined, () => setView({ bottomTab: 'dns' })),
    line('Show or hide what comes if nothing changes', 'timeline', toggleForecast),
    line('Leave idle time out, or show it', 'timeline', toggleFolding),
    ...branchLines(),
    line('Set up the cluster: nodes and feature gates', undefined, () => openDialog('cluster')),
    line('Open a living cluster: what kubectl get printed', undefined, () => openDialog('living')),
    line('Share', undefined, () => openDialog('share')),
    line('Download this session', undefined, () => void downloadSession()),
    line('Open files', 'manifests or a session', pickFile),
    line('New file', undefined, () => void newFile()),
    line('Gallery of manifests', 'examples, traps, and sets as people run them', () => openDialog('gallery')),
    ...manifestLine(selection.getState().selectedId),
    line('Start over with the example', undefined, startOver),
    ...EXAMPLES.map(({ title, about, fileName, text }) =>
      line(`Example: ${title}`, about, () => {
        openBeside(fileName, text);
        setView({ isEditorFolded: false, isManifestShown: true });
      }),
    ),
    line('Light theme', undefined, () => setTheme('light')),
    line('Dark theme', undefined, () => setTheme('dark')),
    line("The system's theme", undefined, () => setTheme('system')),
    ...objectLines(),
  ];
}

/** What is done with a key can be done here too; the palette itself is open already. */
function shortcutLine({ label, keys, run }: Shortcut): PaletteLine[] {
  const [first = ''] = keys;
  if (!run || first === 'Ctrl+k' || first === 'Escape') return [];
  return [line(label, keys.map((name) => keyWords(name).join(' ')).join(', '), run)];
}

function manifestLine(id: string | undefined): PaletteLine[] {
  return id === undefined ? [] : [line('Go to its place in the manifest', id, () => void goToManifest(id))];
}

/** Ways to the branches that are not shown. */
function branchLines(): PaletteLine[] {
  const { branch, branches } = history.getState();
  return branches
    .filter(({ id }) => id !== branch)
    .flatMap(({ id, name }) => [
      line(`Go to ${name}`, 'branch', () => void goToBranch(id)),
      line(`Compare with ${name}`, 'branch', () => void compareWith(id)),
    ]);
}

function line(label: string, hint: string | undefined, run: () => void): PaletteLine {
  return { id: label, label, run, ...(hint !== undefined && { hint }) };
}

function objectLines(): PaletteLine[] {
  return (['set', 'pod', 'claim', 'service', 'node', 'other'] as const)
    .flatMap((type) => facts.getIds(type))
    .slice(0, OBJECTS_MAX)
    .map((id) => ({
      id,
      label: `Inspect ${id.split('/').at(-1) ?? id}`,
      hint: id.split('/')[0] ?? '',
      run: () => {
        select(id);
        setView({ isInspectorOpen: true });
        requestAnimationFrame(focusInspector);
      },
    }));
}

/**
 * The lines that fit what was typed: every word has to occur.
 *
 * @param all - as `paletteLines` gives them
 * @param typed - the text of the field
 * @returns those that fit; a typed kubectl command comes first
 */
export function matchLines(all: readonly PaletteLine[], typed: string): PaletteLine[] {
  const text = typed.trim();
  const command = /^kubectl\s+(.+)$/.exec(text)?.[1];
  const words = text.toLowerCase().split(/\s+/);
  const found = all.filter(({ label, hint }) => {
    const own = `${label} ${hint ?? ''}`.toLowerCase();
    return words.every((word) => own.includes(word));
  });
  if (command === undefined) return found;
  return [{ id: 'run', label: 'Run', hint: `kubectl ${command}`, run: () => void kubectl(command) }, ...found];
}
