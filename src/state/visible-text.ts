// Text from outside as it may stand on the page: signs that would do something are shown instead of obeyed.

/** Ranges of signs that turn the direction of writing, take no room, or end lines in other ways. */
const HIDDEN: readonly (readonly [first: number, last: number])[] = [
  [0x80, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2069],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
];

/**
 * A text with every hidden sign made visible: an escape as ␛, others as their picture or their number. Tabs and newlines
 * stay.
 *
 * @param text - names, annotations, contents of files
 * @returns a text in which nothing is obeyed
 */
export function visibleText(text: string): string {
  let shown = '';
  let from = 0;
  for (let i = 0; i < text.length; i += 1) {
    const picture = pictureOf(text.charCodeAt(i));
    if (picture === undefined) continue;
    shown += text.slice(from, i) + picture;
    from = i + 1;
  }
  return from === 0 ? text : shown + text.slice(from);
}

function pictureOf(code: number): string | undefined {
  if (code < 0x20) return code === 0x09 || code === 0x0a ? undefined : String.fromCharCode(0x2400 + code);
  if (code < 0x7f) return undefined;
  if (code === 0x7f) return '\u2421';
  if (!HIDDEN.some(([first, last]) => code >= first && code <= last)) return undefined;
  return code < 0x100 ? `\\x${code.toString(16)}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
