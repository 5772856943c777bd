// `-o jsonpath=…`, `-o custom-columns=…` and `--sort-by`: picks values out of objects by paths.
// k8s: client-go util/jsonpath, cli-runtime printers/jsonpath.go, kubectl cmd/get/customcolumn.go
import { canonicalJson, goQuote } from '#kube';
import { CommandError } from '../../errors.ts';
import { isMap } from '../../patch/json.ts';
import { goSyntax, goText } from '../go-value.ts';
import { jsonText } from '../to-json.ts';
import { findValues } from './evaluate.ts';
import { PathError, type PathList, parsePath } from './parse.ts';

/** A template that was read and can be used for many values. */
export interface JsonPath {
  readonly template: string;
  readonly nodes: PathList;
}

/**
 * Reads a template such as `{.a.b[0]}`, `{range .items[*]}…{end}`, `{.items[?(@.type=="a")]}`.
 * @throws CommandError for templates that are none
 */
export function readJsonPath(template: string): JsonPath {
  try {
    return { template, nodes: parsePath(template) };
  } catch (error) {
    if (error instanceof PathError) throw new CommandError(`error parsing jsonpath ${template}, ${error.message}`);
    throw error;
  }
}

/**
 * What a template makes of a value.
 * @param isJson each list of values as JSON, as `jsonpath-as-json` wants it
 * @throws CommandError where the value has no such parts, in kubectl's words
 */
export function jsonPathText({ template, nodes }: JsonPath, value: unknown, isJson = false): string {
  try {
    return findValues(nodes, value)
      .map((values) => (isJson ? jsonText(values) : values.map(plainText).join(' ')))
      .join('');
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw new CommandError(
      `error executing jsonpath ${goQuote(template)}: Error executing template: ${error.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(value)}\n\n\n`,
    );
  }
}

const plainText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return Array.isArray(value) || isMap(value) ? canonicalJson(value) : value === null ? 'null' : String(value);
};

/**
 * A path as columns and `--sort-by` take it: `a.b`, `.a.b` or `{.a.b}`. k8s: RelaxedJSONPathExpression
 * @throws CommandError for what is none of them
 */
export function readRelaxedPath(text: string): JsonPath {
  if (text === '') return readJsonPath('');
  const found = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text);
  if (!found)
    throw new CommandError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  const template = `{.${found[1] ?? found[2] ?? ''}}`;
  try {
    return { template, nodes: parsePath(template) };
  } catch (error) {
    if (error instanceof PathError) throw new CommandError(error.message);
    throw error;
  }
}

/**
 * The values at a path.
 * @throws CommandError where a part of it cannot be
 */
export function pathValues({ nodes }: JsonPath, value: unknown): readonly (readonly unknown[])[] {
  try {
    return findValues(nodes, value);
  } catch (error) {
    if (error instanceof PathError) throw new CommandError(error.message);
    throw error;
  }
}

/** The cell of a column: the values at its path as Go prints them; `<none>` when there are none. */
export function pathText(path: JsonPath, value: unknown): string {
  const found = pathValues(path, value);
  const texts = found.flatMap((values) => values.map(goText));
  return found.length === 0 || found[0]?.length === 0 ? ['<none>', ...texts].join(',') : texts.join(',');
}
