// What a verb is: one file each, listed in index.ts.
import type { Call } from '../call.ts';
import type { FlagSpecs } from '../command-line.ts';

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

/** Flag of verbs that can be asked what they would do. */
export const DRY_RUN_FLAG = {
  'dry-run': { type: 'optional', implied: 'unchanged', default: 'none' },
} as const satisfies FlagSpecs;

/** ` (dry run)`, ` (server dry run)` or nothing, behind what a verb says it did. */
export function dryRunSuffix(call: Call): string {
  const mode = call.flags.text('dry-run');
  if (mode === 'client') return ' (dry run)';
  return mode === 'server' ? ' (server dry run)' : '';
}

/** With `--dry-run=client` nothing is sent to the server, and so nothing is refused by it. */
export const isClientDryRun = (call: Call): boolean => call.flags.text('dry-run') === 'client';
