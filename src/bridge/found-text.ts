// What was copied out of a terminal: the output of kubectl with prompts, commands and warnings around it, several outputs
// one behind the other, and outputs that end too soon. Lines keep their numbers, so that what is said of them fits.

/** Lines that kubectl or a shell writes around objects, and that are no part of any. */
const NOISE: readonly RegExp[] = [
  // A prompt with a command behind it, or without: `$ kubectl get`, `me@host:~/x$`, `[me@host x]# kubectl`, `PS C:\x> `.
  /^(?:[$#>%❯➜] ?)?kubectl\s/,
  /^[$%❯➜](?:\s|$)/,
  /^\[?[\w.-]{1,64}@[\w.-]{1,64}[^\n]{0,200}[$#%>](?:\s|$)/,
  /^PS [A-Z]:\\[^\n]{0,200}>/,
  /^```/,
  /^(?:Warning|error|Error from server)\b[^\n]{0,20}:? /,
  /^No resources found/,
];

/** A cut of the text: each part holds whole documents. */
export interface FoundText {
  readonly parts: readonly string[];
  /** The line of the object that the text breaks off in; it is left out of the parts. */
  readonly cutLine: number | undefined;
}

/** Most outputs in one text. */
const PARTS_MAX = 100;

/**
 * The objects' own text out of what was pasted.
 * @param text untrusted
 */
export function foundText(text: string): FoundText {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const kept = isJson(lines) ? withoutEdges(lines) : lines.map((line) => (isNoise(line) ? '' : line));
  const starts = startsOf(kept);
  const parts = starts.map((start, i) => kept.slice(start, starts[i + 1] ?? kept.length));
  const last = parts.at(-1) ?? [];
  const cut = cutOf(last);
  const whole = cut === undefined ? parts : [...parts.slice(0, -1), last.slice(0, cut)];
  return {
    parts: whole.map((part, i) => `${'\n'.repeat(starts[i] ?? 0)}${part.join('\n')}`),
    cutLine: cut === undefined ? undefined : (starts.at(-1) ?? 0) + cut + 1,
  };
}

const isNoise = (line: string): boolean => NOISE.some((noise) => noise.test(line));

/** Whether the first line that says anything begins an object of JSON. */
function isJson(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '' && !isNoise(line));
  return first !== undefined && /^\s*[{[]/.test(first);
}

/** JSON holds no noise inside; before and behind it there may be some. */
function withoutEdges(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => line.trim() !== '' && !isNoise(line));
  const to = lines.findLastIndex((line) => line.trim() !== '' && !isNoise(line));
  return lines.map((line, i) => (i < from || i > to ? '' : line));
}

/** Where one output ends and the next begins without a line between them: a second `apiVersion` at the left edge. */
function startsOf(lines: readonly string[]): readonly number[] {
  const starts = [0];
  let hasVersion = false;
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('---')) hasVersion = false;
    if (!line.startsWith('apiVersion:')) continue;
    if (hasVersion && starts.length < PARTS_MAX) starts.push(i);
    hasVersion = true;
  }
  return starts;
}

/**
 * Where the last object begins, if the text breaks off in it: kubectl ends a List with its kind, so one without was cut.
 * What is there of its last object may lack its state, and a pod without one would be started again.
 */
function cutOf(lines: readonly string[]): number | undefined {
  const items = lines.findIndex((line) => /^items:\s*$/.test(line));
  if (items < 0 || lines.some((line) => /^kind:/.test(line))) return undefined;
  const last = lines.findLastIndex((line) => line.startsWith('- '));
  return last > items ? last : undefined;
}
