// Answers the page's requests from a session that it plays. The same code runs in the worker and, in tests, on one
// thread. Nothing here waits: an answer is the return value.
import { type Tick, viewOf } from '#engine';
import { completeLine, terminalCommands } from '#kubectl';
import { invariant, must } from '#lib';
import { type LaneBook, lanesOf, lifeCells, sentenceOf } from '#scene';
import { encodeLink } from '#share';
import { actAt, type Cursor, goToTrack, nextDueMs, seek, simulateTo, type Touched } from '#timeline';
import { besideFrame, onTrack, standBeside } from './beside.ts';
import { checkFiles } from './check.ts';
import { dnsTable, lookUp } from './dns.ts';
import { eventsUpTo } from './events.ts';
import { foresee } from './forecast.ts';
import { importCluster } from './import-cluster.ts';
import { inspect } from './inspect.ts';
import { offersFor } from './offers.ts';
import { printedUpTo } from './printed.ts';
import type { BesideFrame, Frame, RequestName, Requests, TimelineInfo } from './protocol.ts';
import { newTerminal, type Terminal } from './run.ts';
import { fingerprintNow, type Play, playSession, renewScene, sessionOf } from './session.ts';
import { whyAt } from './why.ts';

type Answers = { readonly [N in RequestName]: (args: Requests[N]['args']) => Requests[N]['answer'] };

/** The answering side: `answer(name, args)`. Throws an Error in words when it cannot. */
export interface Server {
  answer<N extends RequestName>(name: N, args: Requests[N]['args']): Requests[N]['answer'];
}

/** How far beyond the playhead is simulated in advance, so that the page knows when to ask next. */
const LOOKAHEAD_MS = 20_000;

/** How far `next-tick` looks before it says that nothing happens. */
const SEARCH_MS = 24 * 3600 * 1000;

/** Most tick times that a timeline message holds. */
const TICK_TIMES_MAX = 20_000;

/** A tick that a person can see: an object changed, other than events being counted. */
const isSeen = (tick: Tick): boolean => tick.objects.length > 0;

/** A tick after which the picture may differ: an object changed, or what somebody says of one. */
const isShown = (tick: Tick): boolean => tick.objects.length > 0 || tick.reasons.length > 0;

/** A server without a session; `open` begins one. */
export function newServer(): Server {
  let current: Play | undefined;
  let terminal: Terminal | undefined;
  const play = (): Play => {
    invariant(current, 'a session is open');
    return current;
  };

  const frameAfter = (touched: Touched | undefined, mustBeWhole = false): Frame =>
    frameOf(play(), mustBeWhole ? undefined : touched);

  const show = (atMs: number): Frame => frameAfter(seek(play().player, Math.max(0, atMs)));

  const answers: Answers = {
    open: ({ session, fingerprint }) => {
      current = playSession(session);
      terminal = newTerminal(current, frameAfter);
      const isFaithful = fingerprint === undefined || fingerprint === fingerprintNow(current);
      const { player } = current;
      const printed = printedUpTo(current.printed, player.tracks, player.current.id, player.atMs);
      return { frame: frameAfter(undefined), timeline: timelineOf(current), isFaithful, printed };
    },
    seek: ({ atMs }) => show(atMs),
    jump: ({ to }) => show(targetOf(play(), to)),
    act: ({ act, atMs }) => {
      const { answer, newBranch, touched } = actAt(play().player, Math.max(0, atMs), act);
      return { ...answer, ...(newBranch !== undefined && { newBranch }), frame: frameAfter(touched, true) };
    },
    timeline: () => timelineOf(play()),
    lives: (args) => livesOf(play(), args),
    goToBranch: ({ branch }) => {
      const { player, beside } = play();
      const left = player.current.id;
      goToTrack(player, branch);
      // Two that are compared change places.
      if (beside?.track.id === branch) standBeside(play(), left);
      return { frame: frameAfter(undefined), timeline: timelineOf(play()) };
    },
    renameBranch: ({ branch, name }) => {
      const track = play().player.tracks.find(({ id }) => id === branch);
      if (track && name.trim() !== '') track.name = name.trim().slice(0, 100);
      return timelineOf(play());
    },
    compare: ({ branch }) => {
      standBeside(play(), branch);
      return frameAfter(undefined);
    },
    forecast: () => foresee(play()),
    removeBranch: ({ branch, isBack }) => {
      const { player, removed, beside } = play();
      const isShownNow = player.current.id === branch || beside?.track.id === branch;
      const hasChildren = player.tracks.some(({ id, fork }) => fork?.parent === branch && !removed.has(id));
      if (isBack) removed.delete(branch);
      else if (!isShownNow && !hasChildren) removed.add(branch);
      return timelineOf(play());
    },
    inspect: ({ id }) => inspect(play(), id),
    offers: ({ id }) => offersFor(play(), id),
    events: ({ about, withDependents }) => eventsUpTo(play(), about, withDependents),
    why: ({ id }) => whyAt(play(), id),
    dns: () => dnsTable(play()),
    lookUp: ({ name, type, from }) => lookUp(play(), name, type, from),
    check: (args) => checkFiles(play(), args),
    importCluster: ({ text }) => importCluster(text),
    run: (args) => must(terminal, 'the terminal').run(args),
    runMore: (args) => must(terminal, 'the terminal').more(args),
    complete: ({ line, cursor, files }) =>
      completeLine(line, cursor, {
        view: viewOf(play().player.cursor.moment.store),
        files,
        commands: terminalCommands(),
      }),
    share: ({ files, view }) => {
      const fingerprint = fingerprintNow(play());
      const session = sessionOf(play(), files, view);
      const hash = encodeLink(session, fingerprint);
      return { hash, length: hash.length, session, fingerprint };
    },
  };
  return { answer: (name, args) => answers[name](args as never) as never };
}

