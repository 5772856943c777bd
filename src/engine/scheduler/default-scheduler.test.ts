import { describe, expect, it } from 'vitest';
import { conditionOf, type KubeObject, keyOf, type Node, type Pod } from '#kube';
import { persistentVolumeController } from '../controllers/persistent-volume/persistent-volume-controller.ts';
import { provisioner } from '../controllers/provisioner/provisioner.ts';
import type { Cluster } from '../kernel/index.ts';
import {
  createObject,
  deleteObject,
  eventsOf,
  getObject,
  newTestCluster,
  reasonFor,
  run,
  runUntilQuiet,
  updateObject,
} from '../testing/scenario.ts';
import { defaultScheduler } from './default-scheduler.ts';
import { newClaim, newClass, newPod, newVolume, onHost } from './testing/drafts.ts';

const podKey = (name: string) => keyOf('Pod', 'default', name);
const nodeOf = (cluster: Cluster, name: string) => getObject(cluster, 'Pod', name).spec.nodeName;
const ruleFor = (cluster: Cluster, name: string) => reasonFor(cluster, 'default-scheduler', podKey(name))?.rule;
const refusalOf = (cluster: Cluster, name: string) =>
  conditionOf(getObject(cluster, 'Pod', name).status, 'PodScheduled')?.message;

const NODES = ['node-a', 'node-b', 'node-c'].map((name) => ({ name, zone: name.replace('node', 'zone') }));
const NO_VICTIMS = 'No preemption victims found for incoming pod';
const NO_HELP = 'Preemption is not helpful for scheduling';
const after = 'no new claims to deallocate, preemption:';

interface Setup {
  readonly nodes?: Parameters<typeof newTestCluster>[0]['nodes'];
}
const newCluster = ({ nodes = NODES }: Setup = {}): Cluster =>
  newTestCluster({ nodes, hasDefaultClass: false, actors: [defaultScheduler] });

const cordon = (cluster: Cluster, name: string, unschedulable = true) =>
  updateObject<Node>(cluster, keyOf('Node', '', name), (node) => ({ ...node, spec: { ...node.spec, unschedulable } }));

describe('placing a pod', () => {
  it('SCHED-1 binds the pod, sets its condition and says so', () => {
    const cluster = newCluster();
    createObject(cluster, newPod('a'));
    runUntilQuiet(cluster);
    const pod = getObject(cluster, 'Pod', 'a');
    expect(pod.spec.nodeName).toBe('node-a');
    expect(conditionOf(pod.status, 'PodScheduled')?.status).toBe('True');
    expect(eventsOf(cluster, pod)).toEqual(['Normal Scheduled Successfully assigned default/a to node-a']);
    expect(ruleFor(cluster, 'a')).toBe('SCHED-1');
  });

  it('SCHED-2 spreads pods of one controller over the nodes, and takes the first by name of equals', () => {
    const cluster = newCluster();
    const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'u', controller: true };
    for (const name of ['web-0', 'web-1', 'web-2', 'web-3'])
      createObject(cluster, { ...newPod(name), metadata: { name, namespace: 'default', ownerReferences: [owner] } });
    runUntilQuiet(cluster);
    expect(['web-0', 'web-1', 'web-2', 'web-3'].map((name) => nodeOf(cluster, name))).toEqual([
      'node-a',
      'node-b',
      'node-c',
      'node-a',
    ]);
  });

  it('SCHED-2 prefers the emptier node, preferred labels and nodes without soft taints', () => {
    const cluster = newCluster({
      nodes: [
        { name: 'node-a', taints: [{ key: 'old', effect: 'PreferNoSchedule' }] },
        { name: 'node-b' },
        { name: 'node-c', labels: { disk: 'ssd' } },
      ],
    });
    createObject(cluster, newPod('heavy', { requests: { cpu: '2', memory: '8Gi' }, spec: { nodeName: 'node-b' } }));
    createObject(cluster, newPod('light', { requests: { cpu: '100m', memory: '1Gi' } }));
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'light')).toBe('node-c');
    const preference = { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] };
    const nodeAffinity = { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 50, preference }] };
    for (const name of ['p', 'q']) createObject(cluster, newPod(name, { spec: { affinity: { nodeAffinity } } }));
    runUntilQuiet(cluster);
    expect([nodeOf(cluster, 'p'), nodeOf(cluster, 'q')]).toEqual(['node-c', 'node-c']);
  });

  it('SCHED-15 holds a pod with closed gates without an event, until they are removed', () => {
    const cluster = newCluster();
    createObject(cluster, newPod('a', { spec: { schedulingGates: [{ name: 'example.com/wait' }] } }));
    runUntilQuiet(cluster);
    expect(ruleFor(cluster, 'a')).toBe('SCHED-15');
    expect(conditionOf(getObject(cluster, 'Pod', 'a').status, 'PodScheduled')?.reason).toBe('SchedulingGated');
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'a'))).toEqual([]);
    updateObject<Pod>(cluster, podKey('a'), (pod) => {
      const { schedulingGates: _gates, ...spec } = pod.spec;
      return { ...pod, spec };
    });
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'a')).toBe('node-a');
  });
});

