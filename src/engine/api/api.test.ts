// The API server's rules, through the turns of a cluster without controllers.

import { describe, expect, it } from 'vitest';
import { type Draft, keyOf, type Pod } from '#kube';
import {
  accepted,
  call,
  createObject,
  deleteObject,
  eventsOf,
  findObject,
  finishPod,
  getObject,
  newTestCluster,
  refused,
  run,
  updateObject,
} from '../testing/scenario.ts';

const podKey = keyOf('Pod', 'default', 'web-0');
const newPod = (more: Partial<Draft<Pod>['metadata']> = {}): Draft<Pod> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-0', ...more },
  spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }], terminationGracePeriodSeconds: 30 },
  status: { phase: 'Pending' },
});
const newCluster = () => newTestCluster({ actors: [] });

describe('creation', () => {
  it('API-1 refuses an object whose namespace is not there', () => {
    const cluster = newCluster();
    const answer = call(cluster, (turn) => turn.create(newPod({ namespace: 'shop' })));
    expect(refused(answer)).toBe('404 NotFound: namespaces "shop" not found');
  });

  it('API-2 says that a name is taken, and by an object that is on its way out', () => {
    const cluster = newCluster();
    createObject(cluster, newPod());
    expect(refused(call(cluster, (turn) => turn.create(newPod())))).toBe(
      '409 AlreadyExists: pods "web-0" already exists',
    );
    accepted(call(cluster, (turn) => turn.bind(podKey, 'node-a')));
    deleteObject(cluster, podKey);
    expect(refused(call(cluster, (turn) => turn.create(newPod({ generateName: 'web-' }))))).toBe(
      '409 AlreadyExists: object is being deleted: pods "web-0" already exists, the server was not able to generate a unique name for the object',
    );
  });
});

describe('deletion', () => {
  it('API-5 removes a pod without a node at once and gives others their grace period', () => {
    const cluster = newCluster();
    createObject(cluster, newPod());
    deleteObject(cluster, podKey);
    expect(findObject(cluster, 'Pod', 'web-0')).toBeUndefined();
    createObject(cluster, newPod());
    call(cluster, (turn) => turn.bind(podKey, 'node-a'));
    deleteObject(cluster, podKey);
    const { metadata } = getObject(cluster, 'Pod', 'web-0');
    expect(metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:30Z',
      deletionGracePeriodSeconds: 30,
      generation: 2,
    });
    finishPod(cluster, 'web-0');
    expect(findObject(cluster, 'Pod', 'web-0')).toBeUndefined();
  });
});

describe('updates', () => {
  it('API-3 refuses a stale version, and writes nothing where nothing changed', () => {
    const cluster = newCluster();
    const first = createObject(cluster, newPod());
    const second = updateObject<Pod>(cluster, podKey, (pod) => ({
      ...pod,
      metadata: { ...pod.metadata, labels: { app: 'web' } },
    }));
    expect(refused(call(cluster, (turn) => turn.update(first)))).toContain('the object has been modified');
    expect(call(cluster, (turn) => turn.update(second))).toMatchObject({ ok: true, changed: false });
  });
});

describe('events', () => {
  it('API-10 counts an equal event instead of adding one', () => {
    const cluster = newCluster();
    const pod = createObject(cluster, newPod());
    for (let i = 0; i < 2; i += 1) {
      call(cluster, (turn) =>
        turn.event(pod, { type: 'Normal', reason: 'Pulled', message: 'pulled', source: 'kubelet' }),
      );
      run(cluster, 1_000);
    }
    expect(eventsOf(cluster)).toEqual(['Normal Pulled pulled (x2)']);
  });
});
