// A binary min-heap over a plain array, as functions: the array is the whole state.

/** Adds an item. O(log n). `isBefore(a, b)` says whether `a` leaves the heap before `b`. */
export function pushHeap<T>(heap: T[], item: T, isBefore: (a: T, b: T) => boolean): void {
  let child = heap.push(item) - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    const above = heap[parent] as T;
    if (!isBefore(item, above)) break;
    heap[child] = above;
    child = parent;
  }
  heap[child] = item;
}

/** Takes the first item out, or returns undefined from an empty heap. O(log n). */
export function popHeap<T>(heap: T[], isBefore: (a: T, b: T) => boolean): T | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  let parent = 0;
  for (;;) {
    let child = 2 * parent + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1] as T, heap[child] as T)) child += 1;
    const below = heap[child] as T;
    if (!isBefore(below, last)) break;
    heap[parent] = below;
    parent = child;
  }
  heap[parent] = last;
  return first;
}
