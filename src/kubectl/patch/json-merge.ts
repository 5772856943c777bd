// JSON merge patch (RFC 7386), and the three-way patch that kubectl makes of it for kinds without Go types.
import { entriesOf, isEqualJson, isMap, type JsonMap, mapOf } from './json.ts';

/** Applies a merge patch. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const result = entriesOf(isMap(target) ? target : {});
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, applyMergePatch(result.get(key), value));
  }
  return mapOf(result);
}

/**
 * The patch that brings `current` to what `modified` says and takes away what `original` said and `modified` does not.
 * k8s: jsonmergepatch.CreateThreeWayJSONMergePatch
 */
export function threeWayMergePatch(original: JsonMap, modified: JsonMap, current: JsonMap): JsonMap {
  const additions = diff(current, modified, 'additions');
  const deletions = diff(original, modified, 'deletions');
  return applyPatchOnto(deletions, additions);
}

function diff(from: JsonMap, to: JsonMap, keep: 'additions' | 'deletions'): JsonMap {
  const result = new Map<string, unknown>();
  for (const key of Object.keys(from)) if (!Object.hasOwn(to, key) && keep === 'deletions') result.set(key, null);
  for (const [key, value] of Object.entries(to)) {
    const before = Object.hasOwn(from, key) ? from[key] : undefined;
    if (isMap(value) && isMap(before)) {
      const inner = diff(before, value, keep);
      if (Object.keys(inner).length > 0) result.set(key, inner);
    } else if (keep === 'additions' && !isEqualJson(before, value)) result.set(key, value);
  }
  return mapOf(result);
}

/** Joins two patches; nulls stay, as they are what a patch deletes by. */
function applyPatchOnto(first: JsonMap, second: JsonMap): JsonMap {
  const result = entriesOf(first);
  for (const [key, value] of Object.entries(second)) {
    const before = result.get(key);
    result.set(key, isMap(before) && isMap(value) ? applyPatchOnto(before, value) : value);
  }
  return mapOf(result);
}