describe('what is said when no node suits', () => {
  it('SCHED-5 names each resource that lacks, and what preemption cannot help', () => {
    const cluster = newCluster({
      nodes: [
        { name: 'n1', cpu: 2, memory: '4Gi' },
        { name: 'n2', cpu: 8, pods: 0 },
      ],
    });
    createObject(cluster, newPod('a', { requests: { cpu: '4', memory: '8Gi' } }));
    runUntilQuiet(cluster);
    expect(refusalOf(cluster, 'a')).toBe(
      `0/2 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 Too many pods. ${after} 0/2 nodes are available: 1 ${NO_VICTIMS}, 1 ${NO_HELP}.`,
    );
    expect(ruleFor(cluster, 'a')).toBe('SCHED-5');
  });

  it('SCHED-5 counts the larger of containers and init steps, and pods until they are gone', () => {
    const cluster = newCluster({ nodes: [{ name: 'n1', cpu: 2 }] });
    const init = { name: 'init', image: 'x', resources: { requests: { cpu: '1500m' } } };
    createObject(cluster, newPod('a', { requests: { cpu: '500m' }, spec: { initContainers: [init] } }));
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'a')).toBe('n1');
    createObject(cluster, newPod('b', { requests: { cpu: '600m' } }));
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'b')).toBeUndefined();
    deleteObject(cluster, podKey('a'));
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'b')).toBeUndefined();
    deleteObject(cluster, podKey('a'), { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'b')).toBe('n1');
  });

  it('SCHED-14 counts the reasons of all nodes, sorted as texts', () => {
    const taints = [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }];
    const cluster = newCluster({
      nodes: [
        { name: 'node-1', cpu: 1 },
        { name: 'node-2', cpu: 2, taints },
      ],
    });
    createObject(cluster, newPod('a', { requests: { cpu: '600m' } }));
    createObject(cluster, newPod('b', { requests: { cpu: '600m' } }));
    runUntilQuiet(cluster);
    expect(refusalOf(cluster, 'b')).toBe(
      `0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). ${after} 0/2 nodes are available: 1 ${NO_VICTIMS}, 1 ${NO_HELP}.`,
    );
    expect(ruleFor(cluster, 'b')).toBe('SCHED-14');
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'b'))).toEqual([
      `Warning FailedScheduling ${refusalOf(cluster, 'b')}`,
    ]);
  });

  it('SCHED-14 has other words for a cluster without nodes', () => {
    const cluster = newCluster({ nodes: [] });
    createObject(cluster, newPod('a'));
    runUntilQuiet(cluster);
    expect(refusalOf(cluster, 'a')).toBe('no nodes available to schedule pods');
  });

  it('SCHED-6 passes cordoned nodes by', () => {
    const cluster = newCluster({ nodes: [{ name: 'n1' }, { name: 'n2' }] });
    cordon(cluster, 'n1');
    createObject(cluster, newPod('a'));
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'a')).toBe('n2');
    cordon(cluster, 'n2');
    createObject(cluster, newPod('b'));
    runUntilQuiet(cluster);
    expect(refusalOf(cluster, 'b')).toBe(
      `0/2 nodes are available: 2 node(s) were unschedulable. ${after} 0/2 nodes are available: 2 ${NO_HELP}.`,
    );
    expect(ruleFor(cluster, 'b')).toBe('SCHED-6');
  });

  it('SCHED-7 keeps pods off tainted nodes unless they tolerate the taint', () => {
    const taints = [{ key: 'dedicated', value: 'db', effect: 'NoExecute' }];
    const cluster = newCluster({ nodes: [{ name: 'n1', taints }] });
    createObject(cluster, newPod('a'));
    createObject(cluster, newPod('b', { spec: { tolerations: [{ key: 'dedicated', operator: 'Exists' }] } }));
    createObject(cluster, newPod('c', { spec: { tolerations: [{ key: 'dedicated', value: 'web' }] } }));
    runUntilQuiet(cluster);
    expect(['a', 'b', 'c'].map((name) => nodeOf(cluster, name))).toEqual([undefined, 'n1', undefined]);
    expect(ruleFor(cluster, 'a')).toBe('SCHED-7');
    expect(refusalOf(cluster, 'a')).toContain('1 node(s) had untolerated taint(s)');
  });

  it('SCHED-8 follows the node selector and required node affinity', () => {
    const cluster = newCluster();
    const terms = [
      { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'NotIn', values: ['zone-a'] }] },
    ];
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } };
    createObject(cluster, newPod('a', { spec: { affinity: { nodeAffinity } } }));
    createObject(cluster, newPod('b', { spec: { nodeSelector: { disk: 'ssd' } } }));
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'a')).toBe('node-b');
    expect(refusalOf(cluster, 'b')).toContain("3 node(s) didn't match Pod's node affinity/selector");
    expect(ruleFor(cluster, 'b')).toBe('SCHED-8');
  });

  it('SCHED-9 gives a host port once on each node', () => {
    const cluster = newCluster({ nodes: [{ name: 'n1' }] });
    const containers = [{ name: 'c', image: 'x', ports: [{ containerPort: 80, hostPort: 80 }] }];
    createObject(cluster, newPod('a', { spec: { containers } }));
    createObject(cluster, newPod('b', { spec: { containers } }));
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'a')).toBe('n1');
    expect(refusalOf(cluster, 'b')).toContain("1 node(s) didn't have free ports for the requested pod ports");
    expect(ruleFor(cluster, 'b')).toBe('SCHED-9');
  });

  it('SCHED-17 tries again when a node gets better, and records an equal refusal twice at most', () => {
    const cluster = newCluster({ nodes: [{ name: 'n1', cpu: 1 }] });
    createObject(cluster, newPod('a', { requests: { cpu: '2' } }));
    runUntilQuiet(cluster);
    for (const label of ['x', 'y', 'z']) {
      updateObject<Node>(cluster, keyOf('Node', '', 'n1'), (node) => ({
        ...node,
        metadata: { ...node.metadata, labels: { ...node.metadata.labels, label } },
      }));
      runUntilQuiet(cluster);
    }
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'a'))).toEqual([
      `Warning FailedScheduling ${refusalOf(cluster, 'a')} (x2)`,
    ]);
  });

  it('SCHED-17 sleeps through changes that cannot help', () => {
    const cluster = newCluster({
      nodes: [
        { name: 'n1', cpu: 1 },
        { name: 'n2', cpu: 1 },
      ],
    });
    createObject(cluster, newPod('small'));
    createObject(cluster, newPod('a', { requests: { cpu: '2' } }));
    runUntilQuiet(cluster);
    cordon(cluster, 'n1');
    expect(runUntilQuiet(cluster)).toEqual([]);
  });
});

