// kubectl apply: creates what is not there and patches the rest to what the files say, one object after the other; what
// is refused does not keep the others back. Rules KCTL-1 and KCTL-2.
import type { ApiError, ApiResult } from '#engine';
import {
  canonicalJson,
  isTerminating,
  type KindInfo,
  type KubeObject,
  keyOf,
  matchesRequirements,
  parseLabelSelector,
  type StringMap,
} from '#kube';
import { accept, type Call } from '../call.ts';
import { CommandError, localFault, serverFault } from '../errors.ts';
import { LAST_APPLIED, lastAppliedOf, withLastApplied } from '../last-applied.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { applyMergePatch, threeWayMergePatch } from '../patch/json-merge.ts';
import { patchStructOf } from '../patch/schema.ts';
import { applyStrategicPatch } from '../patch/strategic-apply.ts';
import { threeWayStrategicPatch } from '../patch/strategic-diff.ts';
import { OUTPUT_FLAGS, printerOf, type Teller, tellerOf } from '../print/printer.ts';
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
    ...OUTPUT_FLAGS,
    force: { type: 'bool' },
    'server-side': { type: 'bool' },
    'force-conflicts': { type: 'bool' },
    overwrite: { type: 'bool', default: 'true' },
    prune: { type: 'bool' },
    wait: { type: 'bool' },
    'field-manager': { type: 'string' },
  },
  run(call) {
    const { args, command } = call;
    if (args.length > 0)
      throw new CommandError(`Unexpected args: [${args.join(' ')}]\nSee '${command} -h' for help and examples`);
    checkFlags(call);
    const printer = printerOf(call);
    const isWords = !printer || call.flags.text('output') === 'name';
    const applying: Applying = { teller: isWords ? tellerOf(call) : undefined, created: new Set(), visited: [] };
    const objects = readFileObjects(call).filter(isSelected(call));
    for (const object of objects) applyObject(call, object, applying);
    if (objects.length === 0 && !call.hasFailed()) call.fail(localFault('no objects passed to apply'));
    else if (!isWords && !call.hasFailed()) printer?.print(asOne(applying.visited));
  },
};

/** k8s: ApplyOptions.Validate */
function checkFlags({ flags, isDryRun }: Call): void {
  const isServerSide = flags.isOn('server-side');
  if (flags.isOn('force-conflicts') && !isServerSide)
    throw new CommandError('--force-conflicts only works with --server-side');
  if (isServerSide && flags.text('dry-run') === 'client')
    throw new CommandError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  if (flags.isOn('force') && isServerSide) throw new CommandError('--force cannot be used with --server-side');
  if (flags.isOn('force') && isDryRun && flags.text('dry-run') === 'server')
    throw new CommandError('--dry-run=server cannot be used with --force');
  if (flags.isOn('all') && flags.text('selector'))
    throw new CommandError('cannot set --all and --selector at the same time');
  if (flags.isOn('prune'))
    throw new CommandError('Ordinal does not prune: kubectl delete takes away what the files name no longer');
}

/** `-l` chooses objects of the files by their labels. */
function isSelected({ flags }: Call): (object: FileObject) => boolean {
  const selector = parseLabelSelector(flags.text('selector') ?? '');
  if (selector.error !== undefined)
    throw new CommandError(
      `the provided selector ${JSON.stringify(flags.text('selector'))} is not valid: ${selector.error}`,
    );
  return ({ value }) => {
    const { labels } = isMap(value.metadata) ? value.metadata : {};
    return matchesRequirements(selector.value, isMap(labels) ? (labels as StringMap) : undefined);
  };
}

/** What an apply gathers on its way. */
interface Applying {
  /** Undefined where the objects are printed at the end, all together. */
  readonly teller: Teller | undefined;
  readonly created: Set<string>;
  readonly visited: JsonMap[];
}

/** One object as it is, several as a list. */
const asOne = (objects: readonly JsonMap[]): JsonMap =>
  objects.length === 1 && objects[0] ? objects[0] : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} };

function applyObject(call: Call, object: FileObject, applying: Applying): void {
  const { info, name, namespace, file, place } = object;
  if (refuseTooLarge(call, object.value, file, place)) return;
  const metadata = isMap(object.value.metadata) ? object.value.metadata : {};
  if (name === '') {
    call.fail(localFault(nameFault(object, metadata)), { ...place, path: joinPath(place.path, 'metadata') });
    return;
  }
  const key = keyOf(info.storeKind, namespace, name);
  const stored = call.turn.view.find(key);
  const wanted = wantedOf(call, object, stored);
  // With --dry-run=server, what an earlier document made is not there for the next one.
  if (stored && !(call.isDryRun && applying.created.has(key))) {
    patchObject(call, object, wanted, stored, applying);
    return;
  }
  if (isClientDryRun(call)) {
    report(call, object, wanted, 'created', applying);
    return;
  }
  const result: ApiResult<KubeObject> = stored
    ? { ok: true, object: stored, changed: false }
    : createFrom(call, info, withoutNulls(wanted) as JsonMap, namespace);
  const accepted = accept(call, result, `error when creating ${JSON.stringify(file)}: `, place);
  if (!accepted) return;
  applying.created.add(key);
  report(call, object, accepted, 'created', applying);
}

/** Applied by the server, an object carries the note of what was applied only where it carries it already. */
function wantedOf({ flags }: Call, { info, value, namespace }: FileObject, stored: KubeObject | undefined): JsonMap {
  const isNoted = stored !== undefined && lastAppliedOf(stored as unknown as JsonMap) !== undefined;
  if (!flags.isOn('server-side') || isNoted) return withLastApplied(value, namespace);
  return { ...value, metadata: { ...(value.metadata as object), ...(info.namespaced && { namespace }) } };
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

function patchObject(call: Call, object: FileObject, wanted: JsonMap, stored: KubeObject, applying: Applying): void {
  const { info, name, file, place } = object;
  const current = stored as unknown as JsonMap;
  const applied = lastAppliedOf(current);
  const isServerSide = call.flags.isOn('server-side');
  if (applied === undefined && !isServerSide)
    call.warn(`Warning: resource ${info.plural}/${name} ${MISSING_ANNOTATION}`);
  const struct = patchStructOf(String(wanted.apiVersion), info.kind);
  // The server takes away only what was the manager's own, and nobody keeps whose a field is. Rule KCTL-24.
  const original = isServerSide ? {} : originalOf(applied);
  // The kind of the file may be an older version of the stored one: the version itself is no difference.
  const modified = { ...wanted, apiVersion: current.apiVersion };
  const patch = struct
    ? threeWayStrategicPatch(original, modified, current, struct)
    : threeWayMergePatch(original, modified, current);
  if (Object.keys(patch).length === 0) {
    warnIfLeaving(call, stored);
    report(call, object, stored, 'unchanged', applying);
    return;
  }
  const next = (struct ? applyStrategicPatch(current, patch, struct) : applyMergePatch(current, patch)) as JsonMap;
  if (isClientDryRun(call)) {
    warnIfLeaving(call, stored);
    report(call, object, next, 'configured', applying);
    return;
  }
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
  report(call, object, result.object, 'configured', applying);
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

function report(
  call: Call,
  { info, name, place }: FileObject,
  object: KubeObject | JsonMap,
  what: string,
  { teller, visited }: Applying,
): void {
  const word = call.flags.isOn('server-side') ? 'serverside-applied' : what;
  visited.push(object as JsonMap);
  teller?.tell(info, object, `${word}${dryRunSuffix(call)}`);
  noteKept(call, info, name, place);
}
