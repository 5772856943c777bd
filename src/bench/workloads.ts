// The clusters and sets that the benches run: nodes enough for every pod, one set with a Service and claims.
import { type Actor, actNow, type Cluster, done, newSimulation, runUntil, type Tick, type Turn } from '#engine';
import type { Deployment, Draft, KubeObject, PodTemplateSpec, StatefulSet } from '#kube';

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
  // Without the gate a roll-out is one pod at a time, whatever the set says.
  return newSimulation({ nodes, gates: { MaxUnavailableStatefulSet: true } });
}

/** How many turns the actors of a cluster have had. */
export interface Turns {
  count: number;
}

/**
 * The same cluster with actors whose turns are counted, those that change nothing as well.
 * @param cluster is not used any more afterwards
 */
export function countTurns(cluster: Cluster): { readonly cluster: Cluster; readonly turns: Turns } {
  const turns: Turns = { count: 0 };
  const counted = (actor: Actor): Actor => ({
    ...actor,
    reconcile: (turn, key) => {
      turns.count += 1;
      return actor.reconcile(turn, key);
    },
  });
  const actors = new Map([...cluster.actors].map(([name, actor]) => [name, counted(actor)]));
  return { cluster: { ...cluster, actors }, turns };
}

export interface SetOptions {
  readonly replicas: number;
  readonly podManagementPolicy: 'OrderedReady' | 'Parallel';
  readonly image?: string;
  readonly hasClaims?: boolean;
  /** How many pods a roll-out may take at once. */
  readonly maxUnavailable?: number | string;
}

/** The objects of a set `web` with its headless Service. */
export function webObjects({
  replicas,
  podManagementPolicy,
  image = 'nginx:1.27',
  hasClaims = true,
  maxUnavailable = 1,
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
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable } },
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

/** A Deployment `front` of plain pods. */
export function deploymentOf(replicas: number, image: string): Draft<KubeObject> {
  const labels = { app: 'front' };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'front', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'front', image }] } },
    },
  };
  return deployment as unknown as Draft<KubeObject>;
}

/** An act of a person at the present moment. */
const act = (cluster: Cluster, label: string, run: (turn: Turn) => void): Tick | undefined =>
  actNow(cluster, 'user', label, (turn) => {
    run(turn);
    return done;
  });

/** Creates objects as a person would, at the present moment. */
export const createAll = (cluster: Cluster, objects: readonly Draft<KubeObject>[]): Tick | undefined =>
  act(cluster, 'create', (turn) => {
    for (const object of objects) {
      const result = turn.create(object);
      if (!result.ok) throw new Error(result.error.message);
    }
  });

const setOf = (cluster: Cluster): StatefulSet | undefined => cluster.view.get('StatefulSet', 'default', 'web');

const templateWith = (template: PodTemplateSpec, image: string): PodTemplateSpec => ({
  ...template,
  spec: { ...template.spec, containers: template.spec.containers.map((container) => ({ ...container, image })) },
});

/** Gives an object's template another image, as `kubectl set image` does. */
const changeImage = <T extends StatefulSet | Deployment>(
  cluster: Cluster,
  object: T | undefined,
  image: string,
): Tick | undefined =>
  act(cluster, 'set image', (turn) => {
    if (!object) throw new Error('there is nothing to change');
    turn.update<T>({ ...object, spec: { ...object.spec, template: templateWith(object.spec.template, image) } });
  });

/** Gives the set another image. */
export const setImage = (cluster: Cluster, image: string): Tick | undefined =>
  changeImage(cluster, setOf(cluster), image);

const deploymentIn = (cluster: Cluster): Deployment | undefined => cluster.view.get('Deployment', 'default', 'front');

/** Gives the Deployment another image. */
export const setDeploymentImage = (cluster: Cluster, image: string): Tick | undefined =>
  changeImage(cluster, deploymentIn(cluster), image);

/** Deletes the set, and with it its pods: in the background, as `kubectl delete` does. */
export const deleteSet = (cluster: Cluster): Tick | undefined =>
  act(cluster, 'delete', (turn) => turn.delete('StatefulSet/default/web', { propagationPolicy: 'Background' }));

/** Deletes one pod of the set. */
export const deletePod = (cluster: Cluster, name: string): Tick | undefined =>
  act(cluster, `delete pod ${name}`, (turn) => turn.delete(`Pod/default/${name}`));

export const isReady = (cluster: Cluster, replicas: number): boolean =>
  setOf(cluster)?.status.readyReplicas === replicas;

/** Whether the last change of the template has reached every pod. */
export function isRolledOut(cluster: Cluster): boolean {
  const set = setOf(cluster);
  return (
    set !== undefined &&
    set.status.observedGeneration === set.metadata.generation &&
    set.status.currentRevision === set.status.updateRevision
  );
}

export const isDeleted = (cluster: Cluster): boolean => setOf(cluster) === undefined && cluster.view.count('Pod') === 0;

/** Whether so many pods of the Deployment are there, up to date and ready, and no others. */
export function isDeploymentReady(cluster: Cluster, replicas: number): boolean {
  const deployment = deploymentIn(cluster);
  const { observedGeneration, updatedReplicas, replicas: all, readyReplicas } = deployment?.status ?? {};
  return (
    observedGeneration === deployment?.metadata.generation &&
    updatedReplicas === replicas &&
    all === replicas &&
    readyReplicas === replicas
  );
}

/** Virtual time after which a run counts as stuck. */
const PATIENCE_MS = 10 * 24 * 3600 * 1000;

/**
 * Runs until something holds; asks once each virtual second.
 * @returns how many ticks it took
 * @throws when it does not come to hold within ten virtual days
 */
export function runUntilHolds(cluster: Cluster, holds: () => boolean, onTick?: (tick: Tick) => void): number {
  let ticks = 0;
  const { counters } = cluster.world;
  const endMs = counters.nowMs + PATIENCE_MS;
  while (!holds()) {
    if (counters.nowMs >= endMs) throw new Error('what was waited for does not come to hold');
    runUntil(cluster, counters.nowMs + 1_000, (tick) => {
      ticks += 1;
      onTick?.(tick);
    });
  }
  return ticks;
}

/**
 * Runs for some virtual time.
 * @returns how many ticks it took
 */
export function runFor(cluster: Cluster, forMs: number): number {
  let ticks = 0;
  runUntil(cluster, cluster.world.counters.nowMs + forMs, () => {
    ticks += 1;
  });
  return ticks;
}
