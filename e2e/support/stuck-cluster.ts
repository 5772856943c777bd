/** What `kubectl get … -o yaml` prints of a set in the middle of an update whose image is not there, shortened. */
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 5, 10, 0, seconds)).toISOString().replace('.000Z', 'Z');
const uid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const meta = (name: string, n: number, more: object = {}) => ({
  name,
  namespace: 'default',
  uid: uid(n),
  resourceVersion: String(1000 + n),
  creationTimestamp: at(n),
  ...more,
});

const SET = 'db';
const owner = [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: SET, uid: uid(2), controller: true }];
const template = (image: string) => ({
  metadata: { labels: { app: SET } },
  spec: { containers: [{ name: 'main', image, ports: [{ containerPort: 5432 }] }] },
});

const revision = (n: number, name: string, image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'ControllerRevision',
  metadata: meta(name, 2 + n, { labels: { app: SET }, ownerReferences: owner }),
  data: { spec: { template: { $patch: 'replace', ...template(image) } } },
  revision: n,
});

const pod = (ordinal: number, hash: string, image: string, isUp: boolean) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: meta(`${SET}-${ordinal}`, 10 + ordinal, {
    labels: {
      app: SET,
      'controller-revision-hash': hash,
      'statefulset.kubernetes.io/pod-name': `${SET}-${ordinal}`,
      'apps.kubernetes.io/pod-index': String(ordinal),
    },
    ownerReferences: owner,
  }),
  spec: { ...template(image).spec, nodeName: `worker-${ordinal}`, hostname: `${SET}-${ordinal}`, subdomain: SET },
  status: {
    phase: isUp ? 'Running' : 'Pending',
    conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
      type,
      status: isUp || type === 'Initialized' || type === 'PodScheduled' ? 'True' : 'False',
      lastTransitionTime: at(20),
    })),
    containerStatuses: [
      {
        name: 'main',
        image,
        imageID: '',
        ready: isUp,
        restartCount: 0,
        state: isUp ? { running: { startedAt: at(15) } } : { waiting: { reason: 'ImagePullBackOff' } },
      },
    ],
    podIP: `10.1.0.${10 + ordinal}`,
    startTime: at(12),
  },
});

const [OLD, NEW] = ['registry.example/db:1', 'registry.example/db:2'];

/** The set `db` with two replicas: `db-1` cannot pull the new image, `db-0` runs on at the old one. */
export const STUCK_CLUSTER = JSON.stringify({
  apiVersion: 'v1',
  kind: 'List',
  items: [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: meta(SET, 1),
      spec: { clusterIP: 'None', selector: { app: SET }, ports: [{ port: 5432 }] },
      status: { loadBalancer: {} },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: meta(SET, 2, { generation: 2 }),
      spec: {
        replicas: 2,
        serviceName: SET,
        selector: { matchLabels: { app: SET } },
        template: template(NEW),
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      },
      status: {
        observedGeneration: 2,
        replicas: 2,
        readyReplicas: 1,
        availableReplicas: 1,
        currentReplicas: 1,
        updatedReplicas: 1,
        currentRevision: `${SET}-5d8b6c7f9`,
        updateRevision: `${SET}-7c9f4d6b5`,
        collisionCount: 0,
      },
    },
    revision(1, `${SET}-5d8b6c7f9`, OLD),
    revision(2, `${SET}-7c9f4d6b5`, NEW),
    pod(0, `${SET}-5d8b6c7f9`, OLD, true),
    pod(1, `${SET}-7c9f4d6b5`, NEW, false),
  ],
});
