// Random manifests: sets with everything that changes what their controller does, and what stands around them.
import fc from 'fast-check';
import type { Json } from '#kube';

type Map = { readonly [key: string]: Json };

/** Names of sets: the second and third are there to be confused with the first. */
export const SET_NAMES = ['web', 'db', 'web-1'] as const;
export type SetName = (typeof SET_NAMES)[number];

/** Images that sets run, by number. */
export const imageOf = (tag: number): string => `nginx:1.2${tag}`;

const often = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(usual, ...others) });

const labelsOf = (name: string): Map => ({ app: name });

const probe = (periodSeconds: number, more: Map = {}): Map => ({
  httpGet: { path: '/', port: 80 },
  periodSeconds,
  ...more,
});

const updateStrategies = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant<Map>({ type: 'RollingUpdate' }) },
  { weight: 1, arbitrary: fc.constant<Map>({ type: 'OnDelete' }) },
  {
    weight: 4,
    arbitrary: fc
      .record({
        partition: often<number>(0, 1, 2, 5),
        maxUnavailable: fc.constantFrom<Json | undefined>(undefined, 1, 2, 3, '50%'),
      })
      .map(
        ({ partition, maxUnavailable }): Map => ({
          type: 'RollingUpdate',
          rollingUpdate: { partition, ...(maxUnavailable !== undefined && { maxUnavailable }) },
        }),
      ),
  },
);

const retention = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  {
    weight: 3,
    arbitrary: fc.record({
      whenDeleted: fc.constantFrom('Retain', 'Delete'),
      whenScaled: fc.constantFrom('Retain', 'Delete'),
    }),
  },
);

const affinities = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('kubernetes.io/hostname', 'topology.kubernetes.io/zone'),
  },
);

const antiAffinity = (name: string, topologyKey: string): Map => ({
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector: { matchLabels: labelsOf(name) } }],
  },
});

/** Every choice of a set's manifest. */
const choices = fc.record({
  replicas: fc.constantFrom(0, 1, 2, 2, 3, 3, 3, 4, 5, 8),
  policy: fc.constantFrom('OrderedReady', 'Parallel', undefined),
  updateStrategy: updateStrategies,
  minReadySeconds: often(0, 3, 15),
  start: often<number | undefined>(undefined, 0, 1, 3),
  retention,
  templates: fc.constantFrom(0, 1, 1, 2),
  className: often<string | undefined>(undefined, 'fast', 'zonal', 'local', ''),
  accessMode: often('ReadWriteOnce', 'ReadWriteMany', 'ReadWriteOncePod'),
  tag: fc.integer({ min: 0, max: 2 }),
  readiness: often<Json>(null, probe(2), probe(5, { initialDelaySeconds: 3 })),
  liveness: often<Json>(null, probe(3, { failureThreshold: 2 })),
  startup: often<Json>(null, probe(2, { failureThreshold: 10 })),
  grace: often<number | undefined>(undefined, 0, 1, 10),
  hasPreStop: often(false, true),
  init: often<'none' | 'init' | 'sidecar'>('none', 'init', 'sidecar'),
  antiAffinity: affinities,
  spread: often<string | undefined>(undefined, 'topology.kubernetes.io/zone'),
  cpu: fc.constantFrom(undefined, '100m', '500m', '1500m'),
  historyLimit: often<number | undefined>(undefined, 0, 1),
  hasService: often(true, false),
  tolerationSeconds: often<number | undefined>(undefined, 0, 30),
});
type Choices = typeof choices extends fc.Arbitrary<infer T> ? T : never;

const claimTemplate = (name: string, { className, accessMode }: Choices): Map => ({
  metadata: { name },
  spec: {
    accessModes: [accessMode],
    resources: { requests: { storage: '1Gi' } },
    ...(className !== undefined && { storageClassName: className }),
  },
});

function containerOf(made: Choices): Map {
  const { tag, readiness, liveness, startup, hasPreStop, cpu, templates } = made;
  const mounts = ['data', 'logs'].slice(0, templates).map((name) => ({ name, mountPath: `/${name}` }));
  return {
    name: 'app',
    image: imageOf(tag),
    ports: [{ name: 'http', containerPort: 80 }],
    ...(mounts.length > 0 && { volumeMounts: mounts }),
    ...(readiness !== null && { readinessProbe: readiness }),
    ...(liveness !== null && { livenessProbe: liveness }),
    ...(startup !== null && { startupProbe: startup }),
    ...(hasPreStop && { lifecycle: { preStop: { exec: { command: ['sleep', '2'] } } } }),
    ...(cpu !== undefined && { resources: { requests: { cpu, memory: '64Mi' } } }),
  };
}

