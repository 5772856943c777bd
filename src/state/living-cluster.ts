// Opening what somebody copied out of a cluster that is alive: its objects as they are, in place of the session that is
// open. Nothing of it leaves the page.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImportedCluster } from '#bridge';
import { ask } from './connection.ts';
import { notify } from './notices.ts';
import { openFileText, openSession } from './session.ts';
import { setView } from './view.ts';

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
  if (await isLivingCluster(text)) await openLivingCluster(fileName, text);
  else await openFileText(fileName, text);
}

/**
 * Opens a text as the state of a cluster at time 0.
 *
 * @param fileName - its name, for messages
 * @param text - the output of `kubectl get` with `-o yaml` or `-o json`
 * @returns whether it could be opened; if not, a notice says why
 */
export async function openLivingCluster(fileName: string, text: string): Promise<boolean> {
  const answer = await ask('importCluster', { text }).catch(
    (error: unknown): ImportedCluster => ({ problems: [problemOf(fileName, error)] }),
  );
  if ('problems' in answer) {
    const [first] = answer.problems;
    notify({ tone: 'problem', text: `${fileName} cannot be opened as a cluster. ${first?.message ?? ''}` });
    return false;
  }
  const { setup, files, notes, counts } = answer;
  const isOpen = await openSession({
    cluster: setup,
    files,
    branches: [{ id: 0, name: 'main', acts: [], reachedMs: 0 }],
    at: { branch: 0, atMs: 0 },
    view: { layout: 'identity' },
  });
  if (!isOpen) return false;
  livingCluster.setState({ pasted: { notes, counts } });
  setView({ isEditorFolded: false, isManifestShown: true });
  notify({ tone: 'info', topic: 'file', text: [summaryOf(counts), ...notes.slice(0, 2)].join(' ') });
  return true;
}

const problemOf = (file: string, error: unknown) => ({
  file,
  from: { line: 1, column: 1 },
  to: { line: 1, column: 1 },
  severity: 'error' as const,
  message: error instanceof Error ? error.message : String(error),
});

/** `12 objects stand as they were pasted: 1 StatefulSet, 3 Pod, …` in words. */
function summaryOf(counts: Readonly<Record<string, number>>): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `${total} ${total === 1 ? 'object stands' : 'objects stand'} as ${total === 1 ? 'it was' : 'they were'} pasted; time goes on from there.`;
}
