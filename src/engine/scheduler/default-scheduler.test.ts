import { describe, expect, it } from 'vitest';
import { conditionOf, keyOf, type Node, type Pod } from '#kube';
import {
  createObject,
  deleteObject,
  eventsOf,
  getObject,
  runUntilQuiet,
  updateObject,
  updateStatus,
} from '../testing/scenario.ts';
import { filters } from './filters/index.ts';
import {
  AFTER,
  cordon,
  NO_HELP,
  NO_VICTIMS,
  newSchedulerCluster,
  nodeOf,
  podKey,
  refusalTextOf,
  ruleFor,
  taint,
} from './testing/cluster.ts';
import { newPod } from './testing/drafts.ts';

describe('placing a pod', () => {
  it('SCHED-1 binds the pod, sets its condition and says so', () => {
    const cluster = newSchedulerCluster();
    createObject(cluster, newPod('a'));
    runUntilQuiet(cluster);
    const pod = getObject(cluster, 'Pod', 'a');
    expect(pod.spec.nodeName).toBe('node-a');
    expect(conditionOf(pod.status, 'PodScheduled')?.status).toBe('True');
    expect(eventsOf(cluster, pod)).toEqual(['Normal Scheduled Successfully assigned default/a to node-a']);
    expect(ruleFor(cluster, 'a')).toBe('SCHED-1');
  });

  it('SCHED-2 spreads pods of one controller over the nodes, and takes the first by name of equals', () => {
    const cluster = newSchedulerCluster();
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
    const cluster = newSchedulerCluster({
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
    const cluster = newSchedulerCluster();
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
    const cluster = newSchedulerCluster({
      nodes: [
        { name: 'n1', cpu: 2, memory: '4Gi' },
        { name: 'n2', cpu: 8, pods: 0 },
      ],
    });
    createObject(cluster, newPod('a', { requests: { cpu: '4', memory: '8Gi' } }));
    runUntilQuiet(cluster);
    expect(refusalTextOf(cluster, 'a')).toBe(
      `0/2 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 Too many pods. ${AFTER} 0/2 nodes are available: 1 ${NO_VICTIMS}, 1 ${NO_HELP}.`,
    );
    expect(ruleFor(cluster, 'a')).toBe('SCHED-5');
  });

  it('SCHED-5 counts the larger of containers and init steps, and pods until they are gone', () => {
    const cluster = newSchedulerCluster({ nodes: [{ name: 'n1', cpu: 2 }] });
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
    const cluster = newSchedulerCluster({
      nodes: [
        { name: 'node-1', cpu: 1 },
        { name: 'node-2', cpu: 2, taints },
      ],
    });
    createObject(cluster, newPod('a', { requests: { cpu: '600m' } }));
    createObject(cluster, newPod('b', { requests: { cpu: '600m' } }));
    runUntilQuiet(cluster);
    expect(refusalTextOf(cluster, 'b')).toBe(
      `0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). ${AFTER} 0/2 nodes are available: 1 ${NO_VICTIMS}, 1 ${NO_HELP}.`,
    );
    expect(ruleFor(cluster, 'b')).toBe('SCHED-14');
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'b'))).toEqual([
      `Warning FailedScheduling ${refusalTextOf(cluster, 'b')}`,
    ]);
  });

  it('SCHED-14 has other words for a cluster without nodes', () => {
    const cluster = newSchedulerCluster({ nodes: [] });
    createObject(cluster, newPod('a'));
    runUntilQuiet(cluster);
    expect(refusalTextOf(cluster, 'a')).toBe('no nodes available to schedule pods');
  });

  it('SCHED-6 passes cordoned nodes by', () => {
    const cluster = newSchedulerCluster({ nodes: [{ name: 'n1' }, { name: 'n2' }] });
    cordon(cluster, 'n1');
    createObject(cluster, newPod('a'));
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'a')).toBe('n2');
    cordon(cluster, 'n2');
    createObject(cluster, newPod('b'));
    runUntilQuiet(cluster);
    expect(refusalTextOf(cluster, 'b')).toBe(
      `0/2 nodes are available: 2 node(s) were unschedulable. ${AFTER} 0/2 nodes are available: 2 ${NO_HELP}.`,
    );
    expect(ruleFor(cluster, 'b')).toBe('SCHED-6');
  });

  it('SCHED-7 keeps pods off tainted nodes unless they tolerate the taint', () => {
    const taints = [{ key: 'dedicated', value: 'db', effect: 'NoExecute' }];
    const cluster = newSchedulerCluster({ nodes: [{ name: 'n1', taints }] });
    createObject(cluster, newPod('a'));
    createObject(cluster, newPod('b', { spec: { tolerations: [{ key: 'dedicated', operator: 'Exists' }] } }));
    createObject(cluster, newPod('c', { spec: { tolerations: [{ key: 'dedicated', value: 'web' }] } }));
    runUntilQuiet(cluster);
    expect(['a', 'b', 'c'].map((name) => nodeOf(cluster, name))).toEqual([undefined, 'n1', undefined]);
    expect(ruleFor(cluster, 'a')).toBe('SCHED-7');
    expect(refusalTextOf(cluster, 'a')).toContain('1 node(s) had untolerated taint(s)');
  });

  it('SCHED-8 follows the node selector and required node affinity', () => {
    const cluster = newSchedulerCluster();
    const terms = [
      { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'NotIn', values: ['zone-a'] }] },
    ];
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } };
    createObject(cluster, newPod('a', { spec: { affinity: { nodeAffinity } } }));
    createObject(cluster, newPod('b', { spec: { nodeSelector: { disk: 'ssd' } } }));
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'a')).toBe('node-b');
    expect(refusalTextOf(cluster, 'b')).toContain("3 node(s) didn't match Pod's node affinity/selector");
    expect(ruleFor(cluster, 'b')).toBe('SCHED-8');
  });

  it('SCHED-9 gives a host port once on each node', () => {
    const cluster = newSchedulerCluster({ nodes: [{ name: 'n1' }] });
    const containers = [{ name: 'c', image: 'x', ports: [{ containerPort: 80, hostPort: 80 }] }];
    createObject(cluster, newPod('a', { spec: { containers } }));
    createObject(cluster, newPod('b', { spec: { containers } }));
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'a')).toBe('n1');
    expect(refusalTextOf(cluster, 'b')).toContain("1 node(s) didn't have free ports for the requested pod ports");
    expect(ruleFor(cluster, 'b')).toBe('SCHED-9');
  });

  it('SCHED-17 tries again when a node gets better, and records an equal refusal twice at most', () => {
    const cluster = newSchedulerCluster({ nodes: [{ name: 'n1', cpu: 2 }] });
    createObject(cluster, newPod('small', { requests: { cpu: '1' } }));
    createObject(cluster, newPod('a', { requests: { cpu: '2' } }));
    runUntilQuiet(cluster);
    for (const pods of ['111', '112', '113']) {
      updateStatus<Node>(cluster, keyOf('Node', '', 'n1'), (node) => ({
        ...node,
        status: { ...node.status, allocatable: { ...node.status.allocatable, pods } },
      }));
      runUntilQuiet(cluster);
    }
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'a'))).toEqual([
      `Warning FailedScheduling ${refusalTextOf(cluster, 'a')} (x2)`,
    ]);
  });

  it('SCHED-17 sleeps through changes that cannot help', () => {
    const cluster = newSchedulerCluster({
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
    const refusal = refusalTextOf(cluster, 'a');
    taint(cluster, 'n2', [{ key: 'dedicated', effect: 'NoSchedule' }]);
    cordon(cluster, 'n1', false);
    runUntilQuiet(cluster);
    taint(cluster, 'n1', [{ key: 'dedicated', effect: 'NoSchedule' }]);
    taint(cluster, 'n2', []);
    runUntilQuiet(cluster);
    expect(refusal).toContain('2 Insufficient cpu');
    expect(refusalTextOf(cluster, 'a')).toBe(refusal);
  });

  it('SCHED-17 lets each filter judge what became of a node', () => {
    const change = { metadata: { uid: 'n', name: 'n1' }, spec: {}, status: { allocatable: { cpu: '4', pods: '9' } } };
    const before = change as unknown as Node;
    const labelled = { ...before, metadata: { ...before.metadata, labels: { disk: 'ssd', zone: 'a' } } } as Node;
    const cordoned = { ...before, spec: { ...before.spec, unschedulable: true } } as Node;
    const tainted = { ...before, spec: { ...before.spec, taints: [{ key: 'k', effect: 'NoExecute' }] } } as Node;
    const roomier = { ...before, status: { ...before.status, allocatable: { cpu: '8', pods: '9' } } } as Node;
    const spread = { topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} };
    const pod = newPod('a', {
      requests: { cpu: '2' },
      spec: { nodeSelector: { disk: 'ssd' }, topologySpreadConstraints: [spread] } as Partial<Pod['spec']>,
    }) as Pod;
    const helped = (from: Node | undefined, to: Node | undefined): string[] =>
      filters.filter((filter) => filter.isHelpedBy(pod, from, to)).map(({ name }) => name);
    const relabelled = ['NodeAffinity', 'VolumeBinding', 'VolumeZone', 'PodTopologySpread', 'InterPodAffinity'];
    expect(helped(before, labelled)).toEqual(relabelled);
    expect(helped(cordoned, before)).toEqual(['NodeUnschedulable']);
    expect(helped(before, cordoned)).toEqual([]);
    expect(helped(tainted, before)).toEqual(['TaintToleration']);
    expect(helped(before, roomier)).toEqual(['NodeResourcesFit']);
    expect(helped(roomier, before)).toEqual([]);
    expect(helped(labelled, undefined)).toEqual(['PodTopologySpread']);
    expect(helped(undefined, labelled)).toEqual(filters.map(({ name }) => name));
  });
});
