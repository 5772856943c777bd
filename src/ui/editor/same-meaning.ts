// Proves that a formatted manifest means what it meant: our own reader, which reads as kubectl does, has to find the same
// values, and no comment may be missing. Pure.
import { type ManifestDocument, parseManifest } from '#manifest';

type Tree = NonNullable<ReturnType<ManifestDocument['treeOf']>>['root'];

/**
 * Compares a manifest with its formatted text.
 *
 * @param before - the text as it stands
 * @param after - the same, formatted
 * @returns why the formatted text may not take its place; undefined where it may
 */
export function whyNotSame(before: string, after: string): string | undefined {
  const [old, next] = [parseManifest('a', before), parseManifest('a', after)];
  if (old.error) return 'It cannot be read yet: its first problem comes before its form.';
  if (next.error || old.documents.length !== next.documents.length) return 'Its meaning would change.';
  const isSame = old.documents.every((document, i) => {
    const other = next.documents[i];
    if (!other) return false;
    // Values of Secrets are left out of the value, so the trees are compared besides.
    return (
      JSON.stringify(document.value) === JSON.stringify(other.value) &&
      JSON.stringify(textOfTree(document.treeOf()?.root)) === JSON.stringify(textOfTree(other.treeOf()?.root))
    );
  });
  if (!isSame) return 'Its meaning would change.';
  return commentsOf(before) === commentsOf(after) ? undefined : 'A comment would be lost.';
}

/** Keys and scalars as they are read, without the places. An alias is told by its name. */
function textOfTree(node: Tree | undefined): unknown {
  switch (node?.type) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(textOfTree);
    case 'mapping':
      return { pairs: node.pairs.map(({ key, value }) => [textOfTree(key), textOfTree(value)]) };
    case 'alias':
      return { alias: node.name };
    default:
      return null;
  }
}

/** What follows each sharp sign, whether in a comment or in a text: nothing of either may go. */
const commentsOf = (text: string): string =>
  [...text.matchAll(/(?:^|\s)#(.*)$/gm)].map(([, words = '']) => words.trim()).join('\n');
