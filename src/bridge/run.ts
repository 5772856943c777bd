// The terminal's lines at work: kubectl commands that only read are answered at the moment shown, those that change
// something become acts on the timeline, and what waits goes on as the playhead does.
import { formatTime } from '#kube';
import {
  type Follow,
  type KubectlResult,
  newTerminalShell,
  quoteWords,
  type Ran,
  runKubectl,
  runLine,
  type ShellEffect,
  type ShellReply,
  type ShellRequest,
  shellForLine,
  takeCommand,
  withHistory,
} from '#kubectl';
import { must } from '#lib';
import { LIMITS } from '#share';
import { actAt, type Cursor, momentAfter, moveCursor, seek, simulateTo, type Touched, ticksUntil } from '#timeline';
import { endJob, type Files, type Job, reasonToEnd, waitingOf } from './job.ts';
import type { Frame, Requests, RunAnswer } from './protocol.ts';
import type { Play } from './session.ts';
import { surroundings } from './surroundings.ts';
import { tryTurn } from './try-turn.ts';

/** Looks in one answer; of more moments than these, evenly chosen ones are looked at. */
const LOOKS_MAX = 2_000;

/** Objects that all looks of one answer may see together: in a large cluster there are fewer looks. */
const OBJECTS_SEEN_MAX = 400_000;
const LOOKS_MIN = 20;

/** Jobs at a time: those that watch, and the one in front. */
const JOBS_MAX = 20;

/** What happened during one answer. */
interface Doings {
  readonly shown: ShellEffect[];
  acts: number;
  newBranch: number | undefined;
  touched: Touched | undefined;
  /** The playhead moved more than once, or something was done: only a whole frame tells all. */
  isWhole: boolean;
  /** Nothing else is asked meanwhile: acts may be done. */
  readonly mayAct: boolean;
}

export interface Terminal {
  run(args: Requests['run']['args']): RunAnswer;
  more(args: Requests['runMore']['args']): RunAnswer;
}

/**
 * A terminal on a session.
 * @param frame makes the frame of the moment where the player stands
 */
export function newTerminal(play: Play, frame: (touched: Touched | undefined, isWhole: boolean) => Frame): Terminal {
  const files = new Map<string, string>();
  const jobs = new Map<number, Job>();
  let typed: readonly string[] = [];
  let lastId = 0;
  let doings: Doings = newDoings(true);
  const base = newTerminalShell(
    { files, history: () => typed, now: () => formatTime(play.epochMs + play.player.atMs) },
    (effect) => doings.shown.push(effect),
  );

  const takeFiles = (given: Files): void => {
    files.clear();
    for (const [name, text] of Object.entries(given)) files.set(name, text);
  };

  const goTo = (atMs: number): void => {
    const touched = seek(play.player, Math.max(0, atMs));
    doings.isWhole ||= doings.touched !== undefined || touched === undefined;
    doings.touched = touched;
  };

  const answerOf = (job: Job, before: Files): RunAnswer => {
    if (job.end) jobs.delete(job.id);
    const changed = changesOf(before, files);
    return {
      id: job.id,
      shown: doings.shown,
      acts: doings.acts,
      ...(job.end && { code: job.end.code }),
      ...waitingOf(job),
      ...(doings.newBranch !== undefined && { newBranch: doings.newBranch }),
      ...(Object.keys(changed).length > 0 && { files: changed }),
      ...(doings.mayAct && { frame: frame(doings.touched, doings.isWhole) }),
    };
  };

  return {
    run: ({ line, atMs, files: given, history }) => {
      const taken = takeCommand(line);
      if (!taken) return { id: 0, shown: [], acts: 0, code: 0, isIncomplete: true };
      doings = newDoings(true);
      const { line: command, problem } = withHistory(taken.command, history);
      if (command !== taken.command) doings.shown.push({ type: 'out', text: `${command}\n` });
      if (taken.leftOut > 0) doings.shown.push({ type: 'note', text: leftOutWords(taken.leftOut) });
      takeFiles(given);
      typed = history;
      lastId += 1;
      goTo(atMs);
      const shell = shellForLine(base, (effect) => doings.shown.push(effect));
      const job: Job = {
        id: lastId,
        line: command,
        run: runLine(command, shell),
        shell,
        branch: play.player.current.id,
        atMs: play.player.atMs,
        cursor: undefined,
        wants: undefined,
        follow: undefined,
        wakeMs: 0,
        isReady: false,
        end: undefined,
      };
      const refusal = problem ?? (jobs.size >= JOBS_MAX ? `bash: more than ${JOBS_MAX} commands at a time` : undefined);
      if (refusal !== undefined) {
        doings.shown.push({ type: 'err', text: `${refusal}\n` });
        job.end = { code: 1, isExit: false };
      } else {
        jobs.set(job.id, job);
        resume(play, job, doings, goTo, {});
        base.lastCode = shell.lastCode;
      }
      return { ...answerOf(job, given), typed: taken.command, ran: command, rest: taken.rest };
    },
    more: ({ id, atMs, files: given, input, isInterrupted, mayAct }) => {
      doings = newDoings(mayAct);
      if (given) takeFiles(given);
      const before = Object.fromEntries(files);
      const job = jobs.get(id);
      if (!job) return { id, shown: [], acts: 0, code: 130, ...(mayAct && { frame: frame(undefined, true) }) };
      if (mayAct) goTo(atMs);
      const reason = isInterrupted || input !== undefined ? undefined : reasonToEnd(play, job, atMs);
      if (reason !== undefined) {
        doings.shown.push({ type: 'note', text: `${job.line}: ended, because ${reason}.\n` });
        endJob(job);
      } else if (isInterrupted) interrupt(play, job, doings, goTo);
      else if (input !== undefined && job.wants?.type === 'read') typeIn(play, job, doings, goTo, atMs, input);
      else passTime(play, job, doings, goTo, atMs);
      base.lastCode = job.shell.lastCode;
      return answerOf(job, before);
    },
  };
}