describe('company', () => {
  const term = (app: string, topologyKey = 'kubernetes.io/hostname') => ({
    labelSelector: { matchLabels: { app } },
    topologyKey,
  });
  const apart = (app: string) => ({
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term(app)] } },
  });

  it('SCHED-13 keeps pods apart that refuse each other, also when only the one that is there does', () => {
    const cluster = newCluster({ nodes: [{ name: 'n1' }, { name: 'n2' }] });
    createObject(cluster, newPod('a', { labels: { app: 'db' }, spec: apart('db') }));
    createObject(cluster, newPod('b', { labels: { app: 'db' }, spec: apart('db') }));
    createObject(cluster, newPod('c', { labels: { app: 'db' }, spec: apart('db') }));
    createObject(cluster, newPod('d', { labels: { app: 'db' } }));
    runUntilQuiet(cluster);
    expect([nodeOf(cluster, 'a'), nodeOf(cluster, 'b')]).toEqual(['n1', 'n2']);
    expect(refusalOf(cluster, 'c')).toContain("2 node(s) didn't match pod anti-affinity rules");
    expect(refusalOf(cluster, 'd')).toContain("2 node(s) didn't satisfy existing pods anti-affinity rules");
    expect(ruleFor(cluster, 'c')).toBe('SCHED-13');
    deleteObject(cluster, podKey('b'), { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'c')).toBe('n2');
  });

  it('SCHED-13 brings pods together, lets the first of its kind in, and waits for company otherwise', () => {
    const cluster = newCluster();
    const near = (app: string) => ({
      affinity: {
        podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term(app, 'topology.kubernetes.io/zone')] },
      },
    });
    createObject(cluster, newPod('alone', { labels: { app: 'web' }, spec: near('cache') }));
    createObject(cluster, newPod('first', { labels: { app: 'db' }, spec: near('db') }));
    createObject(cluster, newPod('second', { labels: { app: 'db' }, spec: near('db') }));
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'second')).toBe(nodeOf(cluster, 'first'));
    expect(refusalOf(cluster, 'alone')).toContain("3 node(s) didn't match pod affinity rules");
    createObject(
      cluster,
      newPod('cache', { labels: { app: 'cache' }, spec: { nodeSelector: { 'kubernetes.io/hostname': 'node-c' } } }),
    );
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'alone')).toBe('node-c');
  });

  it('SCHED-12 holds the spread over zones to maxSkew', () => {
    const cluster = newCluster({
      nodes: [{ name: 'n1', zone: 'a' }, { name: 'n2', zone: 'b', pods: 1 }, { name: 'n3' }],
    });
    const constraint = {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'db' } },
    };
    for (const name of ['a', 'b', 'c', 'd'])
      createObject(cluster, newPod(name, { labels: { app: 'db' }, spec: { topologySpreadConstraints: [constraint] } }));
    runUntilQuiet(cluster);
    expect(['a', 'b', 'c'].map((name) => nodeOf(cluster, name)).sort()).toEqual(['n1', 'n1', 'n2']);
    expect(refusalOf(cluster, 'd')).toBe(
      `0/3 nodes are available: 1 Too many pods, 1 node(s) didn't match pod topology spread constraints, 1 node(s) didn't match pod topology spread constraints (missing required label). ${after} 0/3 nodes are available: 1 ${NO_HELP}, 2 ${NO_VICTIMS}.`,
    );
    const lonely = { ...constraint, topologyKey: 'rack' };
    createObject(
      cluster,
      newPod('e', {
        labels: { app: 'db' },
        spec: { topologySpreadConstraints: [lonely], nodeSelector: { 'kubernetes.io/hostname': 'n1' } },
      }),
    );
    runUntilQuiet(cluster);
    expect(ruleFor(cluster, 'e')).toBe('SCHED-14');
  });

  it('SCHED-12 counts missing domains as empty where minDomains asks for them', () => {
    const cluster = newCluster({ nodes: [{ name: 'n1', zone: 'a' }] });
    const constraint = {
      maxSkew: 1,
      minDomains: 2,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'db' } },
    };
    for (const name of ['a', 'b'])
      createObject(cluster, newPod(name, { labels: { app: 'db' }, spec: { topologySpreadConstraints: [constraint] } }));
    runUntilQuiet(cluster);
    expect([nodeOf(cluster, 'a'), nodeOf(cluster, 'b')]).toEqual(['n1', undefined]);
    expect(ruleFor(cluster, 'b')).toBe('SCHED-12');
  });
});

