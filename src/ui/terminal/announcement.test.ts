// Words of the terminal for a screen reader.
import { expect, it } from 'vitest';
import type { TerminalLine } from '#state';
import { announcementOf } from './announcement.ts';

const line = (kind: TerminalLine['kind'], text: string): TerminalLine => ({ id: 1, kind, text });

it('what was typed is not told again, and blanks between columns are pauses', () => {
  expect(announcementOf([line('prompt', 'kubectl get pods'), line('out', ' ')])).toBeUndefined();
  expect(announcementOf([line('prompt', 'ls'), line('out', 'web-0   1/1     Running')])).toBe('web-0, 1/1, Running');
});

it('of a long answer the beginning is told, and how much more there is', () => {
  const lines = Array.from({ length: 8 }, (_, i) => line('out', `line ${i}`));
  expect(announcementOf(lines)).toBe('line 0\nline 1\nline 2\nline 3\nline 4\nline 5\nand 2 more lines');
  expect(announcementOf(lines.slice(0, 7))).toContain('and 1 more line');
});