const leftOutWords = (count: number): string =>
  `${count} ${count === 1 ? 'line that is no command was' : 'lines that are no commands were'} left out.\n`;

const newDoings = (mayAct: boolean): Doings => ({
  shown: [],
  acts: 0,
  newBranch: undefined,
  touched: undefined,
  isWhole: false,
  mayAct,
});

/** Files that a line wrote, and `null` for those it removed. */
function changesOf(before: Files, after: ReadonlyMap<string, string>): Record<string, string | null> {
  const changed: Record<string, string | null> = {};
  for (const [name, text] of after) if (before[name] !== text) changed[name] = text;
  for (const name of Object.keys(before)) if (!after.has(name)) changed[name] = null;
  return changed;
}

type GoTo = (atMs: number) => void;

/** Lets the script go on until it waits for something, or ends. */
function resume(play: Play, job: Job, doings: Doings, goTo: GoTo, reply: ShellReply): void {
  let answer = reply;
  job.wants = undefined;
  job.isReady = false;
  for (;;) {
    const step = job.run.next(answer);
    if (step.done) {
      job.end = step.value;
      if (job.end.isExit)
        doings.shown.push({ type: 'note', text: 'The terminal stays open; Escape leaves its line.\n' });
      return;
    }
    const next = serve(play, job, doings, goTo, step.value);
    if (!next) {
      job.wants = step.value;
      return;
    }
    answer = next;
  }
}

/** Does what a script asks for, where it can be done at once. */
function serve(play: Play, job: Job, doings: Doings, goTo: GoTo, request: ShellRequest): ShellReply | undefined {
  switch (request.type) {
    case 'kubectl': {
      const ran = kubectl(play, job, doings, request);
      job.isReady = ran === undefined;
      return ran && { ran };
    }
    case 'sleep':
      if (request.isLive) {
        job.wakeMs = job.atMs + request.ms;
        return undefined;
      }
      job.isReady = !doings.mayAct;
      if (job.isReady) return undefined;
      if (job.atMs + request.ms > LIMITS.timeMs) return {};
      goTo(job.atMs + request.ms);
      job.atMs = play.player.atMs;
      return {};
    default:
      return undefined;
  }
}

/** The moment at which a job looks. */
function momentOf(play: Play, job: Job): Cursor['moment'] {
  const { player } = play;
  if (player.atMs === job.atMs && player.current.id === job.branch) return player.cursor.moment;
  return cursorOf(play, job).moment;
}

