// What a formatter may do to a manifest, and what not.
import { describe, expect, it } from 'vitest';
import { whyNotSame } from './same-meaning.ts';

const TEXT = `# head
kind:   Pod   # what it is
list:
- a
- "b"
---
kind: Secret
data: {key: dmFsdWU=}
`;

describe('a formatted manifest', () => {
  it('takes the place of one that means the same', () => {
    expect(whyNotSame(TEXT, TEXT)).toBeUndefined();
    expect(
      whyNotSame(
        TEXT,
        "# head\nkind: Pod # what it is\nlist:\n  - a\n  - 'b'\n---\nkind: Secret\ndata: { key: dmFsdWU= }\n",
      ),
    ).toBeUndefined();
  });

  it('takes no place where a value, a document, a Secret or a comment is another', () => {
    expect(whyNotSame('mode: 0644\n', 'mode: "0644"\n')).toBe('Its meaning would change.');
    expect(whyNotSame('on: yes\n', 'on: "yes"\n')).toBe('Its meaning would change.');
    expect(whyNotSame(TEXT, TEXT.replace('---\n', ''))).toBe('Its meaning would change.');
    expect(whyNotSame(TEXT, TEXT.replace('dmFsdWU=', 'b3RoZXI='))).toBe('Its meaning would change.');
    expect(whyNotSame(TEXT, TEXT.replace(' # what it is', ''))).toBe('A comment would be lost.');
  });

  it('is not made of a text that cannot be read', () => {
    expect(whyNotSame('a: b: c\n', 'a: b: c\n')).toMatch(/^It cannot be read/);
  });
});
