// Folders that are dropped: what is read of them, and what is not.
import { beforeEach, expect, it } from 'vitest';
import { editor, notices, session } from '#state';
import { openEntries, openPicked } from './read-files.ts';

type Tree = { readonly [name: string]: string | Tree };

/** An entry as a browser hands it out; a folder hands out two at a time. */
function entryOf(name: string, content: string | Tree, parent = ''): FileSystemEntry {
  const fullPath = `${parent}/${name}`;
  if (typeof content === 'string') {
    const file = (done: (file: File) => void) => done(new File([content], name));
    return { name, fullPath, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
  }
  const createReader = () => {
    const rest = Object.entries(content).map(([inner, one]) => entryOf(inner, one, fullPath));
    return { readEntries: (done: (entries: FileSystemEntry[]) => void) => done(rest.splice(0, 2)) };
  };
  return { name, fullPath, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

beforeEach(() => {
  session.setState({ status: 'open' });
  notices.setState({ list: [] });
  editor.setState({ files: { 'manifest.yaml': '' }, fileName: 'manifest.yaml' });
});

const names = () => Object.keys(editor.getState().files);
const said = () => notices.getState().list.map(({ text }) => text);

it('the manifests of a folder and of the folders in it are opened, in the order of their paths', async () => {
  await openEntries([
    entryOf('app', {
      'b.yaml': 'b: 1',
      'a.yml': 'a: 1',
      deep: { 'c.json': '{}', 'logo.png': 'x' },
      '.git': { 'd.yaml': 'd: 1' },
      node_modules: { 'e.yaml': 'e: 1' },
    }),
  ]);
  expect(names()).toEqual(['manifest.yaml', 'a.yml', 'b.yaml', 'c.json']);
  expect(said()).toEqual(['3 files are in the editor and not applied yet. Left out: logo.png.']);
});

it('a folder is read five levels deep and no deeper', async () => {
  const tree: Tree = { a: { b: { c: { d: { 'near.yaml': 'x: 1', e: { 'far.yaml': 'x: 1' } } } } } };
  await openEntries([entryOf('top', tree)]);
  expect(names()).toEqual(['manifest.yaml', 'near.yaml']);
  expect(said()[0]).toContain('5 folders deep');
});

it('no more files are opened than a link holds', async () => {
  const many = Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`f${100 + i}.yaml`, `x: ${i}`]));
  await openEntries([entryOf('many', many)]);
  expect(names()).toHaveLength(100);
  expect(said().at(-1)).toMatch(/^99 files are in the editor and not applied yet\. Left out: .* and 27 more\.$/);
});

it('a file that is too large is named, and a text may be picked on its own', async () => {
  const large = new File([], 'large.yaml');
  Object.defineProperty(large, 'size', { value: 9 * 1024 * 1024 });
  await openPicked([large, new File(['a: 1'], 'note.txt')]);
  expect(names()).toEqual(['manifest.yaml', 'note.txt']);
  expect(said().at(-1)).toBe(
    'note.txt is in the editor and not applied yet. Left out: large.yaml (larger than 8 MiB).',
  );
});

it('a folder without files says so', async () => {
  await openEntries([entryOf('empty', {})]);
  expect(said()).toEqual(['There is no file in what was dropped.']);
});
