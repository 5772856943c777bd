// Puts out of the way what no two clusters share: random suffixes, hashes, uids, addresses, ages, moments, and which of
// several nodes a pod landed on. What is left must be the same.
import type { Digest, LogEntry, Trace, TraceEvent, TraceState, TraceStep } from './trace.ts';

type Rename = (text: string) => string;

/** The five letters that the server adds to a name prefix. */
const SUFFIX = /-[bcdfghjklmnpqrstvwxz2456789]{5}(?![a-z0-9])/g;
const UID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const MADE_VOLUME = /^pvc-/;

/** Gives the hashes of revisions and pod templates numbers, in the order in which a trace shows them. */
export function hashNumbers(trace: Trace): Rename {
  const hashes = new Set<string>();
  const add = (hash: unknown): void => {
    if (typeof hash === 'string' && hash !== '') hashes.add(hash);
  };
  for (const { log = [], state = {} } of trace.steps) {
    for (const entry of log) if (entry.kind === 'ControllerRevision' || entry.kind === 'ReplicaSet') add(entry.hash);
    for (const kind of ['ControllerRevision', 'ReplicaSet'])
      for (const digest of Object.values(state[kind] ?? {})) add(digest.hash);
  }
  const names = [...hashes].map((hash, index) => [hash, `R${index + 1}`] as const);
  return (text) => names.reduce((result, [hash, name]) => result.replaceAll(hash, name), text);
}

/** Members in order of their names, all the way down, so that equal values make equal texts. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, ordered(member)]),
  );
}

interface EndpointDigest {
  readonly addresses?: readonly string[];
  readonly node?: string;
  readonly pod?: string;
}

/** How names and digests of a kind are freed of chance. */
const QUIETERS: Readonly<Record<string, (name: string, digest: Digest) => readonly [string, Record<string, unknown>]>> =
  {
    Pod: (name, digest) => [
      digest.templateHash ? name.replace(SUFFIX, '') : name,
      {
        ...digest,
        node: Boolean(digest.node),
        claims: Array.isArray(digest.claims) ? [...digest.claims].sort() : undefined,
      },
    ],
    PersistentVolume: (name, digest) => [MADE_VOLUME.test(name) ? `volume of ${String(digest.claim)}` : name, digest],
    PersistentVolumeClaim: (name, digest) => [
      name,
      {
        ...digest,
        volume: MADE_VOLUME.test(String(digest.volume ?? '')) ? 'provisioned' : digest.volume,
        selectedNode: digest.selectedNode ? true : undefined,
      },
    ],
    EndpointSlice: (name, digest) => [
      name.replace(SUFFIX, ''),
      {
        ...digest,
        ports: Array.isArray(digest.ports) && digest.ports.length > 0 ? digest.ports : undefined,
        endpoints: ((digest.endpoints ?? []) as readonly EndpointDigest[]).map((endpoint) => ({
          ...endpoint,
          addresses: endpoint.addresses?.length,
          node: Boolean(endpoint.node),
          zone: undefined,
          pod: endpoint.pod?.replace(SUFFIX, ''),
        })),
      },
    ],
  };

/** A state without chance: for each kind the names with their digests, in an order of their own. */
export function quietState(state: TraceState | undefined, rename: Rename): unknown {
  if (!state) return undefined;
  const renamed = JSON.parse(rename(JSON.stringify(state))) as TraceState;
  return ordered(
    Object.fromEntries(
      Object.entries(renamed).map(([kind, objects]) => {
        const quiet = QUIETERS[kind] ?? ((name: string, digest: Digest) => [name, digest] as const);
        // Several objects may now share a name, so a kind is a list of pairs.
        const pairs = Object.entries(objects).map(([name, digest]) => JSON.stringify(ordered(quiet(name, digest))));
        return [kind, pairs.sort()];
      }),
    ),
  );
}

/** Commands whose output is about nodes, so that their names matter. */
const isAboutNodes = (command: string): boolean => /\bnodes?\b|cordon|drain/.test(command);

/** What kubectl printed, without chance. */
export function quietText(text: string | undefined, command: string, rename: Rename, nodes: readonly string[]): string {
  if (!text) return '';
  let quiet = rename(text)
    .replace(UID, 'UID')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
    .replace(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, 'TIME')
    .replace(/resourceVersion: "\d+"/g, 'resourceVersion: N')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, 'IP')
    .replace(SUFFIX, '-xxxxx')
    .replace(/ \(x\d+ over [^)]*\)/g, '')
    .replace(/<invalid>/g, 'AGE')
    .replace(/\b(?:\d+y)?(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+s\b|\b\d+[ydhm]\b/g, 'AGE');
  if (!isAboutNodes(command)) for (const node of nodes) quiet = quiet.replaceAll(node, 'NODE');
  const hasRandomNames = quiet.includes('-xxxxx');
  const lines = quiet
    .split('\n')
    .map((line) => line.replace(/(\S)\s{2,}/g, '$1  ').trimEnd())
    // The slice of the API server's own Service is as old as the cluster, and not everywhere there.
    .filter((line) => !/^(?:endpointslice\S*\/)?kubernetes\s+IPv4/.test(line));
  return inOrder(lines, command, hasRandomNames).join('\n').trimEnd();
}

/** Events of one second, and objects with random names, come in an order of chance. */
function inOrder(lines: readonly string[], command: string, hasRandomNames: boolean): readonly string[] {
  const events = lines.findIndex((line) => line.startsWith('Events:'));
  if (events >= 0) return [...lines.slice(0, events + 1), ...lines.slice(events + 1).sort()];
  const isRandom = hasRandomNames && !isAboutNodes(command) && /\bget (?:pods|all|po)\b/.test(command);
  return isRandom || /\bget (?:events|ev)\b/.test(command) ? [...lines].sort() : lines;
}

/** An Event as one line. */
export const quietEvent = (event: TraceEvent, rename: Rename): string =>
  rename(`${event.object} ${event.type} ${event.reason}: ${event.message}`)
    .replace(/pvc-[0-9a-f-]{36}/g, 'pvc-UID')
    .replace(SUFFIX, '-xxxxx')
    .replace(/ to \S+$/, ' to NODE');

const ORDERED_KINDS: ReadonlySet<string> = new Set(['Pod', 'PersistentVolumeClaim', 'ControllerRevision']);

/**
 * Which pods, claims and revisions came, were marked and went in a step, in their order.
 * @param dying what was marked in earlier steps; grows
 * @param isOrderChance whether the order within the step is chance
 */
export function comingsAndGoings(
  step: TraceStep,
  rename: Rename,
  dying: Set<string>,
  isOrderChance: boolean,
): readonly string[] {
  const rows: string[] = [];
  for (const entry of step.log ?? []) {
    if (!ORDERED_KINDS.has(entry.kind)) continue;
    const subject = `${entry.kind} ${rename(entry.name).replace(SUFFIX, '-xxxxx')}`;
    if (entry.change !== 'MODIFIED') rows.push(`${entry.change} ${subject}`);
    else if (entry.terminating && isFirst(dying, subject, entry)) rows.push(`TERMINATING ${subject}`);
  }
  // The collector takes the pods of a deleted set in any order.
  return isOrderChance || /^delete (?:statefulset|sts)/.test(step.kubectl ?? '') ? rows.sort() : rows;
}

function isFirst(dying: Set<string>, subject: string, entry: LogEntry): boolean {
  const id = `${subject} ${String(entry.incarnation ?? 1)}`;
  if (dying.has(id)) return false;
  dying.add(id);
  return true;
}
