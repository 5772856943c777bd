import { describe, expect, it } from 'vitest';
import { nodeLifecycleController } from '../controllers/node-lifecycle/index.ts';
import { podGarbageCollector } from '../controllers/pod-gc/index.ts';
import { taintEvictionController } from '../controllers/taint-eviction/index.ts';
import { rules } from '../rules-list.ts';
import { deleteObject, getObject, newTestCluster, run } from '../testing/scenario.ts';
import { rangeOf } from './addresses.ts';
import { STEPS } from './container-steps.ts';
import { imageTarget } from './fault-state.ts';
import { kubelet } from './kubelet.ts';
import type { ContainerRecord } from './record.ts';
import { nodeKeyOf } from './session.ts';
import { STAGES } from './stages.ts';
import { phaseOf } from './status.ts';
import { createPod, podKey, startPod, strike } from './testing/pods.ts';

const container = (name: string, parts: Partial<ContainerRecord> = {}): ContainerRecord => ({
  name,
  kind: 'app',
  image: 'app:1',
  step: 'run',
  sinceMs: 0,
  runs: 1,
  restarts: 0,
  started: true,
  ready: true,
  ...parts,
});
const ended = (exitCode: number): Partial<ContainerRecord> => ({
  step: 'ended',
  ended: { exitCode, reason: '', startedMs: 0, finishedMs: 0 },
});

describe('the tables of the kubelet', () => {
  it('KUBELET-1 and all that follows: each stage and each step names a rule that is in the list', () => {
    const named = [...Object.values(STAGES), ...Object.values(STEPS)].map(({ rule }) => rule);
    expect(named.filter((rule) => !rules.has(rule))).toEqual([]);
  });

  it('KUBELET-14 gives a pod the phase that its containers make', () => {
    const cluster = newTestCluster({ actors: [] });
    const always = createPod(cluster, 'always');
    const never = createPod(cluster, 'never', { restartPolicy: 'Never' });
    const idle = container('a', { step: 'idle', runs: 0, started: false });
    const init = (parts: Partial<ContainerRecord>) => container('i', { kind: 'init', ...parts });
    expect(phaseOf(always, [idle], false)).toBe('Pending');
    expect(phaseOf(always, [container('a'), idle], false)).toBe('Pending');
    expect(phaseOf(always, [container('a')], false)).toBe('Running');
    expect(phaseOf(always, [init(ended(0)), container('a')], false)).toBe('Running');
    expect(phaseOf(always, [init({ step: 'back-off' }), idle], false)).toBe('Pending');
    expect(phaseOf(never, [init(ended(1)), idle], false)).toBe('Failed');
    const waiting = container('a', { ...ended(1), step: 'back-off', waiting: 'CrashLoopBackOff' });
    expect(phaseOf(always, [waiting], false)).toBe('Running');
    expect(phaseOf(never, [container('a', ended(0))], false)).toBe('Succeeded');
    expect(phaseOf(never, [container('a', ended(0)), container('b', ended(1))], false)).toBe('Failed');
    expect(phaseOf(always, [container('a', ended(0))], true)).toBe('Succeeded');
    expect(phaseOf(always, [container('a', ended(137))], true)).toBe('Failed');
  });

  it('KUBELET-6 uses an address again only after all others, and none that a pod has', () => {
    const cluster = newTestCluster({ actors: [kubelet] });
    const addressOf = (name: string): string | undefined => getObject(cluster, 'Pod', name).status.podIP;
    startPod(cluster, 'stays');
    const seen = new Set([addressOf('stays')]);
    for (let i = 1; i < 253; i += 1) {
      createPod(cluster, 'goes');
      run(cluster, 700);
      seen.add(addressOf('goes'));
      deleteObject(cluster, podKey('goes'), { gracePeriodSeconds: 0 });
      run(cluster, 100);
    }
    expect(seen.size).toBe(253);
    expect(addressOf('stays')).toBe('10.244.0.2');
    startPod(cluster, 'next');
    expect(addressOf('next')).toBe('10.244.0.3');
  });

  it('KUBELET-6 gives a node that holds more pods than its range a wide one that no other node has', () => {
    const nodes = ['a', 'b', 'c'].map((name) => ({ name: `node-${name}`, pods: 5000 }));
    const cluster = newTestCluster({ actors: [kubelet], nodes });
    const ranges = cluster.view.list('Node').map(rangeOf);
    expect(new Set(ranges.map(({ base }) => base)).size).toBe(3);
    for (const { size } of ranges) expect(size).toBeGreaterThan(5000);
  });

  it('KUBELET-8 and all others say whole sentences, whatever happens', () => {
    const actors = [kubelet, nodeLifecycleController, taintEvictionController, podGarbageCollector];
    const cluster = newTestCluster({ actors });
    const probe = { httpGet: { port: 80 } };
    strike(cluster, 'image-pull-fails', imageTarget('gone:1'));
    createPod(cluster, 'pulls', { container: { image: 'gone:1' } });
    createPod(cluster, 'refused', { container: { image: 'Gone:1' } });
    const ticks = [];
    startPod(cluster, 'web-0', { container: { readinessProbe: probe, livenessProbe: probe, startupProbe: probe } });
    createPod(cluster, 'web-1', { nodeName: 'node-b', initContainers: [{ name: 'prepare', image: 'tool:1' }] });
    ticks.push(...run(cluster, 20_000));
    for (const id of ['pod-not-ready', 'pod-hang', 'pod-crash-loop']) {
      strike(cluster, id, podKey('web-0'));
      ticks.push(...run(cluster, 60_000));
    }
    strike(cluster, 'node-unready', nodeKeyOf('node-c'));
    strike(cluster, 'node-down', nodeKeyOf('node-b'));
    ticks.push(...run(cluster, 90_000));
    deleteObject(cluster, podKey('web-1'));
    strike(cluster, 'pod-fail', podKey('web-0'));
    deleteObject(cluster, podKey('pulls'));
    ticks.push(...run(cluster, 400_000));
    deleteObject(cluster, nodeKeyOf('node-b'));
    ticks.push(...run(cluster, 100_000));
    const reasons = ticks.flatMap(({ reasons: changes }) => changes.flatMap(({ after }) => after ?? []));
    const sentences = reasons.map(({ rule, args = {} }) => rules.get(rule)?.sentence(args) ?? `no rule ${rule}`);
    expect(new Set(reasons.map(({ rule }) => rule)).size).toBeGreaterThan(14);
    for (const sentence of sentences) {
      expect(sentence).not.toMatch(/undefined|NaN|no rule|\[object/);
      expect(sentence).toMatch(/^[^A-Z].*[^.]$/);
    }
  });
});
