// The ways between a place in a manifest and an object in the picture.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts } from '#scene';
import { applyFrame, editor, loadObjectsOf, notices, selection } from '#state';
import { editorPlace, goToManifest, manifestObjects, objectAtPlace, placeOfObject, showInGraph } from './objects.ts';

const TEXT = `kind: Service
apiVersion: v1
metadata:
  name: web
---
kind: StatefulSet
apiVersion: apps/v1
metadata:
  name: web
spec:
  serviceName: web
  template: {}
  volumeClaimTemplates:
    - metadata:
        name: www
`;

const FACTS = [
  { type: 'pod', id: 'Pod/default/web-0', setId: 'StatefulSet/default/web', name: 'web-0', namespace: 'default' },
  { type: 'claim', id: 'PersistentVolumeClaim/default/www-web-0', template: 'www', name: 'www-web-0' },
  { type: 'service', id: 'Service/default/web', name: 'web', setIds: [] },
] as unknown as Facts[];

beforeEach(async () => {
  const objectsOf = await loadObjectsOf();
  editor.setState({ files: { 'other.yaml': 'a: 1', 'web.yaml': TEXT }, fileName: 'other.yaml' });
  manifestObjects.setState({ byFile: { 'other.yaml': [], 'web.yaml': objectsOf('web.yaml', TEXT) } });
  applyFrame({ isWhole: true, set: FACTS, gone: [] });
});
afterEach(() => editorPlace.setState({ wanted: undefined }));

const lineOf = (id: string) => placeOfObject(id)?.line;

describe('from an object to the files', () => {
  it('leads to its document, of a pod to the template, of a claim to the claim template', () => {
    expect(lineOf('Service/default/web')).toBe(4);
    expect(lineOf('StatefulSet/default/web')).toBe(9);
    expect(lineOf('Pod/default/web-0')).toBe(12);
    expect(lineOf('Slot/default/web/7')).toBe(12);
    expect(lineOf('PersistentVolumeClaim/default/www-web-0')).toBe(15);
    expect(lineOf('Node//node-a')).toBeUndefined();
  });

  it('opens the file, and says so where there is none', async () => {
    expect(await goToManifest('StatefulSet/default/web')).toBe(true);
    expect(editor.getState().fileName).toBe('web.yaml');
    expect(editorPlace.getState().wanted).toEqual({ fileName: 'web.yaml', line: 9, column: 3 });
    expect(await goToManifest('Node//node-a')).toBe(false);
    expect(notices.getState().list.at(-1)?.text).toBe('No file of the editor speaks of node-a.');
  });
});

describe('from the files to an object', () => {
  it('means the document, and at a name the object of that name', () => {
    expect(objectAtPlace({ fileName: 'web.yaml', line: 1, column: 1 })).toBe('Service/default/web');
    expect(objectAtPlace({ fileName: 'web.yaml', line: 12, column: 1 })).toBe('StatefulSet/default/web');
    expect(objectAtPlace({ fileName: 'web.yaml', line: 11, column: 17 })).toBe('Service/default/web');
    expect(objectAtPlace({ fileName: 'other.yaml', line: 1, column: 1 })).toBeUndefined();
  });

  it('selects what is in the picture, and nothing else', () => {
    expect(showInGraph('Service/default/web')).toBe(true);
    expect(selection.getState().selectedId).toBe('Service/default/web');
    expect(showInGraph('StatefulSet/default/web')).toBe(false);
    expect(selection.getState().selectedId).toBe('Service/default/web');
    expect(notices.getState().list.at(-1)?.text).toBe('StatefulSet web is not in the cluster at the moment shown.');
  });
});
