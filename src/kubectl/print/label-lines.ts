// Labels, annotations and times as describe tells them. Cells are separated by tabs. k8s: kubectl pkg/describe/describe.go
import { compareBytes, formatRfc1123z, parseTime, type StringMap } from '#kube';

const NONE = '<none>';
const HIDDEN_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';
const ANNOTATION_LENGTH_MAX = 140;

/** Texts of which the first stands beside the title and each other below it. k8s: printLabelsMultilineWithIndent */
export const multiline = (indent: string, title: string, texts: readonly string[]): string[] =>
  texts.length === 0
    ? [`${indent}${title}:\t${NONE}`]
    : texts.map((text, i) => (i === 0 ? `${indent}${title}:\t${text}` : `${indent}\t${text}`));

/** `key=value` by key. */
export const labelLines = (indent: string, title: string, labels: StringMap | undefined): string[] =>
  multiline(
    indent,
    title,
    Object.keys(labels ?? {})
      .sort(compareBytes)
      .map((key) => `${key}=${labels?.[key] ?? ''}`),
  );

/**
 * `key: value` by key, long values below their key and cut; what apply keeps is not told.
 * @param title with its indentation. k8s: printAnnotationsMultiline
 */
export function annotationLines(title: string, annotations: StringMap | undefined): string[] {
  const keys = Object.keys(annotations ?? {})
    .filter((key) => key !== HIDDEN_ANNOTATION)
    .sort(compareBytes);
  if (keys.length === 0) return [`${title}:\t${NONE}`];
  return keys.flatMap((key, i) => {
    const start = i === 0 ? `${title}:\t` : '\t';
    const value = (annotations?.[key] ?? '').replace(/\n$/, '');
    if (!value.includes('\n') && value.length + key.length + 2 <= ANNOTATION_LENGTH_MAX)
      return [`${start}${key}: ${value}`];
    return [`${start}${key}:`, ...value.split('\n').map((line) => `\t  ${cut(line)}`)];
  });
}

const cut = (line: string): string =>
  line.length > ANNOTATION_LENGTH_MAX - 2 ? `${line.slice(0, ANNOTATION_LENGTH_MAX - 2)}...` : line;

/** A time as describe prints it; Go's zero time where there is none. */
export const timeText = (time: string | null | undefined): string => {
  const ms = parseTime(time);
  return ms === undefined ? 'Mon, 01 Jan 0001 00:00:00 +0000' : formatRfc1123z(ms);
};
