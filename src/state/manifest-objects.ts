// The objects that a manifest holds, with the places that lead to them and away from them. Loaded late: it reads YAML.
import { keyOf, kindByApi } from '#kube';
import { type ManifestDocument, type Position, parseManifest, type Span } from '#manifest';

/** A field whose value names another object. */
export interface ManifestReference extends Span {
  /** The fact id of the object that is named. */
  readonly id: string;
}

/** An object of a file. */
export interface ManifestObject extends Span {
  readonly fileName: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly namespace: string;
  /** Its fact id, whether it is in the cluster or not. */
  readonly id: string;
  /** Where its name stands, or its first line. */
  readonly at: Position;
  /** Where its pods come from: the template of a set. */
  readonly template?: Position;
  /** Where its claims come from, by the name of the template. */
  readonly claims: Readonly<Record<string, Position>>;
  readonly references: readonly ManifestReference[];
  /** Names that it gives to volumes and to claim templates: what a mount may name. */
  readonly volumes: readonly string[];
}

type Loose = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const recordOf = (value: unknown): Loose => (isRecord(value) ? value : {});
const listOf = (value: unknown): readonly Loose[] => (Array.isArray(value) ? value.map(recordOf) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Reads the objects of a file, as far as it can be read.
 *
 * @param fileName - its name
 * @param text - untrusted
 * @returns the objects in their order; items of a List each on their own
 */
export function objectsOf(fileName: string, text: string): readonly ManifestObject[] {
  return parseManifest(fileName, text).documents.flatMap((document) => {
    const value = recordOf(document.value);
    if (value.kind !== 'List') return objectOf(fileName, document, value, '');
    return listOf(value.items).flatMap((item, i) => objectOf(fileName, document, item, `items[${i}].`));
  });
}

function objectOf(fileName: string, document: ManifestDocument, value: Loose, prefix: string): ManifestObject[] {
  const { kind, apiVersion } = value;
  const metadata = recordOf(value.metadata);
  if (typeof kind !== 'string' || kind === '') return [];
  const info = kindByApi(textOf(apiVersion), kind);
  const name = textOf(metadata.name);
  const namespace = info?.namespaced === false ? '' : textOf(metadata.namespace) || 'default';
  const place = (path: string): Span => document.positionOf(`${prefix}${path}`);
  const spec = recordOf(value.spec);
  const podSpec = kind === 'Pod' ? spec : recordOf(recordOf(spec.template).spec);
  const podPath = kind === 'Pod' ? 'spec' : 'spec.template.spec';
  const templates = listOf(spec.volumeClaimTemplates);
  const whole = prefix === '' ? document : place('kind');
  return [
    {
      fileName,
      kind,
      apiVersion: textOf(apiVersion),
      name,
      namespace,
      id: keyOf(info?.storeKind ?? kind, namespace, name),
      from: whole.from,
      to: whole.to,
      at: place('metadata.name').from,
      ...(isRecord(spec.template) && { template: place('spec.template').from }),
      claims: Object.fromEntries(
        templates.map((template, i) => [
          textOf(recordOf(template.metadata).name),
          place(`spec.volumeClaimTemplates[${i}].metadata.name`).from,
        ]),
      ),
      references: [...referencesOf(kind, spec, namespace, podSpec, podPath, place)],
      volumes: [
        ...templates.map((template) => textOf(recordOf(template.metadata).name)),
        ...listOf(podSpec.volumes).map((volume) => textOf(volume.name)),
      ].filter((one) => one !== ''),
    },
  ];
}

function* referencesOf(
  kind: string,
  spec: Loose,
  namespace: string,
  podSpec: Loose,
  podPath: string,
  place: (path: string) => Span,
): Iterable<ManifestReference> {
  const refer = function* (path: string, target: string, name: unknown): Iterable<ManifestReference> {
    if (typeof name !== 'string' || name === '') return;
    yield { ...place(path), id: keyOf(target, target === 'StorageClass' ? '' : namespace, name) };
  };
  if (kind === 'StatefulSet') yield* refer('spec.serviceName', 'Service', spec.serviceName);
  if (kind === 'PersistentVolumeClaim') yield* refer('spec.storageClassName', 'StorageClass', spec.storageClassName);
  for (const [i, template] of listOf(spec.volumeClaimTemplates).entries())
    yield* refer(
      `spec.volumeClaimTemplates[${i}].spec.storageClassName`,
      'StorageClass',
      recordOf(template.spec).storageClassName,
    );
  for (const [i, volume] of listOf(podSpec.volumes).entries()) {
    const path = `${podPath}.volumes[${i}]`;
    yield* refer(`${path}.configMap.name`, 'ConfigMap', recordOf(volume.configMap).name);
    yield* refer(`${path}.secret.secretName`, 'Secret', recordOf(volume.secret).secretName);
    yield* refer(
      `${path}.persistentVolumeClaim.claimName`,
      'PersistentVolumeClaim',
      recordOf(volume.persistentVolumeClaim).claimName,
    );
  }
  if (kind === 'HorizontalPodAutoscaler') {
    const target = recordOf(spec.scaleTargetRef);
    yield* refer('spec.scaleTargetRef.name', textOf(target.kind), target.name);
  }
}
