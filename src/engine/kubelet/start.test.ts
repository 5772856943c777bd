import { describe, expect, it } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim, Pod } from '#kube';
import { nextTaskMs } from '../kernel/index.ts';
import {
  createObject,
  deleteObject,
  eventsOf,
  getObject,
  newTestCluster,
  reasonFor,
  run,
  updateStatus,
} from '../testing/scenario.ts';
import { kubelet } from './kubelet.ts';
import { createPod, podKey, runUntilTrue, startPod, stateOf, statusOf } from './testing/pods.ts';
import { KUBELET_TIMING } from './timing.ts';

const newCluster = (timing: Readonly<Record<string, number>> = {}) => newTestCluster({ actors: [kubelet], timing });

const CLAIM: PersistentVolumeClaim['spec'] = {
  accessModes: ['ReadWriteOnce'],
  resources: { requests: { storage: '1Gi' } },
};

/** A claim that is bound to a volume of its own. */
function bindClaim(cluster: ReturnType<typeof newCluster>, name: string): void {
  createObject<PersistentVolume>(cluster, {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `pv-${name}` },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      csi: { driver: 'sim.example', volumeHandle: name },
    },
    status: { phase: 'Available' },
  });
  createObject<PersistentVolumeClaim>(cluster, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'default' },
    spec: { ...CLAIM, volumeName: `pv-${name}` },
    status: { phase: 'Pending' },
  });
  updateStatus<PersistentVolumeClaim>(cluster, `PersistentVolumeClaim/default/${name}`, (claim) => ({
    ...claim,
    status: { phase: 'Bound' },
  }));
}

const withClaim = (claimName: string) => ({ volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }] });

