// LINT-39: values of a type that the field does not take, as YAML reads them: 8080 and yes are no text, "3" is no number,
// and a lone word is no list.
import type { GoType } from '#kube';
import type { ScalarNode } from '../../yaml/node.ts';
import { type Edit, fixes, fixOf, replaceScalar } from '../edits.ts';
import { nodeOf, pathText, type Rooted } from '../find-node.ts';
import { findingAt } from '../finding.ts';
import type { Finding, LintRule, Path, Written } from '../types.ts';
import { typedValues } from './typed-values.ts';

/** Most values of one object that are told. */
const FOUND_MAX = 20;

export const wrongType: LintRule = {
  id: 'LINT-39',
  title: 'Value of another type',
  docs: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/',
  *check({ written }) {
    for (const one of written) {
      if (one.fits) continue;
      let count = 0;
      for (const { type, value, path } of typedValues(one)) {
        const finding = findingOf(one, type, value, path);
        if (finding) yield finding;
        if (finding) count += 1;
        if (count === FOUND_MAX) break;
      }
    }
  },
};

function findingOf(one: Written, type: GoType, value: unknown, path: Path): Finding | undefined {
  switch (type.kind) {
    case 'slice':
      return typeof value === 'object' ? undefined : listWanted(one, type.of, value, path);
    case 'string':
      return typeof value === 'number' || typeof value === 'boolean' ? textWanted(one, value, path) : undefined;
    case 'int':
    case 'bool':
      return typeof value === 'string' ? plainWanted(one, type.kind, value, path) : undefined;
    default:
      return undefined;
  }
}

/** The text of a scalar as it is written, where one stands there without a tag. */
function writtenText(one: Written, path: Path): string | undefined {
  const found = nodeOf(one, path);
  if (found?.node.type !== 'scalar' || found.node.tag !== '') return undefined;
  const { node, offset } = found as Rooted<ScalarNode>;
  return one.file.text.slice(offset + node.from, offset + node.to);
}

const replacing = (one: Written, path: Path, text: string | undefined): Edit | undefined =>
  text === undefined ? undefined : replaceScalar(one, path, text);

function textWanted(one: Written, value: number | boolean, path: Path): Finding {
  const own = writtenText(one, path);
  const read = typeof value === 'boolean' ? `${value}, which is yes or no` : `the number ${value}`;
  return findingAt(
    one,
    path,
    'error',
    `${pathText(path)} takes a text, and without quotes this is read as ${read}. Put it in quotes.`,
    fixes(fixOf(one.file, 'Put it in quotes', [replacing(one, path, own === undefined ? undefined : `"${own}"`)])),
  );
}

function plainWanted(one: Written, kind: 'int' | 'bool', value: string, path: Path): Finding {
  const isMeant = kind === 'int' ? /^-?(?:0|[1-9]\d{0,9})$/.test(value) : value === 'true' || value === 'false';
  const what = kind === 'int' ? 'a number' : 'true or false';
  return findingAt(
    one,
    path,
    'error',
    `${pathText(path)} takes ${what}, and this is a text${isMeant ? ' because of its quotes. Write it without' : ''}.`,
    isMeant ? fixes(fixOf(one.file, 'Take the quotes away', [replacing(one, path, value)])) : [],
  );
}

function listWanted(one: Written, of: GoType, value: unknown, path: Path): Finding {
  const own =
    of.kind === 'string' && typeof value === 'string' && /^\S+$/.test(value) ? writtenText(one, path) : undefined;
  return findingAt(
    one,
    path,
    'error',
    `${pathText(path)} takes a list, even of a single value: each item on a line of its own behind a dash.`,
    own === undefined ? [] : fixes(fixOf(one.file, 'Make it a list', [replacing(one, path, `[${own}]`)])),
  );
}
