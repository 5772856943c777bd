import { describe, expect, it } from 'vitest';
import { createObject, deleteObject, runUntilQuiet } from '../testing/scenario.ts';
import {
  AFTER,
  NO_HELP,
  NO_VICTIMS,
  newSchedulerCluster,
  nodeOf,
  podKey,
  refusalTextOf,
  ruleFor,
} from './testing/cluster.ts';
import { newPod } from './testing/drafts.ts';

describe('company', () => {
  const term = (app: string, topologyKey = 'kubernetes.io/hostname') => ({
    labelSelector: { matchLabels: { app } },
    topologyKey,
  });
  const apart = (app: string) => ({
    affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term(app)] } },
  });

  it('SCHED-13 keeps pods apart that refuse each other, also when only the one that is there does', () => {
    const cluster = newSchedulerCluster({ nodes: [{ name: 'n1' }, { name: 'n2' }] });
    createObject(cluster, newPod('a', { labels: { app: 'db' }, spec: apart('db') }));
    createObject(cluster, newPod('b', { labels: { app: 'db' }, spec: apart('db') }));
    createObject(cluster, newPod('c', { labels: { app: 'db' }, spec: apart('db') }));
    createObject(cluster, newPod('d', { labels: { app: 'db' } }));
    runUntilQuiet(cluster);
    expect([nodeOf(cluster, 'a'), nodeOf(cluster, 'b')]).toEqual(['n1', 'n2']);
    expect(refusalTextOf(cluster, 'c')).toContain("2 node(s) didn't match pod anti-affinity rules");
    expect(refusalTextOf(cluster, 'd')).toContain("2 node(s) didn't satisfy existing pods anti-affinity rules");
    expect(ruleFor(cluster, 'c')).toBe('SCHED-13');
    deleteObject(cluster, podKey('b'), { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'c')).toBe('n2');
  });

  it('SCHED-13 brings pods together, lets the first of its kind in, and waits for company otherwise', () => {
    const cluster = newSchedulerCluster();
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
    expect(refusalTextOf(cluster, 'alone')).toContain("3 node(s) didn't match pod affinity rules");
    createObject(
      cluster,
      newPod('cache', { labels: { app: 'cache' }, spec: { nodeSelector: { 'kubernetes.io/hostname': 'node-c' } } }),
    );
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'alone')).toBe('node-c');
  });

  it('SCHED-12 holds the spread over zones to maxSkew', () => {
    const cluster = newSchedulerCluster({
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
    expect(refusalTextOf(cluster, 'd')).toBe(
      `0/3 nodes are available: 1 Too many pods, 1 node(s) didn't match pod topology spread constraints, 1 node(s) didn't match pod topology spread constraints (missing required label). ${AFTER} 0/3 nodes are available: 1 ${NO_HELP}, 2 ${NO_VICTIMS}.`,
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
    const cluster = newSchedulerCluster({ nodes: [{ name: 'n1', zone: 'a' }] });
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