/** Where a jump leads, in virtual milliseconds; the present moment when there is nothing that way. */
function targetOf(play: Play, to: Requests['jump']['args']['to']): number {
  const { player } = play;
  const { atMs } = player;
  const acts = markTimes(play);
  if (to === 'next-act') return acts.find((time) => time > atMs) ?? atMs;
  if (to === 'previous-act') return acts.findLast((time) => time < atMs) ?? 0;
  if (to === 'end') return player.current.reachedMs;
  if (to === 'previous-tick') return previousMs(play) ?? 0;
  const own = searchNext(play, player.cursor, atMs + SEARCH_MS);
  const { beside } = play;
  if (!beside) return own ?? atMs;
  const other = onTrack(play, beside.track, () => searchNext(play, beside.cursor, own ?? atMs + SEARCH_MS));
  return Math.min(own ?? other ?? atMs, other ?? own ?? atMs);
}

/** The next moment at which a person sees something change, simulated ahead as far as needed and allowed. */
function searchNext(play: Play, cursor: Cursor, limitMs: number): number | undefined {
  const { player } = play;
  for (let untilMs = player.atMs; ; ) {
    const found = nextMs(cursor, player.atMs, isSeen);
    if (found !== undefined) return found;
    const due = nextDueMs(player);
    if (due === undefined || untilMs >= limitMs) return undefined;
    untilMs = Math.max(untilMs + 1, due, player.current.simulatedMs);
    while (!simulateTo(player, untilMs)) {
      // goes on until that moment is reached
    }
  }
}

const markTimes = (play: Play): number[] => play.player.current.acts.map(({ atMs }) => atMs);

/** The first moment after the playhead, as far as simulated, at which such a tick comes. */
function nextMs({ history, tick: from }: Cursor, atMs: number, isWanted: (tick: Tick) => boolean): number | undefined {
  const { ticks } = history;
  for (let i = from; i < ticks.length; i += 1) {
    const tick = ticks[i] as Tick;
    if (tick.atMs > atMs && isWanted(tick)) return tick.atMs;
  }
  return undefined;
}

function previousSeenMs(cursor: Cursor, atMs: number): number | undefined {
  for (let i = cursor.tick - 1; i >= 0; i -= 1) {
    const tick = cursor.history.ticks[i] as Tick;
    if (tick.atMs < atMs && isSeen(tick)) return tick.atMs;
  }
  return undefined;
}

