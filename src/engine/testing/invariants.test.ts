// The eye on random plays sees what it should: each rule is broken once, on purpose, by a component gone wrong.
import { describe, expect, it } from 'vitest';
import type { ControllerRevision, Draft, KubeObject, PersistentVolumeClaim, Pod, StatefulSet } from '#kube';
import { newSimulation } from '../bootstrap.ts';
import { act as acting, actNow, type Cluster, done, type Outcome, type Tick, type Turn } from '../kernel/index.ts';
import { newWatch, type Watch, watchPause, watchRest, watchTick } from './invariants.ts';
import { checkObjects } from './invariants-objects.ts';
import { newPassage } from './invariants-passage.ts';

const labels = { app: 'web' };
const SET_KEY = 'StatefulSet/default/web';
const GONE = { apiVersion: 'v1', kind: 'Pod', name: 'web-0', uid: 'of-nobody' };

const set = (replicas: number, more: object = {}): Draft<StatefulSet> =>
  ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      serviceName: 'web',
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'nginx:1.27' }] } },
      ...more,
    },
  }) as unknown as Draft<StatefulSet>;

const claims = {
  volumeClaimTemplates: [
    {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  ],
};

interface Scene {
  readonly cluster: Cluster;
  readonly watch: Watch;
  /** Lets somebody do something, and has the tick looked at. */
  readonly as: (actor: string, run: (turn: Turn) => unknown, outcome?: Outcome) => void;
}

/** A cluster without any actor, with a set and its two pods, and a watch on it. */
function newScene(more: object = {}): Scene {
  const cluster = newSimulation({ actors: [] });
  actNow(cluster, 'test', 'begin', (turn) => {
    const made = turn.create(set(2, more));
    const uid = made.ok ? made.object.metadata.uid : '';
    for (const ordinal of [0, 1]) turn.create(podOf(ordinal, uid));
    turn.create<ControllerRevision>({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: { name: 'web-1', namespace: 'default', ownerReferences: [ownerOf(uid)] },
      revision: 1,
      data: {},
    });
    return done;
  });
  const watch = newWatch(cluster);
  const as: Scene['as'] = (actor, run, outcome = done) => {
    const tick = actNow(cluster, actor, SET_KEY, (turn) => {
      run(turn);
      return outcome;
    });
    if (tick) watchTick(watch, tick);
  };
  return { cluster, watch, as };
}

const ownerOf = (uid: string) => ({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid, controller: true });

function podOf(ordinal: number, owner: string, name = `web-${ordinal}`): Draft<Pod> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      labels: {
        ...labels,
        'statefulset.kubernetes.io/pod-name': name,
        'apps.kubernetes.io/pod-index': String(ordinal),
        'controller-revision-hash': 'web-1',
      },
      ownerReferences: [ownerOf(owner)],
    },
    spec: { hostname: name, subdomain: 'web', containers: [{ name: 'app', image: 'nginx:1.27' }] },
    status: { phase: 'Pending' },
  } as unknown as Draft<Pod>;
}

const uidOf = (cluster: Cluster): string => cluster.view.get('StatefulSet', 'default', 'web')?.metadata.uid ?? '';
const podAt = (turn: Turn, name: string): Pod => turn.view.get('Pod', 'default', name) as Pod;

/** Writes the status that a sync would find, so that this is not what is wrong. */
function count(turn: Turn, replicas: number): void {
  const found = turn.view.get('StatefulSet', 'default', 'web') as StatefulSet;
  const status = {
    observedGeneration: 1,
    replicas,
    availableReplicas: 0,
    currentRevision: 'web-1',
    updateRevision: 'web-1',
  };
  turn.updateStatus<StatefulSet>({
    ...found,
    status: { ...status, currentReplicas: replicas, updatedReplicas: replicas },
  });
}

