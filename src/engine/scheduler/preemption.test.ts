import { describe, expect, it } from 'vitest';
import { conditionOf, type KubeObject } from '#kube';
import type { SimulationSetup } from '../bootstrap.ts';
import { createObject, deleteObject, eventsOf, getObject, runUntilQuiet } from '../testing/scenario.ts';
import { AFTER, newSchedulerCluster, nodeOf, podKey, refusalTextOf, ruleFor } from './testing/cluster.ts';
import { newPod } from './testing/drafts.ts';

interface PriorityClass extends KubeObject {
  readonly value: number;
  readonly preemptionPolicy?: string;
}

describe('preemption', () => {
  /** A cluster whose priority classes are called after their value. */
  const newRankedCluster = (nodes: NonNullable<SimulationSetup['nodes']>) => {
    const cluster = newSchedulerCluster({ nodes });
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
    expect(refusalTextOf(cluster, 'polite')).toBe(
      `0/1 nodes are available: 1 Insufficient cpu. ${AFTER} not eligible due to preemptionPolicy=Never.`,
    );
  });
});
