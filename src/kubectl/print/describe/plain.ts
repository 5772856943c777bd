// describe for kinds without a description of their own: all their fields, with titles made of the fields' names.
// k8s: genericDescriber, printUnstructuredContent
import { compareBytes, type KubeObject } from '#kube';
import { isMap, type JsonMap } from '../../patch/json.ts';
import { metadataLines } from './parts.ts';

/** Told at the top, or not at all. */
const TOLD: ReadonlySet<string> = new Set([
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
]);

const ACRONYMS: ReadonlySet<string> = new Set(['API', 'URL', 'UID', 'GUID']);

export const plainLines = (object: KubeObject): string[] => [
  `Name:\t${object.metadata.name}`,
  `Namespace:\t${object.metadata.namespace ?? ''}`,
  ...metadataLines(object),
  ...fieldLines(object as unknown as JsonMap, '', ''),
];

function fieldLines(content: JsonMap, indent: string, path: string): string[] {
  const inner = `${indent}  `;
  return Object.keys(content)
    .sort(compareBytes)
    .flatMap((field): readonly string[] => {
      const at = `${path}.${field}`;
      const value = content[field];
      if (TOLD.has(at) || value === undefined) return [];
      const title = `${indent}${titleOf(field)}:`;
      if (isMap(value)) return [title, ...fieldLines(value, inner, at)];
      if (!Array.isArray(value)) return [`${title}\t${plainText(value)}`];
      return [
        title,
        ...value.flatMap((item: unknown) =>
          isMap(item) ? fieldLines(item, inner, at) : [`${inner}${plainText(item)}`],
        ),
      ];
    });
}

/** As Go prints it with %v. */
const plainText = (value: unknown): string =>
  value === null ? '<nil>' : Array.isArray(value) ? `[${value.map(plainText).join(' ')}]` : String(value);

/** `blockOwnerDeletion` is `Block Owner Deletion`; a name with other signs than letters stays. k8s: smartLabelFor */
function titleOf(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field;
  return merged(field.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[^\p{Lu}\p{Ll}]+/gu) ?? [])
    .map((part) => {
      if (ACRONYMS.has(part.toUpperCase())) return part.toUpperCase();
      return part.toLowerCase() === part ? part.charAt(0).toUpperCase() + part.slice(1) : part;
    })
    .join(' ');
}

/** Capitals stay with the word behind them that begins with one: `podCIDRs` is `Pod CIDRs`. */
function merged(parts: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (let i = 0; i < parts.length; i += 1) {
    const [part = '', next = ''] = parts.slice(i, i + 2);
    const isJoined = part.length >= 2 && part.toUpperCase() === part && /^\p{Lu}/u.test(next);
    out.push(isJoined ? part + next : part);
    if (isJoined) i += 1;
  }
  return out;
}
