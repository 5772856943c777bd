// A session as compact JSON (texts once, acts as tuples) and back. Unpacking believes nothing: every field is checked
// for type, range and size, and an unknown shape is told as damage, with its place.
import type { Act, Branch, TimedAct } from '#timeline';
import type { LinkProblem } from './codec.ts';
import type { ClusterSetup, NodeSetup, Session } from './types.ts';

export const LIMITS = {
  acts: 10_000,
  branches: 200,
  nodes: 1_000,
  files: 100,
  manifestCharacters: 1024 * 1024,
  /** Of the objects of a living cluster, as JSON. */
  pastedCharacters: 2 * 1024 * 1024,
  nameCharacters: 256,
  commandCharacters: 16_384,
  /** 30 days of virtual time. */
  timeMs: 30 * 24 * 3600 * 1000,
} as const;

type PackedAct = readonly [atMs: number, type: 'k' | 'f', words: string, rest?: string | Record<string, number>];

/** The compact form of a session. Equal texts are stored once. */
export function packSession(session: Session, fingerprint: string): Record<string, unknown> {
  const texts: string[] = [];
  const numberOf = (text: string): number => {
    const known = texts.indexOf(text);
    return known >= 0 ? known : texts.push(text) - 1;
  };
  const numbers = (files: Readonly<Record<string, string>>): Record<string, number> =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, numberOf(text)]));
  const packAct = ({ atMs, act }: TimedAct): PackedAct =>
    act.type === 'fault'
      ? [atMs, 'f', act.fault, act.target]
      : act.files
        ? [atMs, 'k', act.command, numbers(act.files)]
        : [atMs, 'k', act.command];
  const branches = session.branches.map(({ id, name, fork, acts, reachedMs }) => ({
    id,
    name,
    ...(fork && { fork }),
    acts: acts.map(packAct),
    reachedMs,
  }));
  const files = numbers(session.files);
  return { cluster: session.cluster, texts, files, branches, at: session.at, view: session.view, fingerprint };
}

/** Thrown inside unpacking alone: where the shape is wrong, or which limit is passed. */
class Unfit extends Error {
  readonly kind: LinkProblem['kind'];
  constructor(message: string, kind: LinkProblem['kind'] = 'damaged') {
    super(message);
    this.kind = kind;
  }
}

const record = (value: unknown, place: string): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unfit(`${place} is not an object`);
  return value as Record<string, unknown>;
};
const list = (value: unknown, place: string, max: number): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Unfit(`${place} is not a list`);
  if (value.length > max) throw new Unfit(`${place} has ${value.length} entries; ${max} are the most`, 'too-large');
  return value;
};
const text = (value: unknown, place: string, max: number): string => {
  if (typeof value !== 'string') throw new Unfit(`${place} is not a text`);
  if (value.length > max) throw new Unfit(`${place} has ${value.length} characters; ${max} are the most`, 'too-large');
  return value;
};
const integer = (value: unknown, place: string, min: number, max: number): number => {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new Unfit(`${place} is not a whole number`);
  if (value < min || value > max) throw new Unfit(`${place} is ${value}, outside ${min} to ${max}`);
  return value;
};
/** An object as a map of its own: keys such as `__proto__` are nothing special in it. */
const mapOf = <T>(
  value: unknown,
  place: string,
  max: number,
  read: (value: unknown, place: string) => T,
): Record<string, T> => {
  const entries = Object.entries(record(value, place));
  if (entries.length > max) throw new Unfit(`${place} has ${entries.length} entries; ${max} are the most`, 'too-large');
  return Object.fromEntries(
    entries.map(([key, one]) => [text(key, `${place} key`, LIMITS.nameCharacters), read(one, `${place}.${key}`)]),
  );
};
const flag = (value: unknown, place: string): boolean => {
  if (typeof value !== 'boolean') throw new Unfit(`${place} is not true or false`);
  return value;
};
const name = (value: unknown, place: string): string => text(value, place, LIMITS.nameCharacters);

function unpackNode(value: unknown, place: string): NodeSetup {
  const node = record(value, place);
  return {
    name: name(node.name, `${place}.name`),
    ...(node.zone !== undefined && { zone: name(node.zone, `${place}.zone`) }),
    ...(node.cpu !== undefined && { cpu: name(node.cpu, `${place}.cpu`) }),
    ...(node.memory !== undefined && { memory: name(node.memory, `${place}.memory`) }),
    ...(node.pods !== undefined && { pods: integer(node.pods, `${place}.pods`, 0, 100_000) }),
    ...(node.labels !== undefined && { labels: mapOf(node.labels, `${place}.labels`, 100, name) }),
    ...(node.taints !== undefined && {
      taints: list(node.taints, `${place}.taints`, 50).map((one, i) => {
        const taint = record(one, `${place}.taints[${i}]`);
        return {
          key: name(taint.key, `${place}.taints[${i}].key`),
          effect: name(taint.effect, `${place}.taints[${i}].effect`),
          ...(taint.value !== undefined && { value: name(taint.value, `${place}.taints[${i}].value`) }),
        };
      }),
    }),
  };
}

