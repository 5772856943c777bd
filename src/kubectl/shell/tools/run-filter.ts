// Filters at work: on files, on what is led to them, and to their end.
import { allInput, type Io, type Run } from '../shell.ts';
import type { Filter } from './filter.ts';

/** Lets a filter read its files, and say what is left to say. */
export function finishFilter(filter: Filter, out: (text: string) => void): void {
  for (const { name, text } of filter.sources ?? []) {
    out(filter.begin?.(name) ?? '');
    out(filter.push(text));
    out(filter.endSource?.() ?? '');
  }
  if (!filter.sources) out(filter.endSource?.() ?? '');
  out(filter.end());
}

/** A tool that stands first, or whose input is whole. */
export function* runFilter(filter: Filter, io: Io): Run {
  if (filter.err !== undefined) io.err(filter.err);
  if (!filter.sources) io.out(filter.push(yield* allInput(io)));
  finishFilter(filter, io.out);
  return filter.code?.() ?? 0;
}
