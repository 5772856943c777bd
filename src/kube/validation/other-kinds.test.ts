import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeObject } from '../decode.ts';
import { applyDefaults } from '../defaults.ts';
import { KINDS, kindByApi } from '../kinds.ts';
import { isObject, type Loose } from '../loose.ts';
import { validateCreate, validateUpdate } from './index.ts';

const infoOf = (apiVersion: string, kind: string) => {
  const found = kindByApi(apiVersion, kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
};
const stored = (apiVersion: string, kind: string, object: object): Loose => {
  const { namespaced } = infoOf(apiVersion, kind);
  const metadata = { name: 'x', resourceVersion: '1', ...(namespaced ? { namespace: 'default' } : {}) };
  return applyDefaults(kind, decodeObject(apiVersion, kind, { apiVersion, kind, metadata, ...object }).object);
};
const lines = (errors: readonly { path: string; body: string }[]): string[] =>
  errors.map(({ path, body }) => `${path}: ${body}`);
const create = (apiVersion: string, kind: string, object: object): string[] =>
  lines(validateCreate(infoOf(apiVersion, kind), stored(apiVersion, kind, object)));
const update = (apiVersion: string, kind: string, object: object, old: object): string[] =>
  lines(validateUpdate(infoOf(apiVersion, kind), stored(apiVersion, kind, object), stored(apiVersion, kind, old)));

describe('claims', () => {
  const claim = (spec: object, status?: object) => ({
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
    ...(status ? { status } : {}),
  });
  const change = (next: object, old: object) => update('v1', 'PersistentVolumeClaim', next, old);

  it('KUBE-10 need a mode and an amount, and a name for their class', () => {
    expect(create('v1', 'PersistentVolumeClaim', claim({}))).toEqual([]);
    expect(create('v1', 'PersistentVolumeClaim', { spec: { storageClassName: 'A' } })).toEqual([
      'spec.accessModes: Required value: at least 1 access mode is required',
      'spec.resources[storage]: Required value',
      expect.stringMatching(/^spec.storageClassName: Invalid value: "A": a lowercase RFC 1123 subdomain/),
    ]);
    expect(create('v1', 'PersistentVolumeClaim', claim({ volumeMode: 'X', storageClassName: '' }))).toEqual([
      'spec.volumeMode: Unsupported value: "X": supported values: "Block", "Filesystem"',
    ]);
  });
  it('KUBE-11 take the name of a volume once', () => {
    expect(change(claim({ volumeName: 'a' }), claim({}))).toEqual([]);
    expect(change(claim({ volumeName: 'b' }), claim({ volumeName: 'a' }))[0]).toMatch(
      /^spec: Forbidden: spec is immutable/,
    );
  });
  it('KUBE-11 take a class that was left open, and keep it then', () => {
    expect(change(claim({ storageClassName: 'a' }), claim({}))).toEqual([]);
    expect(change(claim({ storageClassName: 'b' }), claim({ storageClassName: 'a' }))).toHaveLength(1);
  });
  it('KUBE-11 grow only once they are bound, and the message shows the difference', () => {
    const bigger = { resources: { requests: { storage: '2Gi' } } };
    expect(change(claim(bigger, { phase: 'Bound' }), claim({}, { phase: 'Bound' }))).toEqual([]);
    expect(change(claim(bigger), claim({}))).toEqual([
      'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n' +
        '@@ -6,7 +6,7 @@\n  "Resources": {\n   "Limits": null,\n   "Requests": {\n-   "storage": "1Gi"\n+   "storage": "2Gi"\n   }\n  },\n  "VolumeName": "",\n',
    ]);
  });
  it('KUBE-11 never shrink below what they have', () => {
    const bound = (storage: string, capacity: string) =>
      claim({ resources: { requests: { storage } } }, { phase: 'Bound', capacity: { storage: capacity } });
    expect(change(bound('1Gi', '1Gi'), bound('2Gi', '1Gi'))).toEqual([
      'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    ]);
    expect(change(bound('2Gi', '1Gi'), bound('3Gi', '1Gi'))).toEqual([]);
  });
});

describe('volumes', () => {
  const volume = (spec: object) => ({
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data' }, ...spec },
  });

  it('KUBE-12 need modes, a capacity and one source', () => {
    expect(create('v1', 'PersistentVolume', volume({}))).toEqual([]);
    expect(create('v1', 'PersistentVolume', { spec: {} })).toEqual([
      'spec.accessModes: Required value',
      'spec.capacity: Required value',
      'spec.capacity: Unsupported value: null: supported values: "storage"',
      'spec: Required value: must specify a volume type',
    ]);
    expect(create('v1', 'PersistentVolume', volume({ nfs: { server: 's', path: '/p' } }))).toEqual([
      'spec.nfs: Forbidden: may not specify more than 1 volume type',
    ]);
  });
  it('KUBE-12 on a local disk say on which node', () => {
    expect(create('v1', 'PersistentVolume', volume({ hostPath: undefined, local: { path: '/d' } }))).toEqual([
      'spec.nodeAffinity: Required value: Local volume requires node affinity',
    ]);
  });
  it('KUBE-12 never move', () => {
    expect(update('v1', 'PersistentVolume', volume({ hostPath: { path: '/other' } }), volume({}))).toEqual([
      'spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation',
    ]);
    expect(
      update(
        'v1',
        'PersistentVolume',
        volume({ persistentVolumeReclaimPolicy: 'Delete', claimRef: { name: 'a' } }),
        volume({}),
      ),
    ).toEqual([]);
  });
});

describe('storage classes', () => {
  it('KUBE-13 need a provisioner and know two modes', () => {
    expect(create('storage.k8s.io/v1', 'StorageClass', { provisioner: 'a.b/c' })).toEqual([]);
    expect(
      create('storage.k8s.io/v1', 'StorageClass', { reclaimPolicy: 'Recycle', volumeBindingMode: 'Later' }),
    ).toEqual([
      'provisioner: Required value',
      'reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"',
      'volumeBindingMode: Unsupported value: "Later": supported values: "Immediate", "WaitForFirstConsumer"',
    ]);
  });
  it('KUBE-13 never change how they make volumes', () => {
    const old = { provisioner: 'a' };
    const next = {
      provisioner: 'b',
      parameters: { x: 'y' },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
    };
    expect(update('storage.k8s.io/v1', 'StorageClass', next, old)).toEqual([
      'parameters: Forbidden: updates to parameters are forbidden.',
      'provisioner: Forbidden: updates to provisioner are forbidden.',
      'reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.',
      'volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable',
    ]);
    expect(update('storage.k8s.io/v1', 'StorageClass', { ...old, allowVolumeExpansion: true }, old)).toEqual([]);
  });
});

describe('disruption budgets', () => {
  it('KUBE-14 say how many, in one way', () => {
    const spec = { minAvailable: 1, maxUnavailable: '50%', selector: { matchLabels: { a: 'b' } } };
    expect(create('policy/v1', 'PodDisruptionBudget', { spec: { maxUnavailable: 1 } })).toEqual([]);
    expect(create('policy/v1', 'PodDisruptionBudget', { spec })).toEqual([
      'spec: Invalid value: {"MinAvailable":1,"Selector":{"matchLabels":{"a":"b"}},"MaxUnavailable":"50%","UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set',
    ]);
    expect(
      create('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: '200%', unhealthyPodEvictionPolicy: 'X' } }),
    ).toEqual([
      'spec.minAvailable: Invalid value: "200%": must not be greater than 100%',
      'spec.unhealthyPodEvictionPolicy: Unsupported value: "X": supported values: "AlwaysAllow", "IfHealthyBudget"',
    ]);
  });
});

describe('deployments', () => {
  const spec = (own: object) => ({
    spec: {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'd' }] } },
      ...own,
    },
  });

  it('KUBE-15 ask what StatefulSets ask, in their own order', () => {
    expect(create('apps/v1', 'Deployment', spec({}))).toEqual([]);
    expect(create('apps/v1', 'Deployment', { spec: {} })).toEqual([
      'spec.selector: Required value',
      'spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`',
      'spec.template.spec.containers: Required value',
    ]);
    expect(create('apps/v1', 'Deployment', spec({ selector: {} }))).toEqual([
      'spec.selector: Invalid value: {}: empty selector is invalid for deployment',
    ]);
  });
  it('KUBE-15 need room to roll and time to finish', () => {
    expect(
      create('apps/v1', 'Deployment', spec({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } })),
    ).toEqual(['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0']);
    expect(create('apps/v1', 'Deployment', spec({ strategy: { type: 'OnDelete' } }))).toEqual([
      'spec.strategy: Unsupported value: {"Type":"OnDelete","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
    ]);
    expect(create('apps/v1', 'Deployment', spec({ minReadySeconds: 600 }))).toEqual([
      'spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds',
    ]);
  });
  it('KUBE-15 keep their selector', () => {
    const labels = { a: 'b', c: 'd' };
    const next = spec({
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'd' }] } },
    });
    for (const kind of ['Deployment', 'ReplicaSet'])
      expect(update('apps/v1', kind, next, spec({}))).toEqual([
        'spec.selector: Invalid value: {"matchLabels":{"a":"b","c":"d"}}: field is immutable',
      ]);
  });
});

