// What admission adds to pods, claims, volumes and Services.
import { describe, expect, it } from 'vitest';
import type { Draft, KubeObject, PersistentVolume, PersistentVolumeClaim, Pod, Service, StorageClass } from '#kube';
import type { Cluster } from '../../kernel/index.ts';
import {
  call,
  createObject,
  deleteObject,
  newTestCluster,
  refused,
  run,
  updateObject,
  updateStatus,
} from '../../testing/scenario.ts';

const newCluster = () => newTestCluster({ actors: [] });

const pod = (spec: Partial<Pod['spec']> = {}, name = 'web-0'): Draft<Pod> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }], ...spec },
  status: { phase: 'Running', podIP: '1.2.3.4' },
});

describe('pods', () => {
  it('POD-1 mount the token of their service account, and share the volume among equals', () => {
    const cluster = newCluster();
    const one = createObject(cluster, pod());
    const other = createObject(cluster, pod({}, 'web-1'));
    expect(one.spec).toMatchObject({
      serviceAccountName: 'default',
      serviceAccount: 'default',
      enableServiceLinks: true,
    });
    const name = one.spec.volumes?.[0]?.name;
    expect(name).toMatch(/^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(other.spec.volumes?.[0]?.name).toBe(name);
    expect(one.spec.containers[0]?.volumeMounts).toEqual([
      { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name, readOnly: true },
    ]);
    const without = createObject(cluster, pod({ automountServiceAccountToken: false }, 'web-2'));
    expect(without.spec.volumes).toBeUndefined();
  });

  it('POD-1 have no service account where kubelets are played by hand', () => {
    const cluster = newTestCluster({ actors: [], kubelet: 'manual' });
    expect(Object.keys(createObject(cluster, pod()).spec).sort()).toEqual([
      'containers',
      'dnsPolicy',
      'enableServiceLinks',
      'preemptionPolicy',
      'priority',
      'restartPolicy',
      'schedulerName',
      'securityContext',
      'terminationGracePeriodSeconds',
      'tolerations',
    ]);
  });

  it('POD-2 tolerate a lost node for 300 seconds, unless they say otherwise', () => {
    const cluster = newCluster();
    const keys = (object: Pod) =>
      object.spec.tolerations?.map(({ key, tolerationSeconds }) => [key, tolerationSeconds]);
    expect(keys(createObject(cluster, pod()))).toEqual([
      ['node.kubernetes.io/not-ready', 300],
      ['node.kubernetes.io/unreachable', 300],
    ]);
    const own = {
      key: 'node.kubernetes.io/unreachable',
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 5,
    };
    expect(keys(createObject(cluster, pod({ tolerations: [own] }, 'web-1')))).toEqual([
      ['node.kubernetes.io/unreachable', 5],
      ['node.kubernetes.io/not-ready', 300],
    ]);
    const all = createObject(cluster, pod({ tolerations: [{ operator: 'Exists' }] }, 'web-2'));
    expect(all.spec.tolerations).toHaveLength(1);
  });

  it('POD-3 are classed by what they request and limit, and begin Pending whatever they say', () => {
    const cluster = newCluster();
    const classOf = (resources: object, name: string) =>
      createObject(cluster, pod({ containers: [{ name: 'a', image: 'a', resources }] }, name)).status;
    expect(classOf({}, 'a')).toEqual({ phase: 'Pending', qosClass: 'BestEffort' });
    expect(classOf({ requests: { cpu: '100m' } }, 'b').qosClass).toBe('Burstable');
    expect(classOf({ limits: { cpu: '1', memory: '1Gi' } }, 'c').qosClass).toBe('Guaranteed');
    expect(classOf({ requests: { cpu: '1' }, limits: { cpu: '1000m' } }, 'd').qosClass).toBe('Burstable');
  });

  it('POD-4 rank by their PriorityClass, which must be there', () => {
    const cluster = newCluster();
    expect(createObject(cluster, pod()).spec).toMatchObject({ priority: 0, preemptionPolicy: 'PreemptLowerPriority' });
    const critical = createObject(cluster, pod({ priorityClassName: 'system-node-critical' }, 'web-1'));
    expect(critical.spec.priority).toBe(2_000_001_000);
    expect(refused(call(cluster, (turn) => turn.create(pod({ priorityClassName: 'high' }, 'web-2'))))).toBe(
      '403 Forbidden: pods "web-2" is forbidden: no PriorityClass with name high was found',
    );
  });

  it('POD-1 POD-2 POD-3 are filled in alike on the short way that a controller’s pods take', () => {
    const cluster = newCluster();
    const spec = {
      ...pod().spec,
      containers: [{ name: 'a', image: 'a', resources: { limits: { cpu: '1', memory: '1Gi' } } }],
    };
    const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'u', controller: true }];
    const member = (ordinal: number): Draft<Pod> => ({
      ...pod(),
      metadata: { name: `web-${ordinal}`, ownerReferences },
      spec: {
        ...spec,
        hostname: `web-${ordinal}`,
        subdomain: 'nginx',
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: `data-web-${ordinal}` } }],
      },
    });
    const [first, second] = [createObject(cluster, member(0)), createObject(cluster, member(1))];
    const alike = JSON.parse(JSON.stringify(first.spec).replaceAll('web-0', 'web-1'));
    expect(second.spec).toEqual(alike);
    expect(second.status).toEqual(first.status);
    expect(second.spec.containers).toBe(first.spec.containers);
    const odd = { ...member(2), spec: { ...member(2).spec, nodeSelector: { 'bad key!': 'x' } } };
    expect(refused(call(cluster, (turn) => turn.create(odd)))).toContain('spec.nodeSelector');
    const long = { ...member(3), spec: { ...member(3).spec, hostname: 'a'.repeat(64) } };
    expect(refused(call(cluster, (turn) => turn.create(long)))).toContain('spec.hostname');
  });
});

