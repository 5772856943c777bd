import { expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

it('escape sequences and other hidden signs are shown', () => {
  expect(visibleText('\u001b[31mred\u001b[0m')).toBe('␛[31mred␛[0m');
  expect(visibleText('a\rb\u0007\u0000\u007f')).toBe('a␍b␇␀␡');
  expect(visibleText('\u009b31m\u202eevil\u200b')).toBe('\\x9b31m\\u202eevil\\u200b');
});

it('tabs, newlines and letters of any script stay', () => {
  expect(visibleText('a\tb\nä € 中 🚀')).toBe('a\tb\nä € 中 🚀');
});
