// Deployments with their ReplicaSets: rollouts within their bounds, going back, pausing, reporting.
import { describe, expect, it } from 'vitest';
import { conditionOf, type Deployment, type Draft, keyOf, type ReplicaSet } from '#kube';
import type { Cluster } from '../../kernel/index.ts';
import {
  call,
  createObject,
  deleteObject,
  eventsOf,
  finishPod,
  getObject,
  newTestCluster,
  reasonFor,
  reportPod,
  run,
  updateObject,
} from '../../testing/scenario.ts';
import { garbageCollector } from '../garbage-collector/garbage-collector.ts';
import { replicaSetController } from '../replica-set/replica-set.ts';
import { deploymentController } from './deployment.ts';

const KEY = keyOf('Deployment', 'default', 'web');
const newCluster = () => newTestCluster({ actors: [deploymentController, replicaSetController, garbageCollector] });

const draft = (replicas: number, more: Partial<Deployment['spec']> = {}): Draft<Deployment> => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', annotations: { team: 'shop' } },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'nginx' } },
    template: {
      metadata: { labels: { app: 'nginx' } },
      spec: { containers: [{ name: 'nginx', image: 'nginx:1.27', ports: [{ containerPort: 80 }] }] },
    },
    strategy: { type: 'RollingUpdate' },
    ...more,
  },
  status: {},
});

const web = (cluster: Cluster): Deployment => getObject(cluster, 'Deployment', 'web');
const change = (cluster: Cluster, spec: (spec: Deployment['spec']) => Deployment['spec']) =>
  updateObject<Deployment>(cluster, KEY, (deployment) => ({ ...deployment, spec: spec(deployment.spec) }));
const setImage = (cluster: Cluster, image: string) =>
  change(cluster, (spec) => ({
    ...spec,
    template: { ...spec.template, spec: { ...spec.template.spec, containers: [{ name: 'nginx', image }] } },
  }));

/** `image: size/ready` of each set, oldest first. */
const sets = (cluster: Cluster): string[] =>
  cluster.view
    .list('ReplicaSet')
    .map((set) => `${imageOf(set)}: ${set.spec.replicas}/${set.status.readyReplicas ?? 0}`);
const imageOf = (set: ReplicaSet): string => (set.spec.template.spec.containers[0]?.image ?? '').replace('nginx:', '');
const setOf = (cluster: Cluster, image: string): ReplicaSet =>
  cluster.view.list('ReplicaSet').find((set) => imageOf(set) === image)!;

/** Gives pods a node and makes them ready, and ends those that are on their way out; `image` limits the first to a set. */
function live(cluster: Cluster, image?: string): void {
  for (const pod of cluster.view.list('Pod')) {
    const { name, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp !== undefined) finishPod(cluster, name);
    else if (image === undefined || pod.spec.containers[0]?.image === `nginx:${image}`) {
      call(cluster, (turn) => turn.bind(keyOf('Pod', 'default', name), 'node-a'));
      reportPod(cluster, name);
    }
  }
  run(cluster, 1_000);
}

/** A Deployment that is complete. */
function complete(replicas: number, more: Partial<Deployment['spec']> = {}): Cluster {
  const cluster = newCluster();
  createObject(cluster, draft(replicas, more));
  run(cluster, 1_000);
  live(cluster);
  return cluster;
}

const types = (cluster: Cluster): string[] =>
  (web(cluster).status.conditions ?? []).map(({ type, status, reason }) => `${type} ${status} ${reason}`);

