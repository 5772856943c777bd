// `--dry-run`: whether a command only says what it would do, and who says it. k8s: kubectl cmd/util GetDryRunStrategy
import type { FlagSpecs, Flags } from './command-line.ts';
import { CommandError } from './errors.ts';

/** Flag of verbs that can be asked what they would do. */
export const DRY_RUN_FLAG = {
  'dry-run': { type: 'optional', implied: 'unchanged', default: 'none' },
} as const satisfies FlagSpecs;

export type DryRun = 'none' | 'client' | 'server';

/** What `--dry-run` means, and what kubectl notes about a form of it that it gives up. */
export interface DryRunChoice {
  readonly mode: DryRun;
  readonly note?: string;
}

const TRUE = /^(?:1|t|T|TRUE|true|True)$/;
const FALSE = /^(?:0|f|F|FALSE|false|False)$/;

/**
 * Reads the flag.
 * @throws CommandError for a value that is none
 */
export function dryRunOf(flags: Flags): DryRunChoice {
  const value = flags.text('dry-run') ?? 'none';
  if (value === 'none' || value === 'client' || value === 'server') return { mode: value };
  if (value === 'unchanged')
    return { mode: 'client', note: '--dry-run is deprecated and can be replaced with --dry-run=client.' };
  const mode = TRUE.test(value) ? 'client' : FALSE.test(value) ? 'none' : undefined;
  if (!mode) throw new CommandError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
  return {
    mode,
    note: `--dry-run=${value} is deprecated (boolean value) and can be replaced with --dry-run=${mode}.`,
  };
}

const SUFFIXES: Readonly<Record<DryRun, string>> = { none: '', client: ' (dry run)', server: ' (server dry run)' };

/** ` (dry run)`, ` (server dry run)` or nothing, behind what a verb says it did. */
export const dryRunSuffix = ({ flags }: { readonly flags: Flags }): string => SUFFIXES[dryRunOf(flags).mode];

/** With `--dry-run=client` nothing is sent to the server, and so nothing is refused by it. */
export const isClientDryRun = ({ flags }: { readonly flags: Flags }): boolean => dryRunOf(flags).mode === 'client';
