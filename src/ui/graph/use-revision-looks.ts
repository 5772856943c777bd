// Which revisions are about.
import { useMemo, useSyncExternalStore } from 'react';
import { asFacts, type FactsStore } from '#state';
import { useFactsStore } from './graph-side.ts';

export interface RevisionLook {
  readonly look: 1 | 2 | 3;
  readonly number: number;
}

/** Reads the looks out of a store, the same list as long as none changes. */
function newLooksReader(facts: FactsStore): () => readonly RevisionLook[] {
  let last: readonly RevisionLook[] = [];
  return () => {
    const looks = looksOf(facts);
    const isSame =
      looks.length === last.length &&
      looks.every(({ look, number }, i) => look === last[i]?.look && number === last[i]?.number);
    if (!isSame) last = looks;
    return last;
  };
}

function looksOf(facts: FactsStore): readonly RevisionLook[] {
  const found = new Map<number, RevisionLook>();
  for (const id of facts.getIds('set')) {
    const set = asFacts('set', facts.getFacts(id));
    for (const revision of [set?.currentRevision, set?.updateRevision]) {
      if (revision) found.set(revision.number, { look: revision.look, number: revision.number });
    }
  }
  return [...found.values()].sort((a, b) => a.number - b.number);
}

/**
 * The current and the update revision of all sets, by number.
 */
export function useRevisionLooks(): readonly RevisionLook[] {
  const facts = useFactsStore();
  const read = useMemo(() => newLooksReader(facts), [facts]);
  return useSyncExternalStore(facts.subscribeAll, read);
}
