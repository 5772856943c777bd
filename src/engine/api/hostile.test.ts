// Whatever decodes is answered: with an object or with a refusal, never with an exception.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, decodeObject, type KubeObject } from '#kube';
import { keyOfObject } from '../kernel/index.ts';
import { call, newTestCluster } from '../testing/scenario.ts';

const template = {
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [
      {
        name: 'a',
        image: 'a:1',
        ports: [{ containerPort: 80, name: 'web' }],
        resources: { requests: { cpu: '100m' }, limits: { memory: '1Gi' } },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
        readinessProbe: { httpGet: { port: 80 } },
      },
    ],
    initContainers: [{ name: 'b', image: 'b' }],
    volumes: [{ name: 'data', emptyDir: {} }],
    tolerations: [{ key: 'a', operator: 'Exists' }],
  },
};
const selector = { matchLabels: { app: 'web' } };
const metadata = {
  name: 'web',
  namespace: 'default',
  labels: { a: 'b' },
  annotations: { c: 'd' },
  finalizers: ['x/y'],
};
const claimSpec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

const seeds: readonly object[] = [
  { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      replicas: 1,
      selector,
      serviceName: 'web',
      template,
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claimSpec }],
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1, maxUnavailable: 1 } },
      persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' },
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { replicas: 1, selector, template, strategy: { type: 'Recreate' } },
  },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata, spec: { replicas: 1, selector, template } },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: claimSpec },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'web' },
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/x' } },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { type: 'NodePort', selector: { a: 'b' }, ports: [{ port: 80 }] },
  },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: { minAvailable: '50%', selector } },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'web', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'a/b',
    parameters: { a: 'b' },
  },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web' }, spec: { finalizers: ['kubernetes'] } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'b' } },
];

/** What stands in the place of a part: nothing, or a value of another kind. */
const damage = fc.constantFrom<unknown>(undefined, null, '', 'text', -1, 0, 1e12, true, [], {}, [null], ['x'], {
  a: 1,
});

/** The value with one part replaced, found by following the numbers down. */
function damaged(value: unknown, path: readonly number[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return by;
  if (Array.isArray(value)) {
    if (value.length === 0) return by;
    const index = step % value.length;
    return value.map((item, at) => (at === index ? damaged(item, rest, by) : item));
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return by;
  const key = keys[step % keys.length] as string;
  return { ...value, [key]: damaged((value as Record<string, unknown>)[key], rest, by) };
}

const wounds = fc.array(fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 7 }), damage), { maxLength: 3 });

/** A manifest as kubectl sends it: decoded, with its kind and metadata in place. */
function sent(seed: object, list: readonly (readonly [readonly number[], unknown])[]): KubeObject {
  const { apiVersion, kind } = seed as KubeObject;
  const hurt = list.reduce((value: unknown, [path, by]) => damaged(value, path, by), seed);
  const { object } = decodeObject(apiVersion, kind, hurt);
  const meta = (object as Partial<KubeObject>).metadata ?? {};
  return { ...object, apiVersion, kind, metadata: { name: '', ...meta } } as KubeObject;
}

describe('the API server', () => {
  it('API-19 answers every manifest that decodes, and keeps its promises about what it stores', () => {
    fc.assert(
      fc.property(fc.nat(seeds.length - 1), wounds, wounds, (index, first, second) => {
        const seed = seeds[index] as object;
        const cluster = newTestCluster({ actors: [] });
        const made = call(cluster, (turn) => turn.create(sent(seed, first) as Draft<KubeObject>));
        if (!made.ok) {
          expect(made.error.message).not.toBe('');
          return;
        }
        const { metadata: meta } = made.object;
        expect(cluster.view.find(keyOfObject(made.object))).toBe(made.object);
        expect(meta).toMatchObject({ uid: expect.any(String), creationTimestamp: '2026-01-01T00:00:00Z' });
        const again = sent(seed, second);
        const named = {
          ...again,
          metadata: { ...again.metadata, name: meta.name, ...(meta.namespace && { namespace: meta.namespace }) },
        };
        const updated = call(cluster, (turn) =>
          turn.update({ ...named, metadata: { ...named.metadata, uid: '', resourceVersion: '' } }),
        );
        if (updated.ok)
          expect(updated.object.metadata).toMatchObject({ uid: meta.uid, creationTimestamp: meta.creationTimestamp });
        call(cluster, (turn) => turn.delete(keyOfObject(made.object)));
      }),
      { numRuns: 400 },
    );
  });
});
