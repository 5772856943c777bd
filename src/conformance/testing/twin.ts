// A second cluster that goes on from where a stage stands: from a copy by JSON, from a checkpoint of its history, or by the
// same acts from the beginning. It must go the same way, tick for tick.
import { fingerprintOf, loadWorld, newCluster, saveWorld, step, type Tick, type World } from '#engine';
import type { Play, TwinKind } from '#engine/testing';
import { isSame } from '#lib';
import { type History, momentAfter } from '#timeline';
import { newAddresses, newStage, playStep, type Stage } from './stage.ts';

/** A stage that goes on from where another one stands. */
export function twinOf(stage: Stage, kind: Exclude<TwinKind, 'none'>, play: Play, stepsDone: number): Stage {
  if (kind === 'again') {
    const other = newStage(play, false, false);
    for (const played of play.steps.slice(0, stepsDone)) playStep(other, played);
    return other;
  }
  const { world, actors } = stage.cluster;
  const copied = kind === 'json' ? copyByJson(world) : copyByHistory(world, stage.history);
  const cluster = newCluster(copied, [...actors.values()]);
  // Turns that changed nothing since the last tick are no part of history: the copy takes them itself.
  const early = step(cluster, world.counters.nowMs);
  if (early) throw new Error(`a copy (${kind}) has something left to do at once: ${early.actor} on ${early.key}`);
  return {
    cluster,
    addresses: newAddresses(stage.addresses.used),
    watch: undefined,
    history: undefined,
    follow: undefined,
    ticks: [],
  };
}

const copyByJson = (world: World): World =>
  loadWorld(JSON.parse(JSON.stringify(saveWorld(world))) as ReturnType<typeof saveWorld>);

function copyByHistory(world: World, history: History | undefined): World {
  if (!history) throw new Error('a play without history has no checkpoints');
  const moment = momentAfter(history, history.ticks.length);
  return loadWorld(saveWorld({ ...moment, config: world.config, queue: [] }));
}

/** Where two stages went different ways in a step. */
export function compareSteps(stage: Stage, twin: Stage, kind: TwinKind): void {
  stage.ticks.forEach((tick, index) => {
    const difference = tickDifference(tick, twin.ticks[index]);
    if (difference !== undefined)
      throw new Error(
        `a world that goes on (${kind}) differs in ${difference}\n  at ${tick.atMs} ms, by ${tick.actor} on ${tick.key}`,
      );
  });
  const more = twin.ticks[stage.ticks.length];
  if (more)
    throw new Error(`a world that goes on (${kind}) does more: ${more.actor} on ${more.key} at ${more.atMs} ms`);
  const difference = worldDifference(stage.cluster.world, twin.cluster.world);
  if (difference !== undefined) throw new Error(`a world that goes on (${kind}) is left with another ${difference}`);
}

function tickDifference(a: Tick, b: Tick | undefined): string | undefined {
  if (!b) return 'what comes next: nothing';
  if (a.actor !== b.actor || a.key !== b.key || a.atMs !== b.atMs)
    return `what comes next: ${b.actor} on ${b.key} at ${b.atMs} ms`;
  if (!isSame(a.why, b.why)) return `its reason ${JSON.stringify(b.why)}`;
  for (let i = 0; i < Math.max(a.objects.length, b.objects.length); i += 1) {
    const [left, right] = [a.objects[i], b.objects[i]];
    if (left?.key !== right?.key || !isSame(left?.after, right?.after)) return `${left?.key ?? right?.key}`;
  }
  return isSame(a.countersAfter, b.countersAfter) ? undefined : 'its counters';
}

function worldDifference(a: World, b: World): string | undefined {
  for (const name of ['tasks', 'memory', 'reasons'] as const) {
    for (const [key, value] of a[name]) if (!isSame(value, b[name].get(key))) return `${name} ${key}`;
    for (const key of b[name].keys()) if (!a[name].has(key)) return `${name} ${key}`;
  }
  return fingerprintOf(a) === fingerprintOf(b) ? undefined : 'fingerprint';
}
