// Acts of the person: kubectl commands and faults, at the moment shown. In the past an act begins a branch.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ActAnswer } from '#bridge';
import type { Act } from '#timeline';
import { clock } from './clock.ts';
import { ask } from './connection.ts';
import { goToBranch, history, refreshHistory } from './history.ts';
import { moment, takeFrame } from './moment.ts';
import { notify } from './notices.ts';
import { exclusively, play } from './transport.ts';

/** The last command as a terminal would show it. */
export interface Output {
  readonly command: string;
  readonly out: string;
  readonly err: string;
  readonly code: number;
  readonly atMs: number;
}

/** What the last act printed; undefined before the first. */
export const output: StoreApi<{ readonly last: Output | undefined }> = createStore(() => ({ last: undefined }));

/**
 * Words for an act as a person would type or say it.
 *
 * @param act - the act
 * @returns `kubectl …`, or the fault and its target
 */
function wordsOfAct(act: Act): string {
  return act.type === 'kubectl'
    ? `kubectl ${act.command}`
    : `${act.fault} ${act.target.slice(act.target.lastIndexOf('/') + 1)}`;
}

/**
 * Does something to the cluster at the moment shown, and lets time run where something follows from it.
 *
 * @param action - what to do
 * @param words - how to show it, where that differs from the act itself
 * @returns what it printed; undefined where the simulation stopped
 */
export async function act(action: Act, words: string = wordsOfAct(action)): Promise<ActAnswer | undefined> {
  const before = history.getState();
  const parent = before.branches.find(({ id }) => id === before.branch);
  try {
    const answer = await exclusively(async () => {
      const given = await ask('act', { act: action, atMs: clock.getState().atMs });
      takeFrame(given.frame, true);
      return given;
    });
    const { out, err, code, newBranch } = answer;
    output.setState({ last: { command: words, out, err, code, atMs: moment.getState().atMs } });
    refreshHistory();
    if (newBranch !== undefined && parent) {
      notify({
        tone: 'info',
        topic: 'branch',
        text: `A new branch begins here. What had happened is kept as ${parent.name}.`,
        action: { label: `Back to ${parent.name}`, run: () => void goToBranch(parent.id) },
      });
    }
    if (!answer.frame.isQuiet) play();
    return answer;
  } catch {
    return undefined;
  }
}

/**
 * Runs a kubectl command.
 *
 * @param command - what follows `kubectl`
 * @param files - contents of the files it names
 * @returns what it printed; undefined where the simulation stopped
 */
export function kubectl(command: string, files?: Readonly<Record<string, string>>): Promise<ActAnswer | undefined> {
  return act({ type: 'kubectl', command, ...(files && { files }) });
}