function podSpecOf(name: string, made: Choices): Map {
  const { grace, init, antiAffinity: key, spread, tolerationSeconds } = made;
  const helper = { name: 'helper', image: 'busybox:1.36', command: ['true'] };
  return {
    containers: [containerOf(made)],
    ...(init !== 'none' && { initContainers: [{ ...helper, ...(init === 'sidecar' && { restartPolicy: 'Always' }) }] }),
    ...(grace !== undefined && { terminationGracePeriodSeconds: grace }),
    ...(key !== undefined && { affinity: antiAffinity(name, key) }),
    ...(spread !== undefined && {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: spread,
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: labelsOf(name) },
        },
      ],
    }),
    ...(tolerationSeconds !== undefined && {
      tolerations: ['not-ready', 'unreachable'].map((what) => ({
        key: `node.kubernetes.io/${what}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds,
      })),
    }),
  };
}

function setOf(name: string, made: Choices): Map {
  const { replicas, policy, updateStrategy, minReadySeconds, start, retention: keep, templates, historyLimit } = made;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      replicas,
      serviceName: name,
      selector: { matchLabels: labelsOf(name) },
      template: { metadata: { labels: labelsOf(name) }, spec: podSpecOf(name, made) },
      ...(policy !== undefined && { podManagementPolicy: policy }),
      ...(updateStrategy !== undefined && { updateStrategy }),
      ...(minReadySeconds > 0 && { minReadySeconds }),
      ...(start !== undefined && { ordinals: { start } }),
      ...(keep !== undefined && { persistentVolumeClaimRetentionPolicy: keep }),
      ...(templates > 0 && {
        volumeClaimTemplates: ['data', 'logs'].slice(0, templates).map((template) => claimTemplate(template, made)),
      }),
      ...(historyLimit !== undefined && { revisionHistoryLimit: historyLimit }),
    },
  };
}

const serviceOf = (name: string): Map => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { clusterIP: 'None', selector: labelsOf(name), ports: [{ name: 'http', port: 80 }] },
});

const fileOf = (objects: readonly Map[]): string => objects.map((object) => JSON.stringify(object)).join('\n---\n');

/** A manifest of a set, with its Service where the dice say so. */
export const setManifests = (name: SetName): fc.Arbitrary<string> =>
  choices.map((made) => fileOf([...(made.hasService ? [serviceOf(name)] : []), setOf(name, made)]));

/** Two manifests of one set that differ in what may be changed. */
export const changedManifests = (name: SetName): fc.Arbitrary<readonly [string, string]> =>
  fc.tuple(choices, choices).map(([first, other]) => {
    const { policy, templates, className, accessMode, hasService } = first;
    const second = { ...other, policy, templates, className, accessMode, hasService };
    const all = [first, second].map((made) => fileOf([...(hasService ? [serviceOf(name)] : []), setOf(name, made)]));
    return [all[0] ?? '', all[1] ?? ''];
  });

/** A disruption budget for the pods of a set. */
export const budgetManifests = (name: SetName): fc.Arbitrary<string> =>
  fc
    .record({
      limit: fc.constantFrom<Map>(
        { minAvailable: 1 },
        { minAvailable: 2 },
        { maxUnavailable: 1 },
        { maxUnavailable: 0 },
        { minAvailable: '50%' },
        { maxUnavailable: '50%' },
      ),
      unhealthy: fc.constantFrom(undefined, 'AlwaysAllow', 'IfHealthyBudget'),
      number: fc.constantFrom(1, 1, 1, 2),
    })
    .map(({ limit, unhealthy, number }) =>
      fileOf([
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: { name: `${name}-budget-${number}` },
          spec: {
            ...limit,
            selector: { matchLabels: labelsOf(name) },
            ...(unhealthy !== undefined && { unhealthyPodEvictionPolicy: unhealthy }),
          },
        },
      ]),
    );

/** A pod of nobody: it may have the name, the labels or both of a set's pod. */
export const barePodManifests = (name: SetName): fc.Arbitrary<string> =>
  fc
    .record({ ordinal: fc.nat(4), isMatching: fc.boolean(), isNamed: fc.boolean() })
    .map(({ ordinal, isMatching, isNamed }) =>
      fileOf([
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            name: isNamed ? `${name}-${ordinal}` : `stray-${ordinal}`,
            labels: isMatching ? labelsOf(name) : { app: 'stray' },
          },
          spec: { containers: [{ name: 'app', image: imageOf(0) }] },
        },
      ]),
    );

/** A Deployment beside the sets; it may select what a set selects. */
export const deploymentManifests = (name: SetName): fc.Arbitrary<string> =>
  fc
    .record({ replicas: fc.nat(3), tag: fc.nat(2), isMatching: often(false, true) })
    .map(({ replicas, tag, isMatching }) => {
      const labels = isMatching ? labelsOf(name) : { app: 'front' };
      return fileOf([
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'front' },
          spec: {
            replicas,
            selector: { matchLabels: labels },
            template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: imageOf(tag) }] } },
          },
        },
      ]);
    });

const classOf = (name: string, more: Map): Map => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name },
  provisioner: 'sim.example/provisioner',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'WaitForFirstConsumer',
  ...more,
});

const localVolume = (index: number, node: string): Map => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: `local-${index}` },
  spec: {
    capacity: { storage: index === 0 ? '1Gi' : '2Gi' },
    accessModes: ['ReadWriteOnce'],
    persistentVolumeReclaimPolicy: 'Retain',
    storageClassName: 'local',
    local: { path: `/mnt/${index}` },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }],
      },
    },
  },
});

/** Classes `fast` (at once), `zonal` and `local` (by hand), and a few volumes of the last; some of them may be missing. */
export const storageManifests: fc.Arbitrary<string> = fc
  .record({
    hasFast: often(true, false),
    reclaimPolicy: often('Delete', 'Retain'),
    topology: fc.constantFrom('zone', 'node'),
    localMode: often('WaitForFirstConsumer', 'Immediate'),
    nodes: fc.array(fc.constantFrom('node-a', 'node-b', 'node-c'), { maxLength: 4 }),
  })
  .map(({ hasFast, reclaimPolicy, topology, localMode, nodes }) =>
    fileOf([
      ...(hasFast ? [classOf('fast', { volumeBindingMode: 'Immediate', reclaimPolicy })] : []),
      classOf('zonal', { parameters: { topology }, reclaimPolicy }),
      classOf('local', { provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: localMode }),
      ...nodes.map((node, index) => localVolume(index, node)),
    ]),
  );
