// Which session is open: from a link, from a file, or the example. What stands in the address bar always stands for
// what is on screen.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PrintedAct } from '#bridge';
import type { LinkProblem, Session } from '#share';
import { compared } from './beside.ts';
import { clock, setClock } from './clock.ts';
import { ask, dropEngine, engine } from './connection.ts';
import { editor, openFile, openFiles, takeApplied } from './editor.ts';
import { EXAMPLES } from './examples.ts';
import { history, takeHistory } from './history.ts';
import { moment, takeFrame } from './moment.ts';
import { notify } from './notices.ts';
import { select, selection } from './selection.ts';
import { exclusively, pause, play, sync } from './transport.ts';
import { setView, view, viewSetup } from './view.ts';

export interface SessionState {
  readonly status: 'opening' | 'open' | 'problem';
  /** Why nothing could be opened. */
  readonly problem: LinkProblem | undefined;
  /** False where a link's replay is not what its maker saw. */
  readonly isFaithful: boolean;
  /** What was opened last, and what its acts had printed up to the moment that it shows. */
  readonly opened: { readonly session: Session; readonly printed: readonly PrintedAct[] } | undefined;
}

/** The link of what is on screen. */
export interface LinkState {
  /** From `#` on; empty before the first. */
  readonly hash: string;
  readonly session: Session | undefined;
  readonly fingerprint: string | undefined;
}

/** Whether a session is open. */
export const session: StoreApi<SessionState> = createStore<SessionState>(() => ({
  status: 'opening',
  problem: undefined,
  isFaithful: true,
  opened: undefined,
}));

/** The link that stands in the address bar. */
export const link: StoreApi<LinkState> = createStore<LinkState>(() => ({
  hash: '',
  session: undefined,
  fingerprint: undefined,
}));

/** Longest time between a change and the address bar: short for a copier, long enough for the browser's own limit. */
const ADDRESS_MS = 400;

/** The same while only the playhead moves. */
const ADDRESS_PLAYING_MS = 1_500;

/** Reading and writing links takes an unpacker that a visit without a link does without. */
const loadShare = () => import('#share');

/**
 * The session of a visit without a link: the first example, applied at time 0 to three nodes in three zones.
 *
 * @returns a session that has not been played yet
 */
export function newDefaultSession(): Session {
  const [{ fileName, text }] = EXAMPLES;
  const files = { [fileName]: text };
  return {
    cluster: {
      seed: 1,
      gates: {},
      nodes: ['a', 'b', 'c'].map((letter) => ({
        name: `node-${letter}`,
        zone: `zone-${letter}`,
        cpu: '4',
        memory: '16Gi',
        pods: 110,
      })),
      manifest: '',
      timing: {},
    },
    files,
    branches: [
      {
        id: 0,
        name: 'main',
        acts: [{ atMs: 0, act: { type: 'kubectl', command: `apply -f ${fileName}`, files } }],
        reachedMs: 0,
      },
    ],
    at: { branch: 0, atMs: 0 },
    view: { layout: 'identity' },
  };
}

/**
 * Opens a session in place of the one that is open.
 *
 * @param next - the session
 * @param fingerprint - what the moment it shows must be like, where a link says so
 * @param isOwnAddress - the address bar stands for it already; otherwise what was open is one step back in the browser
 * @returns whether it could be opened; if not, `session` says why
 */
export async function openSession(next: Session, fingerprint?: string, isOwnAddress = false): Promise<boolean> {
  pause();
  if (!isOwnAddress && session.getState().status === 'open') await leaveAddress();
  if (engine.getState().stoppedBy !== undefined) dropEngine();
  session.setState({ status: 'opening', problem: undefined, isFaithful: true });
  try {
    await exclusively(async () => {
      const { frame, timeline, isFaithful, printed } = await ask('open', {
        session: next,
        ...(fingerprint !== undefined && { fingerprint }),
      });
      select(next.view.selected);
      setView({ layout: next.view.layout, isPresenting: next.view.isPresenting === true });
      setClock({ isScrubbing: false });
      takeFrame(frame, true);
      const { compare } = next.view;
      if (compare !== undefined) takeFrame(await ask('compare', { branch: compare }), true);
      takeHistory(timeline);
      openFiles(next.files);
      takeApplied(next, timeline);
      session.setState({ status: 'open', isFaithful, opened: { session: next, printed } });
    });
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    dropEngine();
    session.setState({
      status: 'problem',
      problem: { kind: 'damaged', message: `This session cannot be played: ${message}` },
    });
    return false;
  }
}

/**
 * Opens the example and lets it run.
 *
 * @param isOwnAddress - as for `openSession`
 */
export async function openDefault(isOwnAddress = false): Promise<void> {
  if (await openSession(newDefaultSession(), undefined, isOwnAddress)) play();
}

/**
 * Opens what an address stands for; without a session in it, the example.
 *
 * @param hash - as in `location.hash`
 */
export async function openLink(hash: string): Promise<void> {
  if (hash.replace('#', '') === '') {
    await openDefault(true);
    return;
  }
  const decoded = (await loadShare()).decodeLink(hash);
  if (decoded.type === 'none') await openDefault(true);
  else if (decoded.type === 'problem') session.setState({ status: 'problem', problem: decoded.problem });
  else await openSession(decoded.session, decoded.fingerprint, true);
}

/**
 * Opens the text of a file: a session that was downloaded, or a manifest, which goes to the editor unapplied.
 *
 * @param fileName - its name
 * @param text - its text
 */
