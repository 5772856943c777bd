// Keys that edit a line, as people have them in their fingers.
import { expect, it } from 'vitest';
import { editLine } from './line-editing.ts';

/** The line after a key, `|` at its cursor. */
function after(line: string, key: string, cut = ''): string | undefined {
  const parts = key.split('+');
  const name = parts.at(-1) ?? '';
  const edited = editLine(
    { text: line.replace('|', ''), cursor: line.indexOf('|') },
    {
      key: name,
      code: `Key${name.toUpperCase()}`,
      ctrlKey: parts.includes('Ctrl'),
      altKey: parts.includes('Alt'),
      metaKey: false,
      shiftKey: parts.includes('Shift'),
    },
    cut,
  );
  return edited && `${edited.text.slice(0, edited.cursor)}|${edited.text.slice(edited.cursor)}`;
}

it('Ctrl+A and Ctrl+E go to the ends of the line that the cursor is in', () => {
  expect(after('get po|ds', 'Ctrl+a')).toBe('|get pods');
  expect(after('get po|ds', 'Ctrl+e')).toBe('get pods|');
  expect(after('for i\ndo ec|ho\ndone', 'Ctrl+a')).toBe('for i\n|do echo\ndone');
  expect(after('for i\ndo ec|ho\ndone', 'Ctrl+e')).toBe('for i\ndo echo|\ndone');
});

it('Ctrl+U, Ctrl+K and Ctrl+W cut, and Ctrl+Y puts in again', () => {
  expect(after('get pods| -w', 'Ctrl+u')).toBe('| -w');
  expect(after('get pods| -w', 'Ctrl+k')).toBe('get pods|');
  expect(after('get pods sts/web-0 |-w', 'Ctrl+w')).toBe('get pods |-w');
  expect(after('get |', 'Ctrl+y', 'pods')).toBe('get pods|');
  expect(
    editLine(
      { text: 'a b', cursor: 3 },
      { key: 'w', code: 'KeyW', ctrlKey: true, altKey: false, metaKey: false, shiftKey: false },
      '',
    )?.cut,
  ).toBe('b');
});

it('at the end of the line Ctrl+K is left to the page', () => {
  expect(after('get pods|', 'Ctrl+k')).toBeUndefined();
});

it('Alt+B and Alt+F go over words, Alt+D and Alt+Backspace cut them', () => {
  expect(after('get sts/web-0|', 'Alt+b')).toBe('get sts/web-|0');
  expect(after('get sts/|web-0', 'Alt+f')).toBe('get sts/web|-0');
  expect(after('get| pods -w', 'Alt+d')).toBe('get| -w');
  expect(after('get sts/web|', 'Alt+Backspace')).toBe('get sts/|');
});

it('other keys are not taken', () => {
  for (const key of ['a', 'Shift+Ctrl+a', 'Ctrl+Alt+a', 'Ctrl+z', 'Alt+x'])
    expect(after('get| pods', key)).toBeUndefined();
});
