import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitMono, fitText, fitWords } from './fit-text.ts';

const within = (letters: number) => (text: string) => text.length <= letters;

describe('names that are too long', () => {
  it('stay whole where there is room', () => {
    expect(fitText('web-0', 2, within(5))).toBe('web-0');
    expect(fitMono('web-0.nginx', 8, 86)).toBe('web-0.nginx');
    expect(fitWords('web-0', 2, 98, 15)).toBe('web-0');
  });

  it('lose their middle and keep the ordinal', () => {
    expect(fitText('postgres-primary-12', 3, within(10))).toBe('postgr…-12');
    expect(fitMono('data-postgres-primary-0', 2, 84)).toBe('data-post…-0');
  });

  it('lose the end of a tail that does not fit by itself', () => {
    expect(fitText('db-0.postgres-primary', 19, within(10))).toBe('…-0.postg…');
  });

  it('never take more room than there is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.nat(30), fc.integer({ min: 1, max: 40 }), (text, tail, letters) => {
        expect(fitText(text, tail, within(letters)).length).toBeLessThanOrEqual(letters);
      }),
    );
  });
});
