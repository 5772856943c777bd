import { describe, expect, it } from 'vitest';
import { appliedValue, differenceWords } from './words.ts';

describe('words about the manifest', () => {
  it('tell the applied value only where the same field has another one', () => {
    expect(appliedValue('  replicas: 5', '  replicas: 3')).toBe('3');
    expect(appliedValue('    - name: web', '    - name: nginx')).toBe('nginx');
    expect(appliedValue('  replicas: 5', '  image: nginx')).toBeUndefined();
    expect(appliedValue('  replicas: 5', '    replicas: 5')).toBeUndefined();
    expect(appliedValue('  added: 1', undefined)).toBeUndefined();
    expect(appliedValue('image: a', `image: ${'x'.repeat(40)}`)).toHaveLength(24);
  });

  it('count the lines that differ', () => {
    expect([undefined, 0, 1, 2].map(differenceWords)).toEqual([
      'Not applied yet',
      'Matches what was applied',
      '1 line differs from applied',
      '2 lines differ from applied',
    ]);
  });
});
