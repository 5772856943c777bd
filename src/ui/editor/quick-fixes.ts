// Ways out of problems: edits of the open file, which can be undone, and commands, which go the way of every act.
import type { Problem } from '#bridge';
import { applyFix, type Fix, parseManifest, type TextEdit } from '#manifest';
import { editor, getText, kubectl, notify, setView, submit } from '#state';
import { editText } from './surface.ts';

/** A way out together with the problem that it is for. */
export interface OfferedFix {
  readonly problem: Problem;
  readonly fix: Fix;
}

/**
 * Takes a way out.
 *
 * @param fix - of a problem of the open file
 * @returns when its command has run, or its commands are on their way; a command that fails ends it
 */
export async function runFix(fix: Fix): Promise<void> {
  const { checkedText } = editor.getState();
  const before = getText();
  if (fix.edits.length > 0) {
    if (checkedText !== before) {
      notify({ tone: 'info', topic: 'fix', text: 'The manifest has changed since. It is being checked again.' });
      return;
    }
    editText(fix.edits);
  }
  const [command, ...others] = fix.commands ?? [];
  if (command === undefined) return;
  if (others.length === 0) {
    await kubectl(command, editor.getState().files);
    return;
  }
  // The second command counts on what the first has done by its end, which takes time: a terminal waits for it.
  setView({ bottomTab: 'terminal' });
  await submit(commandLines(fix).join(' && '));
}

/**
 * The command lines of a way out, as a person would type them.
 *
 * @param fix - the way out
 * @returns one line for each command
 */
export const commandLines = ({ commands = [] }: Fix): readonly string[] =>
  commands.map((command) => `kubectl ${command}`);

/**
 * The ways out that can be taken all at once: there is no choice between several, nothing is done to the cluster, and no
 * two of them change the same words.
 *
 * @param problems - of one file
 * @returns each with its problem, in the order of the text
 */
export function safeFixes(problems: readonly Problem[]): readonly OfferedFix[] {
  const taken: TextEdit[] = [];
  const safe: OfferedFix[] = [];
  for (const problem of problems) {
    const [fix, ...others] = problem.fixes ?? [];
    if (!fix || others.length > 0 || fix.edits.length === 0 || (fix.commands?.length ?? 0) > 0) continue;
    if (fix.edits.some((edit) => taken.some((other) => overlaps(edit, other)))) continue;
    taken.push(...fix.edits);
    safe.push({ problem, fix });
  }
  return safe;
}

const isBefore = (a: TextEdit['from'], b: TextEdit['from']): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column);

const isSame = (a: TextEdit['from'], b: TextEdit['from']): boolean => a.line === b.line && a.column === b.column;

/** Two insertions at one place overlap as well: which comes first would be a guess. */
const overlaps = (a: TextEdit, b: TextEdit): boolean =>
  isSame(a.from, b.from) || (isBefore(a.from, b.to) && isBefore(b.from, a.to));

/**
 * The text after all safe ways out, where it still can be read.
 *
 * @param text - the text that the problems are about
 * @param problems - of that text
 * @returns undefined where there is nothing to do, or where the text would be worse to read than before
 */
export function allFixed(text: string, problems: readonly Problem[]): readonly TextEdit[] | undefined {
  const edits = safeFixes(problems).flatMap(({ fix }) => fix.edits);
  if (edits.length === 0) return undefined;
  const isReadable = (one: string) => parseManifest('manifest.yaml', one).error === undefined;
  return isReadable(applyFix(text, { edits })) || !isReadable(text) ? edits : undefined;
}

/** Takes all safe ways out of the open file at once. */
export function fixAll(): void {
  const { problems, checkedText } = editor.getState();
  const text = getText();
  const edits = checkedText === text ? allFixed(text, problems) : undefined;
  if (edits) editText(edits);
  else notify({ tone: 'info', topic: 'fix', text: 'There is nothing here that can be set right without a choice.' });
}