export async function openFileText(fileName: string, text: string): Promise<void> {
  if (isSessionText(text)) {
    const decoded = (await loadShare()).decodeFile(text);
    if (decoded.type === 'session') await openSession(decoded.session, decoded.fingerprint);
    else if (decoded.type === 'problem') notify({ tone: 'problem', text: decoded.problem.message });
    return;
  }
  const { manifestCharacters } = (await loadShare()).LIMITS;
  if (text.length > manifestCharacters) {
    notify({ tone: 'problem', text: `${fileName} has ${text.length} characters; ${manifestCharacters} are the most.` });
    return;
  }
  await untilOpened();
  openFile(fileName, text);
  setView({ isEditorFolded: false, isManifestShown: true });
  notify({ tone: 'info', topic: 'file', text: `${fileName} is in the editor and not applied yet.` });
}

/** A session that is still on its way would take the place of what is opened now. */
export function untilOpened(): Promise<void> {
  if (session.getState().status !== 'opening') return Promise.resolve();
  return new Promise((resolve) => {
    const leave = session.subscribe(({ status }) => {
      if (status === 'opening') return;
      leave();
      resolve();
    });
  });
}

/** A session file says what it is in its first field. */
export const isSessionText = (text: string): boolean => /^\s*\{\s*"ordinal"\s*:/.test(text);

/**
 * The present session as the text of a file.
 *
 * @returns undefined before a session was played
 */
export async function sessionFileText(): Promise<string | undefined> {
  const { session: shown, fingerprint } = link.getState();
  if (!shown || fingerprint === undefined) return undefined;
  return (await loadShare()).encodeFile(shown, fingerprint);
}

/**
 * Makes the link of what is on screen now.
 *
 * @returns its hash; undefined where the simulation does not answer
 */
export async function makeLink(): Promise<string | undefined> {
  if (session.getState().status !== 'open' || engine.getState().stoppedBy !== undefined) return undefined;
  await sync();
  const { selectedId } = selection.getState();
  const { branch: compare } = compared.getState();
  try {
    const answer = await ask('share', {
      files: editor.getState().files,
      view: {
        ...viewSetup(),
        ...(selectedId !== undefined && { selected: selectedId }),
        ...(compare !== undefined && { compare }),
      },
    });
    link.setState({ hash: answer.hash, session: answer.session, fingerprint: answer.fingerprint });
    takeApplied(answer.session, history.getState());
    return answer.hash;
  } catch {
    return undefined;
  }
}

/** Starts the simulation again where it stopped, from the link of the last moment that was good. */
export async function restart(): Promise<void> {
  const { session: last, fingerprint } = link.getState();
  dropEngine();
  if (last) await openSession({ ...last, files: editor.getState().files }, fingerprint, true);
  else await openDefault(true);
}

/**
 * Everything worth telling about a fault, for a person to copy.
 *
 * @returns text with the error, the moment and the link
 */
export function reportText(): string {
  const { stoppedBy, failures } = engine.getState();
  const { tick, branch, lastTick } = moment.getState();
  return [
    `Ordinal stopped: ${stoppedBy ?? 'no'}`,
    ...failures.map((failure) => `- ${failure}`),
    `at tick ${tick} of branch ${branch}${lastTick ? `, after ${lastTick.actor} ${lastTick.key}` : ''}`,
    `session: ${link.getState().hash}`,
  ].join('\n');
}

/** What the address bar needs of a browser; tests pass their own. */
export interface Address {
  getHash(): string;
  setHash(hash: string): void;
  /** Keeps the present address one step back. */
  keep(): void;
  onChange(listener: () => void): () => void;
}

/** Another session is about to take the place of the one that is open. */
let leaveAddress: () => Promise<void> = () => Promise.resolve();

/**
 * Opens what the address says, and keeps the address up to date.
 *
 * @param address - the browser's
 * @returns ends it
 */
export function startAddress(address: Address): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueMs = Number.POSITIVE_INFINITY;
  let costMs = 0;
  let own = '';
  const write = async () => {
    timer = undefined;
    dueMs = Number.POSITIVE_INFINITY;
    const startMs = performance.now();
    const hash = await makeLink();
    costMs = performance.now() - startMs;
    if (hash === undefined || hash === own) return;
    own = hash;
    address.setHash(hash);
  };
  // A cluster of ten thousand pods takes its time to be told apart: then the address follows more slowly.
  const within = (delayMs: number) => {
    const nextMs = performance.now() + Math.max(delayMs, costMs * 10);
    if (timer !== undefined && nextMs >= dueMs) return;
    clearTimeout(timer);
    dueMs = nextMs;
    timer = setTimeout(() => void write(), nextMs - performance.now());
  };
  const soon = () => within(ADDRESS_MS);
  const leave = [
    moment.subscribe(soon),
    clock.subscribe(({ isPlaying }) => isPlaying && within(ADDRESS_PLAYING_MS)),
    selection.subscribe(soon),
    editor.subscribe((now, before) => now.files !== before.files && soon()),
    view.subscribe(
      (now, before) => (now.layout !== before.layout || now.isPresenting !== before.isPresenting) && soon(),
    ),
    compared.subscribe((now, before) => now.branch !== before.branch && soon()),
    history.subscribe((now, before) => now.branches !== before.branches && soon()),
    address.onChange(() => {
      if (address.getHash() !== own) void openLink(address.getHash());
    }),
  ];
  leaveAddress = async () => {
    await write();
    address.keep();
  };
  void openLink(address.getHash());
  return () => {
    clearTimeout(timer);
    leaveAddress = () => Promise.resolve();
    for (const end of leave) end();
  };
}
