// Many writes of one kind in batches that double: 1, 2, 4 … so that a write which cannot succeed is tried a few times
// and not a thousand times. k8s: slowStartBatch in stateful_set_control.go

/** The largest batch. k8s: MaxBatchSize */
const BATCH_MAX = 500;

/** The number of the batch that a place belongs to: places 0 | 1 2 | 3 … 6 | 7 … */
export function batchOf(place: number): number {
  let batch = 0;
  let size = 1;
  let end = 1;
  while (place >= end) {
    batch += 1;
    size = Math.min(size * 2, BATCH_MAX);
    end += size;
  }
  return batch;
}

/**
 * STS-24: does the work of each item in order. After an error the rest of its batch is still done, no further batch.
 * @param places for each item its place among all pods, ascending: pods with nothing to do take their places too
 * @param work does an item; returns what went wrong
 * @returns the first error
 */
export function slowStart<E>(places: readonly number[], work: (index: number) => E | undefined): E | undefined {
  let first: E | undefined;
  let lastBatch = Number.POSITIVE_INFINITY;
  for (const [index, place] of places.entries()) {
    if (first !== undefined && batchOf(place) > lastBatch) break;
    const error = work(index);
    if (error !== undefined && first === undefined) {
      first = error;
      lastBatch = batchOf(place);
    }
  }
  return first;
}
