// JSON byte for byte as Go's encoding/json writes it: no white space, HTML escaped, map keys in byte order.
// ControllerRevision hashes and the values quoted in validation errors are made of this text.

const NEEDS_ESCAPE = /["\\<>&\u2028\u2029\p{Cc}\p{Cs}]/u;
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A JSON string literal as Go writes it: `<`, `>`, `&`, U+2028 and U+2029 escaped, other non-ASCII left alone. */
export function goJsonString(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return `"${text}"`;
  let out = '"';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const short = SHORT[char];
    if (short !== undefined) out += short;
    else if (code < 0x20 || char === '<' || char === '>' || char === '&' || code === 0x2028 || code === 0x2029)
      out += `\\u${code.toString(16).padStart(4, '0')}`;
    else if (code >= 0xd800 && code <= 0xdfff) out += '\\ufffd';
    else out += char;
  }
  return `${out}"`;
}

/** Compares two texts by their UTF-8 bytes, which is by code point. For use with `sort`. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xHigh = x >= 0xd800 && x <= 0xdfff;
    const yHigh = y >= 0xd800 && y <= 0xdfff;
    // A surrogate is part of a code point above every single unit, even above U+E000…U+FFFF.
    if (xHigh !== yHigh) return xHigh ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

/**
 * Serialises a value as Go would serialise the same data.
 * @param value plain JSON data; `undefined` members are left out
 * @param keys `sorted` for maps (the default), `declared` where the object stands for a Go struct whose fields
 *   were put in declaration order
 * @returns the JSON text
 */
export function canonicalJson(value: unknown, keys: 'sorted' | 'declared' = 'sorted'): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return goJsonString(value);
  if (typeof value === 'boolean' || typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    let out = '[';
    for (let i = 0; i < value.length; i++) {
      if (i > 0) out += ',';
      out += canonicalJson(value[i], keys);
    }
    return `${out}]`;
  }
  const object = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(object);
  if (keys === 'sorted') names.sort(compareBytes);
  let out = '{';
  let first = true;
  for (const name of names) {
    const member = object[name];
    if (member === undefined) continue;
    if (!first) out += ',';
    first = false;
    out += `${goJsonString(name)}:${canonicalJson(member, keys)}`;
  }
  return `${out}}`;
}
