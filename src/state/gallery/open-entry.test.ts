// Opening from the gallery.
import { afterEach, expect, it, vi } from 'vitest';
import { editor, getText } from '../editor.ts';
import { GALLERY, type GalleryEntry } from './entries.ts';
import { openFromGallery } from './open-entry.ts';

const entry = (id: string): GalleryEntry => {
  const found = GALLERY.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};

afterEach(() => vi.useRealTimers());

it('opens a manifest beside the others, unapplied', async () => {
  vi.useFakeTimers();
  editor.setState({ files: { 'web.yaml': 'a: 1' }, fileName: 'web.yaml' });
  expect(await openFromGallery(entry('etcd'))).toBe(true);
  expect(Object.keys(editor.getState().files)).toEqual(['web.yaml', 'etcd.yaml']);
  expect(getText()).toContain('serviceName: etcd');
  expect(editor.getState().applied).toEqual({});
});

it('leaves what was changed of it as it stands', async () => {
  vi.useFakeTimers();
  editor.setState({ files: { 'etcd.yaml': 'mine: 1' }, fileName: 'etcd.yaml' });
  await openFromGallery(entry('etcd'));
  expect(editor.getState().files['etcd.yaml']).toBe('mine: 1');
  expect(editor.getState().fileName).toBe('etcd-2.yaml');
  await openFromGallery(entry('etcd'));
  expect(Object.keys(editor.getState().files)).toEqual(['etcd.yaml', 'etcd-2.yaml', 'etcd-3.yaml']);
});
