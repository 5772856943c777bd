// The cluster as one value: objects, virtual clock, tasks, memory and chance. Plain data; `saveWorld` is JSON.
import type { Json, KubeObject, ObjectKey } from '#kube';
import type { Reason } from './actor.ts';
import { keyOfObject, newStore, putInStore, type Store } from './store.ts';

/** How a cluster is set up. Part of every link: the same config, acts and seed give the same ticks everywhere. */
export interface ClusterConfig {
  readonly seed: number;
  /** Wall-clock milliseconds (Unix) that virtual time 0 stands for. */
  readonly epochMs: number;
  /** Feature gates that differ from v1.36's defaults. */
  readonly gates: Readonly<Record<string, boolean>>;
  /** `manual`: pods are started and stopped, and volumes provisioned, by hand-fed acts alone. */
  readonly kubelet: 'auto' | 'manual';
  readonly provisioner: 'auto' | 'manual';
  /** Believable delays of the kubelet and the provisioner; see KUBELET_TIMING for the defaults. */
  readonly timing: Readonly<Record<string, number>>;
}

/** A key in an actor's queue, on its way: it has a birth and a due time, so it can be drawn. */
export interface Task {
  /** Its key in the world's maps, kept so that it is one text and not a new one at each use. */
  readonly id: string;
  readonly actor: string;
  readonly key: string;
  readonly bornMs: number;
  readonly dueMs: number;
  /** Ties break by age: the order in which tasks were queued. */
  readonly seq: number;
}

/** Why an actor last acted or waits, and since when. */
export interface ReasonRecord extends Reason {
  readonly sinceMs: number;
}

/** The numbers that move with every turn. */
export interface Counters {
  nowMs: number;
  resourceVersion: number;
  uidCounter: number;
  random: number;
  taskSeq: number;
}

export interface World {
  readonly config: ClusterConfig;
  readonly counters: Counters;
  readonly store: Store;
  /** By `actor key`. */
  readonly tasks: Map<string, Task>;
  readonly memory: Map<string, Json>;
  /** By `actor key`. */
  readonly reasons: Map<string, ReasonRecord>;
  /** Derived: tasks in order of time; entries that `tasks` no longer holds are passed over. */
  readonly queue: Task[];
}

const DEFAULT_CONFIG: ClusterConfig = {
  seed: 1,
  epochMs: 1_767_225_600_000, // 2026-01-01T00:00:00Z
  gates: {},
  kubelet: 'auto',
  provisioner: 'auto',
  timing: {},
};

/** An empty world at virtual time 0, without objects or tasks. */
export function newWorld(config: Partial<ClusterConfig> = {}): World {
  const full = { ...DEFAULT_CONFIG, ...config };
  return {
    config: full,
    counters: { nowMs: 0, resourceVersion: 1, uidCounter: 0, random: full.seed | 0, taskSeq: 0 },
    store: newStore(),
    tasks: new Map(),
    memory: new Map(),
    reasons: new Map(),
    queue: [],
  };
}

/** The order of tasks: earlier first, older first among equals. */
export const isTaskBefore = (a: Task, b: Task): boolean => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.seq < b.seq);

/** A world as JSON-ready data, whole: nothing that `loadWorld` needs is left out. */
export interface SavedWorld {
  readonly config: ClusterConfig;
  readonly counters: Readonly<Counters>;
  readonly objects: readonly KubeObject[];
  readonly tasks: readonly Task[];
  readonly memory: readonly (readonly [string, Json])[];
  readonly reasons: readonly (readonly [string, ReasonRecord])[];
}

/** The world as plain data that shares its objects with the world. */
export const saveWorld = (world: World): SavedWorld => ({
  config: world.config,
  counters: { ...world.counters },
  objects: [...world.store.objects.values()],
  tasks: [...world.tasks.values()],
  memory: [...world.memory],
  reasons: [...world.reasons],
});

/** A world that goes on exactly as the saved one would have. */
export function loadWorld(saved: SavedWorld): World {
  const world = newWorld(saved.config);
  Object.assign(world.counters, saved.counters);
  for (const object of saved.objects) putInStore(world.store, keyOfObject(object), object);
  for (const task of saved.tasks) world.tasks.set(task.id, task);
  for (const [key, value] of saved.memory) world.memory.set(key, value);
  for (const [key, value] of saved.reasons) world.reasons.set(key, value);
  world.queue.push(...[...world.tasks.values()].sort((a, b) => (isTaskBefore(a, b) ? -1 : 1)));
  return world;
}

/** The id of a task, and of the reason that its actor gave last for that key. */
export const taskId = (actor: string, key: string): string => `${actor} ${key}`;

/** The reason an actor gave last for an object. */
export const reasonOf = (world: Pick<World, 'reasons'>, actor: string, key: ObjectKey): ReasonRecord | undefined =>
  world.reasons.get(taskId(actor, key));