describe('services', () => {
  const port = (own: object = {}) => ({ port: 80, ...own });

  it('KUBE-16 need a port unless they are headless, and names for several', () => {
    expect(create('v1', 'Service', { spec: {} })).toEqual(['spec.ports: Required value']);
    expect(create('v1', 'Service', { spec: { clusterIP: 'None' } })).toEqual([]);
    expect(create('v1', 'Service', { spec: { ports: [port(), port({ port: 81, name: 'b' })] } })).toEqual([
      'spec.ports[0].name: Required value',
    ]);
  });
  it('KUBE-16 have names that may begin with a digit', () => {
    const named = (name: string) =>
      create('v1', 'Service', { metadata: { name, namespace: 'default' }, spec: { ports: [port()] } });
    expect(named('3xui')).toEqual([]);
    expect(named('a.b')).toEqual(['metadata.name: Invalid value: "a.b": must not contain dots']);
  });
  it('KUBE-16 check ports, protocols and doubles', () => {
    expect(create('v1', 'Service', { spec: { ports: [port({ port: 0, protocol: 'tcp', targetPort: 'A' })] } })).toEqual(
      [
        'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
        'spec.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
        'spec.ports[0].targetPort: Invalid value: "A": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        'spec.ports[0].targetPort: Invalid value: "A": must contain at least one letter (a-z)',
      ],
    );
    expect(create('v1', 'Service', { spec: { ports: [port({ name: 'a' }), port({ name: 'b' })] } })).toEqual([
      'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    ]);
    expect(create('v1', 'Service', { spec: { ports: [port({ nodePort: 30_000 })] } })).toEqual([
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    ]);
  });
  it('KUBE-16 refuse what their type does not have', () => {
    expect(create('v1', 'Service', { spec: { type: 'NodePort', clusterIP: 'None', ports: [port()] } })).toEqual([
      `spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services`,
    ]);
    expect(create('v1', 'Service', { spec: { type: 'ExternalName' } })).toEqual(['spec.externalName: Required value']);
    expect(create('v1', 'Service', { spec: { type: 'Foo', ports: [port()] } })).toEqual([
      'spec.type: Unsupported value: "Foo": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    ]);
    expect(create('v1', 'Service', { spec: { clusterIP: '10.0.0.300', ports: [port()] } })).toEqual([
      'spec.clusterIPs[0]: Invalid value: "10.0.0.300": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ]);
  });
  it('KUBE-16 cannot become headless', () => {
    const spec = (clusterIP: string) => ({ spec: { clusterIP, selector: { a: 'b' }, ports: [port()] } });
    expect(update('v1', 'Service', spec('None'), spec('10.96.0.10'))).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    ]);
    expect(update('v1', 'Service', spec('10.96.0.10'), spec('None'))).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["10.96.0.10"]: may not change once set',
    ]);
    expect(update('v1', 'Service', spec('None'), spec('None'))).toEqual([]);
  });
});

describe('pods', () => {
  const pod = (spec: object) => ({ spec: { containers: [{ name: 'a', image: 'a:1' }], ...spec } });
  const withContainer = (own: object) =>
    create('v1', 'Pod', pod({ containers: [{ name: 'a', image: 'a:1', ...own }] }));
  const at = 'spec.containers[0]';

  it('KUBE-17 have subdomains for names', () => {
    expect(create('v1', 'Pod', pod({}))).toEqual([]);
    expect(create('v1', 'Pod', { ...pod({}), metadata: { name: 'a.b', namespace: 'default' } })).toEqual([]);
    expect(
      create('v1', 'Pod', {
        ...pod({}),
        metadata: { name: 'web-0', namespace: 'default', labels: { r: 'x'.repeat(64) } },
      }),
    ).toEqual([`metadata.labels: Invalid value: "${'x'.repeat(64)}": must be no more than 63 bytes`]);
  });
  it.each<[string, object, string[]]>([
    [
      'ports',
      { ports: [{ containerPort: 0 }, { containerPort: 70_000 }] },
      [
        `${at}.ports[0].containerPort: Required value`,
        `${at}.ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive`,
      ],
    ],
    [
      'variables',
      { env: [{ name: 'A=B' }, { name: 'C', valueFrom: {} }] },
      [
        `${at}.env[0].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than '='`,
        `${at}.env[1].valueFrom: Invalid value: "": must specify one of: \`fieldRef\`, \`resourceFieldRef\`, \`configMapKeyRef\`, \`secretKeyRef\` or \`fileKeyRef\``,
      ],
    ],
    [
      'fields',
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.foo' } } }] },
      [
        `${at}.env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.foo": error converting fieldPath: field label not supported: spec.foo`,
      ],
    ],
    [
      'probes',
      { readinessProbe: {}, livenessProbe: { exec: { command: ['x'] }, successThreshold: 2 } },
      [
        `${at}.livenessProbe.successThreshold: Invalid value: 2: must be 1`,
        `${at}.readinessProbe: Required value: must specify a handler type`,
      ],
    ],
    [
      'hooks',
      { lifecycle: { preStop: { sleep: { seconds: 31 } } } },
      [
        `${at}.lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)`,
      ],
    ],
    [
      'amounts',
      { resources: { requests: { cpu: '2' }, limits: { cpu: '1', foo: '1' } } },
      [
        `${at}.resources.limits[foo]: Invalid value: "foo": must be a standard resource type or fully qualified`,
        `${at}.resources.limits[foo]: Invalid value: "foo": must be a standard resource for containers`,
        `${at}.resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1`,
        `${at}.resources.requests[foo]: Invalid value: "foo": must be a standard resource type or fully qualified`,
        `${at}.resources.requests[foo]: Invalid value: "foo": must be a standard resource for containers`,
      ],
    ],
    [
      'policies',
      { imagePullPolicy: 'Sometimes' },
      [`${at}.imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"`],
    ],
    ['padding', { image: ' a' }, [`${at}.image: Invalid value: " a": must not have leading or trailing whitespace`]],
    [
      'users',
      { securityContext: { runAsUser: -1 } },
      [`${at}.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive`],
    ],
  ])('KUBE-17 check %s of their containers', (_, own, expected) => {
    expect(withContainer(own)).toEqual(expected);
  });
  it('KUBE-17 check where they run and what they mount', () => {
    const spec = {
      tolerations: [{ operator: 'Equal' }, { key: 'a', operator: 'Exists', effect: 'X' }],
      nodeSelector: { a: '-' },
      affinity: {
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: {}, topologyKey: '' }] },
      },
      topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'Maybe', labelSelector: {} }],
      volumes: [
        { name: 'v', configMap: {} },
        { name: 'v', secret: { secretName: 's' }, emptyDir: {} },
      ],
    };
    expect(create('v1', 'Pod', pod(spec)).map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
      'spec.volumes[0].configMap.name: Required value',
      'spec.volumes[1].secret: Forbidden',
      'spec.nodeSelector: Invalid value',
      'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value',
      'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value',
      'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value',
      'spec.topologySpreadConstraints[0].maxSkew: Invalid value',
      'spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value',
      'spec.tolerations[0].operator: Invalid value',
      'spec.tolerations[1].effect: Unsupported value',
    ]);
  });
  it('KUBE-17 let only images, deadlines and tolerations be changed', () => {
    const old = pod({ tolerations: [{ key: 'a', operator: 'Exists' }] });
    const added = [
      { key: 'a', operator: 'Exists' },
      { key: 'b', operator: 'Exists' },
    ];
    expect(
      update('v1', 'Pod', pod({ tolerations: added, containers: [{ name: 'a', image: 'b:2' }] }), old),
    ).toMatchObject([]);
    expect(update('v1', 'Pod', pod({}), old)).toEqual([
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ]);
    expect(update('v1', 'Pod', { spec: { ...old.spec, nodeName: 'n' } }, old)).toEqual([
      'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
    ]);
    expect(update('v1', 'Pod', { spec: { ...old.spec, containers: [] } }, old).at(-1)).toBe(
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    );
  });
  it('KUBE-17 tell init containers from sidecars', () => {
    const init = (own: object) => create('v1', 'Pod', pod({ initContainers: [{ name: 'i', image: 'i', ...own }] }));
    const probe = { readinessProbe: { tcpSocket: { port: 1 } } };
    expect(init(probe)).toEqual([
      'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ]);
    expect(init({ ...probe, restartPolicy: 'Always' })).toEqual([]);
    expect(init({ name: 'a' })).toEqual(['spec.initContainers[0].name: Duplicate value: "a"']);
  });
});

