// What is read back of a cluster that did not begin here.
import { describe, expect, it } from 'vitest';
import { isPodReady, type KubeObject, type Pod } from '#kube';
import { newSimulation } from '../bootstrap.ts';
import { applyFault } from '../faults/index.ts';
import { actNow, type Cluster, reasonOf, runUntil } from '../kernel/index.ts';
import { newestTime } from './newest-time.ts';

const NOW = Date.parse('2025-03-01T12:00:00Z');
const at = (secondsAgo: number): string => new Date(NOW - secondsAgo * 1000).toISOString().replace('.000Z', 'Z');

const node = (ready: 'True' | 'False' | 'Unknown' = 'True'): KubeObject => {
  const room = { cpu: '4', memory: '16Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1', uid: 'n1', resourceVersion: '7', creationTimestamp: at(90_000) },
    spec: { podCIDR: '10.244.0.0/24' },
    status: {
      capacity: room,
      allocatable: room,
      conditions: [{ type: 'Ready', status: ready, lastHeartbeatTime: at(0), lastTransitionTime: at(3600) }],
    },
  } as unknown as KubeObject;
};

interface ContainerFacts {
  readonly name?: string;
  readonly state: unknown;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly lastState?: unknown;
  readonly spec?: object;
}

/** A pod on that node, with what its containers say. */
function podWith(
  containers: readonly ContainerFacts[],
  more: { spec?: object; status?: object; metadata?: object } = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      namespace: 'default',
      uid: 'p1',
      resourceVersion: '9',
      creationTimestamp: at(7200),
      ...more.metadata,
    },
    spec: {
      nodeName: 'n1',
      restartPolicy: 'Always',
      containers: containers.map(({ name = 'app', spec }) => ({ name, image: `${name}:1`, ...spec })),
      ...more.spec,
    },
    status: {
      phase: 'Running',
      podIP: '10.244.0.2',
      startTime: at(7200),
      conditions: [
        {
          type: 'Ready',
          status: containers.every(({ ready }) => ready) ? 'True' : 'False',
          lastTransitionTime: at(7000),
        },
      ],
      containerStatuses: containers.map(({ name = 'app', state, ready = false, restartCount = 0, lastState = {} }) => ({
        name,
        image: `${name}:1`,
        imageID: `sha256:${name}`,
        containerID: `containerd://${name}`,
        ready,
        started: true,
        restartCount,
        state,
        lastState,
      })),
      ...more.status,
    },
  } as unknown as KubeObject;
}

const found = (...objects: readonly KubeObject[]): Cluster => newSimulation({ found: objects, hasDefaultClass: false });
const pod = (cluster: Cluster): Pod => cluster.view.get('Pod', 'default', 'p') as Pod;
const app = (cluster: Cluster, name = 'app') => pod(cluster).status.containerStatuses?.find((one) => one.name === name);
const rule = (cluster: Cluster): string | undefined => reasonOf(cluster.world, 'kubelet', 'Pod/default/p')?.rule;
const RUNNING = { running: { startedAt: at(7000) } };

describe('the newest time', () => {
  it('KUBE-29 is that of a heartbeat or an event, and not one to come', () => {
    expect(newestTime([node()])).toEqual({ newestMs: NOW, isNowKnown: true });
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'e', uid: 'e', creationTimestamp: at(60) },
      lastTimestamp: at(30),
      eventTime: '2025-03-01T11:59:40.250000Z',
    };
    expect(newestTime([event as unknown as KubeObject])).toEqual({ newestMs: NOW - 19_000, isNowKnown: true });
    const stopping = podWith([{ state: RUNNING, ready: true }], {
      metadata: { deletionTimestamp: at(-20), deletionGracePeriodSeconds: 30 },
    });
    expect(newestTime([stopping])).toEqual({ newestMs: NOW - 10_000, isNowKnown: false });
    const stranger = {
      apiVersion: 'certs.example/v1',
      kind: 'Certificate',
      metadata: { name: 'c', uid: 'c', creationTimestamp: at(9) },
      status: { renewTime: '2040-01-01T00:00:00Z' },
    };
    expect(newestTime([stranger as unknown as KubeObject])).toBeUndefined();
  });
});

