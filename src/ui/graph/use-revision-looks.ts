// Which revisions are about.
import { useSyncExternalStore } from 'react';
import { asFacts, facts } from '#state';

export interface RevisionLook {
  readonly look: 1 | 2 | 3;
  readonly number: number;
}

let last: readonly RevisionLook[] = [];

function readLooks(): readonly RevisionLook[] {
  const found = new Map<number, RevisionLook>();
  for (const id of facts.getIds('set')) {
    const set = asFacts('set', facts.getFacts(id));
    for (const revision of [set?.currentRevision, set?.updateRevision]) {
      if (revision) found.set(revision.number, { look: revision.look, number: revision.number });
    }
  }
  const looks = [...found.values()].sort((a, b) => a.number - b.number);
  const isSame =
    looks.length === last.length &&
    looks.every(({ look, number }, i) => look === last[i]?.look && number === last[i]?.number);
  if (!isSame) last = looks;
  return last;
}

/**
 * The current and the update revision of all sets, by number.
 */
export function useRevisionLooks(): readonly RevisionLook[] {
  return useSyncExternalStore(facts.subscribeAll, readLooks);
}
