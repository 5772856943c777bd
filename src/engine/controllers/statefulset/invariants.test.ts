// What must hold after every sync, whatever people, kubelets and the clock do to a set: the assertions of the upstream
// tests as properties. k8s: assertMonotonicInvariants, assertBurstInvariants, assertUpdateInvariants
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  claimNameOf,
  isPodReady,
  isTerminating,
  keyOf,
  ordinalOf,
  type Pod,
  type StatefulSet,
  type StatefulSetSpec,
} from '#kube';
import {
  type Cluster,
  fingerprintOf,
  loadWorld,
  newCluster,
  revertTick,
  runUntil,
  saveWorld,
  type Tick,
} from '../../kernel/index.ts';
import { call, createObject, reportPod, run, updateObject } from '../../testing/scenario.ts';
import { garbageCollector } from '../garbage-collector/garbage-collector.ts';
import { pvcProtectionController } from '../volume-protection/pvc-protection-controller.ts';
import { statefulSetController } from './controller.ts';
import { newSet, newSetCluster, ownersOf, SET_KEY, templateOf, theSet, WWW } from './testing/fixtures.ts';

type Act =
  | { readonly kind: 'ready' | 'notReady' | 'fail' | 'delete' | 'finish'; readonly at: number }
  | { readonly kind: 'scale'; readonly replicas: number }
  | { readonly kind: 'image'; readonly tag: number }
  | { readonly kind: 'partition'; readonly partition: number }
  | { readonly kind: 'pass'; readonly ms: number };

const acts = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('ready' as const), at: fc.nat(6) }) },
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('finish' as const), at: fc.nat(6) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('notReady' as const, 'fail' as const, 'delete' as const),
        at: fc.nat(6),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('scale' as const), replicas: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('image' as const), tag: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('partition' as const), partition: fc.nat(4) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(40, 1_500, 12_000) }) },
  ),
  { minLength: 10, maxLength: 60, size: 'max' },
);

const setSpecs = fc.record({
  replicas: fc.integer({ min: 1, max: 4 }),
  podManagementPolicy: fc.constantFrom('OrderedReady' as const, 'Parallel' as const),
  minReadySeconds: fc.constantFrom(0, 0, 10),
  ordinals: fc.constantFrom({ start: 0 }, { start: 0 }, { start: 2 }),
  volumeClaimTemplates: fc.constantFrom(WWW, []),
  persistentVolumeClaimRetentionPolicy: fc.record({
    whenDeleted: fc.constantFrom('Retain' as const, 'Delete' as const),
    whenScaled: fc.constantFrom('Retain' as const, 'Delete' as const),
  }),
});

const podAt = (cluster: Cluster, at: number): Pod | undefined => {
  const pods = cluster.view.list('Pod');
  return pods[at % Math.max(1, pods.length)];
};

/** Does one act; acts on pods that are not there, or that make no sense for them, do nothing. */
function play(cluster: Cluster, act: Act): void {
  const change = (spec: (before: StatefulSetSpec) => Partial<StatefulSetSpec>): void => {
    updateObject<StatefulSet>(cluster, SET_KEY, (set) => ({ ...set, spec: { ...set.spec, ...spec(set.spec) } }));
  };
  if (act.kind === 'scale') change(() => ({ replicas: act.replicas }));
  else if (act.kind === 'image') change(() => ({ template: templateOf(`nginx:${act.tag}`) }));
  else if (act.kind === 'partition')
    change(() => ({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: act.partition } } }));
  else if (act.kind !== 'pass') {
    const pod = podAt(cluster, act.at);
    if (!pod) return;
    const key = keyOf('Pod', 'default', pod.metadata.name);
    const isOver = pod.status.phase === 'Failed';
    if (act.kind === 'ready' && !isOver) {
      if (pod.spec.nodeName === undefined) call(cluster, (turn) => turn.bind(key, 'node-a'));
      reportPod(cluster, pod.metadata.name);
    } else if (act.kind === 'notReady' && pod.status.phase === 'Running')
      reportPod(cluster, pod.metadata.name, { ready: false });
    else if (act.kind === 'fail') reportPod(cluster, pod.metadata.name, { phase: 'Failed' });
    else if (act.kind === 'delete') call(cluster, (turn) => turn.delete(key));
    else if (act.kind === 'finish' && isTerminating(pod))
      call(cluster, (turn) => turn.delete(key, { gracePeriodSeconds: 0 }));
  }
}

