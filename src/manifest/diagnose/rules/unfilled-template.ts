// LINT-30 and LINT-31: templates and placeholders that were not filled in.
import { isObject, type Loose, listAt, objectOr, textAt } from '#kube';
import { findingAt, findingIn } from '../finding.ts';
import { POD_SPEC } from '../pods.ts';
import type { LintRule, Path, Written } from '../types.ts';
import { isBroken, linesOf } from './text-lines.ts';

const HELM = /\{\{-?.*?(?:\}\}|$)/;

/** What only a template of a manifest says: control, functions of Helm, its values; `{%` is Jinja's. */
const SURELY =
  /^\s*(?:-\s*)?\{\{-?\s*(?:\/\*|if|else|end|range|with|define|include|template|toYaml|block)\b|\{\{-?[^}]{0,200}(?:\.(?:Values|Release|Chart|Capabilities|Files)\b|\b(?:include|toYaml|tpl)\s+["(.$])|^\s*\{%-?\s/;

/** Fields that mean a name, where a template or a placeholder is surely not meant as it stands. */
function* namesIn({ raw, info }: Written): Generator<readonly [path: Path, value: string]> {
  const metadata = objectOr(raw, 'metadata');
  yield [['metadata', 'name'], textAt(metadata, 'name')];
  yield [['metadata', 'namespace'], textAt(metadata, 'namespace')];
  if (info.kind !== 'StatefulSet') return;
  const spec = objectOr(raw, 'spec');
  yield [['spec', 'serviceName'], textAt(spec, 'serviceName')];
  const pod = objectOr(objectOr(spec, 'template'), 'spec');
  yield [[...POD_SPEC, 'serviceAccountName'], textAt(pod, 'serviceAccountName')];
  for (const field of ['initContainers', 'containers'])
    for (const [index, container] of listAt(pod, field).entries())
      yield [[...POD_SPEC, field, index, 'image'], textAt(container, 'image')];
  for (const [index, template] of listAt(spec, 'volumeClaimTemplates').entries())
    yield [['spec', 'volumeClaimTemplates', index, 'spec', 'storageClassName'], classIn(template)];
}

const classIn = (template: Loose): string =>
  isObject(template.spec) ? textAt(objectOr(template, 'spec'), 'storageClassName') : '';

export const unfilledTemplate: LintRule = {
  id: 'LINT-30',
  title: 'Template that was not filled in',
  docs: 'https://helm.sh/docs/helm/helm_template/',
  *check({ files, written }) {
    const message =
      'This is a template of Helm or of a similar tool: "{{ … }}" must be filled in before the manifest means anything. helm template prints it filled in.';
    for (const file of files.filter(isBroken)) {
      const errorLine = file.manifest.error?.from.line;
      // Texts within a manifest may hold templates of their own, such as those of alerts.
      const line = linesOf(file).find(
        ({ text, from }) =>
          !text.trimStart().startsWith('#') &&
          (SURELY.test(text) || (HELM.test(text) && file.places.positionOf(from).line === errorLine)),
      );
      if (!line) continue;
      const at = Math.max(0, line.text.search(/\{[{%]/));
      yield findingIn(file, { from: line.from + at, to: line.to }, 'error', message);
    }
    for (const one of written.filter(({ file }) => !isBroken(file)))
      for (const [path, value] of namesIn(one)) if (HELM.test(value)) yield findingAt(one, path, 'error', message);
  },
};

/** `<name>`, `${NAME}`, `$NAME`, `{name}`: what documents and scripts write for the reader to fill in. */
const PLACEHOLDER = /<[A-Za-z][^<>]{0,100}>|\$\{[A-Za-z_][^}]{0,100}\}|\$[A-Z_][A-Z0-9_]*|^\{[a-zA-Z_-]+\}$/;

export const unfilledPlaceholder: LintRule = {
  id: 'LINT-31',
  title: 'Placeholder that was not filled in',
  *check({ written }) {
    for (const one of written)
      for (const [path, value] of namesIn(one)) {
        const found = HELM.test(value) ? null : PLACEHOLDER.exec(value);
        if (!found) continue;
        yield findingAt(
          one,
          path,
          'warning',
          `"${found[0]}" looks like a placeholder: whoever wrote this meant a value to be put in its place. Kubernetes takes it as it stands.`,
        );
      }
  },
};
