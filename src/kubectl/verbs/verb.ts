// What a verb is: one file each, listed in index.ts.
import type { Call } from '../call.ts';
import type { FlagSpecs } from '../command-line.ts';
import { DRY_RUN_FLAG } from '../dry-run.ts';
import { OUTPUT_FLAGS } from '../print/printer.ts';
import { FILE_FLAGS } from '../read-files.ts';

export { DRY_RUN_FLAG, dryRunSuffix, isClientDryRun } from '../dry-run.ts';

export interface Verb {
  /** `scale`, `rollout undo` */
  readonly name: string;
  readonly flags: FlagSpecs;
  /** Does it. Throws CommandError to end the command with an error of its own. */
  run(call: Call): void;
}

/** Flags that choose objects. */
export const SELECTOR_FLAGS = {
  selector: { type: 'string', short: 'l' },
  all: { type: 'bool' },
} as const satisfies FlagSpecs;

/** Flags of verbs that change objects which are there. */
export const CHANGE_FLAGS = {
  ...SELECTOR_FLAGS,
  ...FILE_FLAGS,
  ...DRY_RUN_FLAG,
  ...OUTPUT_FLAGS,
  'field-manager': { type: 'string' },
} as const satisfies FlagSpecs;

/** `--record`: the command is kept with the object as the cause of its change. */
export const RECORD_FLAG = { record: { type: 'bool' } } as const satisfies FlagSpecs;
