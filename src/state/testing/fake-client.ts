// A simulation for tests of the stores: something happens every second of virtual time until it is quiet.
import type { Client, Frame, RequestName, Requests, TimelineInfo } from '#bridge';

/** What a test sees and decides of the fake simulation. */
export interface FakeClient extends Client {
  /** Requests in the order they came. */
  readonly asked: { readonly name: RequestName; readonly args: unknown }[];
  /** Answers wait for `release` while this is true. */
  isHeld: boolean;
  /** Lets the oldest waiting answer go. */
  release(): Promise<void>;
  /** The next request of this name fails with these words. */
  failNext: { name: RequestName; message: string } | undefined;
}

/** Ticks at 1 s, 2 s … up to here; then all is quiet. */
export const QUIET_MS = 10_000;

/** A fake simulation with one branch, which forks when an act comes before the furthest moment seen. */
export function newFakeClient(): FakeClient {
  let atMs = 0;
  let branch = 0;
  const reached = [0];
  const waiting: (() => void)[] = [];

  const frame = (): Frame => ({
    isWhole: true,
    atMs,
    branch,
    tick: Math.min(10, Math.floor(atMs / 1000)),
    ticks: 10,
    simulatedMs: Math.max(atMs, QUIET_MS),
    reachedMs: reached[branch] ?? 0,
    isQuiet: atMs >= QUIET_MS,
    future: 0,
    set: [],
    gone: [],
    ...(atMs < QUIET_MS && { nextTickMs: (Math.floor(atMs / 1000) + 1) * 1000 }),
  });
  const timeline = (): TimelineInfo => ({
    branch,
    branches: reached.map((reachedMs, id) => ({ id, name: id === 0 ? 'main' : `branch ${id}`, reachedMs })),
    acts: [],
    lanes: [],
    summaries: [],
    tickTimesMs: [],
  });
  const show = (ms: number): Frame => {
    atMs = ms;
    reached[branch] = Math.max(reached[branch] ?? 0, ms);
    return frame();
  };
  const answers: { [N in RequestName]?: (args: Requests[N]['args']) => Requests[N]['answer'] } = {
    open: ({ session }) => {
      reached.splice(0, reached.length, ...session.branches.map(({ reachedMs }) => reachedMs));
      branch = session.at.branch;
      return { frame: show(session.at.atMs), timeline: timeline(), isFaithful: true, printed: [] };
    },
    seek: ({ atMs: ms }) => show(ms),
    jump: ({ to }) => show(to === 'next-tick' ? (Math.floor(atMs / 1000) + 1) * 1000 : 0),
    act: ({ atMs: ms }) => {
      const isPast = ms < (reached[branch] ?? 0);
      if (isPast) branch = reached.push(ms) - 1;
      return { out: 'done\n', err: '', code: 0, problems: [], ...(isPast && { newBranch: branch }), frame: show(ms) };
    },
    timeline,
    goToBranch: ({ branch: id }) => {
      branch = id;
      return { frame: show(Math.min(atMs, reached[id] ?? 0)), timeline: timeline() };
    },
    renameBranch: timeline,
    check: () => ({ problems: [], notSimulated: [] }),
  };
  const client: FakeClient = {
    asked: [],
    isHeld: false,
    failNext: undefined,
    ask: async (name, args) => {
      client.asked.push({ name, args });
      if (client.isHeld) await new Promise<void>((resolve) => waiting.push(resolve));
      if (client.failNext?.name === name) {
        const { message } = client.failNext;
        client.failNext = undefined;
        throw new Error(message);
      }
      const answer = answers[name];
      if (!answer) throw new Error(`the fake simulation does not know ${name}`);
      return answer(args as never) as never;
    },
    release: async () => {
      waiting.shift()?.();
      // The answer passes through a few promises before the stores have it.
      for (let i = 0; i < 10; i += 1) await Promise.resolve();
    },
    close: () => undefined,
  };
  return client;
}
