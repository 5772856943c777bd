// Small words for tests of controllers: a cluster with the actors under test, acts on it, and questions about it.
import {
  type Condition,
  type Draft,
  type KindMap,
  type KubeEvent,
  type KubeObject,
  keyOf,
  type ObjectKey,
  type Pod,
  type SimulatedKind,
} from '#kube';
import { must } from '#lib';
import { newSimulation, type SimulationSetup } from '../bootstrap.ts';
import {
  type Actor,
  type ApiResult,
  actNow,
  type Cluster,
  type DeleteOptions,
  done,
  keyOfObject,
  nextTaskMs,
  type ReasonRecord,
  reasonOf,
  runUntil,
  type Tick,
} from '../kernel/index.ts';

/** A cluster with the given actors alone, three nodes and the default StorageClass, at virtual time 0. */
export const newTestCluster = (setup: SimulationSetup & { readonly actors: readonly Actor[] }): Cluster =>
  newSimulation(setup);

/** Goes on for a time. Returns the ticks that happened. */
export function run(cluster: Cluster, ms: number): Tick[] {
  const ticks: Tick[] = [];
  runUntil(cluster, cluster.world.counters.nowMs + ms, (tick) => ticks.push(tick));
  return ticks;
}

/** Goes on until nothing is left to happen. Returns the ticks; throws when that takes longer than `maxMs`. */
export function runUntilQuiet(cluster: Cluster, maxMs = 60_000): Tick[] {
  const endMs = cluster.world.counters.nowMs + maxMs;
  const ticks: Tick[] = [];
  for (let next = nextTaskMs(cluster); next !== undefined; next = nextTaskMs(cluster)) {
    if (next > endMs) throw new Error(`not quiet after ${maxMs} ms`);
    runUntil(cluster, next, (tick) => ticks.push(tick));
  }
  return ticks;
}

/** Does one API call as a person; returns what the server answered. */
export function call<T>(cluster: Cluster, make: (turn: Parameters<Actor['reconcile']>[0]) => T): T {
  let answer: T | undefined;
  actNow(cluster, 'test', 'test', (turn) => {
    answer = make(turn);
    return done;
  });
  return answer as T;
}

/** The object of an accepted write; throws with the server's words for a refused one. */
export function accepted<T>(result: ApiResult<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.object;
}

/** The server's words for a refused write; throws for an accepted one. */
export function refused(result: ApiResult<unknown>): string {
  if (result.ok) throw new Error('the server accepted what it should refuse');
  return `${result.error.code} ${result.error.reason}: ${result.error.message}`;
}

/** Creates an object as a person would. Throws when it is refused. */
export const createObject = <T extends KubeObject>(cluster: Cluster, draft: Draft<T>): T =>
  accepted(call(cluster, (turn) => turn.create(draft)));

/** Replaces an object by what `change` makes of it (not its status). Throws when it is refused. */
export const updateObject = <T extends KubeObject>(cluster: Cluster, key: ObjectKey, change: (object: T) => T): T =>
  accepted(call(cluster, (turn) => turn.update(change(must(turn.view.find(key), key) as T))));

/** Replaces the status of an object by what `change` makes of it. Throws when it is refused. */
export const updateStatus = <T extends KubeObject>(cluster: Cluster, key: ObjectKey, change: (object: T) => T): T =>
  accepted(call(cluster, (turn) => turn.updateStatus(change(must(turn.view.find(key), key) as T))));

/** Deletes an object as a person would. Throws when it is refused. */
export const deleteObject = (cluster: Cluster, key: ObjectKey, options?: DeleteOptions): KubeObject =>
  accepted(call(cluster, (turn) => turn.delete(key, options)));

/** What a kubelet does last: the pod goes, whatever its grace period. */
export const finishPod = (cluster: Cluster, name: string, namespace = 'default'): KubeObject =>
  deleteObject(cluster, keyOf('Pod', namespace, name), { gracePeriodSeconds: 0 });

/** An object that must be there. */
export const getObject = <K extends SimulatedKind>(
  cluster: Cluster,
  kind: K,
  name: string,
  namespace = 'default',
): KindMap[K] => must(findObject(cluster, kind, name, namespace), `${kind} ${name}`);

/** An object, or undefined. Cluster-scoped kinds are found whatever the namespace. */
export const findObject = <K extends SimulatedKind>(
  cluster: Cluster,
  kind: K,
  name: string,
  namespace = 'default',
): KindMap[K] | undefined => cluster.view.get(kind, namespace, name) ?? cluster.view.get(kind, '', name);

/** Names of all objects of a kind, in order of creation. */
export const namesOf = (cluster: Cluster, kind: SimulatedKind): string[] =>
  cluster.view.list(kind).map((object) => object.metadata.name);

/** `Normal SuccessfulCreate Create Pod …` for each event about an object (or all), `(x2)` where it came again. */
export function eventsOf(cluster: Cluster, about?: KubeObject): string[] {
  const events: readonly KubeEvent[] = about
    ? cluster.view.eventsAbout(about.metadata.uid)
    : cluster.view.list('Event');
  return events.map((event) => {
    const count = event.series?.count ?? event.count ?? 1;
    return `${event.type} ${event.reason} ${event.message}${count > 1 ? ` (x${count})` : ''}`;
  });
}

/** The reason that an actor gave last for an object. */
export const reasonFor = (cluster: Cluster, actor: string, key: ObjectKey): ReasonRecord | undefined =>
  reasonOf(cluster.world, actor, key);

/**
 * Reports a pod as a kubelet would: its phase, whether its containers are ready, and its address.
 * @param report `ready` false leaves it running but not ready
 */
export function reportPod(
  cluster: Cluster,
  name: string,
  report: { readonly ready?: boolean; readonly phase?: Pod['status']['phase']; readonly namespace?: string } = {},
): Pod {
  const { ready = true, phase = 'Running', namespace = 'default' } = report;
  return updateStatus<Pod>(cluster, keyOf('Pod', namespace, name), (pod) => {
    const now = pod.metadata.creationTimestamp;
    return { ...pod, status: statusOf(pod, phase, ready && phase === 'Running', timeOf(cluster) ?? now) };
  });
}

const timeOf = (cluster: Cluster): string | undefined => call(cluster, (turn) => turn.now);

function statusOf(pod: Pod, phase: Pod['status']['phase'], isReady: boolean, now: string): Pod['status'] {
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== 'Ready' && type !== 'ContainersReady');
  const status = isReady ? 'True' : 'False';
  const before = pod.status.conditions?.find(({ type }) => type === 'Ready');
  const lastTransitionTime = before?.status === status ? (before.lastTransitionTime ?? now) : now;
  const conditions: Condition[] = [
    ...others,
    { type: 'Ready', status, lastTransitionTime },
    { type: 'ContainersReady', status, lastTransitionTime },
  ];
  const isRunning = phase === 'Running';
  return {
    ...pod.status,
    phase,
    conditions,
    startTime: pod.status.startTime ?? now,
    podIP: pod.status.podIP ?? '10.244.0.10',
    podIPs: pod.status.podIPs ?? [{ ip: '10.244.0.10' }],
    containerStatuses: pod.spec.containers.map((container) => ({
      name: container.name,
      image: container.image,
      ready: isReady,
      started: isRunning,
      restartCount: 0,
      state: isRunning ? { running: { startedAt: now } } : {},
    })),
  };
}

/** The key of an object. */
export const keyFor = (object: KubeObject): ObjectKey => keyOfObject(object);
