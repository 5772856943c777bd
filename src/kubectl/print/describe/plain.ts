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

const ACRONYMS: ReadonlySet<string> = new Set(['API', 'URL', 'UID', 'OSB', 'GUID']);

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
  return camelParts(field)
    .map((part) =>
      ACRONYMS.has(part.toUpperCase()) ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1),
    )
    .join(' ');
}

/** Runs of letters of one case; the last capital before small letters begins their word. */
const camelParts = (text: string): string[] => text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[^\p{Lu}\p{Ll}]+/gu) ?? [];
