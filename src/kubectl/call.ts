// One running command: what it may look at, where it prints, and what went wrong so far.
import type { ApiResult, Turn } from '#engine';
import type { Manifest, Problem } from '#manifest';
import type { CommandLine } from './command-line.ts';
import { type Fault, type Place, serverFault } from './errors.ts';
import type { Follow, Surroundings } from './types.ts';

export interface Call extends CommandLine {
  readonly turn: Turn;
  readonly files: Readonly<Record<string, string>>;
  /** `kubectl rollout status`, for texts that name it. */
  readonly command: string;
  /** The namespace that is meant where none is named. */
  readonly namespace: string;
  /** Prints a line. */
  print(line: string): void;
  /** Prints text as it is. */
  write(text: string): void;
  /** Prints text on standard error as it is. */
  writeError(text: string): void;
  /** Prints a line on standard error at once. */
  warn(line: string): void;
  /** The same for a warning of the server: an equal one was enough. */
  warnOnce(line: string): void;
  /** Notes something that went wrong; all are told when the command ends. */
  fail(fault: Fault, place?: Place): void;
  /** Whether anything went wrong so far. */
  hasFailed(): boolean;
  /** Notes a warning at its place in a file. */
  note(severity: Problem['severity'], message: string, place: Place): void;
  /** Notes an object of which nothing is simulated. */
  keep(name: string): void;
  /** Prints text on standard error as it is, and ends with an error code. */
  refuse(text: string): void;
  /** The turn is only to see what would happen: it is taken back. */
  takeBack(): void;
  /** Ends with another code than that of a fault. */
  endWith(code: number): void;
  /** Adds something that the command waits for; it is content when all are. */
  follow(next: Follow): void;
  /** Files that were read, by name. */
  readonly manifests: Map<string, Manifest>;
  readonly isDryRun: boolean;
  /** What containers find around them. */
  readonly surroundings: Surroundings;
}

/** What a verb needs when the API answered: the object, or the fault noted and undefined. */
export function accept<T>(call: Call, result: ApiResult<T>, when?: string, place?: Place): T | undefined {
  if (!result.ok) {
    call.fail(serverFault(result.error, when), place);
    return undefined;
  }
  for (const warning of result.warnings ?? []) {
    call.warnOnce(`Warning: ${warning}`);
    if (place) call.note('warning', warning, { ...place, path: pathOfWarning(warning) ?? place.path });
  }
  return result.object;
}

/** Warnings of the server begin with the field they are about. */
const pathOfWarning = (warning: string): string | undefined => /^([a-z][\w.[\]/-]*): /.exec(warning)?.[1];