describe('any kind', () => {
  it('KUBE-1 asks for a name that fits the kind, even of kinds that are only kept', () => {
    const named = (apiVersion: string, kind: string, name: string) =>
      create(apiVersion, kind, {
        metadata: { name, namespace: kindByApi(apiVersion, kind)?.namespaced ? 'default' : undefined },
      });
    expect(named('v1', 'ConfigMap', 'a.b')).toEqual([]);
    expect(named('v1', 'ConfigMap', 'A')).toHaveLength(1);
    expect(named('v1', 'Namespace', 'a.b')).toEqual(['metadata.name: Invalid value: "a.b": must not contain dots']);
    expect(named('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:node')).toEqual([]);
  });
  it('KUBE-7 answers to anything without throwing', () => {
    const kinds = KINDS.filter((kind) => kind.simulated || kind.kind === 'ConfigMap');
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.jsonValue({ maxDepth: 5 }), (info, value) => {
        const raw = { metadata: value, spec: value, status: value };
        const { object } = decodeObject(info.apiVersion, info.kind, raw);
        for (const candidate of [raw, object]) {
          const filled = applyDefaults(info.kind, candidate);
          expect(isObject(filled)).toBe(true);
          expect(Array.isArray(validateCreate(info, filled))).toBe(true);
          expect(Array.isArray(validateUpdate(info, filled, filled))).toBe(true);
        }
      }),
    );
  });
  it('KUBE-7 takes a time that grows with the size of what it is given', () => {
    const containers = Array.from({ length: 3000 }, (_, i) => ({
      name: `c${i}`,
      image: 'x'.repeat(100),
      ports: [{ containerPort: 1, name: 'p' }],
    }));
    const template = {
      metadata: { labels: { a: 'b' } },
      spec: { containers, volumes: containers.map(({ name }) => ({ name })) },
    };
    expect(create('apps/v1', 'StatefulSet', { spec: { selector: { matchLabels: { a: 'b' } }, template } })).toEqual([]);
  });
  it('KUBE-7 and does not compare everything with everything', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `v${i}`);
    const topology = [{ matchLabelExpressions: [{ key: 'zone', values: many }] }];
    expect(create('storage.k8s.io/v1', 'StorageClass', { provisioner: 'a/b', allowedTopologies: topology })).toEqual(
      [],
    );
    const spec = {
      containers: [{ name: 'a', image: 'b' }],
      topologySpreadConstraints: many.map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: {},
      })),
    };
    expect(create('v1', 'Pod', { spec })).toEqual([]);
  });
});
