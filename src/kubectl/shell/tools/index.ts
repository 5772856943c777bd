// The list of text tools. A new one is a function and a line here.
import { awk } from './awk.ts';
import type { Tool } from './filter.ts';
import { grep } from './grep.ts';
import { column, cut, head, nl, rev, tac, tail, uniq, wc } from './lines.ts';
import { cat, tee } from './pass.ts';
import { sed } from './sed.ts';
import { sort } from './sort.ts';
import { tr } from './tr.ts';

export type { Filter, Tool } from './filter.ts';

/** Every text tool, by its name. */
export const tools: ReadonlyMap<string, Tool> = new Map<string, Tool>([
  ['awk', awk],
  ['cat', cat],
  ['column', column],
  ['cut', cut],
  ['egrep', (args, files) => grep(['-E', ...args], files)],
  ['fgrep', (args, files) => grep(['-F', ...args], files)],
  ['grep', grep],
  ['head', head],
  ['less', cat],
  ['more', cat],
  ['nl', nl],
  ['rev', rev],
  ['sed', sed],
  ['sort', sort],
  ['tac', tac],
  ['tail', tail],
  ['tee', tee],
  ['tr', tr],
  ['uniq', uniq],
  ['wc', wc],
]);