/** The job's own place in the history, at its moment. */
function cursorOf(play: Play, job: Job): Cursor {
  const { history } = play.player.current;
  const tick = ticksUntil(history, job.atMs);
  job.cursor ??= { history, tick, moment: momentAfter(history, tick) };
  // What was only simulated ahead may have been forgotten, and another history stands in its place.
  job.cursor.history = history;
  moveCursor(job.cursor, tick);
  return job.cursor;
}

/** Runs a kubectl command; undefined where it would change something, and that may not be now. */
function kubectl(
  play: Play,
  job: Job,
  doings: Doings,
  { words, stdin, files: more }: ShellRequest & { type: 'kubectl' },
): Ran | undefined {
  const command = quoteWords(words);
  if (command.length > LIMITS.commandCharacters)
    return {
      out: '',
      err: `error: the command has more than ${LIMITS.commandCharacters} characters\n`,
      code: 1,
      isWaiting: false,
    };
  const read: Record<string, string> = {};
  const files = notingReads({ ...more, ...filesOf(job), ...(stdin !== undefined && { '-': stdin }) }, read);
  const { config } = play.player.start.world;
  const { result, hasWritten } = tryTurn(momentOf(play, job), config, job.atMs, (turn) =>
    runKubectl(turn, command, files, surroundings),
  );
  job.follow = result.follow && { look: result.follow, words, files: read };
  const ran = (said: Pick<KubectlResult, 'out' | 'err' | 'code'>): Ran => ({
    out: said.out,
    err: said.err,
    code: said.code,
    isWaiting: result.follow !== undefined,
  });
  if (!hasWritten || result.isDryRun) return ran(result);
  if (!doings.mayAct) return undefined;
  return ran(doAct(play, job, doings, command, read));
}

/** Puts a command on the timeline, at the moment where the playhead stands. */
function doAct(play: Play, job: Job, doings: Doings, command: string, files: Files) {
  const { player } = play;
  if (player.tracks.reduce((sum, { acts }) => sum + acts.length, 0) >= LIMITS.acts)
    return { out: '', err: `error: a session holds at most ${LIMITS.acts} acts\n`, code: 1 };
  const { answer, newBranch } = actAt(player, player.atMs, {
    type: 'kubectl',
    command,
    ...(Object.keys(files).length > 0 && { files }),
  });
  doings.acts += 1;
  doings.isWhole = true;
  doings.newBranch = newBranch ?? doings.newBranch;
  job.branch = player.current.id;
  job.atMs = player.atMs;
  return answer;
}

/** The person's files, as plain data. */
function filesOf({ shell }: Job): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of shell.host.files.list('.') ?? []) {
    const text = shell.host.files.read(name);
    if (typeof text === 'string') files[name] = text;
  }
  return files;
}

/** Files that note which of them are read: an act carries those alone. */
const notingReads = (files: Record<string, string>, read: Record<string, string>): Files =>
  new Proxy(files, {
    get: (all, name) => {
      const text = typeof name === 'string' && Object.hasOwn(all, name) ? all[name] : undefined;
      if (text !== undefined) read[name as string] = text;
      return text;
    },
  });

/** A line, or several, for a job that reads. Undefined as text ends the input: Ctrl+D. */
function typeIn(play: Play, job: Job, doings: Doings, goTo: GoTo, atMs: number, input: string | null): void {
  // Who types does so where the playhead stands, also where that is earlier than before.
  job.atMs = atMs;
  job.branch = play.player.current.id;
  const lines = input === null ? [undefined] : input.split('\n');
  for (const line of lines) {
    if (job.end || job.wants?.type !== 'read') break;
    resume(play, job, doings, goTo, { line });
  }
}

/** Ctrl+C: a shell in a container gets a fresh line, everything else ends. */
function interrupt(play: Play, job: Job, doings: Doings, goTo: GoTo): void {
  if (job.wants?.type === 'read' && job.wants.prompt !== '') {
    resume(play, job, doings, goTo, { line: '' });
    return;
  }
  endJob(job);
}

