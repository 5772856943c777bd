// The differences of the moment shown, told anew with every picture in which one of the two clusters changes.
import { useEffect, useState } from 'react';
import type { FactsStore } from '#state';
import { type Difference, differencesOf } from './differences.ts';

/**
 * What differs between two stores.
 *
 * @param left - the facts of one branch
 * @param right - those of the other
 * @returns a line for each object
 */
export function useDifferences(left: FactsStore, right: FactsStore): readonly Difference[] {
  const [differences, setDifferences] = useState<readonly Difference[]>([]);
  useEffect(() => {
    const read = () => setDifferences(differencesOf(left, right));
    read();
    const leave = [left.subscribeAll(read), right.subscribeAll(read)];
    return () => {
      for (const end of leave) end();
    };
  }, [left, right]);
  return differences;
}
