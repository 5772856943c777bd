// Opening what somebody copied out of a cluster that is alive: its objects as they are, in place of the session that is
// open. Nothing of it leaves the page.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImportedCluster, Problem } from '#bridge';
import { ask } from './connection.ts';
import { notify } from './notices.ts';
import { openFileText, openSession, session } from './session.ts';
import { openDialog, setView } from './view.ts';

/** What is known of the cluster that was pasted last. */
export interface LivingCluster {
  /** What was filled up or left out, a sentence each. */
  readonly notes: readonly string[];
  /** How many objects of each kind were taken in. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Of the session that is open, where it began with a pasted cluster on this page. */
export const livingCluster: StoreApi<{ readonly pasted: LivingCluster | undefined }> = createStore(() => ({
  pasted: undefined,
}));

/**
 * Whether a text looks like the output of `kubectl get … -o yaml`, so that it may be opened as a cluster.
 *
 * @param text - what was pasted or dropped
 */
export const isLivingCluster = async (text: string): Promise<boolean> =>
  (await import('#manifest')).looksLikeCluster(text);

/**
 * Opens any text: a session, the objects of a living cluster, or a manifest.
 *
 * @param fileName - its name
 * @param text - its text
 */
export async function openAnyText(fileName: string, text: string): Promise<void> {
  if (!(await isLivingCluster(text))) {
    await openFileText(fileName, text);
    return;
  }
  const problem = await openLivingCluster(text);
  if (problem) notify({ tone: 'problem', text: `${fileName} cannot be opened as a cluster. ${problem.message}` });
  else openDialog('living');
}

/**
 * Opens a text as the state of a cluster at time 0.
 *
 * @param text - the output of `kubectl get` with `-o yaml` or `-o json`
 * @returns undefined when it is open; otherwise why it cannot be, at its place, and the session before it stays
 */
export async function openLivingCluster(text: string): Promise<Problem | undefined> {
  const answer = await ask('importCluster', { text }).catch(
    (error: unknown): ImportedCluster => ({ problems: [problemOf(error)] }),
  );
  if ('problems' in answer) return answer.problems[0] ?? problemOf('it holds nothing that could be taken in.');
  const { setup, files, notes, counts } = answer;
  const isOpen = await openSession({
    cluster: setup,
    files,
    branches: [{ id: 0, name: 'main', acts: [], reachedMs: 0 }],
    at: { branch: 0, atMs: 0 },
    view: { layout: 'identity' },
  });
  if (!isOpen) return problemOf(session.getState().problem?.message ?? 'it cannot be played.');
  livingCluster.setState({ pasted: { notes, counts } });
  setView({ isManifestShown: false });
  return undefined;
}

/** Forgets what was told of the cluster that was pasted last. */
export const forgetPasted = (): void => livingCluster.setState({ pasted: undefined });

const problemOf = (error: unknown): Problem => ({
  file: 'cluster.yaml',
  from: { line: 1, column: 1 },
  to: { line: 1, column: 1 },
  severity: 'error',
  message: error instanceof Error ? error.message : String(error),
});
