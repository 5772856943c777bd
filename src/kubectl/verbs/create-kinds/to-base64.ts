// Text as base64, as Secrets carry it.
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of a text in UTF-8. */
function bytesOf(text: string): readonly number[] {
  const bytes: number[] = [];
  const encoded = encodeURIComponent(text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD'));
  for (let i = 0; i < encoded.length; i += 1) {
    const isEscape = encoded.charAt(i) === '%';
    bytes.push(isEscape ? Number.parseInt(encoded.slice(i + 1, i + 3), 16) : encoded.charCodeAt(i));
    if (isEscape) i += 2;
  }
  return bytes;
}

/** A text as base64 with padding. */
export function textToBase64(text: string): string {
  const bytes = bytesOf(text);
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.slice(i, i + 3);
    const bits = a * 65536 + (b ?? 0) * 256 + (c ?? 0);
    const digit = (shift: number): string => DIGITS.charAt(Math.floor(bits / 2 ** shift) % 64);
    out += digit(18) + digit(12) + (b === undefined ? '=' : digit(6)) + (c === undefined ? '=' : digit(0));
  }
  return out;
}
