// Objects that a command makes of its arguments, without a file: sent to the server, or only printed.
import { kindByApi } from '#kube';
import { accept, type Call } from './call.ts';
import type { FlagSpecs } from './command-line.ts';
import { DRY_RUN_FLAG, dryRunSuffix, isClientDryRun } from './dry-run.ts';
import { CommandError, localFault } from './errors.ts';
import { withLastApplied } from './last-applied.ts';
import type { JsonMap } from './patch/json.ts';
import { OUTPUT_FLAGS, type Teller, tellerOf } from './print/printer.ts';
import { createFrom, noteKept } from './write-object.ts';

/** Flags of commands that make objects. */
export const GENERATE_FLAGS = {
  ...DRY_RUN_FLAG,
  ...OUTPUT_FLAGS,
  'save-config': { type: 'bool' },
  'field-manager': { type: 'string' },
  validate: { type: 'optional', implied: 'strict' },
} as const satisfies FlagSpecs;

/** What is said of an object that was made. */
export interface Telling {
  readonly word?: string;
  readonly teller?: Teller;
  /** With it kubectl tells a refusal of the server as its own. */
  readonly failing?: string;
  /** Empty parts of the kind's type, which are printed where nothing was sent. */
  readonly shown?: JsonMap;
}

/**
 * Sends an object, or prints it where that is all that was asked for.
 * @param value with apiVersion, kind and name
 */
export function generate(call: Call, value: JsonMap & { readonly metadata: JsonMap }, telling: Telling = {}): void {
  const { word = 'created', teller = tellerOf(call), failing, shown } = telling;
  const info = kindByApi(String(value.apiVersion), String(value.kind));
  if (!info) throw new CommandError(`no matches for kind ${JSON.stringify(value.kind)}`);
  const namespace = info.namespaced ? call.namespace : '';
  const meant = call.flags.isOn('save-config') ? withLastApplied(value, namespace) : value;
  let made: JsonMap = meant;
  if (!isClientDryRun(call)) {
    const result = createFrom(call, info, meant, call.namespace);
    if (!result.ok && failing !== undefined) {
      call.fail(localFault(`${failing}${result.error.message}`));
      return;
    }
    const accepted = accept(call, result);
    if (!accepted) return;
    made = accepted as unknown as JsonMap;
    noteKept(call, info, String(value.metadata.name), undefined);
  } else {
    const isNamed = info.namespaced && call.flags.has('namespace');
    made = { ...meant, ...shown, metadata: { ...(meant.metadata as JsonMap), ...(isNamed && { namespace }) } };
  }
  teller.tell(info, made, `${word}${dryRunSuffix(call)}`);
}

/**
 * `a=1,b=2` as labels.
 * @throws CommandError for what is none
 */
export function labelsOf(text: string | undefined): Record<string, string> | undefined {
  if (text === undefined || text === '') return undefined;
  return Object.fromEntries(
    text.split(',').map((pair): [string, string] => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new CommandError(`unexpected label spec: ${pair}`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

/**
 * The single name that a command wants.
 * @throws CommandError when there is none, or more
 */
export function nameOf(call: Call): string {
  const [name, ...more] = call.args;
  if (name === undefined || more.length > 0)
    throw new CommandError(
      `exactly one NAME is required, got ${call.args.length}\nSee '${call.command} -h' for help and examples`,
    );
  return name;
}
