// What the API server does with every write, through the turns of a cluster without controllers.
import { describe, expect, it } from 'vitest';
import { type Draft, type KubeObject, keyOf, type Node, type Pod, type StatefulSet } from '#kube';
import {
  accepted,
  call,
  createObject,
  deleteObject,
  findObject,
  finishPod,
  getObject,
  newTestCluster,
  refused,
  run,
  updateObject,
  updateStatus,
} from '../testing/scenario.ts';

const podKey = keyOf('Pod', 'default', 'web-0');
const newPod = (metadata: Partial<Draft<Pod>['metadata']> = {}, spec: Partial<Pod['spec']> = {}): Draft<Pod> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-0', ...metadata },
  spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }], terminationGracePeriodSeconds: 30, ...spec },
  status: { phase: 'Pending' },
});
const newSet = (spec: Partial<StatefulSet['spec']> = {}): Draft<StatefulSet> =>
  ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'nginx' } },
      template: {
        metadata: { labels: { app: 'nginx' } },
        spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }] },
      },
      ...spec,
    },
  }) as Draft<StatefulSet>;
const setKey = keyOf('StatefulSet', 'default', 'web');
const newCluster = () => newTestCluster({ actors: [] });
const create = <T extends KubeObject>(cluster: ReturnType<typeof newCluster>, draft: Draft<T>) =>
  call(cluster, (turn) => turn.create(draft));
const bind = (cluster: ReturnType<typeof newCluster>, node = 'node-a') =>
  call(cluster, (turn) => turn.bind(podKey, node));

describe('creation', () => {
  it('gives an object what only the server knows, and the namespace default', () => {
    const cluster = newCluster();
    run(cluster, 5_000);
    const pod = createObject(
      cluster,
      newPod({ uid: 'mine', generation: 9, deletionTimestamp: '2020-01-01T00:00:00Z' }),
    );
    expect(pod.metadata).toEqual({
      name: 'web-0',
      namespace: 'default',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:05Z',
      uid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      resourceVersion: expect.stringMatching(/^\d+$/),
    });
  });

  it('gives a generated name that is free, and cuts its base', () => {
    const cluster = newCluster();
    const { name } = createObject(cluster, newPod({ name: '', generateName: 'web-' })).metadata;
    expect(name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    const long = createObject(cluster, newPod({ name: '', generateName: `${'a'.repeat(70)}-` })).metadata.name;
    expect(long).toHaveLength(63);
    expect(createObject(cluster, newPod({ name: '', generateName: 'web-' })).metadata.name).not.toBe(name);
  });

  it('API-1 refuses an object whose namespace is not there', () => {
    const cluster = newCluster();
    expect(refused(create(cluster, newPod({ namespace: 'shop' })))).toBe('404 NotFound: namespaces "shop" not found');
  });

  it('API-2 says that a name is taken, by which kind of name, and by an object that is on its way out', () => {
    const cluster = newCluster();
    createObject(cluster, newPod());
    expect(refused(create(cluster, newPod()))).toBe('409 AlreadyExists: pods "web-0" already exists');
    const generated = newPod({ generateName: 'web-' });
    const unable = 'pods "web-0" already exists, the server was not able to generate a unique name for the object';
    expect(refused(create(cluster, generated))).toBe(`409 AlreadyExists: ${unable}`);
    bind(cluster);
    deleteObject(cluster, podKey);
    expect(refused(create(cluster, generated))).toBe(`409 AlreadyExists: object is being deleted: ${unable}`);
  });

  it('API-19 lists every fault of an invalid object, in the words and fields that kubectl prints', () => {
    const cluster = newCluster();
    const answer = create(cluster, newSet({ replicas: -1, podManagementPolicy: 'Foo' as never }));
    expect(refused(answer)).toBe(
      `422 Invalid: StatefulSet.apps "web" is invalid: [spec.podManagementPolicy: Invalid value: "Foo": must be 'OrderedReady' or 'Parallel', spec.replicas: Invalid value: -1: must be greater than or equal to 0]`,
    );
    expect(answer.ok ? undefined : answer.error.details).toEqual({
      kind: 'StatefulSet',
      name: 'web',
      causes: [
        {
          field: 'spec.podManagementPolicy',
          message: `Invalid value: "Foo": must be 'OrderedReady' or 'Parallel'`,
          reason: 'FieldValueInvalid',
        },
        {
          field: 'spec.replicas',
          message: 'Invalid value: -1: must be greater than or equal to 0',
          reason: 'FieldValueInvalid',
        },
      ],
    });
  });

  it('API-19 refuses the label of a pod whose set has too long a name, every time', () => {
    const cluster = newCluster();
    const owner = createObject(cluster, newSet());
    const revision = `${'a'.repeat(55)}-7d8559755f`;
    const ownerReferences = [
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: owner.metadata.uid, controller: true },
    ];
    const { spec } = newPod();
    const pod = (name: string, labels: Record<string, string>) => ({
      ...newPod({ name, labels, ownerReferences }),
      spec,
    });
    createObject(cluster, pod('web-0', {}));
    for (const name of ['web-1', 'web-2'])
      expect(refused(create(cluster, pod(name, { 'controller-revision-hash': revision })))).toBe(
        `422 Invalid: Pod "${name}" is invalid: metadata.labels: Invalid value: "${revision}": must be no more than 63 bytes`,
      );
  });

  it('keeps objects of kinds that it does not simulate, and refuses kinds that no server knows', () => {
    const cluster = newCluster();
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } };
    createObject(cluster, map as Draft<KubeObject>);
    expect(cluster.view.find('ConfigMap/default/settings')).toMatchObject({ data: { a: '1' } });
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' };
    const spec = { scaleTargetRef, maxReplicas: 3 };
    const hpa = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec };
    createObject(cluster, hpa as Draft<KubeObject>);
    expect(cluster.view.find('HorizontalPodAutoscaler.autoscaling/default/web')).toBeDefined();
    const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } };
    expect(refused(create(cluster, widget))).toBe('404 NotFound: the server could not find the requested resource');
  });

  it('API-8 drops a field whose gate is off without a word, and keeps it where it is on', () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } } as const;
    const off = createObject(newCluster(), newSet({ updateStrategy }));
    expect(off.spec.updateStrategy.rollingUpdate).toEqual({ partition: 0 });
    const gates = { MaxUnavailableStatefulSet: true };
    const on = createObject(newTestCluster({ actors: [], gates }), newSet({ updateStrategy }));
    expect(on.spec.updateStrategy.rollingUpdate).toEqual({ partition: 0, maxUnavailable: 2 });
  });
});