/** The last moment before the playhead at which something was seen to change, on either of the branches shown. */
function previousMs({ player, beside }: Play): number | undefined {
  const own = previousSeenMs(player.cursor, player.atMs);
  const other = beside && previousSeenMs(beside.cursor, player.atMs);
  return own === undefined || other === undefined ? (own ?? other) : Math.max(own, other);
}

const withoutRest = ({ isAtRest: _, ...frame }: ReturnType<typeof besideFrame>): BesideFrame => frame;

function frameOf(play: Play, touched: Touched | undefined): Frame {
  const { player } = play;
  const change = renewScene(play, touched);
  simulateTo(player, player.atMs + LOOKAHEAD_MS);
  const { history } = player.current;
  const other = play.beside && besideFrame(play, play.beside, LOOKAHEAD_MS);
  const own = nextMs(player.cursor, player.atMs, isShown);
  const otherNext = play.beside && nextMs(play.beside.cursor, player.atMs, isShown);
  const next = own === undefined || otherNext === undefined ? (own ?? otherNext) : Math.min(own, otherNext);
  const previous = previousMs(play);
  const last = history.ticks[player.cursor.tick - 1];
  const due = nextDueMs(player);
  const sentence = last?.why && sentenceOf(last.why);
  return {
    isWhole: change.isWhole,
    atMs: player.atMs,
    branch: player.current.id,
    tick: player.cursor.tick,
    ticks: history.ticks.length,
    simulatedMs: player.current.simulatedMs,
    reachedMs: player.current.reachedMs,
    isQuiet: due === undefined && next === undefined && other?.isAtRest !== false,
    future: play.acts.count,
    set: change.set,
    gone: change.gone,
    ...(other && { beside: withoutRest(other) }),
    ...(next !== undefined && { nextTickMs: next }),
    ...(previous !== undefined && { previousTickMs: previous }),
    ...(last && {
      lastTick: { actor: last.actor, key: last.key, atMs: last.atMs, ...(sentence !== undefined && { sentence }) },
    }),
  };
}

/** Sets with more slots than these are drawn as ordinals over time. */
const LANES_SEEN_MAX = 24;

/** Cells that are painted for one picture; more than a screen has. */
const CELLS_MAX = 1_000_000;

function summariesOf(lives: LaneBook['lives']): TimelineInfo['summaries'] {
  return [...lives]
    .filter(([, ofSet]) => ofSet.size > LANES_SEEN_MAX)
    .map(([setId, ofSet]) => {
      const ordinals = [...ofSet.keys()];
      const edge = (choose: (a: number, b: number) => number) => ordinals.reduce(choose);
      return {
        setId,
        slots: ofSet.size,
        firstOrdinal: edge((a, b) => Math.min(a, b)),
        lastOrdinal: edge((a, b) => Math.max(a, b)),
      };
    });
}

function livesOf({ player, lanes }: Play, { setId, edgesMs, rows }: Requests['lives']['args']) {
  const ofSet = lanes.get(player.current.id)?.lives.get(setId);
  invariant(edgesMs.length * rows <= CELLS_MAX, 'a picture has cells enough');
  return ofSet && lifeCells(ofSet, edgesMs, Math.max(1, rows));
}

function timelineOf(play: Play): TimelineInfo {
  const { player, lanes, marks } = play;
  const track = player.current;
  const book = lanes.get(track.id);
  const seen = track.history.ticks.filter(isSeen);
  const every = Math.max(1, Math.ceil(seen.length / TICK_TIMES_MAX));
  return {
    branch: track.id,
    branches: player.tracks
      .filter(({ id }) => !play.removed.has(id))
      .map(({ id, name, fork, reachedMs }) => ({
        id,
        name,
        reachedMs,
        ...(fork && { parent: fork.parent, forkMs: fork.atMs }),
      })),
    acts: player.tracks.flatMap(({ id }) => (play.removed.has(id) ? [] : (marks.get(id) ?? []))),
    lanes: book ? lanesOf(book) : [],
    summaries: book ? summariesOf(book.lives) : [],
    tickTimesMs: seen.filter((_, i) => i % every === 0).map(({ atMs }) => atMs),
  };
}
