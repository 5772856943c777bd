// What may stand where the cursor is in a line: commands, verbs, kinds, names of objects at the moment shown, flags and
// files.
import type { View } from '#engine';
import { compareBytes, KINDS, type KindInfo, kindByWord, type Pod } from '#kube';
import { COMMON_FLAGS, type FlagSpecs } from '../command-line.ts';
import { listObjects } from '../objects.ts';
import { verbs } from '../verbs/index.ts';
import { exampleAddresses } from './terminal/fetch.ts';

/** What completion knows. */
export interface CompletionWorld {
  readonly view: View;
  readonly files: readonly string[];
  /** Commands of the shell and its tools. */
  readonly commands: readonly string[];
}

/** Words that take the place of a part of the line. */
export interface Completed {
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
}

const WORDS_MAX = 200;

const FORMATS = ['wide', 'yaml', 'json', 'name', 'jsonpath=', 'custom-columns=', 'go-template='];
const FILE_FLAGS = new Set(['-f', '--filename']);
const CONFIG_VERBS = ['current-context', 'get-contexts', 'set-context', 'use-context', 'view'];

/** Verbs of which the words are pods, or nodes; the others name kinds first. */
const OF_PODS = new Set(['exec', 'logs', 'attach', 'port-forward', 'cp', 'debug']);
const OF_NODES = new Set(['cordon', 'uncordon', 'drain']);
const OF_NOTHING = new Set([
  'apply',
  'create',
  'replace',
  'version',
  'api-resources',
  'api-versions',
  'run',
  'diff',
  'events',
]);

/**
 * Finds what may stand at the cursor.
 * @returns the part of the line that the words take the place of; no words where nothing is known
 */
export function completeLine(line: string, cursor: number, world: CompletionWorld): Completed {
  const before = line.slice(0, cursor);
  const command = presentCommand(before);
  const words = command.split(/\s+/);
  const word = words.pop() ?? '';
  const given = words.filter((one) => one !== '' && !/^[A-Za-z_]\w*=/.test(one));
  const found = wordsFor(given, word, world);
  // In TYPE/NAME and --flag=value only the last part is found.
  const part = Math.max(word.lastIndexOf('/'), word.startsWith('-') ? word.indexOf('=') : -1) + 1;
  const start = found.isPart ? word.slice(part) : word;
  return {
    from: cursor - start.length,
    to: cursor,
    words: [...new Set(found.words.filter((one) => one.startsWith(start)))].slice(0, WORDS_MAX),
  };
}

/** The command in which the cursor stands: what comes behind the last pipe, semicolon or opening. */
function presentCommand(before: string): string {
  let start = 0;
  let quote = '';
  for (let i = 0; i < before.length; i += 1) {
    const char = before.charAt(i);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"') quote = char;
    else if ('|;&(\n`'.includes(char)) start = i + 1;
  }
  return before.slice(start).replace(/^\s*(?:(?:do|then|else|!|time|watch|xargs)\s+)*/, '');
}

interface Found {
  readonly words: readonly string[];
  /** They stand for what comes behind the slash or the equals sign. */
  readonly isPart?: boolean;
}

const NOTHING: Found = { words: [] };

function wordsFor(given: readonly string[], word: string, world: CompletionWorld): Found {
  const [first] = given;
  if (first === undefined) return { words: [...world.commands].sort() };
  if (first === 'kubectl' || first === 'k') return kubectlWords(given.slice(1), word, world);
  return { words: world.files };
}

function kubectlWords(given: readonly string[], word: string, world: CompletionWorld): Found {
  const { verb, specs, args, namespace } = takeApart(given);
  const last = given.at(-1) ?? '';
  if (given.includes('--')) return NOTHING;
  const valued = word.startsWith('-') && word.includes('=') ? word.slice(0, word.indexOf('=')) : undefined;
  const flagValue = valuesOfFlag(valued ?? last, world, args, namespace, specs);
  if (flagValue && FILE_FLAGS.has(last) && word.startsWith('http')) return { words: exampleAddresses() };
  if (flagValue) return { words: flagValue, isPart: valued !== undefined };
  if (word.startsWith('-')) return { words: flagWords(specs) };
  if (verb === undefined) return { words: verbWords(given.filter((one) => !one.startsWith('-'))) };
  if (verb === 'config') return { words: args.length === 0 ? CONFIG_VERBS : [] };
  return argumentWords(verb, args, word, namespace, world);
}

interface Parts {
  readonly verb: string | undefined;
  readonly specs: FlagSpecs;
  readonly args: readonly string[];
  readonly namespace: string;
}

