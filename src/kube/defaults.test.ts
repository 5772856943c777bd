import { describe, expect, it } from 'vitest';
import { decodeObject } from './decode.ts';
import { dropDisabledStatefulSetFields } from './defaults/stateful-set.ts';
import { applyDefaults } from './defaults.ts';
import { defaultPullPolicy, parseImageName } from './image-name.ts';
import type { Loose } from './loose.ts';

/** Reads and fills an object as the API server does. */
const stored = (apiVersion: string, kind: string, object: object, gates = {}): Loose =>
  applyDefaults(kind, decodeObject(apiVersion, kind, object).object, gates);
/** What stands at a path such as `spec.containers.0.resources`. */
const dig = (object: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);
const set = (spec: object, gates = {}): Loose =>
  stored(
    'apps/v1',
    'StatefulSet',
    { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web' }, spec },
    gates,
  );
const NGINX = {
  metadata: { labels: { app: 'nginx' } },
  spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }] },
};

describe('StatefulSet', () => {
  it('KUBE-25 stores the smallest set as kubectl shows it', () => {
    const claim = {
      metadata: { name: 'www' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Mi' } } },
    };
    const whole = set({ selector: { matchLabels: { app: 'nginx' } }, template: NGINX, volumeClaimTemplates: [claim] });
    expect(whole.spec).toEqual({
      replicas: 1,
      selector: { matchLabels: { app: 'nginx' } },
      serviceName: '',
      podManagementPolicy: 'OrderedReady',
      revisionHistoryLimit: 10,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      template: {
        metadata: { labels: { app: 'nginx' } },
        spec: {
          containers: [
            {
              name: 'nginx',
              image: 'nginx:1.27',
              imagePullPolicy: 'IfNotPresent',
              resources: {},
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
            },
          ],
          dnsPolicy: 'ClusterFirst',
          restartPolicy: 'Always',
          schedulerName: 'default-scheduler',
          securityContext: {},
          terminationGracePeriodSeconds: 30,
        },
      },
      volumeClaimTemplates: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'www' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
            volumeMode: 'Filesystem',
          },
          status: { phase: 'Pending' },
        },
      ],
    });
  });
  it('KUBE-5 brings the rollingUpdate block only when the type was not given', () => {
    expect(dig(set({}), 'spec.updateStrategy')).toEqual({ type: 'RollingUpdate', rollingUpdate: { partition: 0 } });
    expect(dig(set({ updateStrategy: { type: 'RollingUpdate' } }), 'spec.updateStrategy')).toEqual({
      type: 'RollingUpdate',
    });
    expect(dig(set({ updateStrategy: { type: 'OnDelete' } }), 'spec.updateStrategy')).toEqual({ type: 'OnDelete' });
    expect(dig(set({ updateStrategy: { rollingUpdate: { partition: 3 } } }), 'spec.updateStrategy')).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { partition: 3 },
    });
  });
  it('KUBE-5 defaults maxUnavailable to 1 only with its gate on', () => {
    const on = { MaxUnavailableStatefulSet: true };
    expect(dig(set({}, on), 'spec.updateStrategy.rollingUpdate')).toEqual({ partition: 0, maxUnavailable: 1 });
    expect(dig(set({ updateStrategy: { type: 'RollingUpdate' } }, on), 'spec.updateStrategy')).toEqual({
      type: 'RollingUpdate',
    });
  });
  it('KUBE-6 drops maxUnavailable in silence while its gate is off', () => {
    const asked = set({ updateStrategy: { rollingUpdate: { maxUnavailable: 2 } } });
    const blockOf = (object: Loose): unknown => dig(object, 'spec.updateStrategy.rollingUpdate');
    expect(blockOf(dropDisabledStatefulSetFields(asked, undefined, {}))).toEqual({ partition: 0 });
    expect(blockOf(dropDisabledStatefulSetFields(asked, set({}), {}))).toEqual({ partition: 0 });
    expect(blockOf(dropDisabledStatefulSetFields(asked, asked, {}))).toEqual({ partition: 0, maxUnavailable: 2 });
    const on = { MaxUnavailableStatefulSet: true };
    expect(dropDisabledStatefulSetFields(asked, undefined, on)).toBe(asked);
  });
  it('KUBE-25 defaults each part of the retention policy by itself', () => {
    expect(
      dig(
        set({ persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } }),
        'spec.persistentVolumeClaimRetentionPolicy',
      ),
    ).toEqual({
      whenScaled: 'Delete',
      whenDeleted: 'Retain',
    });
  });
  it('KUBE-25 keeps replicas 0', () => {
    expect(dig(set({ replicas: 0 }), 'spec.replicas')).toBe(0);
  });
  it('KUBE-25 filling twice changes nothing', () => {
    const once = set({ template: NGINX, volumeClaimTemplates: [{ metadata: { name: 'www' } }] });
    expect(applyDefaults('StatefulSet', once)).toEqual(once);
  });
});

