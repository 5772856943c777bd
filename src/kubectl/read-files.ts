// The objects in the files of `-f`: documents, Lists flattened, kinds looked up, and for each thing that is wrong the
// words that kubectl has for it. k8s: cli-runtime resource.Builder, StreamVisitor, FlattenListVisitor
import { type KindInfo, kindByApi } from '#kube';
import { type Manifest, type ManifestDocument, parseManifest } from '#manifest';
import type { Call } from './call.ts';
import { CommandError, localFault, type Place } from './errors.ts';
import { isMap, type JsonMap } from './patch/json.ts';

/** An object as it stands in a file. */
export interface FileObject {
  readonly info: KindInfo;
  readonly value: JsonMap;
  readonly name: string;
  readonly namespace: string;
  readonly file: string;
  readonly place: Place;
}

const VALIDATION_HINT = 'if you choose to ignore these errors, turn validation off with --validate=false';

/** The flag of the commands that read files. */
export const FILE_FLAGS = {
  filename: { type: 'strings', short: 'f' },
  recursive: { type: 'bool', short: 'R' },
  validate: { type: 'optional', implied: 'strict' },
} as const;

/**
 * All objects of the files, in order. What cannot be used is noted as a fault, and the rest comes back.
 * @throws CommandError when no file is named, or one is not there
 */
export function readFileObjects(call: Call): FileObject[] {
  const files = call.flags.list('filename');
  if (files.length === 0) throw new CommandError('must specify one of -f and -k');
  const objects: FileObject[] = [];
  for (const file of files.flatMap((name) => filesOf(call, name))) {
    const manifest = parseManifest(file, call.files[file] ?? '');
    call.manifests.set(file, manifest);
    if (readDocuments(call, manifest, objects) && manifest.error) {
      call.fail(localFault(`error parsing ${file}: ${manifest.error.message}`));
      for (const problem of manifest.problems) call.note(problem.severity, problem.message, errorPlace(manifest));
    }
  }
  return objects;
}

/** A file by its name, or every manifest of a folder. */
function filesOf(call: Call, name: string): readonly string[] {
  const plain = name.replace(/^\.\//, '');
  if (Object.hasOwn(call.files, plain)) return [plain];
  const folder = plain === '.' || plain === '' ? '' : `${plain.replace(/\/$/, '')}/`;
  const inside = Object.keys(call.files)
    .filter((file) => file.startsWith(folder) && /\.(?:ya?ml|json)$/.test(file))
    .filter((file) => call.flags.isOn('recursive') || !file.slice(folder.length).includes('/'))
    .sort();
  const isFolder = folder === '' || Object.keys(call.files).some((file) => file.startsWith(folder));
  if (isFolder && inside.length > 0) return inside;
  throw new CommandError(
    isFolder
      ? `error reading [${name}]: recognized file extensions are [.json .yaml .yml]`
      : `the path ${JSON.stringify(name)} does not exist`,
  );
}

/** A broken document has no number of its own: its place is told by the manifest. */
const errorPlace = (manifest: Manifest): Place => ({ file: manifest.file, document: -1, path: '' });

/** @returns false when a document ended the reading of the file */
function readDocuments(call: Call, manifest: Manifest, objects: FileObject[]): boolean {
  for (const document of manifest.documents) {
    const fault = validationFault(document);
    const place: Place = { file: manifest.file, document: document.index, path: '' };
    if (fault) {
      call.fail(
        localFault(
          `error validating ${JSON.stringify(manifest.file)}: error validating data: ${fault}; ${VALIDATION_HINT}`,
        ),
        place,
      );
      return false;
    }
    readValue(call, manifest.file, document.value as JsonMap, place, objects, false);
  }
  return true;
}

/** What makes a document none that could be sent. k8s: schema validation of kubectl */
function validationFault(document: ManifestDocument): string | undefined {
  const { value } = document;
  if (!isMap(value)) return 'invalid object to validate';
  const missing = ['apiVersion', 'kind'].filter(
    (key) => value[key] === undefined || value[key] === null || value[key] === '',
  );
  if (missing.length > 0)
    return missing.length === 1 ? `${missing[0]} not set` : `[${missing.map((key) => `${key} not set`).join(', ')}]`;
  for (const key of ['apiVersion', 'kind']) if (typeof value[key] !== 'string') return `${key} isn't string type`;
  return undefined;
}

function readValue(
  call: Call,
  file: string,
  value: JsonMap,
  place: Place,
  objects: FileObject[],
  isInList: boolean,
): void {
  const apiVersion = String(value.apiVersion);
  const kind = String(value.kind);
  if (kind.endsWith('List') && Array.isArray(value.items)) {
    value.items.forEach((item: unknown, index) => {
      const path = `${place.path === '' ? '' : `${place.path}.`}items[${index}]`;
      if (isMap(item)) readValue(call, file, item, { ...place, path }, objects, true);
    });
    return;
  }
  const metadata = isMap(value.metadata) ? value.metadata : {};
  const name = typeof metadata.name === 'string' ? metadata.name : '';
  const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : '';
  const info = kindByApi(apiVersion, kind);
  if (!info) {
    const noMatch = `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`;
    call.fail(
      localFault(
        isInList
          ? `unable to recognize ${noMatch}`
          : `resource mapping not found for name: ${JSON.stringify(name)} namespace: ${JSON.stringify(namespace)} from ${JSON.stringify(file)}: ${noMatch}\nensure CRDs are installed first`,
        isInList,
      ),
      { ...place, path: joinPath(place.path, 'kind') },
    );
    return;
  }
  const wanted = call.flags.text('namespace');
  if (info.namespaced && namespace && wanted && wanted !== namespace)
    throw new CommandError(
      `the namespace from the provided object ${JSON.stringify(namespace)} does not match the namespace ${JSON.stringify(wanted)}. You must pass '--namespace=${namespace}' to perform this operation.`,
    );
  objects.push({ info, value, name, namespace: info.namespaced ? namespace || call.namespace : '', file, place });
}

/** A path within a part of a document. */
export const joinPath = (parent: string, path: string): string =>
  parent === '' ? path : path === '' ? parent : `${parent}.${path}`;
