// What Go says of text that should be one JSON value and is not: `invalid character 's' looking for beginning of value`.
// k8s: encoding/json Unmarshal, of which sigs.k8s.io/json is a copy
import { goCharQuote } from '#kube';
import { nextJson } from '#manifest';

/** Deeper than this Go gives up. */
const DEPTH_MAX = 10_000;
const TRUNCATED = 'unexpected end of JSON input';

/** What is wrong with text as JSON, in Go's words; undefined when nothing is. */
export function jsonSyntaxError(text: string): string | undefined {
  const next = nextJson(text, 0, DEPTH_MAX);
  if (next === undefined) return TRUNCATED;
  if ('fault' in next) return next.fault.isEnd ? TRUNCATED : next.fault.words;
  const rest = text.slice(next.end).trimStart();
  const [first] = rest;
  return first === undefined ? undefined : `invalid character ${goCharQuote(first)} after top-level value`;
}
