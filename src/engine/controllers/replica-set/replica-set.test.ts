// ReplicaSets: as many active pods as asked for, at once and whatever their names.
import { describe, expect, it } from 'vitest';
import { type Draft, keyOf, type Pod, type ReplicaSet } from '#kube';
import type { Cluster } from '../../kernel/index.ts';
import {
  accepted,
  call,
  createObject,
  deleteObject,
  eventsOf,
  finishPod,
  getObject,
  namesOf,
  newTestCluster,
  reasonFor,
  reportPod,
  run,
  updateObject,
  updateStatus,
} from '../../testing/scenario.ts';
import { replicaSetController } from './replica-set.ts';

const KEY = keyOf('ReplicaSet', 'default', 'web');
const newCluster = () => newTestCluster({ actors: [replicaSetController] });

const draft = (replicas: number, minReadySeconds = 0): Draft<ReplicaSet> => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web' },
  spec: {
    replicas,
    ...(minReadySeconds > 0 && { minReadySeconds }),
    selector: { matchLabels: { app: 'nginx' } },
    template: {
      metadata: { labels: { app: 'nginx' } },
      spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }] },
    },
  },
  status: { replicas: 0 },
});

const scale = (cluster: Cluster, replicas: number) =>
  updateObject<ReplicaSet>(cluster, KEY, (set) => ({ ...set, spec: { ...set.spec, replicas } }));

const bind = (cluster: Cluster, pod: string, node: string) =>
  call(cluster, (turn) => accepted(turn.bind(keyOf('Pod', 'default', pod), node)));

const status = (cluster: Cluster) => getObject(cluster, 'ReplicaSet', 'web').status;

/** A set with pods on the given nodes, all ready. */
function readySet(nodes: readonly string[]): { readonly cluster: Cluster; readonly pods: readonly string[] } {
  const cluster = newCluster();
  createObject(cluster, draft(nodes.length));
  run(cluster, 1_000);
  const pods = namesOf(cluster, 'Pod');
  pods.forEach((pod, index) => {
    bind(cluster, pod, nodes[index] ?? 'node-a');
    reportPod(cluster, pod);
  });
  run(cluster, 1_000);
  return { cluster, pods };
}

describe('creating', () => {
  it('RS-1 creates all missing pods in one turn, with random names and the template as it is', () => {
    const cluster = newCluster();
    const set = createObject(cluster, draft(3));
    const [first] = run(cluster, 1_000).filter((tick) => tick.actor === 'replicaset-controller');
    expect(first?.why).toMatchObject({ rule: 'RS-1', args: { set: 'web', count: 3, replicas: 3 } });
    const names = namesOf(cluster, 'Pod');
    expect(names).toHaveLength(3);
    for (const name of names) expect(name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(new Set(names).size).toBe(3);
    expect(getObject(cluster, 'Pod', names[0]!).metadata).toMatchObject({
      generateName: 'web-',
      labels: { app: 'nginx' },
      ownerReferences: [{ kind: 'ReplicaSet', name: 'web', controller: true, blockOwnerDeletion: true }],
    });
    expect(eventsOf(cluster, set)).toEqual(names.map((name) => `Normal SuccessfulCreate Created pod: ${name}`));
    expect(status(cluster)).toEqual({
      fullyLabeledReplicas: 3,
      observedGeneration: 1,
      replicas: 3,
      terminatingReplicas: 0,
    });
  });

  it('RS-1 shares one template among all its pods', () => {
    const cluster = newCluster();
    createObject(cluster, draft(3));
    run(cluster, 1_000);
    const lists = new Set(cluster.view.list('Pod').map((pod) => pod.spec.containers));
    expect(lists.size).toBe(1);
  });

  it('RS-6 reports pods that the server refuses, and tries again', () => {
    const cluster = newCluster();
    const broken = draft(1);
    const spec = { ...broken.spec.template.spec, priorityClassName: 'none' };
    const set = createObject<ReplicaSet>(cluster, {
      ...broken,
      spec: { ...broken.spec, template: { ...broken.spec.template, spec } },
    });
    run(cluster, 100);
    expect(status(cluster).conditions).toMatchObject([
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' },
    ]);
    expect(reasonFor(cluster, 'replicaset-controller', KEY)).toMatchObject({ rule: 'RS-6', acting: false });
    const [event] = eventsOf(cluster, set);
    expect(event).toMatch(/^Warning FailedCreate Error creating: pods "web-.....".* no PriorityClass with name none/);
    createObject(cluster, {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'none' },
      value: 7,
    } as never);
    run(cluster, 2_000);
    expect(cluster.view.list('Pod').map((pod) => pod.spec.priority)).toEqual([7]);
    expect(status(cluster).conditions).toBeUndefined();
  });
});

