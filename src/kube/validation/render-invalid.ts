// KUBE-27: field errors as the messages people see: of the API server, and of kubectl, which words them anew.
import { goQuote } from '../go-quote.ts';
import { groupKind, type KindInfo } from '../kinds.ts';
import type { FieldError } from './field-error.ts';

const line = ({ path, body }: FieldError): string => `${path}: ${body}`;
const unique = (errors: readonly FieldError[]): string[] => [...new Set(errors.map(line))];

/**
 * The message of the API server's Status 422: `StatefulSet.apps "web" is invalid: spec…`.
 * @param kind the kind of the object
 * @param name its name
 * @param errors at least one error
 */
export function renderInvalid(kind: KindInfo, name: string, errors: readonly FieldError[]): string {
  const lines = unique(errors);
  const head = `${groupKind(kind)} ${goQuote(name)} is invalid`;
  if (lines.length === 0) return head;
  return `${head}: ${lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`}`;
}

/**
 * What kubectl prints of such a Status: one line, or a list of lines. Ends without a newline.
 * `The StatefulSet "web" is invalid: spec.replicas: …`
 */
export function renderInvalidForKubectl(kind: string, name: string, errors: readonly FieldError[]): string {
  const lines = unique(errors);
  const head = `The ${kind} ${goQuote(name)} is invalid`;
  if (lines.length === 0) return head;
  return lines.length === 1 ? `${head}: ${lines[0]}` : `${head}: \n${lines.map((text) => `* ${text}`).join('\n')}`;
}