describe('a pod starts', () => {
  it('KUBELET-1 is taken over by its node alone, with all conditions in the order of upstream', () => {
    const cluster = newCluster();
    createPod(cluster, 'other', { nodeName: undefined as unknown as string });
    createPod(cluster, 'web-0');
    run(cluster, 100);
    const { status } = getObject(cluster, 'Pod', 'web-0');
    expect(status.conditions?.map(({ type, status: state }) => `${type} ${state}`)).toEqual([
      'PodReadyToStartContainers False',
      'Initialized True',
      'Ready False',
      'ContainersReady False',
      'PodScheduled True',
    ]);
    expect(status).toMatchObject({ phase: 'Pending', startTime: expect.any(String), hostIP: expect.any(String) });
    expect(status.conditions?.[2]).toMatchObject({
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [app]',
    });
    expect(stateOf(cluster, 'web-0')).toBe('ContainerCreating');
    expect(getObject(cluster, 'Pod', 'other').status.containerStatuses).toBeUndefined();
  });

  it('KUBELET-8 is Running and Ready in the end, and then nothing is due any more', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    expect(getObject(cluster, 'Pod', 'web-0').status.phase).toBe('Running');
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toBeUndefined();
    expect(nextTaskMs(cluster)).toBeUndefined();
  });

  it('KUBELET-8 starts containers one after the other, with the events of 1.36', () => {
    const cluster = newCluster({ pullMs: 1000 });
    const containers = ['one', 'two'].map((name) => ({ name, image: 'same:1', imagePullPolicy: 'IfNotPresent' }));
    const pod = startPod(cluster, 'web-0', { containers });
    const events = eventsOf(cluster, pod);
    expect(events.map((event) => event.split(' ').slice(1, 2).join())).toEqual([
      'Pulling',
      'Pulled',
      'Created',
      'Started',
      'Pulled',
      'Created',
      'Started',
    ]);
    expect(events[4]).toBe(
      'Normal Pulled Container image "same:1" already present on machine and can be accessed by the pod',
    );
    expect(events[1]).toMatch(
      /^Normal Pulled Successfully pulled image "same:1" in [\d.]+m?s \([\d.]+m?s including waiting\)\. Image size: \d+ bytes\.$/,
    );
    expect(cluster.view.eventsAbout(pod.metadata.uid)[0]).toMatchObject({
      source: { component: 'kubelet', host: 'node-a' },
      involvedObject: { fieldPath: 'spec.containers{one}' },
    });
  });

  it('KUBELET-2 waits for its claim to be bound, and says which', () => {
    const cluster = newCluster();
    createObject<PersistentVolumeClaim>(cluster, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'www-web-0', namespace: 'default' },
      spec: CLAIM,
      status: { phase: 'Pending' },
    });
    createPod(cluster, 'web-0', withClaim('www-web-0'));
    run(cluster, 30_000);
    expect(stateOf(cluster, 'web-0')).toBe('ContainerCreating');
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toMatchObject({
      rule: 'KUBELET-2',
      about: 'PersistentVolumeClaim/default/www-web-0',
      args: { claim: 'www-web-0' },
      acting: false,
    });
    run(cluster, 100_000);
    const mount =
      'Warning FailedMount Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition';
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'web-0'))).toContain(mount);
  });

  it('KUBELET-3 attaches its volume before it goes on, and a pod that comes back soon finds it attached', () => {
    const cluster = newCluster();
    bindClaim(cluster, 'www-web-0');
    const pod = startPod(cluster, 'web-0', withClaim('www-web-0'));
    const attached = 'Normal SuccessfulAttachVolume AttachVolume.Attach succeeded for volume "pv-www-web-0" ';
    expect(eventsOf(cluster, pod)[0]).toBe(attached);
    expect(cluster.view.eventsAbout(pod.metadata.uid)[0]?.source.component).toBe('attachdetach-controller');
    deleteObject(cluster, podKey('web-0'), { gracePeriodSeconds: 1 });
    runUntilTrue(cluster, () => cluster.view.get('Pod', 'default', 'web-0') === undefined);
    const again = startPod(cluster, 'web-0', withClaim('www-web-0'));
    expect(eventsOf(cluster, again)).not.toContain(attached);
  });

  it('KUBELET-4 waits while another node has the volume, says so once, and goes on when it is detached', () => {
    const cluster = newCluster();
    bindClaim(cluster, 'data');
    startPod(cluster, 'first', withClaim('data'));
    createPod(cluster, 'second', { ...withClaim('data'), nodeName: 'node-b' });
    run(cluster, 60_000);
    const second = getObject(cluster, 'Pod', 'second');
    expect(eventsOf(cluster, second)).toEqual([
      'Warning FailedAttachVolume Multi-Attach error for volume "pv-data" Volume is already used by pod(s) first',
    ]);
    expect(reasonFor(cluster, 'kubelet', podKey('second'))).toMatchObject({
      rule: 'KUBELET-4',
      args: { other: 'node-a', pods: 'first' },
    });
    deleteObject(cluster, podKey('first'));
    run(cluster, 20_000);
    expect(stateOf(cluster, 'second')).toBe('running');
    expect(eventsOf(cluster, second)[1]).toContain('SuccessfulAttachVolume');
  });

  it('KUBELET-4 lets go of what a pod holds that went before its node had seen it', () => {
    const cluster = newCluster();
    bindClaim(cluster, 'data');
    startPod(cluster, 'web-0', withClaim('data'));
    deleteObject(cluster, podKey('web-0'), { gracePeriodSeconds: 0 });
    run(cluster, 100);
    const releasedMs = nextTaskMs(cluster) ?? 0;
    run(cluster, releasedMs - cluster.world.counters.nowMs - 5);
    createPod(cluster, 'web-0', withClaim('data'));
    run(cluster, 10);
    deleteObject(cluster, podKey('web-0'), { gracePeriodSeconds: 0 });
    createPod(cluster, 'web-0', { ...withClaim('data'), nodeName: 'node-b' });
    run(cluster, 20_000);
    expect(stateOf(cluster, 'web-0')).toBe('running');
  });

  it('KUBELET-5 has an address as soon as its sandbox is there, before any container runs', () => {
    const cluster = newCluster();
    createPod(cluster, 'web-0');
    const atMs = runUntilTrue(cluster, () => getObject(cluster, 'Pod', 'web-0').status.podIP !== undefined);
    expect(atMs).toBeGreaterThanOrEqual(KUBELET_TIMING.sandboxMs);
    expect(statusOf(cluster, 'web-0', 'PodReadyToStartContainers')).toBe('True');
    expect(stateOf(cluster, 'web-0')).toBe('ContainerCreating');
  });

  it('KUBELET-6 gives every pod an address of its node that no other pod has', () => {
    const cluster = newCluster();
    for (let i = 0; i < 20; i += 1) createPod(cluster, `web-${i}`, { nodeName: i % 2 === 0 ? 'node-a' : 'node-b' });
    run(cluster, 60_000);
    const pods = cluster.view.list('Pod');
    expect(new Set(pods.map(({ status }) => status.podIP)).size).toBe(20);
    for (const { spec, status } of pods)
      expect(status.podIP).toMatch(spec.nodeName === 'node-a' ? /^10\.244\.0\./ : /^10\.244\.1\./);
  });

  it('KUBELET-7 pulls an image once for each node; pods that come meanwhile wait for the same pull', () => {
    const cluster = newCluster();
    createPod(cluster, 'first');
    run(cluster, 2000);
    createPod(cluster, 'second');
    createPod(cluster, 'far', { nodeName: 'node-b' });
    run(cluster, 20_000);
    const pulled = (name: string): number =>
      Number(
        /including/.test(eventsOf(cluster, getObject(cluster, 'Pod', name)).join()) &&
          /\(([\d.]+)s including/.exec(eventsOf(cluster, getObject(cluster, 'Pod', name)).join())?.[1],
      );
    expect(pulled('second')).toBeCloseTo(pulled('first') - 2, 1);
    expect(pulled('far')).toBe(pulled('first'));
  });

  it('KUBELET-7 asks the registry with pull policy Always, but briefly when the image is there', () => {
    const cluster = newCluster();
    startPod(cluster, 'first', { container: { imagePullPolicy: 'Always' } });
    const second = startPod(cluster, 'second', { container: { imagePullPolicy: 'Always' } });
    expect(eventsOf(cluster, second)[0]).toBe('Normal Pulling Pulling image "app:1"');
    expect(eventsOf(cluster, second)[1]).toContain('in 350ms (350ms including waiting)');
  });

  it('KUBELET-10 runs init containers one after the other, and the others only then', () => {
    const cluster = newCluster({ pullMs: 500 });
    const initContainers = ['prepare', 'copy'].map((name) => ({
      name,
      image: 'tool:1',
      imagePullPolicy: 'IfNotPresent',
    }));
    createPod(cluster, 'web-0', { initContainers });
    runUntilTrue(cluster, () => stateOf(cluster, 'web-0', 'prepare') === 'running');
    expect(stateOf(cluster, 'web-0', 'copy')).toBe('PodInitializing');
    expect(stateOf(cluster, 'web-0')).toBe('PodInitializing');
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toMatchObject({
      rule: 'KUBELET-10',
      args: { number: 1, total: 2 },
    });
    expect(getObject(cluster, 'Pod', 'web-0').status.conditions?.[1]).toMatchObject({
      status: 'False',
      reason: 'ContainersNotInitialized',
      message: 'containers with incomplete status: [prepare copy]',
    });
    runUntilTrue(cluster, () => stateOf(cluster, 'web-0', 'copy') === 'running');
    expect(stateOf(cluster, 'web-0', 'prepare')).toBe('Completed');
    runUntilTrue(cluster, () => stateOf(cluster, 'web-0') === 'running');
    expect(stateOf(cluster, 'web-0', 'copy')).toBe('Completed');
    expect(statusOf(cluster, 'web-0', 'Initialized')).toBe('True');
  });

  it('KUBELET-10 starts a sidecar before the containers, and counts it for readiness', () => {
    const cluster = newCluster({ pullMs: 500 });
    const sidecar = { name: 'proxy', image: 'proxy:1', imagePullPolicy: 'IfNotPresent', restartPolicy: 'Always' };
    startPod(cluster, 'web-0', { initContainers: [sidecar] });
    const { status } = getObject(cluster, 'Pod', 'web-0');
    expect(status.initContainerStatuses?.[0]).toMatchObject({ ready: true, started: true });
    expect(stateOf(cluster, 'web-0', 'proxy')).toBe('running');
    expect(status.phase).toBe('Running');
  });

  it('KUBELET-13 does not start a container whose image has no valid name, or is absent with policy Never', () => {
    const cluster = newCluster();
    const invalid = startPod(cluster, 'invalid', { container: { image: 'App:1' } });
    expect(stateOf(cluster, 'invalid')).toBe('InvalidImageName');
    expect(eventsOf(cluster, invalid)).toEqual([
      `Warning InspectFailed Failed to apply default image tag "App:1": couldn't parse image name "App:1": invalid reference format: repository name must be lowercase`,
      'Warning Failed Error: InvalidImageName',
    ]);
    const never = startPod(cluster, 'never', { container: { imagePullPolicy: 'Never' } });
    expect(stateOf(cluster, 'never')).toBe('ErrImageNeverPull');
    expect(eventsOf(cluster, never)[0]).toBe(
      'Warning ErrImageNeverPull Container image "app:1" is not present with pull policy of Never',
    );
    expect(reasonFor(cluster, 'kubelet', podKey('never'))).toMatchObject({ rule: 'KUBELET-13' });
    expect(nextTaskMs(cluster)).toBeUndefined();
  });

  it('KUBELET-14 is not Ready before its readiness gates are True', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0', { readinessGates: [{ conditionType: 'example.com/ok' }] });
    expect(statusOf(cluster, 'web-0', 'ContainersReady')).toBe('True');
    expect(getObject(cluster, 'Pod', 'web-0').status.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ReadinessGatesNotReady',
    });
    updateStatus<Pod>(cluster, podKey('web-0'), (pod) => ({
      ...pod,
      status: {
        ...pod.status,
        conditions: [...(pod.status.conditions ?? []), { type: 'example.com/ok', status: 'True' }],
      },
    }));
    run(cluster, 1000);
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
  });

  it('KUBELET-14 keeps conditions that others wrote', () => {
    const cluster = newCluster();
    createPod(cluster, 'web-0');
    run(cluster, 100);
    updateStatus<Pod>(cluster, podKey('web-0'), (pod) => ({
      ...pod,
      status: {
        ...pod.status,
        conditions: [...(pod.status.conditions ?? []), { type: 'DisruptionTarget', status: 'True' }],
      },
    }));
    run(cluster, 20_000);
    expect(statusOf(cluster, 'web-0', 'DisruptionTarget')).toBe('True');
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
  });
});