describe('waiting', () => {
  it('RS-3 names a pod that is not available, and reports them when they are', () => {
    const cluster = newCluster();
    createObject(cluster, draft(2, 5));
    run(cluster, 1_000);
    const [a, b] = namesOf(cluster, 'Pod');
    reportPod(cluster, a!);
    run(cluster, 1_000);
    expect(status(cluster)).toMatchObject({ readyReplicas: 1 });
    expect(status(cluster).availableReplicas).toBeUndefined();
    run(cluster, 5_000);
    expect(status(cluster)).toMatchObject({ readyReplicas: 1, availableReplicas: 1 });
    expect(reasonFor(cluster, 'replicaset-controller', KEY)).toMatchObject({
      rule: 'RS-3',
      about: keyOf('Pod', 'default', b!),
      args: { available: 1, replicas: 2 },
    });
  });

  it('RS-4 replaces a pod as soon as it is on its way out', () => {
    const { cluster, pods } = readySet(['node-a', 'node-b']);
    deleteObject(cluster, keyOf('Pod', 'default', pods[0]!));
    const why = run(cluster, 1_000).find((tick) => tick.why?.rule === 'RS-4')?.why;
    expect(why?.args).toEqual({ set: 'web', count: 1, terminating: 1 });
    expect(namesOf(cluster, 'Pod')).toHaveLength(3);
    expect(status(cluster)).toMatchObject({ replicas: 2, terminatingReplicas: 1 });
    finishPod(cluster, pods[0]!);
    run(cluster, 1_000);
    expect(namesOf(cluster, 'Pod')).toHaveLength(2);
    expect(status(cluster)).toMatchObject({ replicas: 2, terminatingReplicas: 0 });
  });

  it('RS-4 leaves failed pods where they are, and does not count them', () => {
    const { cluster, pods } = readySet(['node-a']);
    reportPod(cluster, pods[0]!, { phase: 'Failed' });
    run(cluster, 1_000);
    expect(namesOf(cluster, 'Pod')).toHaveLength(2);
    expect(status(cluster)).toMatchObject({ replicas: 1, terminatingReplicas: 0 });
  });
});

describe('scaling down', () => {
  const gone = (cluster: Cluster): string[] =>
    cluster.view
      .list('Pod')
      .filter((pod) => pod.metadata.deletionTimestamp !== undefined)
      .map((pod) => pod.metadata.name);

  it('RS-2 takes pods without a node first, then those that are not ready', () => {
    const { cluster, pods } = readySet(['node-a', 'node-b', 'node-c']);
    reportPod(cluster, pods[1]!, { ready: false });
    run(cluster, 100);
    scale(cluster, 4);
    run(cluster, 1_000);
    const unassigned = namesOf(cluster, 'Pod')[3]!;
    const set = getObject(cluster, 'ReplicaSet', 'web');
    scale(cluster, 3);
    run(cluster, 1_000);
    expect(namesOf(cluster, 'Pod')).not.toContain(unassigned);
    scale(cluster, 2);
    run(cluster, 1_000);
    expect(gone(cluster)).toEqual([pods[1]]);
    expect(eventsOf(cluster, set)).toContain(`Normal SuccessfulDelete Deleted pod: ${pods[1]}`);
  });

  it('RS-2 takes from the node where most of them are, unless a cost says otherwise', () => {
    const { cluster, pods } = readySet(['node-a', 'node-b', 'node-b']);
    scale(cluster, 2);
    run(cluster, 1_000);
    expect([pods[1], pods[2]]).toContain(gone(cluster)[0]);
    const dear = readySet(['node-a', 'node-b', 'node-b']);
    updateObject<Pod>(dear.cluster, keyOf('Pod', 'default', dear.pods[0]!), (pod) => ({
      ...pod,
      metadata: { ...pod.metadata, annotations: { 'controller.kubernetes.io/pod-deletion-cost': '-1' } },
    }));
    scale(dear.cluster, 2);
    run(dear.cluster, 1_000);
    expect(gone(dear.cluster)).toEqual([dear.pods[0]]);
  });

  it('RS-2 takes the one that is ready for the shortest time, in powers of two, and the one that restarted most', () => {
    const { cluster, pods } = readySet(['node-a', 'node-b', 'node-c']);
    run(cluster, 100_000);
    reportPod(cluster, pods[1]!, { ready: false });
    reportPod(cluster, pods[1]!);
    run(cluster, 2_000);
    scale(cluster, 2);
    run(cluster, 1_000);
    expect(gone(cluster)).toEqual([pods[1]]);
    const again = readySet(['node-a', 'node-b', 'node-c']);
    updateStatus<Pod>(again.cluster, keyOf('Pod', 'default', again.pods[2]!), (pod) => ({
      ...pod,
      status: {
        ...pod.status,
        containerStatuses: pod.status.containerStatuses!.map((container) => ({ ...container, restartCount: 4 })),
      },
    }));
    scale(again.cluster, 2);
    run(again.cluster, 1_000);
    expect(gone(again.cluster)).toEqual([again.pods[2]]);
  });
});

describe('ownership', () => {
  it('RS-5 adopts a pod that matches and has no owner, and lets one go whose label was taken', () => {
    const cluster = newCluster();
    createObject<Pod>(cluster, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'stray', labels: { app: 'nginx' } },
      spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }] },
      status: { phase: 'Pending' },
    });
    createObject(cluster, draft(1));
    run(cluster, 1_000);
    expect(namesOf(cluster, 'Pod')).toEqual(['stray']);
    expect(getObject(cluster, 'Pod', 'stray').metadata.ownerReferences).toMatchObject([
      { kind: 'ReplicaSet', name: 'web' },
    ]);
    updateObject<Pod>(cluster, keyOf('Pod', 'default', 'stray'), (pod) => ({
      ...pod,
      metadata: { ...pod.metadata, labels: { app: 'debug' } },
    }));
    run(cluster, 1_000);
    expect(getObject(cluster, 'Pod', 'stray').metadata.ownerReferences).toBeUndefined();
    expect(namesOf(cluster, 'Pod')).toHaveLength(2);
  });
});
