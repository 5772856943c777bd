// A living cluster out of pasted text: the output of `kubectl get sts,pod,pvc,pv,svc,node,… -o yaml` becomes what the
// simulation begins with. What a person left out is filled up from what they pasted, and said.
import { isObject, type KubeObject, keyOf, kindByApi, kindOf, type Loose, textAt } from '#kube';
import { toYaml } from '#kubectl';
import { type ManifestDocument, type Problem, parseManifest, LIMITS as READ_LIMITS } from '#manifest';
import { LIMITS } from '#share';
import { completed } from './complete-cluster.ts';
import { fitObject, OBJECTS_MAX, uidFor } from './found-objects.ts';
import { foundText } from './found-text.ts';
import type { ImportedCluster } from './protocol.ts';

/** Of the text: a cluster is longer than a manifest. */
const BYTES_MAX = 8 * 1024 * 1024;

/** Most objects of one kind whose refusal is told. */
const PROBLEMS_MAX = 20;

/** Most characters of manifests that are made for the editor. */
const FILE_MAX = 200_000;

/** Events are many, and only the newest tell something. */
const EVENTS_MAX = 1_000;

const FILE = 'cluster.yaml';

/**
 * Reads the objects of a living cluster.
 * @param text untrusted: YAML or JSON, a List, several of them, or single objects
 * @returns what a session begins with, or why it cannot; never throws for bad input
 */
export function importCluster(text: string): ImportedCluster {
  const table = tableLine(text);
  if (table !== undefined)
    return { problems: [problemOnLine(table, 'This is a table for people to read. Add -o yaml to the command.')] };
  const { parts, cutLine } = foundText(text.slice(0, BYTES_MAX + 1));
  const manifests = parts.map((part) => parseManifest(FILE, part, BYTES_MAX));
  const parseProblems = manifests.flatMap(({ problems }) => problems);
  if (parseProblems.length > 0) return { problems: parseProblems };
  const documents = manifests.flatMap((manifest) => manifest.documents);
  const [first] = documents;
  if (!first) return { problems: [problemAt(undefined, 'The text holds no object.')] };
  const items = documents.flatMap((document) => [...itemsOf(document, document.value, '')]);
  if (items.length > OBJECTS_MAX)
    return { problems: [problemAt(first, `The text holds ${items.length} objects; ${OBJECTS_MAX} are the most.`)] };
  const problems: Problem[] = [];
  const notes: string[] = [];
  if (cutLine !== undefined)
    notes.push(
      `The text breaks off in the object of line ${cutLine}: that object and what came behind it are missing.`,
    );
  const found = new Map<string, KubeObject>();
  for (const { document, path, value } of items) {
    const fit = fitObject(value);
    if ('object' in fit) found.set(keyOfFound(fit.object), fit.object);
    else if (problems.length < PROBLEMS_MAX)
      problems.push(problemAt(document, `This object is not taken in: ${fit.why}.`, path, 'warning'));
  }
  const objects = newestEvents([...found.values()], notes);
  if (!objects.some(({ metadata }) => metadata.uid !== ''))
    return {
      problems: [
        problemAt(
          first,
          found.size === 0
            ? 'Here is no object with a kind and a name. Paste all that kubectl get prints with -o yaml, from its first line.'
            : 'No object here has a uid: this is a manifest, not the state of a cluster. The state is what kubectl get prints with -o yaml.',
        ),
      ],
    };
  for (const { message, from } of problems) notes.push(`Line ${from.line}: ${message}`);
  const whole = completed(objects.map(identified), notes);
  const pasted = JSON.stringify(whole.objects);
  if (pasted.length > LIMITS.pastedCharacters)
    return {
      problems: [
        problemAt(
          first,
          `The cluster takes ${pasted.length} characters; ${LIMITS.pastedCharacters} are the most. Take the objects of one namespace: kubectl get … -n NAME.`,
        ),
      ],
    };
  return {
    setup: { seed: 1, gates: {}, nodes: whole.nodes, manifest: '', timing: {}, pasted },
    files: filesOf(whole.objects),
    counts: countsOf(objects),
    notes,
  };
}

interface Item {
  readonly document: ManifestDocument;
  readonly path: string;
  readonly value: unknown;
}

/** Lists are flattened, a plain JSON array counts as one. */
function* itemsOf(document: ManifestDocument, value: unknown, path: string): Generator<Item> {
  const list = Array.isArray(value) ? value : isObject(value) && Array.isArray(value.items) ? value.items : undefined;
  // The kind of a List stands at its end, and may have been cut off.
  const kind = isObject(value) ? textAt(value, 'kind') : '';
  const isList = Array.isArray(value) || kind === '' || kind.endsWith('List');
  if (!list || !isList) yield { document, path, value };
  else
    for (const [index, item] of list.entries())
      yield* itemsOf(
        document,
        item,
        `${Array.isArray(value) ? path : `${path === '' ? '' : `${path}.`}items`}[${index}]`,
      );
}

