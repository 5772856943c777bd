import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identicon, identiconPath } from './identicon.ts';

describe('identicon', () => {
  it('is the same for the same uid, mirrored, and neither empty nor full', () => {
    fc.assert(
      fc.property(fc.string(), (uid) => {
        const cells = identicon(uid);
        expect(identicon(uid)).toEqual(cells);
        for (let row = 0; row < 5; row++) {
          const line = cells.slice(row * 5, row * 5 + 5);
          expect(line).toEqual([...line].reverse());
        }
        const filled = cells.filter(Boolean).length;
        expect(filled).toBeGreaterThanOrEqual(7);
        expect(filled).toBeLessThanOrEqual(19);
      }),
    );
  });

  it('tells the pods of one name apart', () => {
    const uids = Array.from({ length: 500 }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
    const pictures = new Set(uids.map(identiconPath));
    expect(pictures.size).toBeGreaterThan(480);
  });

  it('draws each filled cell once', () => {
    const cells = identicon('7f3a').filter(Boolean).length;
    const drawn = [...identiconPath('7f3a').matchAll(/h(\d+)v1/g)].reduce((sum, [, width]) => sum + Number(width), 0);
    expect(drawn).toBe(cells);
  });
});