/** The verb, its arguments without flags, and the namespace that is meant. */
function takeApart(given: readonly string[]): Parts {
  const plain: string[] = [];
  let namespace = 'default';
  const all: FlagSpecs = Object.assign({}, COMMON_FLAGS, ...verbs.map(({ flags }) => flags)) as FlagSpecs;
  for (let i = 0; i < given.length; i += 1) {
    const word = given[i] ?? '';
    if (!word.startsWith('-')) {
      plain.push(word);
      continue;
    }
    const [, own] = /^(?:-n=?|--namespace=)(.+)$/.exec(word) ?? [];
    if (own !== undefined) namespace = own;
    const spec = specOf(word, all);
    if (spec && spec.type !== 'bool' && spec.type !== 'optional' && !word.includes('=')) {
      if (word === '-n' || word === '--namespace') namespace = given[i + 1] ?? namespace;
      i += 1;
    }
  }
  const double = verbs.find((one) => one.name === `${plain[0] ?? ''} ${plain[1] ?? ''}`);
  const single = verbs.find((one) => one.name === plain[0]);
  const verb = double ?? single;
  const own = ['config', 'edit'].includes(plain[0] ?? '') ? plain[0] : undefined;
  return {
    verb: own ?? verb?.name,
    specs: { ...COMMON_FLAGS, ...verb?.flags },
    args: plain.slice(double ? 2 : 1),
    namespace,
  };
}

function specOf(word: string, specs: FlagSpecs): FlagSpecs[string] | undefined {
  if (word.startsWith('--')) return specs[word.slice(2).replace(/=.*$/, '')];
  return word.length === 2 ? Object.values(specs).find(({ short }) => short === word.charAt(1)) : undefined;
}

const flagWords = (specs: FlagSpecs): string[] =>
  Object.entries(specs)
    .map(([name, { type }]) => `--${name}${type === 'bool' || type === 'optional' ? '' : '='}`)
    .sort();

/** `get`, `rollout`; behind `rollout`, `status`. */
function verbWords(plain: readonly string[]): readonly string[] {
  const [first] = plain;
  if (first === undefined)
    return [...new Set([...verbs.map(({ name }) => name.split(' ')[0] ?? ''), 'config', 'edit'])].sort();
  return verbs.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name.slice(first.length + 1));
}

/** What may stand behind a flag; undefined where the flag takes nothing, or nothing is known. */
function valuesOfFlag(
  flag: string,
  world: CompletionWorld,
  args: readonly string[],
  namespace: string,
  specs: FlagSpecs,
): readonly string[] | undefined {
  switch (flag) {
    case '-n':
    case '--namespace':
      return namesOf(kindByWord('namespaces'), world, '');
    case '-f':
    case '--filename':
    case '--patch-file':
      return specOf(flag, specs)?.type === 'bool' ? undefined : world.files;
    case '-o':
    case '--output':
      return FORMATS;
    case '-c':
    case '--container': {
      const pod = args.map((arg) => world.view.get('Pod', namespace, arg.replace(/^pods?\//, ''))).find((one) => one);
      return pod ? (pod as Pod).spec.containers.map(({ name }) => name) : undefined;
    }
    case '--cascade':
      return ['background', 'foreground', 'orphan'];
    case '--dry-run':
      return ['client', 'none', 'server'];
    case '--for':
      return ['condition=', 'create', 'delete', 'jsonpath='];
    case '--type':
      return ['json', 'merge', 'strategic'];
    default:
      return undefined;
  }
}

function argumentWords(
  verb: string,
  args: readonly string[],
  word: string,
  namespace: string,
  world: CompletionWorld,
): Found {
  if (OF_NOTHING.has(verb)) return NOTHING;
  const slash = word.indexOf('/');
  if (slash > 0) return { words: namesOf(kindByWord(word.slice(0, slash)), world, namespace), isPart: true };
  if (OF_NODES.has(verb)) return { words: namesOf(kindByWord('nodes'), world, '') };
  if (OF_PODS.has(verb)) return { words: args.length === 0 ? namesOf(kindByWord('pods'), world, namespace) : [] };
  const [kind] = args;
  if (kind === undefined) return { words: kindWords(word) };
  if (kind.includes('/') || verb === 'explain') return NOTHING;
  return { words: namesOf(kindByWord(kind.split(',')[0] ?? ''), world, namespace) };
}

/** Kinds by their names; of those that are only kept, once a letter is typed. */
function kindWords(word: string): string[] {
  const exact = kindByWord(word);
  if (exact && exact.plural !== word) return [word];
  const words = KINDS.filter((info) => info.simulated || word !== '').map(({ plural }) => plural);
  return [...words, ...(word === '' || word.startsWith('a') ? ['all'] : [])].sort(compareBytes);
}

function namesOf(info: KindInfo | undefined, { view }: CompletionWorld, namespace: string): string[] {
  if (!info) return [];
  return listObjects(view, info, info.namespaced ? namespace : undefined).map(({ metadata }) => metadata.name);
}
