// A branch that nobody needs any more is taken away, and can be had back for a while.
import { ask, notify, takeHistory } from '#state';

/**
 * Takes a branch away, and says how to have it back.
 *
 * @param branch - its id
 * @param name - what it is called
 * @returns when it is gone
 */
export async function removeBranch(branch: number, name: string): Promise<void> {
  try {
    takeHistory(await ask('removeBranch', { branch, isBack: false }));
  } catch {
    notify({ tone: 'problem', text: `${name} is still there: the simulation did not answer.` });
    return;
  }
  notify({
    tone: 'info',
    topic: 'removed',
    text: `${name} is deleted.`,
    action: { label: 'Undo', run: () => void bringBack(branch) },
  });
}

async function bringBack(branch: number): Promise<void> {
  try {
    takeHistory(await ask('removeBranch', { branch, isBack: true }));
  } catch {
    notify({ tone: 'problem', text: 'The branch did not come back: the simulation did not answer.' });
  }
}