describe('a pod that was found', () => {
  it('KUBELET-23 runs on as it was, ids and all, and its next address is a free one', () => {
    const cluster = found(
      node(),
      podWith([{ state: RUNNING, ready: true, spec: { readinessProbe: { tcpSocket: { port: 1 } } } }]),
    );
    runUntil(cluster, 600_000);
    expect(app(cluster)).toMatchObject({ containerID: 'containerd://app', imageID: 'sha256:app', restartCount: 0 });
    expect(rule(cluster)).toBeUndefined();
    actNow(cluster, 'user', 'create', (turn) => {
      turn.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'q', namespace: 'default' },
        spec: { nodeName: 'n1', containers: [{ name: 'app', image: 'app:1' }] },
      } as never);
      return {};
    });
    runUntil(cluster, 620_000);
    const other = cluster.view.get('Pod', 'default', 'q');
    expect(other?.status.podIP).toMatch(/^10\.244\.0\./);
    expect(other?.status.podIP).not.toBe('10.244.0.2');
    const pulled = cluster.view.eventsAbout(other?.metadata.uid ?? '').map(({ message }) => message);
    expect(pulled).toContain('Container image "app:1" already present on machine and can be accessed by the pod');
  });

  it('KUBELET-12 goes on in the middle of its back-off, and crashes as it did', () => {
    const ended = { terminated: { exitCode: 137, reason: 'OOMKilled', startedAt: at(130), finishedAt: at(100) } };
    const waiting = {
      waiting: {
        reason: 'CrashLoopBackOff',
        message: 'back-off 2m40s restarting failed container=app pod=p_default(p1)',
      },
    };
    const cluster = found(node(), podWith([{ state: waiting, lastState: ended, restartCount: 5 }]));
    runUntil(cluster, 59_000);
    expect(app(cluster)).toMatchObject({ restartCount: 5, state: waiting });
    expect(rule(cluster)).toBe('KUBELET-12');
    // 2m40s after it had ended, which was 100 s before.
    runUntil(cluster, 62_000);
    expect(app(cluster)).toMatchObject({ restartCount: 6, state: { running: {} } });
    runUntil(cluster, 95_000);
    expect(app(cluster)?.lastState?.terminated ?? app(cluster)?.state.terminated).toMatchObject({ exitCode: 137 });
    actNow(cluster, 'user', 'fault', (turn) => applyFault(turn, 'pod-crash-loop-ends', 'Pod/default/p'));
    runUntil(cluster, 900_000);
    expect(isPodReady(pod(cluster))).toBe(true);
  });

  it('PROBE-4 one container that is not ready does not take the others along', () => {
    const probe = { readinessProbe: { tcpSocket: { port: 1 } } };
    const cluster = found(
      node(),
      podWith([
        { name: 'app', state: RUNNING, ready: true, spec: probe },
        { name: 'side', state: RUNNING, ready: false, spec: probe },
      ]),
    );
    runUntil(cluster, 600_000);
    expect(app(cluster, 'app')?.ready).toBe(true);
    expect(app(cluster, 'side')?.ready).toBe(false);
    actNow(cluster, 'user', 'fault', (turn) => applyFault(turn, 'pod-ready-again', 'Pod/default/p'));
    runUntil(cluster, 620_000);
    expect(isPodReady(pod(cluster))).toBe(true);
  });

  it('PROBE-1 becomes ready by itself where its probe still has time, and stays so where nobody knows the time', () => {
    const spec = { readinessProbe: { tcpSocket: { port: 1 }, initialDelaySeconds: 20 } };
    const young = podWith([{ state: { running: { startedAt: at(5) } }, ready: false, spec }]);
    const known = found(node(), young);
    runUntil(known, 60_000);
    expect(isPodReady(pod(known))).toBe(true);
    const { status: _status, ...silent } = node() as KubeObject & { status: object };
    const timeless = { ...silent, status: { capacity: {}, allocatable: {}, conditions: [] } } as unknown as KubeObject;
    const unknown = found(timeless, young);
    runUntil(unknown, 60_000);
    expect(isPodReady(pod(unknown))).toBe(false);
    expect(rule(unknown)).toBe('PROBE-4');
  });

  it('KUBELET-10 goes on behind the init container that is done', () => {
    const done = { terminated: { exitCode: 0, reason: 'Completed', startedAt: at(40), finishedAt: at(20) } };
    const cluster = found(
      node(),
      podWith([{ state: { waiting: { reason: 'PodInitializing' } } }], {
        spec: {
          initContainers: [
            { name: 'one', image: 'one:1' },
            { name: 'two', image: 'two:1' },
          ],
        },
        status: {
          phase: 'Pending',
          initContainerStatuses: [
            { name: 'one', image: 'one:1', ready: true, restartCount: 0, containerID: 'containerd://1', state: done },
            {
              name: 'two',
              image: 'two:1',
              ready: false,
              started: true,
              restartCount: 0,
              containerID: 'containerd://2',
              state: { running: { startedAt: at(19) } },
            },
          ],
        },
      }),
    );
    runUntil(cluster, 60_000);
    expect(isPodReady(pod(cluster))).toBe(true);
    expect(pod(cluster).status.initContainerStatuses?.map(({ restartCount }) => restartCount)).toEqual([0, 0]);
  });

  it('KUBELET-23 that has waited for long for its containers goes on waiting, one that has just come does not', () => {
    const waiting = [{ state: { waiting: { reason: 'ContainerCreating' } } }];
    const since = (secondsAgo: number) => ({
      status: {
        phase: 'Pending',
        podIP: undefined,
        conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: at(secondsAgo) }],
      },
    });
    const long = found(node(), podWith(waiting, since(900)));
    runUntil(long, 300_000);
    expect(rule(long)).toBe('KUBELET-23');
    expect(pod(long).status.phase).toBe('Pending');
    const short = found(node(), podWith(waiting, since(10)));
    runUntil(short, 60_000);
    expect(isPodReady(pod(short))).toBe(true);
  });

  it('KUBELET-18 on a node that is not heard of waits for it', () => {
    const cluster = found(node('Unknown'), podWith([{ state: RUNNING, ready: true }]));
    runUntil(cluster, 60_000);
    expect(rule(cluster)).toBe('KUBELET-18');
    expect(cluster.world.memory.get('fault/node-down/Node//n1')).toEqual({ sinceMs: -3_600_000 });
  });

  it('KUBE-30 says at the first moment why it waits, and says it again without a tick', () => {
    const cluster = found(node('Unknown'), podWith([{ state: RUNNING, ready: true }]));
    expect(reasonOf(cluster.world, 'kubelet', 'Pod/default/p')).toMatchObject({ rule: 'KUBELET-18', sinceMs: 0 });
    expect(cluster.world.counters.nowMs).toBe(0);
    const told: string[] = [];
    runUntil(cluster, 1000, (tick) => told.push(...tick.reasons.map(({ key }) => key)));
    expect(told.filter((key) => key.startsWith('kubelet Pod/'))).toEqual([]);
  });
});