interface PriorityClass extends KubeObject {
  readonly value: number;
  readonly preemptionPolicy?: string;
}

describe('preemption', () => {
  /** A cluster whose priority classes are called after their value. */
  const newRankedCluster = (nodes: Setup['nodes'] & object) => {
    const cluster = newCluster({ nodes });
    for (const value of [1, 5, 10]) {
      const policy = value === 5 ? { preemptionPolicy: 'Never' } : {};
      const meta = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: `p${value}` } };
      createObject<PriorityClass>(cluster, { ...meta, value, ...policy });
    }
    return cluster;
  };
  const ranked = (priorityClassName: string, nodeName?: string) => ({
    priorityClassName,
    ...(nodeName !== undefined && { nodeName }),
  });

  it('SCHED-16 deletes the least important pods that make room, and waits for them to go', () => {
    const cluster = newRankedCluster([
      { name: 'n1', cpu: 2 },
      { name: 'n2', cpu: 2 },
    ]);
    createObject(cluster, newPod('low', { requests: { cpu: '2' }, spec: ranked('p1', 'n1') }));
    createObject(cluster, newPod('lower', { requests: { cpu: '2' }, spec: { nodeName: 'n2' } }));
    createObject(cluster, newPod('vip', { requests: { cpu: '1' }, spec: ranked('p10') }));
    runUntilQuiet(cluster);
    const vip = getObject(cluster, 'Pod', 'vip');
    const lower = getObject(cluster, 'Pod', 'lower');
    expect(ruleFor(cluster, 'vip')).toBe('SCHED-16');
    expect(vip.status.nominatedNodeName).toBe('n2');
    expect(lower.metadata.deletionTimestamp).toBeDefined();
    expect(conditionOf(lower.status, 'DisruptionTarget')?.reason).toBe('PreemptionByScheduler');
    expect(eventsOf(cluster, lower)).toEqual([`Normal Preempted Preempted by pod ${vip.metadata.uid} on node n2`]);
    expect(getObject(cluster, 'Pod', 'low').metadata.deletionTimestamp).toBeUndefined();
    expect(eventsOf(cluster, vip)).toEqual(['Warning FailedScheduling 0/2 nodes are available: 2 Insufficient cpu.']);
    deleteObject(cluster, podKey('lower'), { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'vip')).toBe('n2');
    expect(getObject(cluster, 'Pod', 'vip').status.nominatedNodeName).toBeUndefined();
  });

  it('SCHED-16 spares pods that need not go', () => {
    const cluster = newRankedCluster([{ name: 'n1', cpu: 4 }]);
    for (const name of ['a', 'b']) createObject(cluster, newPod(name, { requests: { cpu: '1' }, spec: ranked('p1') }));
    createObject(cluster, newPod('large', { requests: { cpu: '2' } }));
    runUntilQuiet(cluster);
    createObject(cluster, newPod('vip', { requests: { cpu: '2' }, spec: ranked('p10') }));
    runUntilQuiet(cluster);
    const leaving = cluster.view.list('Pod').filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    expect(leaving.map(({ metadata }) => metadata.name)).toEqual(['large']);
  });

  it('SCHED-16 spares everybody where the pod must not preempt', () => {
    const cluster = newRankedCluster([{ name: 'n1', cpu: 2 }]);
    createObject(cluster, newPod('low', { requests: { cpu: '2' }, spec: { nodeName: 'n1' } }));
    createObject(cluster, newPod('polite', { requests: { cpu: '1' }, spec: ranked('p5') }));
    runUntilQuiet(cluster);
    expect(refusalOf(cluster, 'polite')).toBe(
      `0/1 nodes are available: 1 Insufficient cpu. ${after} not eligible due to preemptionPolicy=Never.`,
    );
  });
});

