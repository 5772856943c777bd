// Every value of an object with the type that its field has: what rules about wrong values walk over.
import { type GoType, goStruct, isObject, structOfKind } from '#kube';
import type { Path, Written } from '../types.ts';

/** A value that is there, and what its field takes. */
export interface TypedValue {
  /** Without pointers. */
  readonly type: GoType;
  readonly value: unknown;
  readonly path: Path;
}

/** The values of an object in the order of its kind's fields; collections that fit are walked into and not told. */
export function* typedValues({ raw, info }: Written): Iterable<TypedValue> {
  const struct = structOfKind(String(raw.apiVersion), info.kind);
  if (struct) yield* valuesOf({ kind: 'struct', text: '', name: struct.name }, raw, []);
}

function* valuesOf(type: GoType, value: unknown, path: Path): Iterable<TypedValue> {
  if (value === null || value === undefined) return;
  if (type.kind === 'pointer') yield* valuesOf(type.of, value, path);
  else if (type.kind === 'struct' && isObject(value))
    for (const [key, field] of goStruct(type.name)?.byJson ?? [])
      yield* valuesOf(field.type, value[key], [...path, key]);
  else if (type.kind === 'map' && isObject(value))
    for (const [key, member] of Object.entries(value)) yield* valuesOf(type.of, member, [...path, key]);
  else if (type.kind === 'slice' && Array.isArray(value))
    for (const [index, item] of value.entries()) yield* valuesOf(type.of, item, [...path, index]);
  else yield { type, value, path };
}
