// LINT-27 and LINT-28: what a terminal adds to a manifest: heredocs, prompts, commands and their output.
import { fixes } from '../edits.ts';
import { findingIn } from '../finding.ts';
import type { LintRule, SourceFile } from '../types.ts';
import { betterText, isBroken, type Line, linesOf, outdented, shellLinesOf, withoutLines } from './text-lines.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/';

/** A fix that keeps the manifest alone: without commands, without the lines around it, without its indentation. */
function manifestOnly(file: SourceFile) {
  const { prompts, heredocs, inside } = shellLinesOf(file);
  const shell = [...prompts, ...heredocs];
  const label = 'Keep the manifest alone';
  return (
    betterText(file, label, [...withoutLines(file, shell), ...outdented(inside)]) ??
    betterText(file, label, withoutLines(file, shell))
  );
}

export const pastedHeredoc: LintRule = {
  id: 'LINT-27',
  title: 'Shell heredoc around the manifest',
  docs: DOCS,
  *check({ files }) {
    for (const file of files.filter(isBroken)) {
      const [first] = shellLinesOf(file).heredocs;
      if (!first) continue;
      yield findingIn(
        file,
        first,
        'error',
        'This line is a shell command that feeds the lines below it to a program. The manifest is what stands between it and the word that ends it.',
        fixes(manifestOnly(file)),
      );
    }
  },
};

export const pastedPrompt: LintRule = {
  id: 'LINT-28',
  title: 'Terminal text in the manifest',
  docs: DOCS,
  *check({ files }) {
    for (const file of files.filter(isBroken)) {
      const { prompts, heredocs } = shellLinesOf(file);
      const [first] = prompts;
      if (first && heredocs.length === 0)
        yield findingIn(
          file,
          first,
          'error',
          'This line was typed into a terminal, or printed by one: it is no part of a manifest.',
          fixes(manifestOnly(file)),
        );
      const output = linesOf(file).find(isOutput);
      if (output)
        yield findingIn(
          file,
          output,
          'error',
          'This is what kubectl prints for people to read. A manifest comes from kubectl get with -o yaml.',
        );
    }
  },
};

/** The head of a table, or the first lines of `kubectl describe`. */
const isOutput = ({ text }: Line): boolean =>
  /^NAME\s+(?:READY|STATUS|TYPE|DATA|CAPACITY|PROVISIONER|MIN AVAILABLE|DESIRED)\b/.test(text) ||
  /^CreationTimestamp:\s+\w{3}, \d{2} \w{3} \d{4}/.test(text);