describe('the eye on random plays', () => {
  it('STS-2 sees a pod that is created while a lower one is not available', () => {
    const { cluster, as } = newScene({ replicas: 3 });
    const create = (): void =>
      as('statefulset-controller', (turn) => {
        turn.create(podOf(2, uidOf(cluster)));
        count(turn, 2);
      });
    expect(create).toThrow('STS-2: web-2 is created while 0 is not available');
  });

  it('STS-9 sees a set that is scaled down from the bottom', () => {
    const { as } = newScene({ replicas: 0, podManagementPolicy: 'OrderedReady' });
    const remove = (): void =>
      as('statefulset-controller', (turn) => [turn.delete('Pod/default/web-0'), count(turn, 2)]);
    expect(remove).toThrow('STS-9: web-0 is deleted before 1');
  });

  it('STS-11 sees a pod of the update revision deleted', () => {
    const { as } = newScene({ podManagementPolicy: 'Parallel' });
    const remove = (): void =>
      as('statefulset-controller', (turn) => [count(turn, 2), turn.delete('Pod/default/web-1')]);
    expect(remove).toThrow('STS-11: 1 is deleted, and is of the update revision');
  });

  it('STS-19 sees a status that counts what is not there', () => {
    const { as } = newScene();
    expect(() => as('statefulset-controller', (turn) => count(turn, 1))).toThrow(
      'STS-19: status.currentReplicas of web is 1, the sync found 2',
    );
  });

  it('SCHED-1 sees a pod that moves, a version that falls, a uid that comes again and a finalizer that does not hold', () => {
    const { cluster, watch } = newScene();
    const tick = actNow(cluster, 'test', 'bind', (turn) => {
      turn.bind('Pod/default/web-0', 'node-a');
      return done;
    }) as Tick;
    const bound = tick.objects[0]?.after as Pod;
    const pod = (uid: string, version: number, nodeName: string, more: object = {}): Pod => ({
      ...bound,
      metadata: { ...bound.metadata, uid, resourceVersion: String(version), ...more },
      spec: { ...bound.spec, nodeName },
    });
    const { uid } = bound.metadata;
    const check = (before: Pod | undefined, after: Pod | undefined): void => {
      const objects = [{ key: 'Pod/default/web-0', before, after }];
      const forged = {
        ...tick,
        actor: 'kubelet',
        objects,
        countersAfter: { ...tick.countersAfter, resourceVersion: 999 },
      };
      checkObjects(newPassage(cluster, forged), watch.registry);
    };
    check(bound, pod(uid, 900, 'node-a'));
    expect(() => check(bound, pod(uid, 901, 'node-b'))).toThrow('Pod/default/web-0 moved from node-a to node-b');
    expect(() => check(bound, pod(uid, 899, 'node-a'))).toThrow('written with an old resourceVersion 899');
    expect(() => check(undefined, pod(uid, 902, 'node-a'))).toThrow(`has the uid ${uid}`);
    const held = pod(uid, 903, 'node-a', { finalizers: ['example.com/hold'] });
    expect(() => check(held, undefined)).toThrow('went although the finalizer example.com/hold held it');
  });

  it('SCHED-6 sees a pod that is bound to a cordoned node', () => {
    const { as } = newScene();
    as('test', (turn) => {
      const node = turn.view.get('Node', '', 'node-a');
      if (node) turn.update({ ...node, spec: { ...node.spec, unschedulable: true } });
    });
    expect(() => as('default-scheduler', (turn) => turn.bind('Pod/default/web-0', 'node-a'))).toThrow(
      'SCHED-6: Pod/default/web-0 is bound to node-a, which is cordoned',
    );
  });

  it('CLAIM-5 sees a retained claim deleted by somebody who is no person', () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data-web-0', namespace: 'default' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      status: { phase: 'Pending' },
    } as Draft<PersistentVolumeClaim>;
    const remove = (turn: Turn) => turn.delete('PersistentVolumeClaim/default/data-web-0');
    const owned = { ...claim, metadata: { ...claim.metadata, ownerReferences: [GONE] } };
    for (const [made, actor, broken] of [
      [
        claim,
        'persistentvolume-controller',
        'persistentvolume-controller deletes PersistentVolumeClaim/default/data-web-0',
      ],
      [claim, 'garbage-collector', 'GC-5: PersistentVolumeClaim/default/data-web-0 is collected without'],
      [owned, 'garbage-collector', 'CLAIM-5: PersistentVolumeClaim/default/data-web-0 is deleted although default/web'],
    ] as const) {
      const { as } = newScene(claims);
      as('test', (turn) => turn.create(made));
      expect(() => as(actor, remove)).toThrow(broken);
    }
    const { as } = newScene(claims);
    as('test', (turn) => turn.create(claim));
    expect(() => as('test', remove)).not.toThrow();
  });

  it('GC-5 sees an object collected although its owner lives', () => {
    const { as } = newScene();
    expect(() => as('garbage-collector', (turn) => turn.delete('Pod/default/web-1'))).toThrow(
      'GC-5: Pod/default/web-1 is collected although StatefulSet web lives',
    );
  });

  it('GC-6 sees an object that nobody collects', () => {
    const { cluster, watch, as } = newScene();
    as('test', (turn) => turn.delete(SET_KEY));
    watchPause(watch);
    cluster.world.counters.nowMs += 10_000;
    expect(() => watchPause(watch)).toThrow('GC: nobody collects Pod/default/web-0');
  });

  it('PDB-3 sees an eviction that no budget allows', () => {
    const { as } = newScene();
    const budget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'budget', namespace: 'default' },
      spec: { minAvailable: 2, selector: { matchLabels: labels } },
    } as unknown as Draft<KubeObject>;
    as('test', (turn) => {
      turn.create(budget);
      const pod = podAt(turn, 'web-0');
      const ready = { type: 'Ready', status: 'True' as const };
      turn.updateStatus<Pod>({ ...pod, status: { ...pod.status, phase: 'Running', conditions: [ready] } });
    });
    const evict = (turn: Turn): void => {
      const pod = podAt(turn, 'web-0');
      const target = { type: 'DisruptionTarget', status: 'True' as const, reason: 'EvictionByEvictionAPI' };
      const conditions = [...(pod.status.conditions ?? []), target];
      turn.updateStatus<Pod>({ ...pod, status: { ...pod.status, conditions } });
      turn.delete('Pod/default/web-0');
    };
    expect(() => as('test', (turn) => turn.bind('Pod/default/web-0', 'node-a'))).not.toThrow();
    expect(() => as('test', evict)).toThrow('PDB-3: 1 pods are evicted where budget allows 0');
  });

  it('sees a tick that does not tell all', () => {
    const { cluster, watch } = newScene();
    const pod = cluster.view.get('Pod', 'default', 'web-0') as Pod;
    const tick = actNow(cluster, 'test', 'label', (turn) => {
      turn.update({ ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, more: 'yes' } } });
      return done;
    }) as Tick;
    const [change] = tick.objects;
    const old = { ...tick, objects: [{ ...change, after: pod }] } as Tick;
    expect(() => watchTick(watch, old)).toThrow('a tick that is applied does not give objects Pod/default/web-0');
  });

  it('EP-1 sees a Service whose endpoints nobody writes', () => {
    const { watch, as } = newScene();
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'default' },
      spec: { clusterIP: 'None', selector: labels, ports: [{ port: 80 }] },
    } as unknown as Draft<KubeObject>;
    as('test', (turn) => turn.create(service));
    expect(() => watchRest(watch)).toThrow('EP-1: the Service web has no slice');
  });

  it('sees reasons that are no rules, or do not read as sentences', () => {
    const { as } = newScene();
    expect(() => as('kubelet', () => undefined, acting('NOBODY', SET_KEY))).toThrow(
      'the reason NOBODY is no rule of the list',
    );
    expect(() => as('kubelet', () => undefined, acting('STS-4', SET_KEY))).toThrow('the sentence of STS-4 reads');
  });
});