const claim = (spec: Partial<PersistentVolumeClaim['spec']> = {}): Draft<PersistentVolumeClaim> => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
  status: { phase: 'Bound' },
});
const claimKey = 'PersistentVolumeClaim/default/data';

const storageClass = (name: string, more: Partial<StorageClass> = {}): Draft<StorageClass> => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'sim.example/provisioner',
  ...more,
});

describe('claims and volumes', () => {
  it('API-11 are protected by a finalizer from the beginning', () => {
    const cluster = newCluster();
    expect(createObject(cluster, claim())).toMatchObject({
      metadata: { finalizers: ['kubernetes.io/pvc-protection'] },
      status: { phase: 'Pending' },
    });
    const volume = createObject<PersistentVolume>(cluster, {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv-a' },
      spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data' } },
      status: { phase: 'Bound' },
    });
    expect(volume).toMatchObject({
      metadata: { finalizers: ['kubernetes.io/pv-protection'] },
      spec: { persistentVolumeReclaimPolicy: 'Retain' },
      status: { phase: 'Pending' },
    });
    deleteObject(cluster, claimKey);
    expect(cluster.view.find(claimKey)?.metadata.deletionTimestamp).toBeDefined();
  });

  it('API-12 get the newest default class where they name none, and keep an empty name', () => {
    const cluster = newCluster();
    const classOf = (spec: Partial<PersistentVolumeClaim['spec']>, name: string) =>
      createObject<PersistentVolumeClaim>(cluster, { ...claim(spec), metadata: { name } }).spec.storageClassName;
    expect(classOf({}, 'a')).toBe('standard');
    expect(classOf({ storageClassName: '' }, 'b')).toBe('');
    run(cluster, 1_000);
    createObject(cluster, storageClass('zebra'));
    createObject(cluster, storageClass('ant'));
    expect(classOf({}, 'c')).toBe('ant');
    const bare = newTestCluster({ actors: [], hasDefaultClass: false });
    expect(createObject(bare, claim()).spec.storageClassName).toBeUndefined();
  });

  it('API-13 grow only when they are bound and their class allows it', () => {
    const cluster = newCluster();
    createObject(cluster, storageClass('rigid', { allowVolumeExpansion: false }));
    createObject(cluster, claim({ storageClassName: 'rigid' }));
    const grow = () =>
      call(cluster, (turn) => {
        const found = turn.view.get('PersistentVolumeClaim', 'default', 'data') as PersistentVolumeClaim;
        const resources = { requests: { storage: '2Gi' } };
        return turn.update({ ...found, spec: { ...found.spec, resources } });
      });
    // Validation has the first word, and admission the last.
    expect(refused(grow())).toContain(
      'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    );
    updateStatus<PersistentVolumeClaim>(cluster, claimKey, (found) => ({ ...found, status: { phase: 'Bound' } }));
    expect(refused(grow())).toContain('only dynamically provisioned pvc can be resized');
    updateObject<StorageClass>(cluster, 'StorageClass//rigid', (found) => ({ ...found, allowVolumeExpansion: true }));
    expect(grow()).toMatchObject({ ok: true, changed: true });
  });
});

const service = (name: string, spec: Partial<Service['spec']> = {}): Draft<Service> => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: 'nginx' }, ports: [{ port: 80 }], ...spec },
});
const addressOf = (cluster: Cluster, name: string) => cluster.view.get('Service', 'default', name)?.spec.clusterIP;

