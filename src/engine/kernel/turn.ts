// Makes the Turn that an actor gets: reads go to the world, writes through the API server's rules into a journal.
import { formatTime, type Json, type KubeObject } from '#kube';
import { mix32, nextRandom, pushHeap } from '#lib';
import { apiServer } from '../api/index.ts';
import type { Actor, Enqueue, Turn } from './actor.ts';
import type { View } from './store.ts';
import { type Journal, writeEntry, writeObject } from './tick.ts';
import { isTaskBefore, type Task, taskId, type World } from './world.ts';

/** What the API server's rules need of the kernel: to read, to store, to number. */
export interface Transaction {
  readonly view: View;
  readonly world: World;
  readonly nowMs: number;
  readonly now: string;
  /** Stores an object (undefined removes it) exactly as given. */
  put(key: string, object: KubeObject | undefined): void;
  /** Writes to the world's memory: what clients of the API server keep between their turns. */
  remember(key: string, value: Json | undefined): void;
  newUid(): string;
  /** The next resourceVersion, as its string. */
  nextResourceVersion(): string;
  random(): number;
}

/**
 * Queues a key of an actor for a moment, unless it is queued for an earlier one already.
 * k8s: workqueue.AddAfter, with its de-duplication.
 */
export function enqueueTask(world: World, journal: Journal, actor: string, key: string, dueMs: number): void {
  const id = taskId(actor, key);
  const queued = world.tasks.get(id);
  if (queued && queued.dueMs <= dueMs) return;
  const task: Task = { id, actor, key, bornMs: world.counters.nowMs, dueMs, seq: world.counters.taskSeq++ };
  writeEntry(world.tasks, journal.tasks, id, task);
  pushHeap(world.queue, task, isTaskBefore);
}

/** The queue function that an actor's watches get. */
export const enqueueFor =
  (world: World, journal: Journal, actor: Actor): Enqueue =>
  (key, afterMs) =>
    enqueueTask(world, journal, actor.name, key, world.counters.nowMs + (afterMs ?? actor.latencyMs));

/** A turn for an actor. Its writes land in the world at once and in the journal, from which a failed turn is undone. */
export function newTurn(world: World, view: View, journal: Journal, actorName: string): Turn {
  const { counters, config } = world;
  const nowMs = counters.nowMs;
  const random = (): number => {
    const next = nextRandom(counters.random);
    counters.random = next.state;
    return next.value;
  };
  const transaction: Transaction = {
    view,
    world,
    nowMs,
    now: formatTime(config.epochMs + nowMs),
    put: (key, object) => writeObject(world, journal, key, object),
    remember: (key, value) => writeEntry(world.memory, journal.memory, key, value),
    newUid: () => uidOf(config.seed, counters.uidCounter++),
    nextResourceVersion: () => String(++counters.resourceVersion),
    random,
  };
  const api = apiServer(transaction);
  return {
    view,
    nowMs,
    now: transaction.now,
    config,
    create: api.create,
    update: api.update,
    updateStatus: api.updateStatus,
    delete: api.delete,
    evict: api.evict,
    bind: api.bind,
    event: (about, event) => api.event(about, { ...event, source: event.source ?? actorName }),
    recall: <T extends Json>(key: string) => world.memory.get(key) as T | undefined,
    remember: transaction.remember,
    recallAll: (prefix) => [...world.memory].filter(([key]) => key.startsWith(prefix)),
    random,
    wake: (actor, key, afterMs) => enqueueTask(world, journal, actor, key, nowMs + afterMs),
  };
}

const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(8, '0').slice(-digits);

/** A uid in the form of a version 4 UUID that depends on the seed and on how many were given before, on nothing else. */
function uidOf(seed: number, count: number): string {
  const [a, b, c, d] = [
    mix32(seed, count * 4),
    mix32(seed, count * 4 + 1),
    mix32(seed, count * 4 + 2),
    mix32(seed, count * 4 + 3),
  ];
  const variant = ((c >>> 28) & 3) | 8;
  return `${hex(a, 8)}-${hex(b >>> 16, 4)}-4${hex(b, 3)}-${variant.toString(16)}${hex(c, 3)}-${hex(c >>> 12, 4)}${hex(d, 8)}`;
}