describe('updates', () => {
  it('API-3 refuses a stale version and another uid, takes one without either, and writes nothing where nothing changed', () => {
    const cluster = newCluster();
    const first = createObject(cluster, newPod());
    const label = (pod: Pod, app: string): Pod => ({ ...pod, metadata: { ...pod.metadata, labels: { app } } });
    const second = updateObject<Pod>(cluster, podKey, (pod) => label(pod, 'web'));
    expect(refused(call(cluster, (turn) => turn.update(label(first, 'x'))))).toBe(
      '409 Conflict: Operation cannot be fulfilled on pods "web-0": the object has been modified; please apply your changes to the latest version and try again',
    );
    const { uid } = second.metadata;
    const other = { ...second, metadata: { ...second.metadata, uid: 'other' } };
    expect(refused(call(cluster, (turn) => turn.update(other)))).toBe(
      `409 Conflict: Operation cannot be fulfilled on pods "web-0": Precondition failed: UID in precondition: other, UID in object meta: ${uid}`,
    );
    expect(call(cluster, (turn) => turn.update(second))).toMatchObject({ ok: true, changed: false });
    const unversioned = label({ ...second, metadata: { ...second.metadata, resourceVersion: '' } }, 'y');
    expect(accepted(call(cluster, (turn) => turn.update(unversioned))).metadata.labels).toEqual({ app: 'y' });
  });

  it('says NotFound in the words of the kind', () => {
    const cluster = newCluster();
    const set = createObject(cluster, newSet());
    deleteObject(cluster, setKey);
    expect(refused(call(cluster, (turn) => turn.update(set)))).toBe('404 NotFound: statefulsets.apps "web" not found');
  });

  it('API-18 counts a generation for a change of the spec alone, defaults included, and keeps the status', () => {
    const cluster = newCluster();
    createObject(cluster, newSet());
    updateStatus<StatefulSet>(cluster, setKey, (set) => ({ ...set, status: { replicas: 1, availableReplicas: 0 } }));
    const labelled = updateObject<StatefulSet>(cluster, setKey, (set) => ({
      ...set,
      metadata: { ...set.metadata, labels: { a: 'b' } },
      status: { replicas: 7, availableReplicas: 7 },
    }));
    expect(labelled.metadata.generation).toBe(1);
    expect(labelled.status).toEqual({ replicas: 1, availableReplicas: 0 });
    const bare = { ...newSet().spec, replicas: 1 };
    expect(updateObject<StatefulSet>(cluster, setKey, (set) => ({ ...set, spec: bare })).metadata.generation).toBe(1);
    const scaled = updateObject<StatefulSet>(cluster, setKey, (set) => ({
      ...set,
      spec: { ...set.spec, replicas: 3 },
    }));
    expect(scaled.metadata.generation).toBe(2);
  });

  it('API-18 leaves everything but the status alone when the status is written, and writes an equal one never', () => {
    const cluster = newCluster();
    createObject(cluster, newSet());
    const status = { replicas: 2, availableReplicas: 0 };
    const after = updateStatus<StatefulSet>(cluster, setKey, (set) => ({
      ...set,
      spec: { ...set.spec, replicas: 9 },
      status,
    }));
    expect(after.spec.replicas).toBe(1);
    expect(call(cluster, (turn) => turn.updateStatus({ ...after, status: { ...status } }))).toMatchObject({
      ok: true,
      changed: false,
    });
  });

  it('API-19 refuses changes of fields that cannot change', () => {
    const cluster = newCluster();
    const set = createObject(cluster, newSet());
    const renamed = { ...set, spec: { ...set.spec, serviceName: 'other' } };
    expect(refused(call(cluster, (turn) => turn.update(renamed)))).toContain(
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas'",
    );
  });

  it('API-4 takes no new finalizer while the object is being deleted, and lets it go with the last one', () => {
    const cluster = newCluster();
    createObject(cluster, newPod({ finalizers: ['example.com/hold'] }));
    deleteObject(cluster, podKey);
    const withFinalizers = (finalizers: string[]) =>
      call(cluster, (turn) => {
        const pod = getObject(cluster, 'Pod', 'web-0');
        return turn.update({ ...pod, metadata: { ...pod.metadata, finalizers } });
      });
    expect(refused(withFinalizers(['example.com/hold', 'example.com/more']))).toContain(
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/more"}',
    );
    accepted(withFinalizers([]));
    expect(findObject(cluster, 'Pod', 'web-0')).toBeUndefined();
  });
});

