/**
 * Compares the numbered rules of a specification with the code and tests that cite them: a rule that no code cites is
 * a promise, a rule that no test names is a hope, and a citation of no rule is a mistake.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isTestFile, sourceFiles } from './check-layers.ts';
import { readSyntax } from './syntax.ts';

/** What does not agree; all empty when all is well. */
export interface SpecReport {
  readonly rules: readonly string[];
  readonly definedTwice: readonly string[];
  readonly citedByNoCode: readonly string[];
  readonly namedByNoTest: readonly string[];
  /** `file: id` of citations that lead nowhere. */
  readonly unknown: readonly string[];
}

/** `STS-4`, or `PVC-2a` for a case of a rule. */
const RULE_ID = /\b[A-Z]{2,8}-\d+[a-z]?\b/g;
/** A heading (`### STS-4 …`), a row of a table (`| STS-4 | …`) or a list item (`- **STS-4** …`). */
const DEFINITION = /^(?:#{2,6} +|\| *|[-*] +)[`*]*([A-Z]{2,8}-\d+[a-z]?)\b/gm;
/** Names of standards, and awk's last field but one, that look like rules. */
const STANDARDS = /^(?:(?:AES|CRC|CVE|ES|FNV|ISO|KEP|NF|RFC|SHA|UTC|UTF|WCAG)-|DNS-1(?:035|123)$)/;
/** A list of rules with their sentences: to stand there is not to be followed. */
const RULE_LIST = /(?:^|\/)rules\.ts$/;
/** A title says more than the id: a bare id in a test is a value that it expects. */
const TITLE = /^(?:[A-Z]{2,8}-\d+[a-z]?(?:, | and |: ?| +|$))+(?=\S)/;

/**
 * Reads a specification and every file of the sources.
 *
 * @param specFile - the Markdown file that defines the rules
 * @param folder - the source folder
 * @throws when the specification is missing or a file cannot be parsed
 */
export function checkSpec(specFile: string, folder: string): SpecReport {
  const defined = [...readFileSync(specFile, 'utf8').matchAll(DEFINITION)].map((match) => match[1] ?? '');
  const rules = new Set(defined);
  const cited = new Set<string>();
  const named = new Set<string>();
  const unknown: string[] = [];
  for (const name of sourceFiles(folder)) {
    const source = readFileSync(path.join(folder, name), 'utf8');
    const ids = idsIn(source);
    unknown.push(...ids.filter((id) => !rules.has(id)).map((id) => `${name}: ${id}`));
    if (isTestFile(name)) {
      for (const title of readSyntax(name, source).strings) for (const id of titleIds(title)) named.add(id);
    } else if (!RULE_LIST.test(name)) {
      for (const id of ids) cited.add(id);
    }
  }
  return {
    rules: [...rules],
    definedTwice: defined.filter((id, index) => defined.indexOf(id) !== index),
    citedByNoCode: [...rules].filter((id) => !cited.has(id)),
    namedByNoTest: [...rules].filter((id) => !named.has(id)),
    unknown,
  };
}

function idsIn(text: string): string[] {
  return [...new Set(text.match(RULE_ID) ?? [])].filter((id) => !STANDARDS.test(id));
}

function titleIds(text: string): string[] {
  return idsIn(TITLE.exec(text)?.[0] ?? '');
}