describe('pod template', () => {
  const spec = (own: object): unknown =>
    dig(set({ template: { spec: { containers: [], ...own } } }), 'spec.template.spec');
  const container = (own: object): unknown =>
    dig(spec({ containers: [{ name: 'a', image: 'a:1', ...own }] }), 'containers.0');

  it('KUBE-18 fills probes, but no initial delay', () => {
    const times = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
    expect(dig(container({ readinessProbe: { httpGet: { port: 80 } } }), 'readinessProbe')).toEqual({
      httpGet: { path: '/', port: 80, scheme: 'HTTP' },
      ...times,
    });
    expect(dig(container({ livenessProbe: { grpc: { port: 1 } } }), 'livenessProbe')).toEqual({
      grpc: { port: 1, service: '' },
      ...times,
    });
    expect(
      dig(container({ startupProbe: { exec: { command: ['x'] }, periodSeconds: 5 } }), 'startupProbe.periodSeconds'),
    ).toBe(5);
  });
  it('KUBE-18 fills ports, field references, hooks and amounts', () => {
    const filled = container({
      ports: [{ containerPort: 80 }],
      env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      lifecycle: { preStop: { httpGet: { port: 80 } } },
      resources: { limits: { cpu: '0.0001', memory: '1000Ki' } },
    });
    expect(dig(filled, 'ports.0.protocol')).toBe('TCP');
    expect(dig(filled, 'env.0.valueFrom.fieldRef.apiVersion')).toBe('v1');
    expect(dig(filled, 'lifecycle.preStop.httpGet')).toEqual({ path: '/', port: 80, scheme: 'HTTP' });
    expect(dig(filled, 'resources')).toEqual({ limits: { cpu: '1m', memory: '1000Ki' } });
  });
  it('KUBE-18 fills volumes by their kind; one without a kind is an empty directory', () => {
    const volumes = spec({
      volumes: [
        { name: 'a' },
        { name: 'b', configMap: { name: 'c' } },
        { name: 'c', hostPath: { path: '/x' } },
        { name: 'd', projected: { sources: [{ serviceAccountToken: { path: 't' } }] } },
        { name: 'e', ephemeral: { volumeClaimTemplate: { spec: {} } } },
        { name: 'f', emptyDir: null },
      ],
    });
    expect(dig(volumes, 'volumes')).toMatchObject([
      { emptyDir: {} },
      { configMap: { name: 'c', defaultMode: 420 } },
      { hostPath: { path: '/x', type: '' } },
      { projected: { defaultMode: 420, sources: [{ serviceAccountToken: { expirationSeconds: 3600 } }] } },
      { ephemeral: { volumeClaimTemplate: { spec: { volumeMode: 'Filesystem' } } } },
      { emptyDir: {} },
    ]);
  });
  it('KUBE-18 gives the service account both of its names', () => {
    expect(spec({ serviceAccountName: 'db' })).toMatchObject({ serviceAccount: 'db', serviceAccountName: 'db' });
    expect(spec({ serviceAccount: 'db' })).toMatchObject({ serviceAccount: 'db', serviceAccountName: 'db' });
    expect(dig(spec({}), 'serviceAccount')).toBeUndefined();
  });
  it('KUBE-18 leaves to pods what only pods get', () => {
    const template = spec({
      hostNetwork: true,
      containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 1 }], resources: { limits: { cpu: 1 } } }],
    });
    expect(dig(template, 'enableServiceLinks')).toBeUndefined();
    expect(dig(template, 'containers.0.resources.requests')).toBeUndefined();
    expect(dig(template, 'containers.0.ports.0.hostPort')).toBeUndefined();
  });
  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.27', 'IfNotPresent'],
    ['localhost:5000/nginx', 'Always'],
    ['registry.k8s.io/nginx-slim:0.24', 'IfNotPresent'],
    [`nginx@sha256:${'0'.repeat(64)}`, 'IfNotPresent'],
    [`nginx:latest@sha256:${'0'.repeat(64)}`, 'Always'],
    ['Nginx', 'IfNotPresent'],
    ['<image>', 'IfNotPresent'],
    ['', 'IfNotPresent'],
  ])('KUBE-18 pulls %s %s', (image, policy) => {
    expect(defaultPullPolicy(image)).toBe(policy);
  });
  it('KUBE-18 takes image names apart as registries do', () => {
    expect(parseImageName('nginx')).toEqual({ domain: 'docker.io', path: 'library/nginx', tag: 'latest', digest: '' });
    expect(parseImageName('ghcr.io/a/b:v1')).toEqual({ domain: 'ghcr.io', path: 'a/b', tag: 'v1', digest: '' });
    expect(parseImageName(`${'a'.repeat(1e6)}!`)).toBeUndefined();
  });
});

