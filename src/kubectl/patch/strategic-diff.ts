// The three-way strategic merge patch that `kubectl apply` sends: what the file says and the cluster does not, and what
// the last applied file said and this one does not. k8s: apimachinery strategicpatch.CreateThreeWayMergePatch
import { compareBytes } from '#kube';
import { entriesOf, isEqualJson, isMap, type JsonMap, mapOf } from './json.ts';
import { type MemberPlan, planOf } from './schema.ts';

type Keep = 'additions' | 'deletions';

/**
 * The patch; empty when there is nothing to do.
 * @param original what was applied last
 * @param modified what is applied now
 * @param current what is stored
 */
export function threeWayStrategicPatch(
  original: JsonMap,
  modified: JsonMap,
  current: JsonMap,
  struct: string | undefined,
): JsonMap {
  const additions = diffMaps(current, modified, struct, 'additions');
  const deletions = diffMaps(original, modified, struct, 'deletions');
  return joinPatches(deletions, additions, struct);
}

function diffMaps(from: JsonMap, to: JsonMap, struct: string | undefined, keep: Keep): JsonMap {
  const patch = new Map<string, unknown>();
  for (const [key, before] of Object.entries(from)) {
    if (!Object.hasOwn(to, key)) {
      if (keep === 'deletions') patch.set(key, null);
      continue;
    }
    diffMember(patch, key, before, to[key], planOf(struct, key), keep);
  }
  if (keep === 'additions')
    for (const [key, value] of Object.entries(to)) if (!Object.hasOwn(from, key)) patch.set(key, value);
  return mapOf(patch);
}

function diffMember(
  patch: Map<string, unknown>,
  key: string,
  before: unknown,
  after: unknown,
  plan: MemberPlan,
  keep: Keep,
): void {
  if (isMap(before) && isMap(after) && plan.strategy !== 'replace') {
    const inner = diffMaps(before, after, plan.struct, keep);
    if (Object.keys(inner).length > 0)
      patch.set(key, plan.retainKeys ? { ...inner, $retainKeys: Object.keys(after).sort(compareBytes) } : inner);
  } else if (Array.isArray(before) && Array.isArray(after) && plan.strategy === 'merge')
    diffLists(patch, key, before, after, plan, keep);
  else if (keep === 'additions' && !isEqualJson(before, after)) patch.set(key, after);
}

function diffLists(
  patch: Map<string, unknown>,
  key: string,
  before: readonly unknown[],
  after: readonly unknown[],
  plan: MemberPlan,
  keep: Keep,
): void {
  const { mergeKey } = plan;
  if (mergeKey === undefined) {
    diffSets(patch, key, before, after, keep);
    return;
  }
  const items = diffItems(before.filter(isMap), after.filter(isMap), mergeKey, plan, keep);
  if (items.length === 0 && !(keep === 'additions' && isReordered(before, after, mergeKey))) return;
  if (items.length > 0) patch.set(key, items);
  patch.set(
    `$setElementOrder/${key}`,
    after.filter(isMap).map((item) => ({ [mergeKey]: item[mergeKey] })),
  );
}

/** Whether the items that both lists have stand in another order. */
function isReordered(before: readonly unknown[], after: readonly unknown[], mergeKey: string): boolean {
  const keysOf = (list: readonly unknown[]): string[] =>
    list.filter(isMap).map((item) => JSON.stringify(item[mergeKey]));
  const afterKeys = keysOf(after);
  const common = keysOf(before).filter((item) => afterKeys.includes(item));
  return !isEqualJson(
    common,
    afterKeys.filter((item) => common.includes(item)),
  );
}

function diffItems(
  before: readonly JsonMap[],
  after: readonly JsonMap[],
  mergeKey: string,
  plan: MemberPlan,
  keep: Keep,
): unknown[] {
  const patches: unknown[] = [];
  for (const item of after) {
    const old = before.find((other) => isEqualJson(other[mergeKey], item[mergeKey]));
    if (!old) {
      if (keep === 'additions') patches.push(item);
      continue;
    }
    const inner = diffMaps(old, item, plan.struct, keep);
    if (Object.keys(inner).length === 0) continue;
    patches.push({
      ...inner,
      [mergeKey]: item[mergeKey],
      ...(plan.retainKeys && { $retainKeys: Object.keys(item).sort(compareBytes) }),
    });
  }
  if (keep === 'deletions')
    for (const old of before)
      if (!after.some((item) => isEqualJson(old[mergeKey], item[mergeKey])))
        patches.push({ $patch: 'delete', [mergeKey]: old[mergeKey] });
  return patches;
}

function diffSets(
  patch: Map<string, unknown>,
  key: string,
  before: readonly unknown[],
  after: readonly unknown[],
  keep: Keep,
): void {
  const has = (list: readonly unknown[], value: unknown): boolean => list.some((item) => isEqualJson(item, value));
  const changed =
    keep === 'additions' ? after.filter((value) => !has(before, value)) : before.filter((value) => !has(after, value));
  if (changed.length === 0) return;
  patch.set(keep === 'additions' ? key : `$deleteFromPrimitiveList/${key}`, changed);
  patch.set(`$setElementOrder/${key}`, after);
}

/** Both patches as one: members of both are joined, lists of patched items by their merge key. */
function joinPatches(first: JsonMap, second: JsonMap, struct: string | undefined): JsonMap {
  const result = entriesOf(first);
  for (const [key, value] of Object.entries(second)) {
    const before = result.get(key);
    const plan = planOf(struct, key);
    if (isMap(before) && isMap(value)) result.set(key, joinPatches(before, value, plan.struct));
    else if (Array.isArray(before) && Array.isArray(value) && plan.mergeKey !== undefined)
      result.set(key, joinLists(before, value, plan.mergeKey, plan.struct));
    else result.set(key, value);
  }
  return mapOf(result);
}

function joinLists(
  first: readonly unknown[],
  second: readonly unknown[],
  mergeKey: string,
  struct: string | undefined,
): unknown[] {
  const result = [...first];
  for (const item of second) {
    const index = result.findIndex(
      (other) => isMap(other) && isMap(item) && isEqualJson(other[mergeKey], item[mergeKey]),
    );
    const before = result[index];
    if (isMap(before) && isMap(item)) result[index] = joinPatches(before, item, struct);
    else result.push(item);
  }
  return result;
}
