// LINT-25: fields and kinds that are nearly spelt like one that there is.
import { KINDS, kindByWord, textAt } from '#kube';
import { fixes, fixOf, replaceKey } from '../edits.ts';
import { pathText } from '../find-node.ts';
import { findingAt, findingIn } from '../finding.ts';
import type { Finding, LintRule, SourceFile, Written } from '../types.ts';
import { nearestWord } from './nearest-word.ts';
import { isShapeOf, unknownFields } from './unknown-fields.ts';

export const misspeltField: LintRule = {
  id: 'LINT-25',
  title: 'Misspelt field or kind',
  docs: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  *check({ written, files }) {
    for (const one of written) if (!one.fits) yield* fieldsOf(one);
    for (const file of files) yield* kindsOf(file);
  },
};

/** Fields that are called something else in other kinds. */
const SYNONYMS: Readonly<Record<string, string>> = {
  'StatefulSetSpec strategy': 'updateStrategy',
  'StatefulSetSpec service': 'serviceName',
  'StatefulSetSpec volumeClaims': 'volumeClaimTemplates',
  'DeploymentSpec updateStrategy': 'strategy',
  'Container environment': 'env',
  'Container resource': 'resources',
};

function* fieldsOf(one: Written): Iterable<Finding> {
  for (const { key, value, parent } of unknownFields(one)) {
    const open = [...parent.struct.byJson]
      .filter(([name, field]) => isShapeOf(field.type, value) && !(name in parent.value))
      .map(([name]) => name);
    const synonym = SYNONYMS[`${parent.struct.shortName} ${key}`];
    const meant = synonym !== undefined && open.includes(synonym) ? synonym : nearestWord(key, open);
    if (meant === undefined) continue;
    const path = [...parent.path, key];
    yield findingAt(
      one,
      path,
      'error',
      `There is no field "${key}" under ${pathText(parent.path) || 'the top level'}. "${meant}" may be meant.`,
      fixes(fixOf(one.file, `Write ${meant}`, [replaceKey(one, path, meant)])),
    );
  }
}

/** Kinds are written with capitals inside: StatefulSet, not Statefulset. */
function* kindsOf(file: SourceFile): Iterable<Finding> {
  for (const document of file.manifest.documents) {
    const value = document.value as { apiVersion?: unknown; kind?: unknown } | null;
    if (typeof value !== 'object' || value === null) continue;
    const kind = textAt(value as Record<string, unknown>, 'kind');
    const apiVersion = textAt(value as Record<string, unknown>, 'apiVersion');
    const served = KINDS.filter((info) => info.apiVersion === apiVersion);
    if (kind === '' || served.length === 0 || served.some((info) => info.kind === kind) || kind === 'List') continue;
    const meant =
      kindByWord(kind)?.apiVersion === apiVersion
        ? kindByWord(kind)?.kind
        : nearestWord(
            kind,
            served.map((info) => info.kind),
          );
    if (meant === undefined || meant === kind) continue;
    const tree = document.treeOf();
    const pair =
      tree?.root.type === 'mapping'
        ? tree.root.pairs.find(({ key }) => key.type === 'scalar' && key.value === 'kind')
        : undefined;
    if (!tree || pair?.value.type !== 'scalar') continue;
    const range = { from: tree.offset + pair.value.from, to: tree.offset + pair.value.to };
    yield findingIn(
      file,
      range,
      'error',
      `There is no kind "${kind}" in ${apiVersion}. "${meant}" may be meant: kinds are written with their capitals.`,
      fixes(fixOf(file, `Write ${meant}`, [{ ...range, text: meant }])),
    );
  }
}
