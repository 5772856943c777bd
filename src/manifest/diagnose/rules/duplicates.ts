// LINT-36 and LINT-37: what is said twice, where only the last counts.
import { keyOf } from '#kube';
import type { YamlNode } from '../../yaml/node.ts';
import { applyEdits, type Edit, fixes, fixOf } from '../edits.ts';
import { findingAt, findingIn } from '../finding.ts';
import type { LintRule, SourceFile, Written } from '../types.ts';

export const writtenTwice: LintRule = {
  id: 'LINT-36',
  title: 'Object written twice',
  *check({ written }) {
    const first = new Map<string, Written>();
    for (const one of written) {
      if (one.name === '' || !one.isServed) continue;
      const key = keyOf(one.info.storeKind, one.namespace, one.name);
      const before = first.get(key);
      if (!before) {
        first.set(key, one);
        continue;
      }
      const { line } = before.document.from;
      const where = before.file === one.file ? `in line ${line}` : `in ${before.file.name}`;
      yield findingAt(
        one,
        ['metadata', 'name'],
        'warning',
        `The ${one.info.kind} "${one.name}" is written twice; the first one is ${where}. They are applied one after the other, so the last one wins.`,
      );
    }
  },
};

/** Most mappings of a file that are looked at. */
const NODES_MAX = 100_000;

export const keyTwice: LintRule = {
  id: 'LINT-37',
  title: 'Field written twice',
  docs: 'https://yaml.org/spec/1.1/#id861060',
  *check({ files, written }) {
    for (const file of files)
      for (const document of file.manifest.documents) {
        const tree = document.treeOf();
        if (!tree) continue;
        // Where fields stand at a wrong level, the one that does not count may be the one that was meant.
        const isClear = written.every((one) => one.document !== document || one.fits);
        for (const { key, earlier, range } of repeatsIn(tree.root)) {
          const { line } = file.places.positionOf(tree.offset + key.from);
          yield findingIn(
            file,
            { from: tree.offset + earlier.from, to: tree.offset + earlier.to },
            'warning',
            `"${key.value}" is written again in line ${line}, and only the last one counts: what stands here is not used.`,
            fixes(isClear ? removal(file, { from: tree.offset + range.from, to: tree.offset + range.to }) : undefined),
          );
        }
      }
  },
};

interface Repeat {
  readonly key: Extract<YamlNode, { type: 'scalar' }>;
  readonly earlier: YamlNode;
  /** The whole pair that does not count. */
  readonly range: { readonly from: number; readonly to: number };
}

/** Pairs whose key stands again further down in the same mapping. */
function repeatsIn(root: YamlNode): readonly Repeat[] {
  const found: Repeat[] = [];
  const waiting: YamlNode[] = [root];
  for (let seen = 0; seen < NODES_MAX; seen += 1) {
    const node = waiting.pop();
    if (node === undefined) break;
    if (node.type === 'sequence') for (const item of node.items) waiting.push(item);
    if (node.type !== 'mapping') continue;
    const last = new Map<string, Extract<YamlNode, { type: 'scalar' }>>();
    for (const { key, value } of [...node.pairs].reverse()) {
      waiting.push(value);
      if (key.type !== 'scalar' || key.value === '<<') continue;
      const later = last.get(key.value);
      if (later) found.push({ key: later, earlier: key, range: { from: key.from, to: Math.max(key.to, value.to) } });
      else last.set(key.value, key);
    }
  }
  return found;
}

/** Removes whole lines, where they hold nothing else. */
function removal(file: SourceFile, { from, to }: { readonly from: number; readonly to: number }) {
  const { text, places } = file;
  let end = to;
  while (end > from && /\s/.test(text.charAt(end - 1))) end -= 1;
  const lines = { from: places.lineStart(from), to: Math.min(text.length, places.lineEnd(end) + 1) };
  if (text.slice(lines.from, from).trim() !== '' || /[\s[{,]&\w/.test(text.slice(lines.from, lines.to)))
    return undefined;
  const rest = text.slice(end, places.lineEnd(end)).trim();
  if (rest !== '' && !rest.startsWith('#')) return undefined;
  const edit: Edit = { ...lines, text: '' };
  return applyEdits(text, [edit]) === text ? undefined : fixOf(file, 'Remove the one that does not count', [edit]);
}