describe('volumes', () => {
  const newStorageCluster = () => {
    const cluster = newTestCluster({
      hasDefaultClass: false,
      timing: { provisionMs: 1000 },
      actors: [defaultScheduler, persistentVolumeController, provisioner],
    });
    createObject(cluster, newClass('now'));
    createObject(cluster, newClass('late', { volumeBindingMode: 'WaitForFirstConsumer' }));
    const local = { provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer' };
    createObject(cluster, newClass('local', local));
    return cluster;
  };

  it('SCHED-11 refuses a pod whose claim is missing or not bound yet, whatever the node', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 100);
    expect(refusalOf(cluster, 'a')).toBe('0/3 nodes are available: persistentvolumeclaim "data" not found. not found');
    createObject(cluster, newClaim('data', { storageClassName: 'now' }));
    run(cluster, 100);
    expect(refusalOf(cluster, 'a')).toBe(
      '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
    );
    expect(reasonFor(cluster, 'default-scheduler', podKey('a'))).toMatchObject({
      rule: 'SCHED-11',
      about: keyOf('PersistentVolumeClaim', 'default', 'data'),
    });
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'a')).toBe('node-a');
  });

  it('SCHED-3 chooses a node first where the class waits for it, and binds the pod after its volumes', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newClaim('data', { storageClassName: 'late' }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 500);
    const claim = getObject(cluster, 'PersistentVolumeClaim', 'data');
    expect(claim.metadata.annotations?.['volume.kubernetes.io/selected-node']).toBe('node-a');
    expect(nodeOf(cluster, 'a')).toBeUndefined();
    expect(getObject(cluster, 'Pod', 'a').status.nominatedNodeName).toBe('node-a');
    expect(ruleFor(cluster, 'a')).toBe('SCHED-3');
    run(cluster, 1_000);
    expect(nodeOf(cluster, 'a')).toBe('node-a');
    expect(getObject(cluster, 'Pod', 'a').status.nominatedNodeName).toBeUndefined();
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'a'))).toEqual([
      'Normal Scheduled Successfully assigned default/a to node-a',
    ]);
  });

  it('SCHED-3 counts a pod that waits for its volumes as on its node', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newClaim('data', { storageClassName: 'late' }));
    createObject(cluster, newPod('a', { claims: ['data'], requests: { cpu: '4' } }));
    run(cluster, 100);
    createObject(cluster, newPod('b', { requests: { cpu: '4' } }));
    run(cluster, 100);
    expect(nodeOf(cluster, 'b')).toBe('node-b');
  });

  it('SCHED-3 reserves a local volume and goes to its node', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newVolume('disk', { storageClassName: 'local', nodeAffinity: onHost('node-c') }));
    run(cluster, 100);
    createObject(cluster, newClaim('data', { storageClassName: 'local' }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 1_000);
    expect(nodeOf(cluster, 'a')).toBe('node-c');
    expect(getObject(cluster, 'PersistentVolumeClaim', 'data').spec.volumeName).toBe('disk');
  });

  it('SCHED-11 keeps a pod to the nodes that reach its volume, and waits for a volume where none can be made', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newVolume('disk', { storageClassName: 'local', nodeAffinity: onHost('node-c') }));
    run(cluster, 100);
    createObject(cluster, newClaim('data', { storageClassName: 'local' }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 1_000);
    deleteObject(cluster, podKey('a'), { gracePeriodSeconds: 0 });
    cordon(cluster, 'node-c');
    createObject(cluster, newPod('b', { claims: ['data'] }));
    run(cluster, 1_000);
    expect(refusalOf(cluster, 'b')).toBe(
      `0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match PersistentVolume's node affinity. ${after} 0/3 nodes are available: 3 ${NO_HELP}.`,
    );
    createObject(cluster, newClaim('more', { storageClassName: 'local' }));
    createObject(cluster, newPod('c', { claims: ['more'] }));
    run(cluster, 100);
    expect(refusalOf(cluster, 'c')).toContain("2 node(s) didn't find available persistent volumes to bind");
    createObject(cluster, newVolume('new', { storageClassName: 'local', nodeAffinity: onHost('node-b') }));
    run(cluster, 1_000);
    expect(nodeOf(cluster, 'c')).toBe('node-b');
  });

  it('SCHED-4 gives up a node that was taken off the claim, and tries again', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newClaim('data', { storageClassName: 'late' }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 300);
    updateObject(cluster, keyOf('PersistentVolumeClaim', 'default', 'data'), (claim) => {
      const { annotations: _all, ...metadata } = claim.metadata;
      return { ...claim, metadata };
    });
    run(cluster, 300);
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'a'))).toEqual([
      'Warning FailedScheduling running PreBind plugin "VolumeBinding": binding volumes: provisioning failed for PVC "data"',
    ]);
    expect(ruleFor(cluster, 'a')).toBe('SCHED-4');
    runUntilQuiet(cluster, 700_000);
    expect(nodeOf(cluster, 'a')).toBe('node-a');
  });

  it('SCHED-4 gives up after ten minutes', () => {
    const cluster = newTestCluster({ hasDefaultClass: false, actors: [defaultScheduler, persistentVolumeController] });
    createObject(cluster, newClass('late', { volumeBindingMode: 'WaitForFirstConsumer' }));
    createObject(cluster, newClaim('data', { storageClassName: 'late' }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 599_000);
    expect(ruleFor(cluster, 'a')).toBe('SCHED-3');
    run(cluster, 1_500);
    expect(refusalOf(cluster, 'a')).toBe(
      'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded',
    );
  });

  it('SCHED-10 keeps a second pod from a claim that is for one pod', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newClaim('data', { storageClassName: 'now', accessModes: ['ReadWriteOncePod'] }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    runUntilQuiet(cluster);
    createObject(cluster, newPod('b', { claims: ['data'] }));
    runUntilQuiet(cluster);
    expect(refusalOf(cluster, 'b')).toBe(
      `0/3 nodes are available: 3 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod. ${after} 0/3 nodes are available: 3 ${NO_VICTIMS}.`,
    );
    expect(ruleFor(cluster, 'b')).toBe('SCHED-10');
    deleteObject(cluster, podKey('a'), { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'b')).toBe('node-a');
  });
});
