// Opening from the gallery.
import { afterEach, expect, it, vi } from 'vitest';
import { editor, getText } from '../editor.ts';
import { openFromGallery } from './open-entry.ts';

afterEach(() => vi.useRealTimers());

it('opens a manifest beside the others, unapplied', async () => {
  vi.useFakeTimers();
  editor.setState({ files: { 'web.yaml': 'a: 1' }, fileName: 'web.yaml' });
  expect(await openFromGallery('etcd')).toBe(true);
  expect(Object.keys(editor.getState().files)).toEqual(['web.yaml', 'etcd.yaml']);
  expect(getText()).toContain('serviceName: etcd');
  expect(editor.getState().applied).toEqual({});
  expect(await openFromGallery('nothing')).toBe(false);
});
