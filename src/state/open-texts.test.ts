// Several files at once.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { editor } from './editor.ts';
import { notices } from './notices.ts';
import { openTexts } from './open-texts.ts';
import { session } from './session.ts';

beforeEach(() => {
  vi.useFakeTimers();
  session.setState({ status: 'open' });
  notices.setState({ list: [] });
  editor.setState({ files: { 'web.yaml': 'a: 1' }, fileName: 'web.yaml', problemsOf: {} });
});
afterEach(() => vi.useRealTimers());

const said = () => notices.getState().list.at(-1);

it('opens them as tabs, shows the first, and names those that are left out', async () => {
  await openTexts(
    [
      { path: '/app/a.yaml', text: 'b: 1' },
      { path: '/app/b.yaml', text: 'c: 1' },
      { path: '/app/binary.yaml', text: 'c\0' },
    ],
    ['notes.md'],
  );
  expect(Object.keys(editor.getState().files)).toEqual(['web.yaml', 'a.yaml', 'b.yaml']);
  expect(editor.getState().fileName).toBe('a.yaml');
  expect(said()?.text).toBe('2 files are in the editor and not applied yet. Left out: notes.md, binary.yaml.');
});

it('tells two files of one name apart by their folders', async () => {
  await openTexts([
    { path: '/x/a.yaml', text: 'b: 1' },
    { path: '/y/a.yaml', text: 'c: 1' },
  ]);
  expect(Object.keys(editor.getState().files)).toEqual(['web.yaml', 'x-a.yaml', 'y-a.yaml']);
});

it('gives back the text that a file of the same name took the place of', async () => {
  await openTexts([{ path: 'web.yaml', text: 'b: 1' }]);
  expect(editor.getState().files['web.yaml']).toBe('b: 1');
  expect(said()?.text).toContain('web.yaml had another text before.');
  said()?.action?.run();
  expect(editor.getState().files['web.yaml']).toBe('a: 1');
});

it('says when nothing could be opened', async () => {
  await openTexts([], ['picture.png']);
  expect(said()).toMatchObject({ tone: 'problem', text: 'Left out: picture.png.' });
});
