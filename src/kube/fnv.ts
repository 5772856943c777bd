// The two 32-bit FNV hashes that Kubernetes uses: FNV-1 for revisions, FNV-1a for pod templates.

const OFFSET = 2166136261;
const PRIME = 16777619;

/** Feeds one byte: multiply first, then xor. */
const step1 = (hash: number, byte: number): number => Math.imul(hash, PRIME) ^ byte;
/** Feeds one byte: xor first, then multiply. */
const step1a = (hash: number, byte: number): number => Math.imul(hash ^ byte, PRIME);

function feed(text: string, hash: number, step: (hash: number, byte: number) => number): number {
  let out = hash;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      out = step(out, code);
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = text.charCodeAt(i + 1);
      if (code <= 0xdbff && low >= 0xdc00 && low <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i++;
      } else code = 0xfffd;
    }
    if (code < 0x800) out = step(out, 0xc0 | (code >> 6));
    else {
      if (code < 0x10000) out = step(out, 0xe0 | (code >> 12));
      else {
        out = step(out, 0xf0 | (code >> 18));
        out = step(out, 0x80 | ((code >> 12) & 0x3f));
      }
      out = step(out, 0x80 | ((code >> 6) & 0x3f));
    }
    out = step(out, 0x80 | (code & 0x3f));
  }
  return out;
}

/** FNV-1 over the UTF-8 bytes of a text. Pass an earlier hash to go on with it. */
export const fnv1 = (text: string, hash: number = OFFSET): number => feed(text, hash, step1) >>> 0;

/** FNV-1a over the UTF-8 bytes of a text. Pass an earlier hash to go on with it. */
export const fnv1a = (text: string, hash: number = OFFSET): number => feed(text, hash, step1a) >>> 0;

/** FNV-1a over an unsigned 32-bit number as Go's collision count is fed: four bytes little-endian, then four zeros. */
export function fnv1aUint64(value: number, hash: number): number {
  let out = hash;
  for (let i = 0; i < 4; i++) out = step1a(out, (value >>> (8 * i)) & 0xff);
  for (let i = 0; i < 4; i++) out = step1a(out, 0);
  return out >>> 0;
}
