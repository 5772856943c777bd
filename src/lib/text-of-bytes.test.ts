import { expect, it } from 'vitest';
import { textOfBytes } from './text-of-bytes.ts';

const utf16 = (text: string, isLittle: boolean): Uint8Array =>
  new Uint8Array(
    [0xfeff, ...Array.from(text, (char) => char.charCodeAt(0))].flatMap((unit) =>
      isLittle ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff],
    ),
  );

it('reads UTF-8 and what says of itself that it is UTF-16', () => {
  expect(textOfBytes(new TextEncoder().encode('\ufeffkind: é\n'))).toBe('kind: é\n');
  expect(textOfBytes(utf16('kind: é\n', true))).toBe('kind: é\n');
  expect(textOfBytes(utf16('kind: é\n', false))).toBe('kind: é\n');
});

it('puts a sign in the place of bytes that are no character', () => {
  expect(textOfBytes(new Uint8Array([0x61, 0xe9, 0x62]))).toBe('a\ufffdb');
});
