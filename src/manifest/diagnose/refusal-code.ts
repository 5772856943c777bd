// Which rule of SPEC.md stands behind a problem that kubectl or the server tells in words of their own.
import type { Problem } from '../types.ts';

/** By a part of the words; the first that is found counts. */
const CODES: readonly (readonly [words: RegExp, code: string])[] = [
  [/is kept, not simulated/, 'KCTL-3'],
  [/more than Ordinal simulates/, 'KCTL-4'],
  [/more than Ordinal reads|Ordinal does not read/, 'KCTL-10'],
  [/error converting YAML to JSON|invalid object to validate/, 'KCTL-8'],
  [/no matches for kind/, 'KUBE-26'],
  [/cannot be handled as a|strict decoding error|(?:apiVersion|kind) (?:not set|isn't string)/, 'KUBE-21'],
  [/fields other than .* are forbidden/, 'KUBE-9'],
];

/** The rule behind a problem that has none yet: what the server refuses, or warns of. */
export function codeOfProblem({ code, severity, message }: Problem): string {
  if (code !== undefined) return code;
  const found = CODES.find(([words]) => words.test(message))?.[1];
  return found ?? (severity === 'error' ? 'API-19' : 'KUBE-28');
}
