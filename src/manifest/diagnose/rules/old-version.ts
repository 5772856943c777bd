// LINT-26: API versions that a server of v1.36 no longer serves, and kinds that are looked for in the wrong group.
import { type KindInfo, kindByApi, kindByWord, objectAt, objectOr, splitApiVersion, structOfKind, textAt } from '#kube';
import { addEntry, type Edit, fixes, fixOf, replaceScalar, scalarText } from '../edits.ts';
import { findingAt, findingIn } from '../finding.ts';
import type { Finding, LintRule, SourceFile, Written } from '../types.ts';

const DOCS = 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/';

/** The release that stopped serving a version. */
const REMOVED_IN: Readonly<Record<string, string>> = {
  'apps/v1beta1': '1.16',
  'apps/v1beta2': '1.16',
  'extensions/v1beta1': '1.16',
  'admissionregistration.k8s.io/v1beta1': '1.22',
  'apiextensions.k8s.io/v1beta1': '1.22',
  'apiregistration.k8s.io/v1beta1': '1.22',
  'certificates.k8s.io/v1beta1': '1.22',
  'coordination.k8s.io/v1beta1': '1.22',
  'networking.k8s.io/v1beta1': '1.22',
  'rbac.authorization.k8s.io/v1beta1': '1.22',
  'scheduling.k8s.io/v1beta1': '1.22',
  'storage.k8s.io/v1beta1': '1.22',
  'autoscaling/v2beta1': '1.25',
  'batch/v1beta1': '1.25',
  'discovery.k8s.io/v1beta1': '1.25',
  'events.k8s.io/v1beta1': '1.25',
  'node.k8s.io/v1beta1': '1.25',
  'policy/v1beta1': '1.25',
  'autoscaling/v2beta2': '1.26',
};

/** Ingresses of the group `extensions` were served for longer than workloads. */
const removedIn = (apiVersion: string, kind: string): string | undefined =>
  apiVersion === 'extensions/v1beta1' && kind === 'Ingress' ? '1.22' : REMOVED_IN[apiVersion];

export const oldVersion: LintRule = {
  id: 'LINT-26',
  title: 'API version that is not served',
  docs: DOCS,
  *check({ written, files }) {
    for (const one of written) if (!one.isServed) yield oldFinding(one);
    for (const file of files) yield* wrongGroups(file);
  },
};

function oldFinding(one: Written): Finding {
  const { raw, info, file } = one;
  const apiVersion = textAt(raw, 'apiVersion');
  const release = removedIn(apiVersion, info.kind);
  const since = release === undefined ? 'is not served' : `is no longer served since v${release}`;
  const isKnown = structOfKind(info.apiVersion, info.kind) !== undefined && one.fits;
  return findingAt(
    one,
    ['apiVersion'],
    'error',
    `${apiVersion} ${since}. ${info.kind} objects are in ${info.apiVersion} now${isKnown ? '' : ', with other fields'}.`,
    isKnown ? fixes(fixOf(file, `Write ${info.apiVersion}`, migration(one))) : [],
  );
}

/** Kinds whose old versions made up a selector from the labels of the template. */
const SELECTING: ReadonlySet<string> = new Set(['StatefulSet', 'Deployment', 'DaemonSet', 'ReplicaSet']);

function migration(one: Written): (Edit | undefined)[] {
  const { raw, info } = one;
  const edits: (Edit | undefined)[] = [replaceScalar(one, ['apiVersion'], info.apiVersion)];
  const spec = objectOr(raw, 'spec');
  const labels = objectAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels');
  if (!SELECTING.has(info.kind) || spec.selector !== undefined || !labels) return edits;
  const lines = Object.entries(labels).map(([key, value]) => `    ${scalarText(key)}: ${scalarText(String(value))}`);
  return [...edits, addEntry(one, ['spec'], ['selector:', '  matchLabels:', ...lines])];
}

/** A kind of Kubernetes' own in a group of Kubernetes' own that does not have it: `v1` for a StatefulSet. */
function* wrongGroups(file: SourceFile): Iterable<Finding> {
  for (const document of file.manifest.documents) {
    const value = document.value as Record<string, unknown> | null;
    if (typeof value !== 'object' || value === null) continue;
    const kind = textAt(value, 'kind');
    const apiVersion = textAt(value, 'apiVersion');
    const info = kindByWord(kind);
    if (!info || info.kind !== kind || kindByApi(apiVersion, kind) || !isOwnGroup(info, apiVersion)) continue;
    const tree = document.treeOf();
    const pair =
      tree?.root.type === 'mapping'
        ? tree.root.pairs.find(({ key }) => key.type === 'scalar' && key.value === 'apiVersion')
        : undefined;
    if (!tree || pair?.value.type !== 'scalar') continue;
    const range = { from: tree.offset + pair.value.from, to: tree.offset + pair.value.to };
    yield findingIn(
      file,
      range,
      'error',
      `There is no ${kind} in ${apiVersion}. ${kind} objects are in ${info.apiVersion}.`,
      fixes(fixOf(file, `Write ${info.apiVersion}`, [{ ...range, text: info.apiVersion }])),
    );
  }
}

/** Groups without a dot, and those that end in k8s.io, are Kubernetes' own; of others nothing is known. */
function isOwnGroup(info: KindInfo, apiVersion: string): boolean {
  const { group, version } = splitApiVersion(apiVersion);
  if (group === info.group || group === 'extensions') return false;
  return /^v\d+/.test(version) && (!group.includes('.') || group.endsWith('.k8s.io'));
}