describe('other kinds', () => {
  it('KUBE-25 fills a Pod beyond its template, and shares what it can', () => {
    const containers = [
      { name: 'a', image: 'a:1', resources: { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } } },
    ];
    const template = dig(set({ template: { spec: { containers } } }), 'spec.template.spec') as Loose;
    const pods = ['web-0', 'web-1'].map((name) =>
      applyDefaults('Pod', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name },
        spec: { ...template, hostname: name },
      }),
    );
    expect(dig(pods, '0.spec.containers.0.resources.requests')).toEqual({ cpu: '500m', memory: '1Gi' });
    expect(dig(pods, '0.spec.enableServiceLinks')).toBe(true);
    expect(dig(pods, '0.status.phase')).toBe('Pending');
    expect(dig(pods, '0.spec.containers')).toBe(dig(pods, '1.spec.containers'));
  });
  it('KUBE-25 opens ports of pods on the host network', () => {
    const spec = { hostNetwork: true, containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 80 }] }] };
    expect(stored('v1', 'Pod', { spec })).toMatchObject({ spec: { containers: [{ ports: [{ hostPort: 80 }] }] } });
  });
  it('KUBE-25 fills Services, headless ones with the word None', () => {
    const service = (spec: object) => stored('v1', 'Service', { spec }).spec;
    expect(service({ ports: [{ port: 80 }], selector: { a: 'b' } })).toEqual({
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      selector: { a: 'b' },
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'SingleStack',
      ipFamilies: ['IPv4'],
    });
    expect(service({ clusterIP: 'None', selector: { a: 'b' } })).toMatchObject({
      clusterIPs: ['None'],
      ipFamilyPolicy: 'SingleStack',
    });
    expect(service({ clusterIP: 'None' })).toMatchObject({
      ipFamilyPolicy: 'RequireDualStack',
      ipFamilies: ['IPv4', 'IPv6'],
    });
    expect(service({ type: 'LoadBalancer' })).toMatchObject({
      externalTrafficPolicy: 'Cluster',
      allocateLoadBalancerNodePorts: true,
    });
    expect(service({ externalIPs: ['1.2.3.4'] })).toMatchObject({ externalTrafficPolicy: 'Cluster' });
    expect(service({})).not.toHaveProperty('externalTrafficPolicy');
    expect(service({ sessionAffinity: 'ClientIP' })).toMatchObject({
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
    });
    expect(service({ type: 'ExternalName', externalName: 'a.b' })).not.toHaveProperty('ipFamilies');
  });
  it('KUBE-25 fills claims, volumes and classes', () => {
    expect(stored('v1', 'PersistentVolumeClaim', { spec: {} })).toMatchObject({
      spec: { volumeMode: 'Filesystem' },
      status: { phase: 'Pending' },
    });
    expect(
      stored('v1', 'PersistentVolume', { spec: { capacity: { storage: '1024Mi' }, hostPath: { path: '/' } } }),
    ).toMatchObject({
      spec: {
        capacity: { storage: '1Gi' },
        persistentVolumeReclaimPolicy: 'Retain',
        volumeMode: 'Filesystem',
        hostPath: { type: '' },
      },
      status: { phase: 'Pending' },
    });
    expect(stored('storage.k8s.io/v1', 'StorageClass', { provisioner: 'x' })).toMatchObject({
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'Immediate',
    });
  });
  it('KUBE-25 fills Deployments, ReplicaSets, budgets and namespaces', () => {
    expect(stored('apps/v1', 'Deployment', { spec: {} })).toMatchObject({
      spec: {
        replicas: 1,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      },
    });
    expect(stored('apps/v1', 'Deployment', { spec: { strategy: { type: 'Recreate' } } })).toMatchObject({
      spec: { strategy: { type: 'Recreate' } },
    });
    expect(stored('apps/v1', 'ReplicaSet', { spec: {} })).toMatchObject({ spec: { replicas: 1 } });
    expect(stored('policy/v1', 'PodDisruptionBudget', { spec: {} })).toMatchObject({
      status: { disruptionsAllowed: 0, expectedPods: 0 },
    });
    expect(stored('v1', 'Namespace', { metadata: { name: 'x' } })).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': 'x' } },
      status: { phase: 'Active' },
    });
  });
  it('KUBE-25 leaves kinds without defaults as they are', () => {
    const object = { data: {} };
    expect(applyDefaults('ConfigMap', object)).toBe(object);
  });
});
