// The objects that a command which changes some is about: by name, by file, by label, or all of a kind.
// k8s: cli-runtime resource.Builder
import type { Call } from './call.ts';
import { CommandError } from './errors.ts';
import { type Found, findObjects, findTarget, notFoundFault, readQuery } from './objects.ts';
import { readFileObjects } from './read-files.ts';

/** What most commands say when nothing is named. k8s: missingResourceError */
export const NOTHING_NAMED = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

export interface SelectionOptions {
  /** What is said when neither a name nor a file is given. */
  readonly nothingNamed?: string;
  /** A kind alone means all objects of it, as for `rollout restart`. */
  readonly isKindEnough?: boolean;
}

const NAMED_TWICE = 'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well';

/**
 * Every object that is meant; names that there are none of are noted as faults.
 * @param names the arguments that name objects
 * @throws CommandError where nothing is named, or twice
 */
export function selectObjects(call: Call, names: readonly string[], options: SelectionOptions = {}): readonly Found[] {
  const { flags, turn } = call;
  if (flags.isOn('all') && flags.text('selector'))
    throw new CommandError('cannot set --all and --selector at the same time');
  if (flags.has('filename')) {
    if (names.length > 0) throw new CommandError(NAMED_TWICE);
    return readFileObjects(call).flatMap(({ info, namespace, name }) => {
      const object = findTarget(turn.view, { info, namespace, name });
      if (!object) call.fail(notFoundFault(info, name));
      return object ? [{ info, object }] : [];
    });
  }
  if (names.length === 0)
    throw new CommandError(
      options.nothingNamed ?? 'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    );
  return findObjects(call, readQuery(names, call.namespace), {
    needsName: options.isKindEnough !== true,
    isAllNamespaces: flags.isOn('all-namespaces'),
  });
}

/** True where the objects are one that was named by itself. k8s: Result.IntoSingleItemImplied */
export function isSingle(call: Call, names: readonly string[]): boolean {
  if (call.flags.has('filename')) return call.flags.list('filename').length === 1;
  return names.length > 0 && readQuery(names, call.namespace).targets?.length === 1;
}

/** Arguments that name objects, and those behind them that change something. k8s: GetResourcesAndPairs */
export interface SplitArgs {
  readonly names: readonly string[];
  readonly pairs: readonly string[];
}

/**
 * Tells names from changes such as `a=b` and `a-`.
 * @param what changes are called, for the error
 * @throws CommandError for a name behind a change
 */
export function splitPairs(args: readonly string[], what: string): SplitArgs {
  const names: string[] = [];
  const pairs: string[] = [];
  for (const arg of args) {
    if ((arg.includes('=') && !arg.startsWith('=')) || (arg.endsWith('-') && arg !== '-')) pairs.push(arg);
    else if (pairs.length === 0) names.push(arg);
    else throw new CommandError(`all resources must be specified before ${what} changes: ${arg}`);
  }
  return { names, pairs };
}

/** What changes ask for. */
export interface Pairs {
  readonly sets: ReadonlyMap<string, string>;
  readonly removes: readonly string[];
}

/**
 * Reads `a=b`, and `a-` where that is allowed. k8s: ParsePairs
 * @throws CommandError for what is neither
 */
export function readPairs(pairs: readonly string[], what: string, canRemove = true): Pairs {
  const sets = new Map<string, string>();
  const removes: string[] = [];
  const invalid: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) sets.set(pair.slice(0, equals), pair.slice(equals + 1));
    else if (canRemove && pair.endsWith('-') && pair !== '-') removes.push(pair.slice(0, -1));
    else invalid.push(pair);
  }
  if (invalid.length > 0) throw new CommandError(`invalid ${what} format: ${invalid.join(', ')}`);
  return { sets, removes };
}
