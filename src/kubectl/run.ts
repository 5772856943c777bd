// Runs one kubectl command within a turn: reads the line, finds the verb, gathers what is printed and what went wrong,
// and puts every error at its place in the files (rule KCTL-11).
import type { ApiError, Turn } from '#engine';
import type { Manifest, Problem } from '#manifest';
import type { Call } from './call.ts';
import { COMMON_FLAGS, type CommandLine, parseFlags, splitWords } from './command-line.ts';
import { dryRunOf } from './dry-run.ts';
import { CommandError, type Fault, localFault, type Place, textOfFaults } from './errors.ts';
import { LEFT_OUT } from './left-out.ts';
import { joinPath } from './read-files.ts';
import { nearestWords } from './suggest.ts';
import type { Follow, KubectlResult, Surroundings } from './types.ts';
import { verbs } from './verbs/index.ts';
import type { Verb } from './verbs/verb.ts';

/** A container alone in the world: no name has an answer. */
const NO_SURROUNDINGS: Surroundings = {
  resolve: (_view, { name }) => ({
    answers: [],
    searchTried: [name],
    rcode: 'NXDOMAIN',
    reason: { rule: 'DNS-6', acting: false },
    sentence: '',
  }),
};

/**
 * Runs a command.
 * @param turn what the command may look at and write to
 * @param command what follows `kubectl`; a leading `kubectl` is passed over
 * @param files the user's files by name, for `-f`
 * @param surroundings what containers find around them; without it they find nothing
 * @returns what it printed; never throws for a person's mistake
 */
export function runKubectl(
  turn: Turn,
  command: string,
  files: Readonly<Record<string, string>> = {},
  surroundings: Surroundings = NO_SURROUNDINGS,
): KubectlResult {
  const state = newState();
  let isDryRun = false;
  try {
    const { verb, words } = findVerb(splitWords(command));
    const usage = `kubectl ${verb.name}`;
    if ('filename' in verb.flags && words.some((word) => /^(?:-k|--kustomize)(?:=|$)/.test(word)))
      throw new CommandError(`Ordinal does not simulate "kubectl kustomize": ${LEFT_OUT.kustomize}`);
    const line = parseFlags(words, verb.flags, usage);
    noteDeprecations(line, turn, state.call.warn);
    isDryRun = 'dry-run' in verb.flags && dryRunOf(line.flags).mode !== 'none';
    verb.run({
      ...line,
      ...state.call,
      turn,
      files,
      command: usage,
      namespace: line.flags.text('namespace') || 'default',
      isDryRun,
      surroundings,
    });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    state.call.fail(localFault(error.message), error.place);
  }
  const err = state.err() + textOfFaults(state.faults);
  const follow = state.follow();
  return {
    out: state.out(),
    err,
    code: state.code() ?? (state.faults.length > 0 || state.isRefused() ? 1 : 0),
    problems: state.problems,
    outcome: {},
    notSimulated: state.kept,
    isDryRun: isDryRun || state.isTakenBack(),
    ...(follow && { follow }),
  };
}

/** What kubectl says of flags that it gives up. */
function noteDeprecations({ flags }: CommandLine, turn: Turn, warn: (line: string) => void): void {
  if (flags.has('record')) warn('Flag --record has been deprecated, --record will be removed in the future');
  const { note } = flags.has('dry-run') ? dryRunOf(flags) : {};
  // The logger of kubectl begins with the day and the time.
  const [, month, day, time] = /^\d+-(\d+)-(\d+)T([\d:]+)/.exec(turn.now) ?? [];
  if (note) warn(`W${month}${day} ${time}.000000       1 helpers.go:733] ${note}`);
}

/** Flags that every command knows may stand before and between the words of a verb; `rollout status` has two. */
function findVerb(all: readonly string[]): { verb: Verb; words: readonly string[] } {
  const words = all[0] === 'kubectl' ? all.slice(1) : all;
  const places = placesOfWords(words);
  const names = places.map((at) => words[at] ?? '');
  const [first = '', second = ''] = names;
  for (const count of [3, 2, 1]) {
    const verb = verbs.find(({ name }) => name === names.slice(0, count).join(' '));
    if (count === 1 && Object.hasOwn(LEFT_OUT, `${first} ${second}`)) break;
    if (verb) return { verb, words: words.filter((_word, at) => !places.slice(0, count).includes(at)) };
  }
  throw new CommandError(unknownVerb(first, second));
}

/** Where the first three words stand that are neither flags nor their values. */
function placesOfWords(words: readonly string[]): readonly number[] {
  const places: number[] = [];
  for (let at = 0; at < words.length && places.length < 3; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) places.push(at);
    const name = word.replace(/^--?/, '');
    const isCommon = Object.entries(COMMON_FLAGS).some(([long, spec]) => long === name || spec.short === name);
    if (word.startsWith('-') && !word.includes('=') && isCommon) at += 1;
  }
  return places;
}

