// A line of the terminal that is not over: what it waits for, and when it cannot go on.
import type { Follow, LineEnd, Run, Shell, ShellRequest } from '#kubectl';
import type { Cursor } from '#timeline';
import type { RunAnswer } from './protocol.ts';
import type { Play } from './session.ts';

/** A line that is being run. */
export interface Job {
  readonly id: number;
  readonly line: string;
  readonly run: Run<LineEnd>;
  readonly shell: Shell;
  /** The branch that it looks at. */
  branch: number;
  /** How far it has looked. */
  atMs: number;
  cursor: Cursor | undefined;
  /** What it wants before it can go on. */
  wants: ShellRequest | undefined;
  /** The kubectl command that waits, with the words it was given. */
  follow: { readonly look: Follow; readonly words: readonly string[]; readonly files: Files } | undefined;
  /** When a sleep ends. */
  wakeMs: number;
  /** It needs to be asked alone, because it will change something or move the playhead. */
  isReady: boolean;
  end: LineEnd | undefined;
}

export type Files = Readonly<Record<string, string>>;

/** What an answer says about a job that is not over. */
export function waitingOf(job: Job): Pick<RunAnswer, 'waits' | 'prompt' | 'isEndless'> {
  if (job.end || !job.wants) return {};
  if (job.isReady) return { waits: 'turn' };
  if (job.wants.type === 'read') return { waits: 'line', prompt: job.wants.prompt };
  return { waits: 'time', isEndless: isEndless(job) };
}

/** Whether a job never ends by itself: it watches. */
function isEndless({ wants, follow }: Job): boolean {
  if (wants?.type === 'sleep') return wants.isLive;
  const words = follow?.words ?? [];
  const verb = words.find((word) => !word.startsWith('-'));
  if (verb === 'get' || verb === 'events') return words.some((word) => /^-[A-Za-z]*w|^--watch/.test(word));
  return verb === 'logs' && words.some((word) => /^-[A-Za-z]*f|^--follow/.test(word));
}

/** Ends a job from outside. */
export function endJob(job: Job): void {
  job.run.return({ code: 130, isExit: false });
  job.shell.lastCode = 130;
  job.end = { code: 130, isExit: false };
}

/** The clock of the page may stand a little before a moment that the simulation has answered for. */
const BACK_MS = 50;

/** A branch that began where the job has looked to goes on with what it has seen: the job goes along. */
function followBranch({ player }: Play, job: Job): boolean {
  if (job.branch === player.current.id) return true;
  for (let track = player.current; track.id !== job.branch; ) {
    const { fork } = track;
    const parent = fork && player.tracks.find(({ id }) => id === fork.parent);
    if (!parent || job.atMs > fork.atMs + BACK_MS) return false;
    track = parent;
  }
  job.branch = player.current.id;
  job.cursor = undefined;
  return true;
}

/** Why a job that waits for time cannot go on: what it has printed is not of the moment shown any more. */
export function reasonToEnd(play: Play, job: Job, atMs: number): string | undefined {
  if (job.wants?.type === 'read') return undefined;
  if (!followBranch(play, job)) return 'another branch is shown now';
  return atMs < job.atMs - BACK_MS ? 'the playhead went back to a moment before what it has printed' : undefined;
}
