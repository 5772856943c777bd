// Events: counted, combined, held back, forgotten.
import { describe, expect, it } from 'vitest';
import type { Draft, KubeEvent, KubeObject, Pod } from '#kube';
import type { EventDraft } from '../kernel/index.ts';
import { call, createObject, eventsOf, getObject, newTestCluster, run } from '../testing/scenario.ts';
import { eventTtl } from './event-ttl.ts';

function clusterWithPod() {
  const cluster = newTestCluster({ actors: [eventTtl] });
  const draft: Draft<Pod> = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-0' },
    spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }] },
    status: { phase: 'Pending' },
  };
  const pod = createObject(cluster, draft);
  const say = (message: string, more: Partial<EventDraft> = {}, about: KubeObject = pod) =>
    call(cluster, (turn) =>
      turn.event(about, { type: 'Normal', reason: 'Pulled', message, source: 'kubelet', ...more }),
    );
  const events = (): readonly KubeEvent[] => cluster.view.eventsAbout(pod.metadata.uid);
  return { cluster, pod, say, events };
}

describe('events', () => {
  it('API-10 counts an equal event instead of adding one', () => {
    const { cluster, pod, say, events } = clusterWithPod();
    say('pulled', { host: 'node-a', fieldPath: 'spec.containers{nginx}' });
    run(cluster, 2_000);
    say('pulled', { host: 'node-a', fieldPath: 'spec.containers{nginx}' });
    expect(events()).toHaveLength(1);
    expect(events()[0]).toMatchObject({
      metadata: { name: expect.stringMatching(/^web-0\.[0-9a-f]{16}$/), namespace: 'default' },
      involvedObject: {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: 'default',
        name: 'web-0',
        uid: pod.metadata.uid,
        fieldPath: 'spec.containers{nginx}',
      },
      count: 2,
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:02Z',
      eventTime: null,
      source: { component: 'kubelet', host: 'node-a' },
      reportingComponent: 'kubelet',
      reportingInstance: 'node-a',
    });
    say('pulled', { host: 'node-b', fieldPath: 'spec.containers{nginx}' });
    expect(events()).toHaveLength(2);
  });

  it('API-10 tells the scheduler’s events by time and series', () => {
    const { cluster, say, events } = clusterWithPod();
    const failed: Partial<EventDraft> = { type: 'Warning', reason: 'FailedScheduling', source: 'default-scheduler' };
    say('no room', failed);
    run(cluster, 1_500);
    expect(events()[0]).toMatchObject({
      eventTime: '2026-01-01T00:00:00.000000Z',
      firstTimestamp: null,
      lastTimestamp: null,
      source: {},
      reportingComponent: 'default-scheduler',
      action: 'Scheduling',
    });
    expect(events()[0]?.count).toBeUndefined();
    say('no room', failed);
    expect(events()[0]?.series).toEqual({ count: 2, lastObservedTime: '2026-01-01T00:00:01.500000Z' });
  });

  it('API-10 combines what is told in ten different ways within ten minutes', () => {
    const { cluster, say } = clusterWithPod();
    for (let i = 0; i < 12; i += 1) say(`pulled ${i}`);
    const told = eventsOf(cluster);
    expect(told).toHaveLength(10);
    expect(told.at(-1)).toBe('Normal Pulled (combined from similar events): pulled 11 (x3)');
    run(cluster, 601_000);
    say('pulled 12');
    expect(eventsOf(cluster)).toContain('Normal Pulled pulled 12');
  });

  it('API-10 holds an author back after 25 events about one object, and lets one more through every five minutes', () => {
    const { cluster, say, events } = clusterWithPod();
    const count = (): number => events().reduce((sum, event) => sum + (event.count ?? 0), 0);
    for (let i = 0; i < 40; i += 1) say('again');
    expect(count()).toBe(25);
    run(cluster, 299_000);
    say('again');
    expect(count()).toBe(25);
    run(cluster, 2_000);
    say('again');
    say('again');
    expect(count()).toBe(26);
    say('of another kind', { type: 'Warning' });
    say('of another author', { source: 'node-controller' });
    expect(count()).toBe(28);
  });

  it('API-16 forgets an event an hour after it was last told', () => {
    const { cluster, say } = clusterWithPod();
    say('first');
    say('often');
    run(cluster, 1_800_000);
    say('often');
    run(cluster, 1_900_000);
    expect(eventsOf(cluster)).toEqual(['Normal Pulled often (x2)']);
    run(cluster, 3_600_000);
    expect(eventsOf(cluster)).toEqual([]);
    expect(getObject(cluster, 'Pod', 'web-0')).toBeDefined();
  });
});