function unpackCluster(value: unknown): ClusterSetup {
  const cluster = record(value, 'cluster');
  return {
    seed: integer(cluster.seed, 'cluster.seed', 0, 0x7fffffff),
    gates: mapOf(cluster.gates, 'cluster.gates', 100, flag),
    nodes: list(cluster.nodes, 'cluster.nodes', LIMITS.nodes).map((node, i) => unpackNode(node, `cluster.nodes[${i}]`)),
    manifest: text(cluster.manifest, 'cluster.manifest', LIMITS.manifestCharacters),
    ...(cluster.pasted !== undefined && { pasted: text(cluster.pasted, 'cluster.pasted', LIMITS.pastedCharacters) }),
    timing: mapOf(cluster.timing, 'cluster.timing', 100, (one, place) => integer(one, place, 0, LIMITS.timeMs)),
  };
}

/**
 * A session from the JSON value of a link or file.
 * @returns the session with the fingerprint it came with, or what is wrong with it
 */
export function unpackSession(value: unknown): { session: Session; fingerprint: string | undefined } | LinkProblem {
  try {
    return unpack(value);
  } catch (error) {
    if (error instanceof Unfit) return { kind: error.kind, message: `This session cannot be read: ${error.message}.` };
    throw error;
  }
}

function unpack(value: unknown): { session: Session; fingerprint: string | undefined } {
  const packed = record(value, 'the session');
  let characters = 0;
  const texts = list(packed.texts, 'texts', LIMITS.acts + LIMITS.files).map((one, i) => {
    const content = text(one, `texts[${i}]`, LIMITS.manifestCharacters);
    characters += content.length;
    if (characters > LIMITS.manifestCharacters)
      throw new Unfit('its manifests together have more than 1 MiB', 'too-large');
    return content;
  });
  const filesOf = (files: unknown, place: string): Record<string, string> =>
    mapOf(files, place, LIMITS.files, (index, where) => texts[integer(index, where, 0, texts.length - 1)] as string);
  let acts = 0;
  const unpackAct = (one: unknown, place: string): TimedAct => {
    acts += 1;
    if (acts > LIMITS.acts) throw new Unfit(`it has more than ${LIMITS.acts} acts`, 'too-large');
    const [at, type, words, rest] = list(one, place, 4);
    const atMs = integer(at, `${place} time`, 0, LIMITS.timeMs);
    const command = text(words, `${place} command`, LIMITS.commandCharacters);
    if (type === 'f') return { atMs, act: { type: 'fault', fault: command, target: name(rest, `${place} target`) } };
    if (type !== 'k') throw new Unfit(`${place} is neither a kubectl command nor a fault`);
    const act: Act = {
      type: 'kubectl',
      command,
      ...(rest !== undefined && { files: filesOf(rest, `${place} files`) }),
    };
    return { atMs, act };
  };
  const branches = list(packed.branches, 'branches', LIMITS.branches).map((one, i): Branch => {
    const place = `branches[${i}]`;
    const branch = record(one, place);
    const fork = branch.fork === undefined ? undefined : record(branch.fork, `${place}.fork`);
    if ((i === 0) !== (fork === undefined))
      throw new Unfit(`${place} ${i === 0 ? 'is the trunk and has' : 'has no'} fork`);
    return {
      id: integer(branch.id, `${place}.id`, i === 0 ? 0 : 1, 1_000_000),
      name: name(branch.name, `${place}.name`),
      ...(fork && {
        fork: {
          parent: integer(fork.parent, `${place}.fork.parent`, 0, 1_000_000),
          atMs: integer(fork.atMs, `${place}.fork.atMs`, 0, LIMITS.timeMs),
        },
      }),
      acts: list(branch.acts, `${place}.acts`, LIMITS.acts).map((act, k) => unpackAct(act, `${place}.acts[${k}]`)),
      reachedMs: integer(branch.reachedMs, `${place}.reachedMs`, 0, LIMITS.timeMs),
    };
  });
  checkBranches(branches);
  const at = record(packed.at, 'at');
  const view = record(packed.view, 'view');
  const branch = integer(at.branch, 'at.branch', 0, 1_000_000);
  if (!branches.some(({ id }) => id === branch)) throw new Unfit(`at.branch names branch ${branch}, which it has not`);
  const fingerprint = packed.fingerprint;
  return {
    session: {
      cluster: unpackCluster(packed.cluster),
      files: filesOf(packed.files, 'files'),
      branches,
      at: { branch, atMs: integer(at.atMs, 'at.atMs', 0, LIMITS.timeMs) },
      view: {
        layout: view.layout === 'nodes' ? 'nodes' : 'identity',
        ...(view.selected !== undefined && { selected: text(view.selected, 'view.selected', 1_000) }),
        ...(view.isPresenting === true && { isPresenting: true }),
        ...(branches.some(({ id }) => id === view.compare && id !== branch) && { compare: view.compare as number }),
      },
    },
    fingerprint: typeof fingerprint === 'string' && /^[0-9a-f]{16}$/.test(fingerprint) ? fingerprint : undefined,
  };
}

/** Parents come first, ids are unique, and acts go forwards in time. */
function checkBranches(branches: readonly Branch[]): void {
  if (branches.length === 0) throw new Unfit('it has no branch');
  const seen = new Set<number>();
  for (const { id, fork, acts, reachedMs } of branches) {
    if (seen.has(id)) throw new Unfit(`branch ${id} is there twice`);
    if (fork && !seen.has(fork.parent))
      throw new Unfit(`branch ${id} leaves branch ${fork.parent}, which does not come before it`);
    seen.add(id);
    let last = fork?.atMs ?? 0;
    for (const { atMs } of acts) {
      if (atMs < last) throw new Unfit(`the acts of branch ${id} are not in order of time`);
      last = atMs;
    }
    if (reachedMs < last) throw new Unfit(`branch ${id} ends before its last act`);
  }
}