describe('deletion', () => {
  const mark = (cluster: ReturnType<typeof newCluster>) => findObject(cluster, 'Pod', 'web-0')?.metadata;

  it('API-5 removes a pod without a node at once', () => {
    const cluster = newCluster();
    createObject(cluster, newPod());
    deleteObject(cluster, podKey);
    expect(mark(cluster)).toBeUndefined();
    expect(refused(call(cluster, (turn) => turn.delete(podKey)))).toBe('404 NotFound: pods "web-0" not found');
  });

  it('API-5 gives a pod on a node its grace period, and removes it when its kubelet is done', () => {
    const cluster = newCluster();
    createObject(cluster, newPod());
    bind(cluster);
    deleteObject(cluster, podKey);
    expect(mark(cluster)).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:30Z',
      deletionGracePeriodSeconds: 30,
      generation: 2,
    });
    finishPod(cluster, 'web-0');
    expect(mark(cluster)).toBeUndefined();
  });

  it('API-5 removes a pod that has ended, or is deleted with force, at once', () => {
    for (const phase of ['Succeeded', 'Failed', 'Running'] as const) {
      const cluster = newCluster();
      createObject(cluster, newPod());
      bind(cluster);
      updateStatus<Pod>(cluster, podKey, (pod) => ({ ...pod, status: { ...pod.status, phase } }));
      deleteObject(cluster, podKey, phase === 'Running' ? { gracePeriodSeconds: 0 } : {});
      expect(mark(cluster)).toBeUndefined();
    }
  });

  it('API-6 only shortens the time with a second deletion', () => {
    const cluster = newCluster();
    createObject(cluster, newPod());
    bind(cluster);
    deleteObject(cluster, podKey);
    run(cluster, 2_000);
    const again = (gracePeriodSeconds?: number) =>
      call(cluster, (turn) => turn.delete(podKey, gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }));
    expect(again()).toMatchObject({ ok: true, changed: false });
    expect(again(60)).toMatchObject({ ok: true, changed: false });
    expect(again(10)).toMatchObject({ ok: true, changed: true });
    expect(mark(cluster)).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:10Z',
      deletionGracePeriodSeconds: 10,
      generation: 2,
    });
  });

  it('API-7 holds an object by the finalizers that it has or that the cascade asks for', () => {
    const cluster = newCluster();
    createObject(cluster, newSet());
    deleteObject(cluster, setKey, { propagationPolicy: 'Foreground' });
    expect(getObject(cluster, 'StatefulSet', 'web').metadata).toMatchObject({
      finalizers: ['foregroundDeletion'],
      deletionTimestamp: '2026-01-01T00:00:00Z',
      deletionGracePeriodSeconds: 0,
      generation: 2,
    });
    deleteObject(cluster, setKey, { propagationPolicy: 'Orphan' });
    expect(getObject(cluster, 'StatefulSet', 'web').metadata).toMatchObject({ finalizers: ['orphan'], generation: 2 });
    deleteObject(cluster, setKey, { propagationPolicy: 'Background' });
    expect(findObject(cluster, 'StatefulSet', 'web')).toBeUndefined();
  });

  it('API-3 refuses a deletion that means another object of the name', () => {
    const cluster = newCluster();
    createObject(cluster, newPod());
    const answer = call(cluster, (turn) => turn.delete(podKey, { uid: 'other' }));
    expect(refused(answer)).toContain(
      '409 Conflict: Operation cannot be fulfilled on pods "web-0": Precondition failed',
    );
  });
});

