// Files as tabs: what is closed, renamed or moved loses nothing.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { editor, openFile, setText, takeApplied } from './editor.ts';
import {
  closeFile,
  FILES_MAX,
  freeFileName,
  moveFile,
  newFile,
  openBeside,
  renameFile,
  watchRenames,
} from './editor-files.ts';
import { fileNameOf } from './editor-store.ts';

const names = (): string[] => Object.keys(editor.getState().files);

beforeEach(() => {
  vi.useFakeTimers();
  editor.setState({
    files: { 'a.yaml': 'a: 1', 'b.yaml': 'b: 1', 'c.yaml': 'c: 1' },
    fileName: 'b.yaml',
    applied: { 'b.yaml': 'b: 0' },
    problemsOf: {},
  });
});
afterEach(() => vi.useRealTimers());

describe('a file that is closed', () => {
  it('gives its place to the next one, and comes back to it with its text', () => {
    const undo = closeFile('b.yaml');
    expect(names()).toEqual(['a.yaml', 'c.yaml']);
    expect(editor.getState().fileName).toBe('c.yaml');
    undo();
    expect(names()).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
    expect(editor.getState().fileName).toBe('b.yaml');
    expect(editor.getState().files['b.yaml']).toBe('b: 1');
  });

  it('leaves the one that is shown as it is', () => {
    closeFile('a.yaml');
    expect(editor.getState().fileName).toBe('b.yaml');
  });

  it('leaves an empty file where it was the last, which its return takes away again', () => {
    closeFile('a.yaml');
    closeFile('c.yaml');
    const undo = closeFile('b.yaml');
    expect(editor.getState().files).toEqual({ 'manifest.yaml': '' });
    undo();
    expect(editor.getState().files).toEqual({ 'b.yaml': 'b: 1' });
  });

  it('comes back under another name where its own is taken', () => {
    const undo = closeFile('b.yaml');
    openFile('b.yaml', 'other: 1');
    undo();
    expect(editor.getState().files).toMatchObject({ 'b.yaml': 'other: 1', 'b-2.yaml': 'b: 1' });
  });
});

describe('a file that is renamed', () => {
  it('keeps its place, and differs from what was applied under its old name', () => {
    const told: string[][] = [];
    const leave = watchRenames((...both) => told.push(both));
    expect(renameFile('b.yaml', 'new name.yaml')).toBe('new-name.yaml');
    leave();
    expect(told).toEqual([['b.yaml', 'new-name.yaml']]);
    expect(names()).toEqual(['a.yaml', 'new-name.yaml', 'c.yaml']);
    expect(editor.getState()).toMatchObject({ fileName: 'new-name.yaml', applied: { 'new-name.yaml': 'b: 0' } });
    const act = { type: 'kubectl' as const, command: 'apply -f b.yaml', files: { 'b.yaml': 'b: 7' } };
    takeApplied(
      {
        cluster: { seed: 1, gates: {}, nodes: [], manifest: '', timing: {} },
        files: {},
        branches: [{ id: 0, name: 'main', acts: [{ atMs: 0, act }], reachedMs: 0 }],
        at: { branch: 0, atMs: 0 },
        view: { layout: 'identity' },
      },
      {
        branch: 0,
        branches: [{ id: 0, name: 'main', reachedMs: 0 }],
        acts: [{ branch: 0, atMs: 0, label: '', command: '', icon: 'apply', isError: false }],
        lanes: [],
        summaries: [],
        tickTimesMs: [],
      },
    );
    expect(editor.getState().applied['new-name.yaml']).toBe('b: 7');
  });

  it('takes the name of no other', () => {
    expect(renameFile('b.yaml', 'a.yaml')).toBeUndefined();
    expect(names()).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
  });
});

describe('a file beside others', () => {
  it('replaces none of them', () => {
    expect(openBeside('b.yaml', 'other: 1')).toBe('b-2.yaml');
    expect(openBeside('b.yaml', 'b: 1')).toBe('b.yaml');
    expect(names()).toHaveLength(4);
    expect(freeFileName('b.yaml')).toBe('b-3.yaml');
    expect(newFile()).toBe('manifest.yaml');
    setText('x: 1');
    expect(newFile()).toBe('manifest-2.yaml');
  });

  it('is refused where a link would not hold it', () => {
    editor.setState({ files: Object.fromEntries(Array.from({ length: FILES_MAX }, (_, i) => [`f${i}.yaml`, 'a'])) });
    expect(openBeside('one-more.yaml', 'a')).toBeUndefined();
    expect(openBeside('f1.yaml', 'a')).toBe('f1.yaml');
  });

  it('stands where it is moved to', () => {
    moveFile('a.yaml', 2);
    expect(names()).toEqual(['b.yaml', 'c.yaml', 'a.yaml']);
    moveFile('a.yaml', -5);
    expect(names()).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
  });
});

it('names of files hold nothing that a command line would read otherwise', () => {
  expect(['../../x y.yaml', '7', '', '..', '-f.yaml'].map(fileNameOf)).toEqual([
    '..-..-x-y.yaml',
    '7.yaml',
    'manifest.yaml',
    'manifest.yaml',
    'f.yaml',
  ]);
});