describe('Services', () => {
  it('API-14 get an address of their own, the same in every cluster like this one', () => {
    const [one, other] = [newCluster(), newCluster()];
    for (const cluster of [one, other]) for (let i = 0; i < 300; i += 1) createObject(cluster, service(`s-${i}`));
    const addresses = one.view.list('Service').map(({ spec }) => spec.clusterIP);
    expect(new Set(addresses).size).toBe(301);
    for (const address of addresses) expect(address).toMatch(/^10\.96\.\d{1,3}\.\d{1,3}$/);
    expect(other.view.list('Service').map(({ spec }) => spec.clusterIP)).toEqual(addresses);
    expect(addressOf(one, 'kubernetes')).toBe('10.96.0.1');
  });

  it('API-14 keep it through a PUT that leaves it out, get none when headless, and cannot take another’s', () => {
    const cluster = newCluster();
    createObject(cluster, service('web'));
    const before = addressOf(cluster, 'web');
    updateObject<Service>(cluster, 'Service/default/web', (found) => ({ ...found, spec: { ...service('web').spec } }));
    expect(addressOf(cluster, 'web')).toBe(before);
    expect(createObject(cluster, service('none', { clusterIP: 'None' })).spec).toMatchObject({
      clusterIP: 'None',
      clusterIPs: ['None'],
    });
    expect(refused(call(cluster, (turn) => turn.create(service('thief', { clusterIP: '10.96.0.1' }))))).toContain(
      'provided IP is already allocated',
    );
    const external = { type: 'ExternalName', externalName: 'example.com', ports: [] };
    expect(createObject(cluster, service('away', external)).spec.clusterIP).toBeUndefined();
  });

  it('API-14 do not become headless, nor stop being it, and say so of the address that was there', () => {
    const cluster = newCluster();
    const { spec } = createObject(cluster, service('web'));
    const turnInto = (name: string, clusterIP: string) =>
      call(cluster, (turn) => {
        const found = turn.view.get('Service', 'default', name) as Service;
        return turn.update({ ...found, spec: { ...found.spec, clusterIP } });
      });
    expect(refused(turnInto('web', 'None'))).toContain(
      'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    );
    expect(turnInto('web', '')).toMatchObject({ ok: true, changed: false });
    expect(addressOf(cluster, 'web')).toBe(spec.clusterIP);
    createObject(cluster, service('none', { clusterIP: 'None' }));
    expect(refused(turnInto('none', '10.96.7.7'))).toContain(
      'spec.clusterIPs[0]: Invalid value: ["10.96.7.7"]: may not change once set',
    );
  });

  it('API-14 lose what only their old type had when they change their type', () => {
    const cluster = newCluster();
    createObject(cluster, service('web', { type: 'NodePort' }));
    const retype = (change: Partial<Service['spec']>) =>
      updateObject<Service>(cluster, 'Service/default/web', (found) => ({
        ...found,
        spec: { ...found.spec, ...change },
      })).spec;
    const inner = retype({ type: 'ClusterIP' });
    expect(inner.ports?.[0]).not.toHaveProperty('nodePort');
    expect(inner).not.toHaveProperty('externalTrafficPolicy');
    const away = retype({ type: 'ExternalName', externalName: 'example.com' });
    for (const key of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'internalTrafficPolicy'])
      expect(away).not.toHaveProperty(key);
    expect(
      refused(
        call(cluster, (turn) => turn.create(service('low', { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }))),
      ),
    ).toContain('provided port is not in the valid range. The range of valid ports is 30000-32767');
  });

  it('API-14 of type NodePort get ports on the nodes and keep them', () => {
    const cluster = newCluster();
    const { ports } = createObject(cluster, service('web', { type: 'NodePort' })).spec;
    const nodePort = ports?.[0]?.nodePort ?? 0;
    expect(nodePort).toBeGreaterThanOrEqual(30_000);
    expect(nodePort).toBeLessThan(32_768);
    const replaced = updateObject<Service>(cluster, 'Service/default/web', (found) => ({
      ...found,
      spec: { ...service('web', { type: 'NodePort' }).spec },
    }));
    expect(replaced.spec.ports?.[0]?.nodePort).toBe(nodePort);
  });
});

describe('what a writer is told', () => {
  it('API-19 warns of what is accepted but unwise', () => {
    const cluster = newCluster();
    const answer = call(cluster, (turn) =>
      turn.create(pod({ nodeSelector: { 'beta.kubernetes.io/os': 'linux' } }) as Draft<KubeObject>),
    );
    expect(answer).toMatchObject({
      ok: true,
      warnings: ['spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead'],
    });
  });
});