describe('binding', () => {
  it('API-9 gives a pod its node and the condition PodScheduled, without a new generation', () => {
    const cluster = newCluster();
    createObject(cluster, newPod());
    run(cluster, 1_000);
    accepted(bind(cluster));
    const pod = getObject(cluster, 'Pod', 'web-0');
    expect(pod.spec.nodeName).toBe('node-a');
    expect(pod.metadata.generation).toBe(1);
    expect(pod.status.conditions).toEqual([
      { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: '2026-01-01T00:00:01Z' },
    ]);
  });

  it('POD-5 gives a pod the zone and the region of its node, with the binding or with its own node name', () => {
    const cluster = newCluster();
    updateObject<Node>(cluster, keyOf('Node', '', 'node-a'), (node) => ({
      ...node,
      metadata: { ...node.metadata, labels: { ...node.metadata.labels, 'topology.kubernetes.io/region': 'north' } },
    }));
    const pod = createObject(cluster, newPod());
    accepted(bind(cluster));
    const place = { 'topology.kubernetes.io/region': 'north', 'topology.kubernetes.io/zone': 'zone-a' };
    expect(getObject(cluster, 'Pod', 'web-0').metadata.labels).toEqual({ ...pod.metadata.labels, ...place });
    expect(createObject(cluster, newPod({ name: 'named' }, { nodeName: 'node-a' })).metadata.labels).toEqual(place);
  });

  it('POD-6 completes the selectors of a pod with its own labels, and refuses keys that they have already', () => {
    const cluster = newCluster();
    const labelSelector = { matchLabels: { app: 'web' } };
    const constraint = { topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector };
    const term = { topologyKey: 'zone', labelSelector, matchLabelKeys: ['none'], mismatchLabelKeys: ['hash'] };
    const required = { requiredDuringSchedulingIgnoredDuringExecution: [term] };
    const spec = {
      topologySpreadConstraints: [{ ...constraint, matchLabelKeys: ['hash'] }],
      affinity: { podAntiAffinity: required },
    };
    const ownerReferences = [
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u', controller: true, blockOwnerDeletion: true },
    ];
    for (const hash of ['one', 'two']) {
      const labels = { app: 'web', hash };
      expect(createObject(cluster, newPod({ name: hash, labels, ownerReferences }, spec)).spec).toMatchObject({
        topologySpreadConstraints: [
          { labelSelector: { ...labelSelector, matchExpressions: [{ key: 'hash', operator: 'In', values: [hash] }] } },
        ],
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { labelSelector: { matchExpressions: [{ key: 'hash', operator: 'NotIn', values: [hash] }] } },
            ],
          },
        },
      });
    }
    const twice = { topologySpreadConstraints: [{ ...constraint, matchLabelKeys: ['app'] }] };
    expect(refused(create(cluster, newPod({ name: 'twice', labels: { app: 'web' } }, twice)))).toContain(
      'spec.topologySpreadConstraints[0][0]: Invalid value: "app": exists in both matchLabelKeys and labelSelector',
    );
  });

  it('API-9 binds no pod twice, and none that is being deleted', () => {
    const cluster = newCluster();
    createObject(cluster, newPod());
    accepted(bind(cluster));
    expect(refused(bind(cluster, 'node-b'))).toBe(
      '409 Conflict: Operation cannot be fulfilled on pods/binding "web-0": pod web-0 is already assigned to node "node-a"',
    );
    deleteObject(cluster, podKey);
    expect(refused(bind(cluster, 'node-b'))).toContain('pod web-0 is being deleted, cannot be assigned to a host');
  });
});

describe('namespaces', () => {
  it('API-15 keeps a namespace until it is empty, takes nothing new in, and never lets default go', () => {
    const cluster = newCluster();
    const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } } as Draft<KubeObject>;
    expect(createObject(cluster, shop)).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': 'shop' } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    createObject(cluster, newPod({ namespace: 'shop' }));
    deleteObject(cluster, 'Namespace//shop');
    expect(getObject(cluster, 'Namespace', 'shop').status.phase).toBe('Terminating');
    expect(refused(create(cluster, newPod({ name: 'late', namespace: 'shop' })))).toBe(
      '403 Forbidden: pods "late" is forbidden: unable to create new content in namespace shop because it is being terminated',
    );
    deleteObject(cluster, 'Pod/shop/web-0');
    deleteObject(cluster, 'Namespace//shop');
    expect(findObject(cluster, 'Namespace', 'shop')).toBeUndefined();
    expect(refused(call(cluster, (turn) => turn.delete('Namespace//default')))).toBe(
      '403 Forbidden: namespaces "default" is forbidden: this namespace may not be deleted',
    );
  });
});
