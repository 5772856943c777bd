// LINT-24: fields that are right in themselves and stand one or two levels away from where they belong, mostly because
// of their indentation.
import { isObject } from '#kube';
import { fixes } from '../edits.ts';
import { nodeOf, pairOf, pathText } from '../find-node.ts';
import { findingAt, listed } from '../finding.ts';
import type { LintRule, Path, Written } from '../types.ts';
import { moveFields, wrapFields } from './move-lines.ts';
import { isShapeOf, structOf, structOfItems, type UnknownField, unknownFields } from './unknown-fields.ts';

/** Where a field belongs. */
interface Home {
  readonly path: Path;
  readonly direction: 'out' | 'in';
  /** Keys that are not in the text yet on the way from the field's parent. */
  readonly missing: readonly string[];
}

/** Fields of one mapping that stand one after the other and belong to the same place. */
interface Group {
  readonly parent: Path;
  readonly keys: string[];
  readonly home: Home;
}

export const misplacedField: LintRule = {
  id: 'LINT-24',
  title: 'Field at the wrong level',
  docs: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/stateful-set-v1/',
  *check({ written }) {
    for (const one of written) {
      if (one.fits) continue;
      for (const group of groupsIn(one)) {
        const { parent, keys, home } = group;
        const names = listed(keys.map((key) => `"${key}"`));
        const verb = keys.length === 1 ? 'stands' : 'stand';
        const where = home.path.length === 0 ? 'the top level' : pathText(home.path);
        const direction = home.direction === 'out' ? 'less' : 'more';
        yield findingAt(
          one,
          [...parent, keys[0] ?? ''],
          'error',
          `${names} ${verb} under ${pathText(parent) || 'the top level'}, which has no such field. ${keys.length === 1 ? 'It belongs' : 'They belong'} under ${where}: ${direction} indentation is needed.`,
          fixes(fixFor(one, group)),
        );
      }
    }
  },
};

function fixFor(written: Written, { parent, keys, home }: Group) {
  const label = `Move ${listed(keys)} under ${pathText(home.path) || 'the top level'}`;
  return home.missing.length > 0
    ? wrapFields(written, parent, keys, home.missing, label)
    : moveFields(written, parent, keys, home.path, label);
}

function groupsIn(written: Written): readonly Group[] {
  const groups: Group[] = [];
  for (const field of unknownFields(written)) {
    const home = homeOf(written, field);
    if (!home) continue;
    const last = groups.at(-1);
    const isSameHome =
      last && pathText(last.parent) === pathText(field.parent.path) && pathText(last.home.path) === pathText(home.path);
    if (isSameHome && isNext(written, field.parent.path, last.keys.at(-1) ?? '', field.key)) last.keys.push(field.key);
    else groups.push({ parent: field.parent.path, keys: [field.key], home });
  }
  return groups;
}

/** The field of a mapping that stands right before another one. */
function keyBefore(written: Written, parent: Path, key: string): string | undefined {
  const mapping = nodeOf(written, parent)?.node;
  const found = mapping && pairOf(mapping, key);
  const before = found?.mapping.pairs[found.index - 1]?.key;
  return before?.type === 'scalar' ? before.value : undefined;
}

const isNext = (written: Written, parent: Path, key: string, next: string): boolean =>
  keyBefore(written, parent, next) === key;

/** Where a field belongs, if that can be told: inside of what stands before it, further out, or inside of a neighbour. */
function homeOf(written: Written, field: UnknownField): Home | undefined {
  const before = keyBefore(written, field.parent.path, field.key);
  const inner = homesInside(field);
  const empty = inner.find(({ path }) => path[field.parent.path.length] === before && isEmptyAt(field, path));
  if (empty) return empty;
  for (const { struct, path, value } of field.around) {
    const known = struct.byJson.get(field.key);
    if (known && isShapeOf(known.type, field.value) && isOpen(value[field.key]))
      return { path, direction: 'out', missing: [] };
  }
  const first = inner.find(({ path }) => path[field.parent.path.length] === before);
  if (first) return first;
  const nearest = inner.filter(({ path }) => path.length === inner[0]?.path.length);
  const present = nearest.filter(({ missing }) => missing.length === 0);
  if (present.length === 1) return present[0];
  return present.length === 0 && nearest.length === 1 ? nearest[0] : undefined;
}

const isOpen = (value: unknown): boolean => value === undefined || value === null;

/** Whether nothing stands yet at the first step of a way into a neighbour. */
const isEmptyAt = ({ parent }: UnknownField, path: Path): boolean =>
  isOpen(parent.value[String(path[parent.path.length])]);

/** Places inside of the neighbours of a field, one level in and two levels in, that have a field of its name. */
function homesInside({ key, value, parent }: UnknownField): readonly Home[] {
  const homes: Home[] = [];
  for (const [name, field] of parent.struct.byJson) {
    const neighbour = parent.value[name];
    const path = [...parent.path, name];
    const struct = structOf(field.type);
    if (struct) {
      const known = struct.byJson.get(key);
      const inside = isObject(neighbour) ? neighbour : {};
      if (known && isShapeOf(known.type, value) && isOpen(inside[key]))
        homes.push({ path, direction: 'in', missing: neighbour === undefined ? [name] : [] });
      for (const [deeper, inner] of struct.byJson) {
        const within = structOf(inner.type)?.byJson.get(key);
        const there = inside[deeper];
        if (!within || !isShapeOf(within.type, value) || (isObject(there) && !isOpen(there[key]))) continue;
        const missing = neighbour === undefined ? [name, deeper] : there === undefined ? [deeper] : [];
        // A new key inside of a neighbour is no wrapping of lines that stand beside it.
        if (neighbour === undefined || there !== undefined)
          homes.push({ path: [...path, deeper], direction: 'in', missing });
      }
    }
    const items = structOfItems(field.type)?.byJson.get(key);
    if (items && isShapeOf(items.type, value) && Array.isArray(neighbour) && neighbour.length > 0) {
      const last: unknown = neighbour[neighbour.length - 1];
      if (isObject(last) && isOpen(last[key]))
        homes.push({ path: [...path, neighbour.length - 1], direction: 'in', missing: [] });
    }
    if (field.type.kind === 'map' && typeof value !== 'object' && isOpen(neighbour) && neighbour === null)
      homes.push({ path, direction: 'in', missing: [] });
  }
  return homes.sort((a, b) => a.path.length - b.path.length);
}
