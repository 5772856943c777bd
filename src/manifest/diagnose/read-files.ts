// From files to what lint rules look at: the objects that are written in them, and those that will be there with them.
import {
  applyDefaults,
  decodeObject,
  isObject,
  type KindInfo,
  keyOf,
  kindByApi,
  kindByWord,
  type Loose,
  objectOr,
  type StatefulSet,
  splitApiVersion,
  textAt,
} from '#kube';
import { parseManifest } from '../parse-manifest.ts';
import { placesOf } from '../places.ts';
import type { ManifestDocument } from '../types.ts';
import type { ClusterNotes, Known, LintContext, Path, SetCase, SourceFile, Written } from './types.ts';

/** Reads one file. */
export const readSource = (name: string, text: string): SourceFile => ({
  name,
  text,
  manifest: parseManifest(name, text),
  places: placesOf(text),
});

/** Groups that kinds were served in before they got one of their own. */
const LEGACY_GROUPS: ReadonlySet<string> = new Set(['extensions', 'apps', 'policy', 'networking.k8s.io']);

/** The kind as it is served now, for one that is written in a version of former times. */
export function presentKind(apiVersion: string, kind: string): KindInfo | undefined {
  const info = kindByWord(kind);
  if (!info || info.kind !== kind) return undefined;
  const { group, version } = splitApiVersion(apiVersion);
  if (!/^v\d+(?:(?:alpha|beta)\d+)?$/.test(version)) return undefined;
  return group === info.group || (group === 'extensions' && LEGACY_GROUPS.has(info.group)) ? info : undefined;
}

/** The objects of a document, those in Lists too. */
function* objectsIn(file: SourceFile, document: ManifestDocument, value: unknown, at: Path): Generator<Written> {
  if (!isObject(value)) return;
  const apiVersion = textAt(value, 'apiVersion');
  const kind = textAt(value, 'kind');
  if (kind.endsWith('List') && Array.isArray(value.items)) {
    for (const [index, item] of value.items.entries()) yield* objectsIn(file, document, item, [...at, 'items', index]);
    return;
  }
  const served = kindByApi(apiVersion, kind);
  const info = served ?? presentKind(apiVersion, kind);
  if (!info) return;
  const metadata = objectOr(value, 'metadata');
  const decoded = decodeObject(served ? apiVersion : info.apiVersion, info.kind, value);
  const fits = decoded.error === undefined && decoded.strictErrors.length === 0;
  yield {
    file,
    document,
    at,
    info,
    name: textAt(metadata, 'name'),
    namespace: info.namespaced ? textAt(metadata, 'namespace') || 'default' : '',
    raw: value,
    object: applyDefaults(info.kind, decoded.object),
    isServed: served !== undefined,
    fits,
    isSound: served !== undefined && fits,
  };
}

/** Whether a file holds objects of kinds that no server knows by itself. */
const hasUnknownKind = ({ manifest }: SourceFile): boolean => manifest.documents.some(({ value }) => isUnknown(value));

function isUnknown(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (Array.isArray(value.items)) return value.items.some(isUnknown);
  const apiVersion = textAt(value, 'apiVersion');
  const kind = textAt(value, 'kind');
  return kind !== '' && !kindByApi(apiVersion, kind) && !presentKind(apiVersion, kind);
}

/** Every object of the files, in order. */
const writtenIn = (files: readonly SourceFile[]): readonly Written[] =>
  files.flatMap((file) =>
    file.manifest.documents.flatMap((document) => [...objectsIn(file, document, document.value, [])]),
  );

const keyOfWritten = ({ info, namespace, name }: Written): string => keyOf(info.storeKind, namespace, name);

/**
 * What the rules look at.
 * @param files to be judged
 * @param beside files that count as there, and are not judged
 */
export function newContext(
  files: readonly SourceFile[],
  beside: readonly SourceFile[],
  cluster: ClusterNotes,
): LintContext {
  const written = writtenIn(files);
  const all = new Map<string, Known>();
  for (const one of [...writtenIn(beside), ...written]) {
    const key = keyOfWritten(one);
    const { name, namespace, object } = one;
    all.set(key, { object, name, namespace, written: one, isStored: cluster.find(key) !== undefined });
  }
  const byKind = new Map<string, readonly Known[]>();
  const allOf = (kind: string): readonly Known[] => {
    const known = byKind.get(kind);
    if (known) return known;
    const own = [...all.values()].filter(({ written: one }) => one?.info.kind === kind);
    const keys = new Set(own.map(({ namespace, name }) => `${namespace}/${name}`));
    const stored = cluster
      .list(kind)
      .filter(({ metadata }) => !keys.has(`${metadata.namespace ?? ''}/${metadata.name}`))
      .map(
        (object): Known => ({
          object: object as unknown as Loose,
          name: object.metadata.name,
          namespace: object.metadata.namespace ?? '',
          isStored: true,
        }),
      );
    const list = [...own, ...stored];
    byKind.set(kind, list);
    return list;
  };
  return {
    files,
    written,
    sets: setsIn(written, cluster),
    hasUnknownKinds: [...files, ...beside].some(hasUnknownKind),
    cluster,
    list: (kind, namespace) => {
      const list = allOf(kind);
      return namespace === undefined ? list : list.filter((one) => one.namespace === namespace);
    },
    find: (kind, namespace, name) => allOf(kind).find((one) => one.namespace === namespace && one.name === name),
  };
}

/** The sets that the server would understand, with what every rule reads of them in place. */
function setsIn(written: readonly Written[], cluster: ClusterNotes): readonly SetCase[] {
  return written
    .filter(({ info, isSound, name }) => isSound && name !== '' && info.kind === 'StatefulSet')
    .filter(({ object }) => isObject(objectOr(object, 'spec').template) && isObject(podSpecOf(object)))
    .map((one) => ({
      written: one,
      set: one.object as unknown as StatefulSet,
      name: one.name,
      namespace: one.namespace,
      stored: cluster.find(keyOfWritten(one)) as StatefulSet | undefined,
    }));
}

const podSpecOf = (object: Loose): unknown => objectOr(objectOr(object, 'spec'), 'template').spec;
