import { expect, it } from 'vitest';
import { commonBeginning, searchBack } from './history-search.ts';

const TYPED = ['kubectl get pods', 'ls', 'kubectl get sts', 'kubectl describe sts web'];

it('search goes from the newest line back', () => {
  const first = searchBack(TYPED, 'get', TYPED.length);
  expect(TYPED[first]).toBe('kubectl get sts');
  expect(TYPED[searchBack(TYPED, 'get', first)]).toBe('kubectl get pods');
  expect(searchBack(TYPED, 'get', 0)).toBe(-1);
  expect(searchBack(TYPED, 'helm', TYPED.length)).toBe(-1);
  expect(searchBack(TYPED, '', TYPED.length)).toBe(-1);
});

it('words are completed as far as they agree', () => {
  expect(commonBeginning(['web-0', 'web-1'])).toBe('web-');
  expect(commonBeginning(['status'])).toBe('status');
  expect(commonBeginning(['a', 'b'])).toBe('');
});