describe('the first rollout', () => {
  it('DEPLOY-1 creates a ReplicaSet named after the template, and reports as the real controller does', () => {
    const cluster = newCluster();
    const deployment = createObject(cluster, draft(3));
    const [first] = run(cluster, 1_000).filter((tick) => tick.actor === 'deployment-controller');
    expect(first?.why).toMatchObject({ rule: 'DEPLOY-1', args: { name: 'web', set: 'web-775786f995' } });
    const set = setOf(cluster, '1.27');
    expect(set.metadata).toMatchObject({
      name: 'web-775786f995',
      labels: { app: 'nginx', 'pod-template-hash': '775786f995' },
      annotations: {
        team: 'shop',
        'deployment.kubernetes.io/desired-replicas': '3',
        'deployment.kubernetes.io/max-replicas': '4',
        'deployment.kubernetes.io/revision': '1',
      },
    });
    expect(set.spec.selector.matchLabels).toEqual({ app: 'nginx', 'pod-template-hash': '775786f995' });
    expect(eventsOf(cluster, deployment)).toEqual([
      'Normal ScalingReplicaSet Scaled up replica set web-775786f995 from 0 to 3',
    ]);
    expect(web(cluster).metadata).toMatchObject({
      generation: 1,
      annotations: { 'deployment.kubernetes.io/revision': '1' },
    });
    expect(web(cluster).status).toMatchObject({
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      unavailableReplicas: 3,
      terminatingReplicas: 0,
    });
    expect(types(cluster)).toEqual([
      'Available False MinimumReplicasUnavailable',
      'Progressing True ReplicaSetUpdated',
    ]);
    expect(reasonFor(cluster, 'deployment-controller', KEY)).toMatchObject({ rule: 'DEPLOY-4', acting: false });
    live(cluster);
    expect(types(cluster)).toEqual([
      'Available True MinimumReplicasAvailable',
      'Progressing True NewReplicaSetAvailable',
    ]);
    expect(conditionOf(web(cluster).status, 'Progressing')?.message).toBe(
      'ReplicaSet "web-775786f995" has successfully progressed.',
    );
    expect(web(cluster).status.unavailableReplicas).toBeUndefined();
    expect(reasonFor(cluster, 'deployment-controller', KEY)).toBeUndefined();
  });

  it('DEPLOY-11 tries again when the server refuses the set, and says so', () => {
    const cluster = newCluster();
    createObject<ReplicaSet>(cluster, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web-775786f995' },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'other' } },
        template: { metadata: { labels: { app: 'other' } }, spec: { containers: [{ name: 'x', image: 'x' }] } },
      },
      status: { replicas: 0 },
    });
    createObject(cluster, draft(1));
    const rules = run(cluster, 1_000).map((tick) => tick.why?.rule);
    expect(rules).toContain('DEPLOY-11');
    expect(web(cluster).status.collisionCount).toBe(1);
    expect(setOf(cluster, '1.27').metadata.name).not.toBe('web-775786f995');
  });
});

describe('a rolling update', () => {
  it('DEPLOY-2 DEPLOY-3 moves one pod at a time within surge and unavailability, up before down', () => {
    const cluster = complete(3);
    setImage(cluster, 'nginx:1.28');
    run(cluster, 1_000);
    const seen = [sets(cluster)];
    for (let i = 0; i < 7; i += 1) {
      live(cluster);
      seen.push(sets(cluster));
    }
    expect(seen.map((moment) => moment.join(' '))).toEqual([
      '1.27: 3/3 1.28: 1/0',
      '1.27: 2/2 1.28: 2/1',
      '1.27: 1/1 1.28: 3/2',
      '1.27: 0/0 1.28: 3/3',
      '1.27: 0/0 1.28: 3/3',
      '1.27: 0/0 1.28: 3/3',
      '1.27: 0/0 1.28: 3/3',
      '1.27: 0/0 1.28: 3/3',
    ]);
    const next = setOf(cluster, '1.28').metadata.name;
    expect(eventsOf(cluster, web(cluster)).slice(1)).toEqual([
      `Normal ScalingReplicaSet Scaled up replica set ${next} from 0 to 1`,
      'Normal ScalingReplicaSet Scaled down replica set web-775786f995 from 3 to 2',
      `Normal ScalingReplicaSet Scaled up replica set ${next} from 1 to 2`,
      'Normal ScalingReplicaSet Scaled down replica set web-775786f995 from 2 to 1',
      `Normal ScalingReplicaSet Scaled up replica set ${next} from 2 to 3`,
      'Normal ScalingReplicaSet Scaled down replica set web-775786f995 from 1 to 0',
    ]);
  });

  it('DEPLOY-3 takes pods of old sets that are not available first', () => {
    const cluster = complete(4);
    setImage(cluster, 'nginx:broken');
    run(cluster, 1_000);
    expect(sets(cluster)).toEqual(['1.27: 3/3', 'broken: 2/0']);
    setImage(cluster, 'nginx:1.28');
    run(cluster, 1_000);
    live(cluster, '1.28');
    expect(sets(cluster)[1]).toBe('broken: 0/0');
  });

  it('DEPLOY-4 stays within its bounds for ever while the new pods do not become available', () => {
    const cluster = complete(3);
    setImage(cluster, 'nginx:broken');
    run(cluster, 30_000);
    expect(sets(cluster)).toEqual(['1.27: 3/3', 'broken: 1/0']);
    expect(reasonFor(cluster, 'deployment-controller', KEY)).toMatchObject({
      rule: 'DEPLOY-4',
      about: keyOf('ReplicaSet', 'default', setOf(cluster, 'broken').metadata.name),
      args: { available: 0, replicas: 3 },
    });
  });

  it('DEPLOY-8 reports a rollout that made no progress for progressDeadlineSeconds, and changes nothing else', () => {
    const cluster = complete(3, { progressDeadlineSeconds: 60 });
    setImage(cluster, 'nginx:broken');
    run(cluster, 30_000);
    expect(types(cluster)).toContain('Progressing True ReplicaSetUpdated');
    run(cluster, 40_000);
    expect(types(cluster)).toContain('Progressing False ProgressDeadlineExceeded');
    expect(sets(cluster)).toEqual(['1.27: 3/3', 'broken: 1/0']);
    expect(reasonFor(cluster, 'deployment-controller', KEY)).toMatchObject({ rule: 'DEPLOY-8', args: { seconds: 60 } });
    live(cluster);
    live(cluster);
    live(cluster);
    live(cluster);
    expect(types(cluster)).toContain('Progressing True NewReplicaSetAvailable');
  });

  it('DEPLOY-9 goes back to the set that has the template, under a new revision number', () => {
    const cluster = complete(1);
    setImage(cluster, 'nginx:1.28');
    for (let i = 0; i < 4; i += 1) live(cluster);
    change(cluster, () => ({ ...draft(1).spec, ...web(cluster).spec, template: setOf(cluster, '1.27').spec.template }));
    const ticks = run(cluster, 1_000);
    expect(ticks.some((tick) => tick.why?.rule === 'DEPLOY-9')).toBe(true);
    expect(setOf(cluster, '1.27').metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '3',
      'deployment.kubernetes.io/revision-history': '1',
    });
    expect(web(cluster).metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3');
    expect(cluster.view.count('ReplicaSet')).toBe(2);
  });

  it('DEPLOY-10 keeps no more old sets than revisionHistoryLimit', () => {
    const cluster = complete(1, { revisionHistoryLimit: 1 });
    for (const image of ['nginx:1.28', 'nginx:1.29']) {
      setImage(cluster, image);
      for (let i = 0; i < 5; i += 1) live(cluster);
    }
    expect(sets(cluster)).toEqual(['1.28: 0/0', '1.29: 1/1']);
  });
});

