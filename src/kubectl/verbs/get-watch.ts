// kubectl get -w: the objects as they are, then a row for each change, with the columns as wide as they have ever been.
import type { Turn } from '#engine';
import { type KubeObject, keyOf } from '#kube';
import type { Call } from '../call.ts';
import type { Found } from '../objects.ts';
import { newColumns } from '../print/columns.ts';

/** How the rows of a watch come about. */
export interface Watched {
  /** Finds the objects again. */
  find(call: Call): readonly Found[];
  /** The header and the row of one object; undefined where the output is no table. */
  rowOf(call: Call, found: Found): readonly [header: readonly string[], row: readonly string[]] | undefined;
  /** What is printed of an object in other outputs. */
  textOf(call: Call, found: Found): string;
}

const keyOfFound = ({ info, object: { metadata } }: Found): string =>
  keyOf(info.storeKind, metadata.namespace ?? '', metadata.name);

const versionOf = ({ metadata }: KubeObject): number => Number(metadata.resourceVersion ?? 0);

/**
 * Prints what is found, and goes on with what changes. Rule KCTL-20.
 * @param first what is there when the command begins
 */
export function watchObjects(call: Call, first: readonly Found[], watched: Watched): void {
  const columns = newColumns();
  const hasHeader = !call.flags.isOn('no-headers');
  const hasEvents = call.flags.isOn('output-watch-events');
  let isFirstRow = true;
  const show = (own: Call, event: string, found: Found): string => {
    const table = watched.rowOf(own, found);
    if (!table) return watched.textOf(own, found);
    const [header, row] = table.map((cells, i) => (hasEvents ? [i === 0 ? 'EVENT' : event, ...cells] : cells));
    const rows = isFirstRow && hasHeader ? [header ?? [], row ?? []] : [row ?? []];
    isFirstRow = false;
    return columns.add(rows);
  };
  let before = new Map(first.map((found) => [keyOfFound(found), found]));
  if (!call.flags.isOn('watch-only')) {
    // All rows of the beginning share their widths.
    const rows = first.flatMap((found) => watched.rowOf(call, found)?.slice(hasHeader ? 0 : 1) ?? []);
    columns.widen(hasEvents ? rows.map((row) => ['MODIFIED', ...row]) : rows);
    for (const found of first) call.write(show(call, 'ADDED', found));
  }
  call.follow((turn: Turn) => {
    const own: Call = { ...call, turn, fail: () => undefined };
    const now = new Map(watched.find(own).map((found) => [keyOfFound(found), found]));
    const gone = [...before].filter(([key, { object }]) => now.get(key)?.object.metadata.uid !== object.metadata.uid);
    const changed = [...now].filter(([key, { object }]) => before.get(key)?.object !== object);
    changed.sort(([, a], [, b]) => versionOf(a.object) - versionOf(b.object));
    let out = '';
    for (const [, found] of gone) out += show(own, 'DELETED', found);
    for (const [key, found] of changed)
      out += show(
        own,
        before.get(key)?.object.metadata.uid === found.object.metadata.uid ? 'MODIFIED' : 'ADDED',
        found,
      );
    before = now;
    return { out, err: '', isDone: false };
  });
}
