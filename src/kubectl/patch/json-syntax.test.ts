// Broken JSON, in Go's words.
import { expect, it } from 'vitest';
import { jsonSyntaxError } from './json-syntax.ts';

it.each([
  ['{"a":[1,-2.5e3,true,null,"x\\u00e9\\n",{}],"b":[]}', undefined],
  [' {} \n', undefined],
  ['{bad', "invalid character 'b' looking for beginning of object key string"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
  ['{"a":[1 2]}', "invalid character '2' after array element"],
  ["{'a':1}", "invalid character '\\'' looking for beginning of object key string"],
  ['{"a":x}', "invalid character 'x' looking for beginning of value"],
  ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
  ['{"a":-}', "invalid character '}' in numeric literal"],
  ['{"a":1.}', "invalid character '}' after decimal point in numeric literal"],
  ['{"a":1e}', "invalid character '}' in exponent of numeric literal"],
  ['{"a":01}', "invalid character '1' after object key:value pair"],
  ['{"a":"\\q"}', "invalid character 'q' in string escape code"],
  ['{"a":"\\u12g4"}', "invalid character 'g' in \\u hexadecimal character escape"],
  ['{"a":"\n"}', "invalid character '\\n' in string literal"],
  ['{} {}', "invalid character '{' after top-level value"],
  ['{"a":', 'unexpected end of JSON input'],
  ['{"a":"b', 'unexpected end of JSON input'],
  ['', 'unexpected end of JSON input'],
])('reads %j as Go does', (text, expected) => {
  expect(jsonSyntaxError(text)).toBe(expected);
});

it('agrees with the engine about what is JSON', () => {
  const parts = ['{', '}', '[', ']', '"', 'a', ':', ',', '1', '-', '.', 'e', 'true', ' ', '\\', 'u0041'];
  let seed = 7;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  for (let i = 0; i < 3_000; i += 1) {
    const text = Array.from({ length: 1 + (next() % 7) }, () => parts[next() % parts.length]).join('');
    let isJson = true;
    try {
      JSON.parse(text);
    } catch {
      isJson = false;
    }
    expect([text, jsonSyntaxError(text) === undefined]).toEqual([text, isJson]);
  }
});