/** Lets time pass for a job, up to where the playhead stands. */
function passTime(play: Play, job: Job, doings: Doings, goTo: GoTo, atMs: number): void {
  while (!simulateTo(play.player, atMs)) {
    // goes on until that moment is simulated
  }
  // A job that wanted to be alone is so now.
  if (job.isReady && doings.mayAct && job.wants) {
    job.atMs = Math.max(job.atMs, play.player.atMs);
    const request = job.wants;
    if (request.type === 'look') lookAndAct(play, job, doings, goTo);
    else {
      const reply = serve(play, job, doings, goTo, request);
      if (reply) resume(play, job, doings, goTo, reply);
    }
  }
  for (let rounds = 0; rounds < LOOKS_MAX && !job.end && !job.isReady && job.atMs < atMs; rounds += 1) {
    if (job.wants?.type === 'look') watchUntil(play, job, doings, goTo, atMs);
    else if (job.wants?.type === 'sleep' && job.wakeMs <= atMs) {
      job.atMs = job.wakeMs;
      resume(play, job, doings, goTo, {});
    } else return;
  }
}

/** Commands whose looks change things, and are therefore made where the playhead stands. */
const isWriter = (words: readonly string[]): boolean => words.includes('drain');

/** Looks at every tick on the way, and at the end of it, until the command is content. */
function watchUntil(play: Play, job: Job, doings: Doings, goTo: GoTo, untilMs: number): void {
  const { look, words } = must(job.follow, 'the command that waits');
  if (isWriter(words)) {
    job.isReady = true;
    if (doings.mayAct) lookAndAct(play, job, doings, goTo);
    return;
  }
  const { history } = play.player.current;
  const cursor = cursorOf(play, job);
  const last = ticksUntil(history, untilMs);
  const seen: number[] = [];
  for (let tick = cursor.tick; tick < last; tick += 1)
    if ((history.ticks[tick]?.objects.length ?? 0) > 0) seen.push(tick);
  const looksMax = Math.max(LOOKS_MIN, Math.min(LOOKS_MAX, OBJECTS_SEEN_MAX / cursor.moment.store.objects.size));
  const every = Math.max(1, Math.ceil(seen.length / looksMax));
  for (const [i, tick] of seen.entries()) {
    if (i % every !== 0 && i < seen.length - 1) continue;
    moveCursor(cursor, tick + 1);
    job.atMs = Math.max(job.atMs, history.ticks[tick]?.atMs ?? 0);
    if (lookOnce(play, job, doings, goTo, look, cursor.moment, untilMs)) return;
  }
  job.atMs = untilMs;
  moveCursor(cursor, last);
  lookOnce(play, job, doings, goTo, look, cursor.moment, untilMs);
}

/**
 * @param untilMs where the playhead stands
 * @returns true when the script went on
 */
function lookOnce(
  play: Play,
  job: Job,
  doings: Doings,
  goTo: GoTo,
  look: Follow,
  moment: Cursor['moment'],
  untilMs: number,
): boolean {
  const { result } = tryTurn(moment, play.player.start.world.config, job.atMs, look);
  if (result.out === '' && result.err === '' && !result.isDone) return false;
  const { out, err, isDone, code = 0 } = result;
  if (isDone) {
    job.follow = undefined;
    // What comes behind it is begun where the playhead stands.
    job.atMs = untilMs;
  }
  resume(play, job, doings, goTo, { ran: { out, err, code, isWaiting: !isDone } });
  // Still the same command: it goes on looking.
  return isDone || job.wants?.type !== 'look';
}

/** A look that may change something: what it does becomes an act of the same command. */
function lookAndAct(play: Play, job: Job, doings: Doings, goTo: GoTo): void {
  const { look, words, files } = must(job.follow, 'the command that waits');
  const { config } = play.player.start.world;
  const { result, hasWritten } = tryTurn(play.player.cursor.moment, config, play.player.atMs, look);
  job.atMs = play.player.atMs;
  if (hasWritten) doAct(play, job, doings, quoteWords(words), files);
  const { out, err, isDone, code = 0 } = result;
  if (isDone) job.follow = undefined;
  resume(play, job, doings, goTo, { ran: { out, err, code, isWaiting: !isDone } });
}
