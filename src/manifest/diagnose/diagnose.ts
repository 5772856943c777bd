// Says what is wrong with manifests, or will not do what their author means: every lint rule over all files.
import { LIMITS } from '../limits.ts';
import type { Problem } from '../types.ts';
import { newContext, readSource } from './read-files.ts';
import { lintRules } from './rules/index.ts';
import type { ClusterNotes } from './types.ts';

/** Most findings that one answer holds. */
const FINDINGS_MAX = 500;

/** What is to be judged, and what it is meant for. */
export interface DiagnoseInput {
  /** Texts by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** Texts of files that are open beside them: their objects count as there, and they are not judged. */
  readonly beside?: Readonly<Record<string, string>>;
  /** The cluster before the files are applied. */
  readonly cluster: ClusterNotes;
}

/**
 * Judges manifests as a whole: what one document says is read with the others and with the cluster.
 * @returns what was found, by file and line; never throws for bad input
 */
export function diagnose({ files, beside = {}, cluster }: DiagnoseInput): readonly Problem[] {
  // A file that is too large is not read, so there is nothing to say of it but that.
  const read = (texts: Readonly<Record<string, string>>) =>
    Object.entries(texts)
      .filter(([, text]) => text.length <= LIMITS.bytesMax)
      .map(([name, text]) => readSource(name, text));
  const judged = read(files);
  const context = newContext(judged, read(beside), cluster);
  const problems: Problem[] = [];
  for (const rule of lintRules)
    for (const { file, span, severity, message, fixes } of rule.check(context)) {
      if (problems.length >= FINDINGS_MAX) break;
      problems.push({
        file: file.name,
        from: span.from,
        to: span.to,
        severity,
        message,
        code: rule.id,
        title: rule.title,
        ...(rule.docs !== undefined && { docs: rule.docs }),
        ...(fixes && fixes.length > 0 && { fixes }),
      });
    }
  const order = new Map(judged.map(({ name }, index) => [name, index]));
  const place = ({ file, from }: Problem): number => (order.get(file) ?? 0) * 1e12 + from.line * 1e5 + from.column;
  return problems.sort((a, b) => place(a) - place(b));
}
