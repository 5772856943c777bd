// LINT-7: a field that is fixed once the set exists differs from what is in the cluster.
import { applyDefaults, canonicalJson, isObject, type Loose, listAt, objectOr, textAt } from '#kube';
import { type Edit, fixes, fixOf, replaceScalar, scalarText } from '../edits.ts';
import { findingAt } from '../finding.ts';
import type { Finding, LintRule, Path, SetCase } from '../types.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Fields of a set that people change and the server does not let them. */
const FIXED = ['selector', 'serviceName', 'podManagementPolicy', 'volumeClaimTemplates'] as const;

/** Two values of one leaf, and the way to it. */
interface Difference {
  readonly path: Path;
  readonly before: unknown;
  readonly after: unknown;
}

export const immutableField: LintRule = {
  id: 'LINT-7',
  title: 'Field is fixed once the set exists',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/',
  *check({ sets }) {
    for (const one of sets) {
      if (!one.stored || one.stored.metadata.deletionTimestamp !== undefined) continue;
      const stored = applyDefaults('StatefulSet', one.stored as unknown as Loose);
      for (const field of FIXED) yield* findingsOf(one, stored, field);
    }
  },
};

function* findingsOf(one: SetCase, stored: Loose, field: (typeof FIXED)[number]): Iterable<Finding> {
  const { written, name } = one;
  if (!isGiven(one, stored, field)) return;
  const before = comparable(objectOr(stored, 'spec')[field]);
  const after = comparable(objectOr(written.object, 'spec')[field]);
  const differences = [...differencesOf(before, after, ['spec', field])];
  const [first] = differences;
  if (!first) return;
  const recreate = [`delete statefulset ${name} --cascade=orphan`, `apply -f ${written.file.name}`].map((command) =>
    one.namespace === 'default' ? command : `${command} --namespace=${one.namespace}`,
  );
  yield findingAt(
    written,
    first.path,
    'error',
    `${field} cannot be changed once the set exists: in the cluster it is ${shown(first.before)}, here ${shown(first.after)}. Set it back, or delete the set without its pods and create it anew.`,
    fixes(
      fixOf(
        written.file,
        'Set it back to what is in the cluster',
        differences.map((each) => setBack(one, each)),
      ),
      // Pods that the new selector does not match would be left alone for good.
      field === 'selector' ? undefined : { label: 'Recreate the set and keep its pods', edits: [], commands: recreate },
    ),
  );
}

/** A field that the file leaves out stays as it is, unless the file that was applied last had it. */
function isGiven({ written }: SetCase, stored: Loose, field: string): boolean {
  if (objectOr(written.raw, 'spec')[field] !== undefined) return true;
  const text = textAt(objectOr(objectOr(stored, 'metadata'), 'annotations'), LAST_APPLIED);
  try {
    const last: unknown = JSON.parse(text);
    return isObject(last) && objectOr(last, 'spec')[field] !== undefined;
  } catch {
    return false;
  }
}

/** Claim templates without what the server adds to them. */
function comparable(value: unknown): unknown {
  if (!Array.isArray(value)) return value ?? undefined;
  return value.filter(isObject).map((template) => ({
    metadata: withoutTimes(objectOr(template, 'metadata')),
    spec: objectOr(template, 'spec'),
  }));
}

function withoutTimes({ creationTimestamp: _time, ...metadata }: Loose): Loose {
  return metadata;
}

function* differencesOf(before: unknown, after: unknown, path: Path): Generator<Difference> {
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return;
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    for (const [index, item] of before.entries()) yield* differencesOf(item, after[index], [...path, index]);
  } else if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      yield* differencesOf(before[key], after[key], [...path, key]);
  } else yield { path, before, after };
}

function setBack({ written }: SetCase, { path, before }: Difference): Edit | undefined {
  return typeof before === 'string' ? replaceScalar(written, path, scalarText(before)) : undefined;
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'not set';
  if (Array.isArray(value)) return listText(value);
  return typeof value === 'string' ? `"${value}"` : JSON.stringify(value).slice(0, 80);
}

const listText = (list: readonly unknown[]): string =>
  list.length === 0 ? 'empty' : `a list of ${list.length} (${namesIn(list) || JSON.stringify(list).slice(0, 80)})`;

const namesIn = (list: readonly unknown[]): string =>
  listAt({ list }, 'list')
    .map((item) => textAt(objectOr(item, 'metadata'), 'name'))
    .filter((name) => name !== '')
    .join(', ');
