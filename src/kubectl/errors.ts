// What kubectl prints when something is refused, by itself or by the server. k8s: kubectl cmd/util/helpers.go
import type { ApiError } from '#engine';

/** A refusal by kubectl itself, which ends the command: `error: ` and the message. */
export class CommandError extends Error {
  /** Where in the user's file it is, if it is about one. */
  readonly place: Place | undefined;
  constructor(message: string, place?: Place) {
    super(message);
    this.place = place;
  }
}

/** A field of an object in a file: where an error belongs. */
export interface Place {
  readonly file: string;
  readonly document: number;
  readonly path: string;
}

/** One of possibly many things that went wrong. */
export type Fault =
  | {
      readonly from: 'kubectl';
      readonly message: string;
      /** It comes out of a list of faults, which kubectl tells without `error: ` even when it is the only one. */
      readonly isListed?: boolean;
    }
  | { readonly from: 'server'; readonly error: ApiError; readonly when?: string };

/** A fault that kubectl itself found. */
export const localFault = (message: string, isListed = false): Fault => ({ from: 'kubectl', message, isListed });

/**
 * A refusal of the server.
 * @param when what kubectl was doing, such as `error when creating "web.yaml": `
 */
export const serverFault = (error: ApiError, when?: string): Fault => ({
  from: 'server',
  error,
  ...(when !== undefined && { when }),
});

/**
 * What stands on standard error for the faults of a command.
 * One fault is told in full; of several, each has its own line. k8s: checkErr, MultipleErrors
 */
export function textOfFaults(faults: readonly Fault[]): string {
  const [first] = faults;
  if (!first) return '';
  if (faults.length > 1) return faults.map((fault) => `${lineOf(fault)}\n`).join('');
  if (first.from === 'server') return isInvalid(first.error) ? invalidText(first.error) : `${lineOf(first)}\n`;
  const start = first.isListed || first.message.startsWith('error: ') ? '' : 'error: ';
  return `${start}${first.message}${first.message.endsWith('\n') ? '' : '\n'}`;
}

const isInvalid = (error: ApiError): boolean => error.reason === 'Invalid';

function lineOf(fault: Fault): string {
  if (fault.from === 'kubectl') return fault.message;
  const reason = fault.error.reason === '' ? '' : ` (${fault.error.reason})`;
  return `Error from server${reason}: ${fault.when ?? ''}${fault.error.message}`;
}

/** `The StatefulSet "web" is invalid: …`: each cause once, on lines of their own when there are several. */
function invalidText({ details, message }: ApiError): string {
  const subject =
    details?.kind || details?.name
      ? `The ${details.kind ?? ''} ${JSON.stringify(details.name ?? '')} is invalid`
      : 'The request is invalid';
  const causes = [
    ...new Set(
      (details?.causes ?? []).map((cause) => (cause.field ? `${cause.field}: ${cause.message}` : cause.message)),
    ),
  ];
  if (causes.length === 0) return `${subject}${details?.kind || details?.name ? '' : `: ${message}`}\n`;
  if (causes.length === 1) return `${subject}: ${causes[0]}\n`;
  return `${subject}: \n${causes.map((cause) => `* ${cause}\n`).join('')}`;
}
