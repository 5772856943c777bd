// Finds the fields of an object that its kind does not have, with the structs around them.
import { type GoStruct, type GoType, goStruct, isObject, structOfKind } from '#kube';
import type { Path, Written } from '../types.ts';

/** A struct of the object with the way to it. */
export interface PlacedStruct {
  readonly path: Path;
  readonly struct: GoStruct;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A field that its struct does not have. */
export interface UnknownField {
  readonly key: string;
  readonly value: unknown;
  readonly parent: PlacedStruct;
  /** The structs around the parent, nearest first. */
  readonly around: readonly PlacedStruct[];
}

/** Most unknown fields of one object that are looked at. */
const UNKNOWN_MAX = 50;

/** The struct behind pointers. */
export function structOf(type: GoType): GoStruct | undefined {
  if (type.kind === 'pointer') return structOf(type.of);
  return type.kind === 'struct' ? goStruct(type.name) : undefined;
}

/** The struct of the items of a list. */
export const structOfItems = (type: GoType): GoStruct | undefined =>
  type.kind === 'slice' ? structOf(type.of) : undefined;

/** Every field of a written object that its kind does not have, in the order of the text. */
export function unknownFields({ raw, info, isServed }: Written): readonly UnknownField[] {
  const struct = isServed ? structOfKind(String(raw.apiVersion), info.kind) : structOfKind(info.apiVersion, info.kind);
  const found: UnknownField[] = [];
  if (struct) visit({ path: [], struct, value: raw }, [], found);
  return found;
}

function visit(parent: PlacedStruct, around: readonly PlacedStruct[], found: UnknownField[]): void {
  for (const [key, value] of Object.entries(parent.value)) {
    if (found.length >= UNKNOWN_MAX) return;
    const field = parent.struct.byJson.get(key);
    if (!field) found.push({ key, value, parent, around });
    else visitValue(field.type, value, [...parent.path, key], [parent, ...around], found);
  }
}

function visitValue(
  type: GoType,
  value: unknown,
  path: Path,
  around: readonly PlacedStruct[],
  found: UnknownField[],
): void {
  const struct = structOf(type);
  if (struct && isObject(value)) visit({ path, struct, value }, around, found);
  else if (type.kind === 'slice' && Array.isArray(value))
    for (const [index, item] of value.entries()) visitValue(type.of, item, [...path, index], around, found);
}

/** Whether a value could stand where a type is asked for, as far as its shape goes. */
export function isShapeOf(type: GoType, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  switch (type.kind) {
    case 'pointer':
      return isShapeOf(type.of, value);
    case 'struct':
    case 'map':
      return isObject(value);
    case 'slice':
      return Array.isArray(value);
    case 'raw':
      return true;
    default:
      return typeof value !== 'object';
  }
}
