// The clusters and sets that the benches run: nodes enough for every pod, one set with a Service and claims.
import { actNow, type Cluster, done, newSimulation, runUntil, type Tick } from '#engine';
import type { Draft, KubeObject } from '#kube';

/** Pods that fit on a node. */
const PODS_A_NODE = 110;

/** A cluster in which `pods` pods have room. */
export function clusterFor(pods: number): Cluster {
  const count = Math.max(3, Math.ceil(pods / (PODS_A_NODE - 10)));
  const nodes = Array.from({ length: count }, (_, i) => ({
    name: `node-${i + 1}`,
    zone: `zone-${'abc'[i % 3]}`,
    cpu: '64',
    memory: '256Gi',
    pods: PODS_A_NODE,
  }));
  return newSimulation({ nodes });
}

export interface SetOptions {
  readonly replicas: number;
  readonly podManagementPolicy: 'OrderedReady' | 'Parallel';
  readonly image?: string;
  readonly hasClaims?: boolean;
}

/** The objects of a set `web` with its headless Service. */
export function webObjects({
  replicas,
  podManagementPolicy,
  image = 'nginx:1.27',
  hasClaims = true,
}: SetOptions): Draft<KubeObject>[] {
  const labels = { app: 'nginx' };
  const mounts = hasClaims ? { volumeMounts: [{ name: 'www', mountPath: '/usr/share/nginx/html' }] } : {};
  const claims = hasClaims
    ? {
        volumeClaimTemplates: [
          {
            metadata: { name: 'www' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        ],
      }
    : {};
  const objects = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'nginx', namespace: 'default' },
      spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'web', port: 80 }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas,
        serviceName: 'nginx',
        podManagementPolicy,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'nginx', image, ports: [{ name: 'web', containerPort: 80 }], ...mounts }] },
        },
        ...claims,
      },
    },
  ];
  return objects as unknown as Draft<KubeObject>[];
}

/** Creates objects as a person would, at the present moment. */
export function createAll(cluster: Cluster, objects: readonly Draft<KubeObject>[]): void {
  actNow(cluster, 'user', 'create', (turn) => {
    for (const object of objects) {
      const result = turn.create(object);
      if (!result.ok) throw new Error(result.error.message);
    }
    return done;
  });
}

/**
 * Runs until the set has that many ready pods.
 * @returns how many ticks it took
 * @throws when it does not get there within a virtual day
 */
export function runUntilReady(cluster: Cluster, replicas: number, onTick?: (tick: Tick) => void): number {
  let ticks = 0;
  const ready = (): number => cluster.view.get('StatefulSet', 'default', 'web')?.status.readyReplicas ?? 0;
  const endMs = cluster.world.counters.nowMs + 10 * 24 * 3600 * 1000;
  while (ready() < replicas) {
    if (cluster.world.counters.nowMs >= endMs) throw new Error(`only ${ready()} of ${replicas} pods are ready`);
    runUntil(cluster, cluster.world.counters.nowMs + 1_000, (tick) => {
      ticks += 1;
      onTick?.(tick);
    });
  }
  return ticks;
}