/** The first line, if it is the head of a table of `kubectl get`. */
function tableLine(text: string): number | undefined {
  const lines = text.slice(0, 10_000).split('\n');
  const index = lines.findIndex((line) => line.trim() !== '');
  const isTable = lines.slice(index, index + 3).findIndex((line) => /^(?:NAMESPACE {2,})?NAME {2,}[A-Z]/.test(line));
  return index < 0 || isTable < 0 ? undefined : index + isTable + 1;
}

function problemOnLine(line: number, message: string): Problem {
  return { file: FILE, from: { line, column: 1 }, to: { line, column: 1 }, severity: 'error', message };
}

function problemAt(
  document: ManifestDocument | undefined,
  message: string,
  path = '',
  severity: Problem['severity'] = 'error',
): Problem {
  const start = { line: 1, column: 1 };
  const span = document?.positionOf(path) ?? { from: start, to: start };
  return { file: FILE, from: span.from, to: span.to, severity, message };
}

const keyOfFound = (object: KubeObject): string =>
  keyOf(kindOf(object)?.storeKind ?? object.kind, object.metadata.namespace, object.metadata.name);

function newestEvents(objects: readonly KubeObject[], notes: string[]): readonly KubeObject[] {
  const timeOf = (object: KubeObject): string =>
    String((object as { lastTimestamp?: unknown }).lastTimestamp ?? object.metadata.creationTimestamp);
  const events = objects.filter(({ kind }) => kind === 'Event');
  if (events.length <= EVENTS_MAX) return objects;
  const kept = new Set(events.sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1)).slice(0, EVENTS_MAX));
  notes.push(`Of ${events.length} events the newest ${EVENTS_MAX} are kept.`);
  return objects.filter((object) => object.kind !== 'Event' || kept.has(object));
}

/** An object that was pasted without its uid gets one that follows from its name. */
function identified(object: KubeObject): KubeObject {
  const { metadata } = object;
  if (metadata.uid !== '' && metadata.creationTimestamp !== '') return object;
  return {
    ...object,
    metadata: {
      ...metadata,
      uid: metadata.uid || uidFor(keyOfFound(object)),
      creationTimestamp: metadata.creationTimestamp || '1970-01-01T00:00:00Z',
    },
  };
}

function countsOf(objects: readonly KubeObject[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of objects) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Kinds that a person goes on to edit, in the order of a manifest. */
const EDITED = ['Service', 'PodDisruptionBudget', 'StatefulSet'];

/** Manifests of what is likely to be edited: without what only a server writes. */
function filesOf(objects: readonly KubeObject[]): Record<string, string> {
  const documents = EDITED.flatMap((kind) => objects.filter((object) => object.kind === kind))
    .filter(({ metadata }) => !(metadata.name === 'kubernetes' && metadata.namespace === 'default'))
    .map((object) => toYaml(manifestOf(object as unknown as Loose)));
  const text = documents.join('---\n');
  return text === '' || text.length > Math.min(FILE_MAX, READ_LIMITS.bytesMax) ? {} : { [FILE]: text };
}

const SERVER_ANNOTATIONS = /^(?:kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/)/;
const SERVER_METADATA: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'finalizers',
  'selfLink',
]);

function manifestOf(object: Loose): Loose {
  const { status: _status, metadata, spec, ...rest } = object;
  return { ...rest, metadata: ownMetadata(metadata as Loose), spec: ownSpec(object, spec as Loose) };
}

function ownMetadata(metadata: Loose): Loose {
  const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => !SERVER_METADATA.has(key)));
  const { annotations, ...others } = kept;
  const own = isObject(annotations)
    ? Object.fromEntries(Object.entries(annotations).filter(([key]) => !SERVER_ANNOTATIONS.test(key)))
    : {};
  return Object.keys(own).length > 0 ? { ...others, annotations: own } : others;
}

/** A spec without addresses that the server gave, and claim templates without their states. */
function ownSpec(object: Loose, spec: Loose): Loose {
  if (kindByApi(textAt(object, 'apiVersion'), textAt(object, 'kind'))?.kind === 'Service') {
    const { clusterIPs: _ips, ipFamilies: _families, ipFamilyPolicy: _policy, clusterIP, ...own } = spec;
    return clusterIP === 'None' ? { clusterIP, ...own } : own;
  }
  if (!Array.isArray(spec.volumeClaimTemplates)) return spec;
  return {
    ...spec,
    volumeClaimTemplates: spec.volumeClaimTemplates.filter(isObject).map(({ status: _status, metadata, ...claim }) => ({
      ...claim,
      metadata: ownMetadata(isObject(metadata) ? metadata : {}),
    })),
  };
}
