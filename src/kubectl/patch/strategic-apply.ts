// Applies a strategic merge patch the way the API server does: lists of named items are merged, with directives for
// deleting, replacing and ordering. k8s: apimachinery strategicpatch.StrategicMergeMapPatch
import { entriesOf, isEqualJson, isMap, type JsonMap, mapOf } from './json.ts';
import { type MemberPlan, planOf } from './schema.ts';

const DELETE_FROM = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';

/** A patch that cannot be applied; the message is the server's. */
export class PatchError extends Error {}

/**
 * The object after the patch.
 * @param struct the Go struct that the object decodes into
 * @throws PatchError for directives that the server does not know, and items without their key
 */
export function applyStrategicPatch(target: JsonMap, patch: JsonMap, struct: string | undefined): JsonMap {
  const directive = patch.$patch;
  if (directive === 'replace') return withoutDirectives(patch);
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge')
    throw new PatchError(`unrecognized type: ${JSON.stringify(directive)}`);
  const result = entriesOf(target);
  if (Array.isArray(patch.$retainKeys)) {
    const kept = new Set<unknown>(patch.$retainKeys);
    for (const key of [...result.keys()]) if (!kept.has(key)) result.delete(key);
  }
  for (const [key, value] of Object.entries(patch))
    if (key.startsWith(DELETE_FROM) && Array.isArray(value))
      deleteFromSet(result, key.slice(DELETE_FROM.length), value);
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (value === null) result.delete(key);
    else result.set(key, applyMember(result.get(key), value, planOf(struct, key)));
  }
  for (const [key, value] of Object.entries(patch))
    if (key.startsWith(ORDER) && Array.isArray(value))
      setOrder(result, key.slice(ORDER.length), value, planOf(struct, key.slice(ORDER.length)));
  return mapOf(result);
}

function applyMember(target: unknown, patch: unknown, plan: MemberPlan): unknown {
  if (isMap(patch)) {
    if (plan.strategy === 'replace') return withoutDirectives(patch);
    return applyStrategicPatch(isMap(target) ? target : {}, patch, plan.struct);
  }
  if (!Array.isArray(patch)) return patch;
  if (plan.strategy !== 'merge') return patch.map(withoutDirectivesIn);
  const list: readonly unknown[] = Array.isArray(target) ? target : [];
  if (plan.mergeKey === undefined)
    return [...list, ...patch.filter((item) => !list.some((other) => isEqualJson(other, item)))];
  return mergeItems(list, patch, plan.mergeKey, plan.struct);
}

function mergeItems(
  list: readonly unknown[],
  patch: readonly unknown[],
  mergeKey: string,
  struct: string | undefined,
): unknown[] {
  if (patch.some((item) => isMap(item) && item.$patch === 'replace' && !Object.hasOwn(item, mergeKey)))
    return patch.filter((item) => !(isMap(item) && item.$patch === 'replace')).map(withoutDirectivesIn);
  let result = [...list];
  for (const item of patch) {
    if (!isMap(item)) throw new PatchError(`delete patch type with no merge key defined`);
    if (!Object.hasOwn(item, mergeKey))
      throw new PatchError(`map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`);
    const isSame = (other: unknown): boolean => isMap(other) && isEqualJson(other[mergeKey], item[mergeKey]);
    if (item.$patch === 'delete') {
      result = result.filter((other) => !isSame(other));
      continue;
    }
    const index = result.findIndex(isSame);
    const before = result[index];
    if (isMap(before)) result[index] = applyStrategicPatch(before, item, struct);
    else result.push(applyStrategicPatch({}, item, struct));
  }
  return result;
}

function deleteFromSet(result: Map<string, unknown>, key: string, values: readonly unknown[]): void {
  const list = result.get(key);
  if (Array.isArray(list))
    result.set(
      key,
      list.filter((item) => !values.some((value) => isEqualJson(value, item))),
    );
}

/**
 * Puts a merged list into the order of the patch. Items that only the server knows keep their place beside their
 * neighbours: each stays behind the item that it stood behind.
 */
function setOrder(result: Map<string, unknown>, key: string, order: readonly unknown[], plan: MemberPlan): void {
  const list = result.get(key);
  if (!Array.isArray(list)) return;
  const { mergeKey } = plan;
  const keyOf = (item: unknown): string =>
    JSON.stringify(mergeKey !== undefined && isMap(item) ? item[mergeKey] : item);
  const wanted = order.map(keyOf);
  const named = list.filter((item) => wanted.includes(keyOf(item)));
  named.sort((a, b) => wanted.indexOf(keyOf(a)) - wanted.indexOf(keyOf(b)));
  const ordered: unknown[] = [...named];
  list.forEach((item: unknown, index) => {
    if (wanted.includes(keyOf(item))) return;
    const previous: unknown = list[index - 1];
    const place = index === 0 ? 0 : ordered.indexOf(previous) + 1;
    ordered.splice(place, 0, item);
  });
  result.set(key, ordered);
}

const withoutDirectivesIn = (value: unknown): unknown => (isMap(value) ? withoutDirectives(value) : value);

/** What is new in a patch may itself hold directives, which must not be stored. */
const withoutDirectives = (patch: JsonMap): JsonMap =>
  mapOf(
    Object.entries(patch)
      .filter(([key, value]) => !key.startsWith('$') && value !== null)
      .map(([key, value]) => [key, Array.isArray(value) ? value.map(withoutDirectivesIn) : withoutDirectivesIn(value)]),
  );
