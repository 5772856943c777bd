// What is read out of a file: objects, the fields that name others, and places.
import { describe, expect, it } from 'vitest';
import { objectsOf } from './manifest-objects.ts';

const TEXT = `apiVersion: v1
kind: Service
metadata:
  name: db
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
  namespace: data
spec:
  serviceName: db
  template:
    spec:
      volumes:
        - name: conf
          configMap:
            name: settings
  volumeClaimTemplates:
    - metadata:
        name: disk
      spec:
        storageClassName: fast
`;

describe('objects of a file', () => {
  it('have the ids that the picture gives them', () => {
    expect(objectsOf('a.yaml', TEXT).map(({ id }) => id)).toEqual(['Service/default/db', 'StatefulSet/data/db']);
    const cluster = 'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: fast\n';
    expect(objectsOf('a.yaml', cluster)[0]?.id).toBe('StorageClass//fast');
  });

  it('name others at the place of the name', () => {
    const [, set] = objectsOf('a.yaml', TEXT);
    expect(set?.references.map(({ id, from }) => [id, from.line])).toEqual([
      ['Service/data/db', 12],
      ['StorageClass//fast', 23],
      ['ConfigMap/data/settings', 18],
    ]);
    expect(set?.volumes).toEqual(['disk', 'conf']);
    expect(set?.claims.disk?.line).toBe(21);
    expect(set?.template?.line).toBe(13);
  });

  it('are those of a List as well, and of a text that ends in a broken document', () => {
    const list = 'kind: List\napiVersion: v1\nitems:\n- kind: Pod\n  apiVersion: v1\n  metadata: {name: a}\n- 7\n';
    expect(objectsOf('a.yaml', list).map(({ id, at }) => [id, at.line])).toEqual([['Pod/default/a', 6]]);
    expect(objectsOf('a.yaml', `${TEXT}---\na: b: c\n`)).toHaveLength(2);
    expect(objectsOf('a.yaml', '[1, 2]\n---\n"x"\n---\nkind: 3\n')).toEqual([]);
  });
});
