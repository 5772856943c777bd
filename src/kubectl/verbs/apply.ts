// kubectl apply: creates what is not there and patches the rest to what the files say, one object after the other; what
// is refused does not keep the others back. Rules KCTL-1 and KCTL-2.
import type { ApiError, ApiResult } from '#engine';
import { canonicalJson, isTerminating, type KindInfo, type KubeObject, keyOf, qualifiedName } from '#kube';
import { accept, type Call } from '../call.ts';
import { localFault, serverFault } from '../errors.ts';
import { LAST_APPLIED, lastAppliedOf, withLastApplied } from '../last-applied.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { applyMergePatch, threeWayMergePatch } from '../patch/json-merge.ts';
import { patchStructOf } from '../patch/schema.ts';
import { applyStrategicPatch } from '../patch/strategic-apply.ts';
import { threeWayStrategicPatch } from '../patch/strategic-diff.ts';
import { FILE_FLAGS, type FileObject, joinPath, readFileObjects } from '../read-files.ts';
import { createFrom, noteKept, patchRefusal, refuseTooLarge, updateTo } from '../write-object.ts';
import { DRY_RUN_FLAG, dryRunSuffix, isClientDryRun, SELECTOR_FLAGS, type Verb } from './verb.ts';

const MISSING_ANNOTATION = `is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`;

export const apply: Verb = {
  name: 'apply',
  flags: {
    ...FILE_FLAGS,
    ...DRY_RUN_FLAG,
    ...SELECTOR_FLAGS,
    force: { type: 'bool' },
    'server-side': { type: 'bool' },
    'force-conflicts': { type: 'bool' },
    overwrite: { type: 'bool', default: 'true' },
    wait: { type: 'bool' },
    output: { type: 'string', short: 'o' },
    'field-manager': { type: 'string' },
  },
  run(call) {
    const objects = readFileObjects(call);
    const created = new Set<string>();
    for (const object of objects) applyObject(call, object, created);
    if (objects.length === 0 && !call.hasFailed()) call.fail(localFault('no objects passed to apply'));
  },
};

function applyObject(call: Call, object: FileObject, created: Set<string>): void {
  const { info, name, namespace, file, place } = object;
  if (refuseTooLarge(call, object.value, file, place)) return;
  const metadata = isMap(object.value.metadata) ? object.value.metadata : {};
  if (name === '') {
    call.fail(localFault(nameFault(object, metadata)), { ...place, path: joinPath(place.path, 'metadata') });
    return;
  }
  const wanted = withLastApplied(object.value, namespace);
  const key = keyOf(info.storeKind, namespace, name);
  const stored = call.turn.view.find(key);
  if (isClientDryRun(call)) {
    report(call, object, stored ? 'configured' : 'created');
    return;
  }
  // With --dry-run=server, what an earlier document made is not there for the next one.
  if (!stored || (call.isDryRun && created.has(key))) {
    const result: ApiResult<KubeObject> = stored
      ? { ok: true, object: stored, changed: false }
      : createFrom(call, info, withoutNulls(wanted) as JsonMap, namespace);
    if (!accept(call, result, `error when creating ${JSON.stringify(file)}: `, place)) return;
    created.add(key);
    report(call, object, 'created');
  } else patchObject(call, object, wanted, stored);
}

/** Members that are null are left out of what is created, as a patch would take them out. k8s: pruneNullsFromMap */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutNulls(member)]));
}

/** An object without a name cannot be looked for. */
function nameFault({ info, namespace, file }: FileObject, metadata: JsonMap): string {
  if (typeof metadata.generateName === 'string' && metadata.generateName !== '')
    return `from ${metadata.generateName}: cannot use generate name with apply`;
  return `error when retrieving current configuration of:\n${identityOf(info, '', namespace)}\nfrom server for: ${JSON.stringify(file)}: resource name may not be empty`;
}

/** An object as errors name it. k8s: resource.Info.String */
function identityOf({ apiVersion, plural, kind }: KindInfo, name: string, namespace: string): string {
  const version = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
  return `Resource: "${version}, Resource=${plural}", GroupVersionKind: "${version}, Kind=${kind}"\nName: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace)}`;
}

function patchObject(call: Call, object: FileObject, wanted: JsonMap, stored: KubeObject): void {
  const { info, name, file, place } = object;
  const current = stored as unknown as JsonMap;
  const applied = lastAppliedOf(current);
  if (applied === undefined && !call.flags.isOn('server-side'))
    call.warn(`Warning: resource ${info.plural}/${name} ${MISSING_ANNOTATION}`);
  const struct = patchStructOf(String(wanted.apiVersion), info.kind);
  const original = originalOf(applied);
  // The kind of the file may be an older version of the stored one: the version itself is no difference.
  const modified = { ...wanted, apiVersion: current.apiVersion };
  const patch = struct
    ? threeWayStrategicPatch(original, modified, current, struct)
    : threeWayMergePatch(original, modified, current);
  if (Object.keys(patch).length === 0) {
    warnIfLeaving(call, stored);
    report(call, object, 'unchanged');
    return;
  }
  const next = (struct ? applyStrategicPatch(current, patch, struct) : applyMergePatch(current, patch)) as JsonMap;
  const refusal: ApiError | undefined = patchRefusal(info, next, patch);
  const result: ApiResult<KubeObject> = refusal ? { ok: false, error: refusal } : updateTo(call, info, next);
  if (!result.ok) {
    call.fail(
      serverFault(
        result.error,
        `error when applying patch:\n${canonicalJson(patch)}\nto:\n${identityOf(info, name, object.namespace)}\nfor: ${JSON.stringify(file)}: error when patching ${JSON.stringify(file)}: `,
      ),
      place,
    );
    return;
  }
  accept(call, result, undefined, place);
  warnIfLeaving(call, result.object);
  report(call, object, 'configured');
}

/** Said whether or not anything changed. k8s: WarnIfDeleting */
function warnIfLeaving(call: Call, object: KubeObject): void {
  if (isTerminating(object))
    call.warn(`Warning: Detected changes to resource ${object.metadata.name} which is currently being deleted.`);
}

/** An annotation that a person broke counts as none. */
function originalOf(applied: string | undefined): JsonMap {
  if (applied === undefined) return {};
  try {
    const value = JSON.parse(applied) as unknown;
    return isMap(value) ? value : {};
  } catch {
    return {};
  }
}

function report(call: Call, { info, name, place }: FileObject, what: string): void {
  const word = call.flags.isOn('server-side') ? 'serverside-applied' : what;
  const shown = qualifiedName(info, name);
  call.print(call.flags.text('output') === 'name' ? shown : `${shown} ${word}${dryRunSuffix(call)}`);
  noteKept(call, info, name, place);
}