function unknownVerb(first: string, second: string): string {
  const whole = `${first} ${second}`;
  if (Object.hasOwn(LEFT_OUT, whole)) return `Ordinal does not simulate "kubectl ${whole}": ${LEFT_OUT[whole]}`;
  if (first === '') return 'no command: what should kubectl do? For example: kubectl get pods';
  if (verbs.some((verb) => verb.name.startsWith(`${first} `)))
    return second === ''
      ? `kubectl ${first} needs a subcommand\nSee 'kubectl ${first} -h' for help and examples`
      : `unknown command ${JSON.stringify(second)}\nSee 'kubectl ${first} -h' for help and examples`;
  const instead = Object.hasOwn(LEFT_OUT, first) ? LEFT_OUT[first] : undefined;
  if (instead !== undefined) return `Ordinal does not simulate "kubectl ${first}": ${instead}`;
  const known = [
    ...new Set([
      ...verbs.map((verb) => verb.name.split(' ')[0] ?? ''),
      ...Object.keys(LEFT_OUT).filter((name) => !name.includes(' ')),
    ]),
  ];
  const similar = nearestWords(first, known);
  const hint = similar.length > 0 ? `\n\nDid you mean this?\n${similar.map((word) => `\t${word}`).join('\n')}` : '';
  return `unknown command ${JSON.stringify(first)} for "kubectl"${hint}`;
}

/** What a command gathers while it runs. */
function newState() {
  let out = '';
  let err = '';
  let refused = false;
  let code: number | undefined;
  let isTakenBack = false;
  const follows: Follow[] = [];
  const faults: Fault[] = [];
  const problems: Problem[] = [];
  const kept: string[] = [];
  const manifests = new Map<string, Manifest>();
  const warnings = new Set<string>();
  const note: Call['note'] = (severity, message, place) => {
    const problem = problemAt(manifests.get(place.file), place, severity, message);
    if (problem) problems.push(problem);
  };
  return {
    faults,
    problems,
    kept,
    out: () => out,
    err: () => err,
    isRefused: () => refused,
    code: () => code,
    isTakenBack: () => isTakenBack,
    follow: () => together(follows),
    call: {
      manifests,
      print: (line: string) => {
        out += `${line}\n`;
      },
      write: (text: string) => {
        out += text;
      },
      writeError: (text: string) => {
        err += text;
      },
      warn: (line: string) => {
        err += `${line}\n`;
      },
      warnOnce: (line: string) => {
        if (!warnings.has(line)) err += `${line}\n`;
        warnings.add(line);
      },
      refuse: (text: string) => {
        err += text;
        refused = true;
      },
      fail: (fault: Fault, place?: Place) => {
        faults.push(fault);
        if (place)
          for (const { path, message } of causesOf(fault))
            note('error', message, { ...place, path: joinPath(place.path, path) });
      },
      hasFailed: () => faults.length > 0,
      takeBack: () => {
        isTakenBack = true;
      },
      endWith: (next: number) => {
        code = next;
      },
      note,
      keep: (name: string) => {
        kept.push(name);
      },
      follow: (next: Follow) => {
        follows.push(next);
      },
    },
  };
}

/** Several things to wait for as one: each is asked until it is content. */
function together(follows: readonly Follow[]): Follow | undefined {
  if (follows.length === 0) return undefined;
  let left = follows;
  return (turn) => {
    const answers = left.map((follow) => ({ follow, answer: follow(turn) }));
    left = answers.filter(({ answer }) => !answer.isDone).map(({ follow }) => follow);
    const code = Math.max(0, ...answers.map(({ answer }) => answer.code ?? 0));
    return {
      out: answers.map(({ answer }) => answer.out).join(''),
      err: answers.map(({ answer }) => answer.err).join(''),
      isDone: left.length === 0,
      ...(code > 0 && { code }),
    };
  };
}

/** What a fault says of which field. An Invalid error says it of each field by itself. */
function causesOf(fault: Fault): readonly { readonly path: string; readonly message: string }[] {
  if (fault.from === 'kubectl') return [{ path: '', message: fault.message }];
  const { details, message } = fault.error;
  const causes = details?.causes ?? [];
  if (causes.length > 0 && fault.error.reason === 'Invalid' && !causes.some((cause) => cause.field === 'patch'))
    return causes.map((cause) => ({
      path: cause.field,
      message: cause.field ? `${cause.field}: ${cause.message}` : cause.message,
    }));
  return fieldsIn(fault.error).map((path) => ({ path, message }));
}

/** Fields named in a decoding error: `unknown field "spec.replica"`, `Go struct field StatefulSetSpec.spec.replicas of`. */
function fieldsIn({ message }: ApiError): readonly string[] {
  const unknown = [...message.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)].map((match) => match[1] ?? '');
  if (unknown.length > 0) return unknown;
  const typed = /Go struct field \w+\.([^ ]+) of/.exec(message)?.[1];
  return [typed ?? ''];
}

/** A problem at the place of a field; one of a whole broken file is told by the manifest itself. */
function problemAt(
  manifest: Manifest | undefined,
  place: Place,
  severity: Problem['severity'],
  message: string,
): Problem | undefined {
  if (!manifest) return undefined;
  const document = manifest.documents[place.document];
  const span = document ? document.positionOf(place.path) : manifest.error;
  return span && { file: place.file, from: span.from, to: span.to, severity, message };
}