/** The claim of a Running and Ready pod has the owners that the policy wants. */
function checkClaims(cluster: Cluster, set: StatefulSet, pod: Pod): void {
  const { whenDeleted, whenScaled } = set.spec.persistentVolumeClaimRetentionPolicy ?? {
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
  };
  const ordinal = ordinalOf(pod.metadata.name);
  const start = set.spec.ordinals?.start ?? 0;
  const isInRange = ordinal >= start && ordinal < start + set.spec.replicas;
  for (const { metadata } of set.spec.volumeClaimTemplates ?? []) {
    const name = claimNameOf(metadata.name, 'web', ordinal);
    const expected =
      whenScaled === 'Delete' && !isInRange
        ? [`Pod/${pod.metadata.name}`]
        : whenDeleted === 'Delete'
          ? ['StatefulSet/web']
          : [];
    if (cluster.view.get('PersistentVolumeClaim', 'default', name)) expect(ownersOf(cluster, name)).toEqual(expected);
  }
}

describe('invariants', () => {
  it('STS-2 an OrderedReady set grows without gaps, lowest ordinal first, and shrinks from the top', () => {
    fc.assert(
      fc.property(setSpecs, acts, (spec, steps) => {
        const cluster = newSetCluster({ also: [garbageCollector, pvcProtectionController] });
        createObject(cluster, newSet({ ...spec, podManagementPolicy: 'OrderedReady' }));
        for (const act of steps) {
          play(cluster, act);
          for (const tick of run(cluster, act.kind === 'pass' ? act.ms : 40)) checkOrderedTick(cluster, tick);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('STS-19 at rest the status counts the pods, and every pod has its identity and its claims', () => {
    fc.assert(
      fc.property(setSpecs, acts, (spec, steps) => {
        const cluster = newSetCluster({ also: [garbageCollector, pvcProtectionController] });
        createObject(cluster, newSet(spec));
        for (const act of steps) {
          play(cluster, act);
          run(cluster, act.kind === 'pass' ? act.ms : 40);
        }
        run(cluster, 20_000);
        checkAtRest(cluster);
      }),
      { numRuns: 150 },
    );
  });

  it('STS-13 a RollingUpdate set left alone ends with the partition of old and the rest of new pods', () => {
    fc.assert(
      fc.property(setSpecs, fc.nat(5), fc.nat(5), (spec, partition, replicas) => {
        const cluster = newSetCluster({ also: [garbageCollector, pvcProtectionController] });
        createObject(cluster, newSet(spec));
        bringUp(cluster);
        updateObject<StatefulSet>(cluster, SET_KEY, (set) => ({
          ...set,
          spec: {
            ...set.spec,
            replicas,
            template: templateOf('nginx:new'),
            updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } },
          },
        }));
        bringUp(cluster);
        const { status } = theSet(cluster);
        const pods = [...cluster.view.list('Pod')].sort(
          (a, b) => ordinalOf(a.metadata.name) - ordinalOf(b.metadata.name),
        );
        expect(pods.length).toBe(replicas);
        const isNew = pods.map((pod) => pod.spec.containers[0]?.image === 'nginx:new');
        expect(isNew).toEqual(pods.map((_, index) => index >= partition));
        expect(status.updatedReplicas ?? 0).toBe(Math.max(0, replicas - partition));
        expect(status.currentRevision === status.updateRevision).toBe(partition === 0 || replicas === 0);
      }),
      { numRuns: 60 },
    );
  });

  it('STS-19 a world that is saved and loaded goes on as it would have; ticks taken back leave it as it was', () => {
    fc.assert(
      fc.property(setSpecs, acts, fc.nat(20), (spec, steps, cut) => {
        const cluster = newSetCluster();
        createObject(cluster, newSet(spec));
        for (const act of steps.slice(0, cut)) {
          play(cluster, act);
          run(cluster, 40);
        }
        const saved = JSON.parse(JSON.stringify(saveWorld(cluster.world))) as ReturnType<typeof saveWorld>;
        const other = newCluster(loadWorld(saved), [statefulSetController]);
        const before = fingerprintOf(cluster.world);
        const ticks: Tick[] = [];
        runUntil(cluster, cluster.world.counters.nowMs + 30_000, (tick) => ticks.push(tick));
        runUntil(other, cluster.world.counters.nowMs);
        expect(fingerprintOf(other.world)).toBe(fingerprintOf(cluster.world));
        for (const tick of ticks.toReversed()) revertTick(cluster.world, tick);
        expect(fingerprintOf(cluster.world)).toBe(before);
      }),
      { numRuns: 60 },
    );
  });
});

/** One creation or deletion in a sync, and only where the pods below are well. */
function checkOrderedTick(cluster: Cluster, tick: Tick): void {
  if (tick.actor !== 'statefulset-controller') return;
  const set = theSet(cluster);
  const start = set.spec.ordinals?.start ?? 0;
  const created = tick.objects.filter(({ before, after }) => after?.kind === 'Pod' && !before);
  const deleted = tick.objects.filter(
    ({ before, after }) => before?.kind === 'Pod' && !isTerminating(before) && (!after || isTerminating(after)),
  );
  expect(created.length + deleted.length).toBeLessThanOrEqual(1);
  for (const { after } of created) {
    for (let ordinal = start; ordinal < ordinalOf(after?.metadata.name ?? ''); ordinal += 1) {
      const below = cluster.view.get('Pod', 'default', `web-${ordinal}`);
      expect(below && below.status.phase === 'Running' && isPodReady(below) && !isTerminating(below)).toBe(true);
    }
  }
}

function checkAtRest(cluster: Cluster): void {
  const set = theSet(cluster);
  const pods = cluster.view.list('Pod');
  const live = pods.filter((pod) => !isTerminating(pod));
  const of = (revision: string | undefined) =>
    live.filter((pod) => pod.metadata.labels?.['controller-revision-hash'] === revision).length;
  expect({ currentReplicas: 0, updatedReplicas: 0, readyReplicas: 0, ...set.status }).toMatchObject({
    observedGeneration: set.metadata.generation,
    replicas: pods.length,
    readyReplicas: pods.filter((pod) => pod.status.phase === 'Running' && isPodReady(pod)).length,
    currentReplicas: of(set.status.currentRevision),
    updatedReplicas: of(set.status.updateRevision),
  });
  const names = new Set(cluster.view.list('PersistentVolumeClaim').map((claim) => claim.metadata.name));
  for (const pod of pods) {
    expect(pod.metadata.labels?.['statefulset.kubernetes.io/pod-name']).toBe(pod.metadata.name);
    for (const volume of pod.spec.volumes ?? [])
      if (volume.persistentVolumeClaim) expect(names).toContain(volume.persistentVolumeClaim.claimName);
    if (pod.status.phase === 'Running' && isPodReady(pod) && !isTerminating(pod) && set.spec.minReadySeconds === 0) {
      if (!isHeldBelow(set, pods, ordinalOf(pod.metadata.name)) || set.spec.podManagementPolicy === 'Parallel')
        checkClaims(cluster, set, pod);
    }
  }
}

/**
 * Whether a sync of an OrderedReady set stops before it gets to an ordinal: a lower one is not Ready, or is missing,
 * as it stays while its claim is stale (CLAIM-7), for claims are not watched.
 */
function isHeldBelow(set: StatefulSet, pods: readonly Pod[], ordinal: number): boolean {
  const ready = new Set(pods.filter(isPodReady).map(({ metadata }) => ordinalOf(metadata.name)));
  for (let below = set.spec.ordinals?.start ?? 0; below < ordinal; below += 1) if (!ready.has(below)) return true;
  return false;
}

/** Starts what comes and ends what goes until nothing changes any more. */
function bringUp(cluster: Cluster): void {
  for (let round = 0; round < 60; round += 1) {
    const before = cluster.world.counters.resourceVersion;
    run(cluster, 11_000);
    for (const pod of cluster.view.list('Pod')) {
      if (isTerminating(pod))
        call(cluster, (turn) => turn.delete(keyOf('Pod', 'default', pod.metadata.name), { gracePeriodSeconds: 0 }));
      else if (!isPodReady(pod)) play(cluster, { kind: 'ready', at: cluster.view.list('Pod').indexOf(pod) });
    }
    if (cluster.world.counters.resourceVersion === before) return;
  }
  throw new Error('the set does not come to rest');
}