describe('Recreate', () => {
  it('DEPLOY-5 creates new pods only when the last old one is gone', () => {
    const cluster = complete(2, { strategy: { type: 'Recreate' } });
    setImage(cluster, 'nginx:1.28');
    run(cluster, 1_000);
    expect(sets(cluster)).toEqual(['1.27: 0/0']);
    expect(reasonFor(cluster, 'deployment-controller', KEY)).toMatchObject({ rule: 'DEPLOY-5', acting: false });
    const [a, b] = cluster.view.list('Pod').map((pod) => pod.metadata.name);
    finishPod(cluster, a!);
    run(cluster, 1_000);
    expect(sets(cluster)).toEqual(['1.27: 0/0']);
    finishPod(cluster, b!);
    run(cluster, 1_000);
    expect(sets(cluster)).toEqual(['1.27: 0/0', '1.28: 2/0']);
  });
});

describe('scaling', () => {
  it('DEPLOY-6 gives the only set the new size', () => {
    const cluster = complete(3);
    change(cluster, (spec) => ({ ...spec, replicas: 2 }));
    const ticks = run(cluster, 1_000);
    expect(ticks.find((tick) => tick.actor === 'deployment-controller')?.why).toMatchObject({ rule: 'DEPLOY-6' });
    expect(sets(cluster)).toEqual(['1.27: 2/2']);
    expect(web(cluster).metadata.generation).toBe(2);
    expect(types(cluster)).toContain('Progressing True NewReplicaSetAvailable');
  });

  it('DEPLOY-6 shares the change out in proportion in the middle of a rollout', () => {
    const cluster = complete(10, {
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } },
    });
    setImage(cluster, 'nginx:broken');
    run(cluster, 1_000);
    expect(sets(cluster)).toEqual(['1.27: 8/8', 'broken: 5/0']);
    change(cluster, (spec) => ({ ...spec, replicas: 15 }));
    run(cluster, 1_000);
    expect(sets(cluster).map((set) => set.split('/')[0])).toEqual(['1.27: 11', 'broken: 7']);
  });

  it('DEPLOY-7 scales while paused, but holds the template back until it is resumed', () => {
    const cluster = complete(2);
    change(cluster, (spec) => ({ ...spec, paused: true }));
    setImage(cluster, 'nginx:1.28');
    change(cluster, (spec) => ({ ...spec, replicas: 3 }));
    run(cluster, 1_000);
    expect(sets(cluster)).toEqual(['1.27: 3/2']);
    expect(types(cluster)).toContain('Progressing Unknown DeploymentPaused');
    expect(reasonFor(cluster, 'deployment-controller', KEY)).toMatchObject({ rule: 'DEPLOY-7', acting: false });
    change(cluster, ({ paused: _paused, ...spec }) => spec);
    run(cluster, 1_000);
    expect(sets(cluster)).toHaveLength(2);
  });
});

describe('deletion', () => {
  it('GC-1 follows from the Deployment down to its pods', () => {
    const cluster = complete(2);
    deleteObject(cluster, KEY);
    run(cluster, 1_000);
    expect(cluster.view.count('ReplicaSet')).toBe(0);
    expect(cluster.view.list('Pod').every((pod) => pod.metadata.deletionTimestamp !== undefined)).toBe(true);
    live(cluster);
    expect(cluster.view.count('Pod')).toBe(0);
  });
});
