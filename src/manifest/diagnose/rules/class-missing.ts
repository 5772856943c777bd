// LINT-8 and LINT-9: claims that will wait for a StorageClass.
import { dnsSubdomainErrors, isObject, type Loose, objectOr, optionalTextAt, textAt } from '#kube';
import { addDocument, fixes, fixOf, removeEntry, scalarText } from '../edits.ts';
import { findingAt } from '../finding.ts';
import type { LintContext, LintRule, Path, Written } from '../types.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/storage/storage-classes/';
const OLD_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
const DEFAULT_ANNOTATION = 'storageclass.kubernetes.io/is-default-class';
const OLD_DEFAULT_ANNOTATION = 'storageclass.beta.kubernetes.io/is-default-class';

/** A claim that a file asks for: in a set's template, or by itself. */
interface Claim {
  readonly written: Written;
  /** The way to the claim. */
  readonly path: Path;
  readonly name: string;
  readonly claim: Loose;
  readonly isFixed: boolean;
}

export const classMissing: LintRule = {
  id: 'LINT-8',
  title: 'StorageClass not there',
  docs: DOCS,
  *check(context) {
    const hasDefault = defaultClasses(context).length > 0;
    for (const { written, path, name, claim, isFixed } of claimsIn(context)) {
      const className = classOf(claim);
      if (className === undefined || className === '' || context.find('StorageClass', '', className)) continue;
      // Volumes that a person makes need no class of that name.
      if (hasVolumes(context, className)) continue;
      const field = [...path, 'spec', 'storageClassName'];
      yield findingAt(
        written,
        textAt(objectOr(claim, 'spec'), 'storageClassName') === ''
          ? [...path, 'metadata', 'annotations', OLD_ANNOTATION]
          : field,
        'warning',
        `There is no StorageClass "${className}" in these files or in this cluster, and no volume of that class: the claim "${name}" stays Pending, and with it every pod that needs it.`,
        fixes(
          fixOf(written.file, `Add a StorageClass "${className}" that this cluster can make volumes of`, [
            dnsSubdomainErrors(className).length === 0 ? addDocument(written.file, classLines(className)) : undefined,
          ]),
          hasDefault && !isFixed
            ? fixOf(written.file, 'Use the default class', [removeEntry(written, field)])
            : undefined,
        ),
      );
    }
  },
};

export const noDefaultClass: LintRule = {
  id: 'LINT-9',
  title: 'No default StorageClass',
  docs: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass',
  *check(context) {
    if (defaultClasses(context).length > 0 || hasVolumes(context, '')) return;
    for (const { written, path, name, claim } of claimsIn(context)) {
      if (classOf(claim) !== undefined) continue;
      yield findingAt(
        written,
        [...path, 'spec'],
        'warning',
        `The claim "${name}" names no StorageClass and the cluster has no default one: it stays Pending until there is one, or a volume without a class.`,
      );
    }
  },
};

function claimsIn({ sets, written }: LintContext): readonly Claim[] {
  const inSets = sets.flatMap(({ written: one, set, stored }) =>
    (set.spec.volumeClaimTemplates ?? []).map((template, index) => ({
      written: one,
      path: ['spec', 'volumeClaimTemplates', index],
      name: template.metadata?.name ?? '',
      claim: template as unknown as Loose,
      isFixed: stored !== undefined,
    })),
  );
  const alone = written
    .filter(({ info, isSound }) => isSound && info.kind === 'PersistentVolumeClaim')
    .filter(({ object }) => textAt(objectOr(object, 'spec'), 'volumeName') === '')
    .map((one) => ({ written: one, path: [], name: one.name, claim: one.object, isFixed: false }));
  return [...inSets, ...alone];
}

/** The class that a claim asks for; undefined where it leaves that to the cluster. */
function classOf(claim: Loose): string | undefined {
  const annotations = objectOr(objectOr(claim, 'metadata'), 'annotations');
  return optionalTextAt(annotations, OLD_ANNOTATION) ?? optionalTextAt(objectOr(claim, 'spec'), 'storageClassName');
}

const defaultClasses = ({ list }: LintContext) =>
  list('StorageClass').filter(({ object }) => {
    const annotations = objectOr(objectOr(object, 'metadata'), 'annotations');
    return annotations[DEFAULT_ANNOTATION] === 'true' || annotations[OLD_DEFAULT_ANNOTATION] === 'true';
  });

const hasVolumes = ({ list }: LintContext, className: string): boolean =>
  list('PersistentVolume').some(
    ({ object }) => isObject(object.spec) && textAt(objectOr(object, 'spec'), 'storageClassName') === className,
  );

/** A class as YAML, whose volumes the simulated provisioner makes. */
const classLines = (name: string): readonly string[] => [
  'apiVersion: storage.k8s.io/v1',
  'kind: StorageClass',
  'metadata:',
  `  name: ${scalarText(name)}`,
  'provisioner: sim.example/provisioner',
  'volumeBindingMode: WaitForFirstConsumer',
];
