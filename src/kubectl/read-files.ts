// The objects in the files of `-f`: documents, Lists flattened, kinds looked up, and for each thing that is wrong the
// words that kubectl has for it. k8s: cli-runtime resource.Builder, StreamVisitor, FlattenListVisitor
import { goQuote, type KindInfo } from '#kube';
import { type Manifest, parseManifest } from '#manifest';
import type { Call } from './call.ts';
import { CommandError, localFault, type Place } from './errors.ts';
import { decodingFault, isListKind, itemsOf, kindOfWords, typingFault, validationFault } from './file-faults.ts';
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
    const fault = validationFault(document.value);
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

function readValue(
  call: Call,
  file: string,
  value: JsonMap,
  place: Place,
  objects: FileObject[],
  isInList: boolean,
): void {
  const shown = goQuote(file);
  const undecodable = isInList ? undefined : decodingFault(value);
  if (undecodable !== undefined) {
    const [, field = ''] = /struct field \w+\.(metadata(?:\.\w+)*) of type/.exec(undecodable) ?? [];
    call.fail(localFault(`unable to decode ${shown}: ${undecodable}`), { ...place, path: joinPath(place.path, field) });
    return;
  }
  const untyped = isInList ? typingFault(value) : undefined;
  if (untyped !== undefined) {
    call.fail(localFault(untyped, true), place);
    return;
  }
  const metadata = isMap(value.metadata) ? value.metadata : {};
  const name = typeof metadata.name === 'string' ? metadata.name : '';
  const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : '';
  const apiVersion = String(value.apiVersion);
  const kind = String(value.kind);
  const info = kindOfWords(apiVersion, kind);
  const isList = !isInList && 'items' in value;
  if (!info && !(isList && isListKind(apiVersion, kind))) {
    const noMatch = `no matches for kind ${goQuote(kind)} in version ${goQuote(apiVersion)}`;
    call.fail(
      localFault(
        isInList
          ? `unable to recognize ${noMatch}`
          : `resource mapping not found for name: ${goQuote(name)} namespace: ${goQuote(namespace)} from ${shown}: ${noMatch}\nensure CRDs are installed first`,
        isInList,
      ),
      { ...place, path: joinPath(place.path, 'kind') },
    );
    return;
  }
  if (isList) {
    readItems(call, file, value, place, objects);
    return;
  }
  if (!info) return;
  const wanted = call.flags.text('namespace');
  if (info.namespaced && namespace && wanted && wanted !== namespace)
    throw new CommandError(
      `the namespace from the provided object ${goQuote(namespace)} does not match the namespace ${goQuote(wanted)}. You must pass '--namespace=${namespace}' to perform this operation.`,
    );
  objects.push({ info, value, name, namespace: info.namespaced ? namespace || call.namespace : '', file, place });
}

/** The objects of a list. One list inside of another makes nothing of either. k8s: FlattenListVisitor */
function readItems(call: Call, file: string, list: JsonMap, place: Place, objects: FileObject[]): void {
  const items = itemsOf(list);
  const nested = items.findIndex((item) => Array.isArray(item.items));
  const pathOf = (index: number): Place => ({ ...place, path: joinPath(place.path, `items[${index}]`) });
  if (nested >= 0) {
    call.fail(localFault('*unstructured.Unstructured is not a list: no Items field in this object'), pathOf(nested));
    return;
  }
  items.forEach((item, index) => {
    readValue(call, file, item, pathOf(index), objects, true);
  });
}

/** A path within a part of a document. */
export const joinPath = (parent: string, path: string): string =>
  parent === '' ? path : path === '' ? parent : `${parent}.${path}`;
