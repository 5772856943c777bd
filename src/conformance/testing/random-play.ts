// Plays random plays through kubectl, faults and hand-fed reports, and keeps an eye on every tick. Part of a play may
// be played twice, by a copy of the world or by the same acts again: both must go the same way.
import {
  actNow,
  applyFault,
  type Cluster,
  done,
  faults,
  fingerprintOf,
  loadWorld,
  newCluster,
  newSimulation,
  nextTaskMs,
  runUntil,
  saveWorld,
  step,
  type Tick,
  type Turn,
  type World,
} from '#engine';
import {
  newWatch,
  type Play,
  type PlayStep,
  type TwinKind,
  type Watch,
  watchPause,
  watchRest,
  watchTick,
} from '#engine/testing';
import { isTerminating, type KubeObject, keyOf, type ObjectKey, type Pod, type SimulatedKind } from '#kube';
import { type Follow, type KubectlResult, runKubectl } from '#kubectl';
import { isSame } from '#lib';
import { appendTick, type History, momentAfter, newHistory } from '#timeline';
import { type Addresses, provisionVolume, reportNode, reportPod } from '../hand-fed.ts';

/** Ticks in one step of a play after which it is said to be endless. */
const TICKS_MAX = 20_000;
/** How often a command that waits looks again while nothing happens. */
const FOLLOW_MS = 1_000;
/** How long the cluster has, after everything was healed, to come to rest; and how long it must then stay so. */
const HEALING_MS = 1_800_000;
/** Most rounds of healing: each mends what the one before has brought to light. */
const HEALING_ROUNDS = 4;

/** A cluster that is being played with. */
interface Stage {
  readonly cluster: Cluster;
  readonly addresses: Addresses & { used: number };
  readonly watch: Watch | undefined;
  readonly history: History | undefined;
  follow: { readonly look: Follow; readonly label: string } | undefined;
  ticks: Tick[];
}

/** What a play came to. */
export interface PlayFigures {
  readonly ticks: number;
  readonly acts: number;
  readonly fingerprint: string;
  /** Ticks that a twin made as well. */
  readonly twinTicks: number;
}

const newAddresses = (used: number): Stage['addresses'] => ({
  used,
  next() {
    const number = 10 + this.used++;
    return `10.244.${number >> 8}.${number & 255}`;
  },
});

/** The cluster of a play at time 0, before its first step. */
function newStage(play: Play, isWatched: boolean, hasHistory: boolean): Stage {
  const cluster = newSimulation(play.setup);
  const stage: Stage = {
    cluster,
    addresses: newAddresses(0),
    watch: isWatched ? newWatch(cluster) : undefined,
    history: hasHistory ? newHistory(cluster.world) : undefined,
    follow: undefined,
    ticks: [],
  };
  kubectl(stage, 'apply -f storage.yaml', { 'storage.yaml': play.storage });
  return stage;
}

/** Takes in a tick that the stage's cluster has just made. */
function note(stage: Stage, tick: Tick | undefined): void {
  if (!tick) return;
  stage.ticks.push(tick);
  if (stage.watch) watchTick(stage.watch, tick);
  if (stage.history) appendTick(stage.history, tick, stage.cluster.world);
  if (stage.ticks.length > TICKS_MAX) throw new Error(`more than ${TICKS_MAX} ticks in one step, by ${tick.actor}`);
}

function kubectl(stage: Stage, command: string, files: Readonly<Record<string, string>>): void {
  let result: KubectlResult | undefined;
  const label = `kubectl ${command}`;
  const tick = actNow(stage.cluster, 'user', label, (turn) => {
    result = runKubectl(turn, command, files);
    return result.outcome;
  });
  note(stage, tick);
  stage.follow = result?.follow && { look: result.follow, label };
}

/** Goes on for a time; a command that waits goes on looking. */
function advance(stage: Stage, ms: number): void {
  const { cluster } = stage;
  const endMs = cluster.world.counters.nowMs + ms;
  while (stage.follow) {
    const tick = step(cluster, Math.min(endMs, cluster.world.counters.nowMs + FOLLOW_MS));
    note(stage, tick);
    const { look, label } = stage.follow;
    const looked = actNow(cluster, 'user', label, (turn) => {
      if (look(turn).isDone) stage.follow = undefined;
      return done;
    });
    note(stage, looked);
    if (!tick && cluster.world.counters.nowMs >= endMs) break;
  }
  stage.follow = undefined;
  runUntil(cluster, endMs, (tick) => note(stage, tick));
}

const KINDS: Readonly<Record<string, SimulatedKind>> = {
  pod: 'Pod',
  claim: 'PersistentVolumeClaim',
  volume: 'PersistentVolume',
  node: 'Node',
  set: 'StatefulSet',
  service: 'Service',
  budget: 'PodDisruptionBudget',
  revision: 'ControllerRevision',
  slice: 'EndpointSlice',
  class: 'StorageClass',
};

/** The object of a number among those of a kind, or none. */
function choose<T extends KubeObject>(objects: readonly T[], at: number): T | undefined {
  return objects[at % Math.max(1, objects.length)];
}

/** A command with names in place of `{pod:3}`; undefined where there is nobody of that kind. */
function commandIn({ view }: Cluster, text: string): string | undefined {
  let isWhole = true;
  const command = text.replace(/\{(\w+):(\d+)\}/g, (_, kind: string, at: string) => {
    const found = choose(view.list(KINDS[kind] as SimulatedKind), Number(at));
    if (!found) isWhole = false;
    return found?.metadata.name ?? '';
  });
  return isWhole ? command : undefined;
}

/** What a fault of that id strikes. */
function targetOf({ view }: Cluster, id: string, at: number): ObjectKey | undefined {
  const kind = faults.find((fault) => fault.id === id)?.targetKind;
  if (kind === 'Provisioner') return keyOf('Provisioner', '', 'volumes');
  if (kind === 'Node') return nameKey('Node', '', choose(view.list('Node'), at));
  const pod = choose(view.list('Pod'), at);
  if (kind === 'Pod') return nameKey('Pod', pod?.metadata.namespace ?? '', pod);
  const image = pod?.spec.containers[0]?.image;
  return image === undefined ? undefined : keyOf('Image', '', image);
}

const nameKey = (kind: string, namespace: string, object: KubeObject | undefined): ObjectKey | undefined =>
  object && keyOf(kind, namespace, object.metadata.name);

const byHand = (stage: Stage, label: string, run: (turn: Turn) => void): void =>
  note(
    stage,
    actNow(stage.cluster, 'hand', label, (turn) => {
      run(turn);
      return done;
    }),
  );

const isOver = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';

/** Plays a step; a step about objects that are not there does nothing. */
function playStep(stage: Stage, played: PlayStep): void {
  stage.ticks = [];
  stage.follow = undefined;
  const { cluster } = stage;
  if ('kubectl' in played) {
    const command = commandIn(cluster, played.kubectl);
    if (command !== undefined) kubectl(stage, command, played.file === undefined ? {} : { 'x.yaml': played.file });
  } else if ('fault' in played) {
    const target = targetOf(cluster, played.fault, played.at);
    if (target !== undefined)
      note(
        stage,
        actNow(cluster, 'user', `${played.fault} ${target}`, (turn) => applyFault(turn, played.fault, target)),
      );
  } else if ('report' in played) report(stage, played.report, choose(cluster.view.list('Pod'), played.at));
  else if ('provision' in played)
    provision(stage, choose(cluster.view.list('PersistentVolumeClaim'), played.provision));
  else if ('health' in played) {
    const node = choose(cluster.view.list('Node'), played.at);
    if (node)
      byHand(stage, `health ${node.metadata.name}`, (turn) => reportNode(turn, node.metadata.name, played.health));
  } else tend(stage, played.tend);
  advance(stage, played.waitMs);
  if (stage.watch) watchPause(stage.watch);
}

/** A kubelet's report, where it makes sense: of a pod that has a node and is not over. */
function report(stage: Stage, verb: string, pod: Pod | undefined): void {
  if (!pod) return;
  const mayEnd = verb === 'terminate' ? isTerminating(pod) : pod.spec.nodeName !== undefined && !isOver(pod);
  const { name } = pod.metadata;
  if (mayEnd) byHand(stage, `${verb} ${name}`, (turn) => reportPod(turn, stage.addresses, verb, name, undefined));
}

function provision(stage: Stage, claim: KubeObject | undefined): void {
  const volumeName = `pvc-${claim?.metadata.uid}`;
  const { view } = stage.cluster;
  if (!claim || view.get('PersistentVolume', '', volumeName)) return;
  const found = view.get('PersistentVolumeClaim', claim.metadata.namespace ?? '', claim.metadata.name);
  const asked = found?.metadata.annotations?.['volume.kubernetes.io/storage-provisioner'];
  if (found?.spec.volumeName !== undefined || asked === undefined) return;
  byHand(stage, `provision ${claim.metadata.name}`, (turn) => provisionVolume(turn, claim.metadata.name));
}

/** A round of the hand: volumes for claims, and pods start and end; `some` passes every second one over. */
function tend(stage: Stage, which: 'all' | 'some'): void {
  const { view } = stage.cluster;
  for (const claim of view.list('PersistentVolumeClaim')) provision(stage, claim);
  view.list('Pod').forEach((pod, index) => {
    if (which === 'some' && index % 2 === 1) return;
    if (isTerminating(pod)) report(stage, 'terminate', pod);
    else if (!pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'))
      report(stage, 'ready', pod);
  });
}

/** A stage that goes on from where another one stands. */
function twinOf(stage: Stage, kind: Exclude<TwinKind, 'none'>, play: Play, stepsDone: number): Stage {
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
function compareSteps(stage: Stage, twin: Stage, kind: TwinKind): void {
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

/**
 * Plays a play to its end and holds every tick against the invariants.
 * @returns how much was played
 * @throws with what is broken, when, and by whom
 */
export function runPlay(play: Play): PlayFigures {
  const stage = newStage(play, true, play.twin === 'checkpoint');
  const { watch } = stage;
  let twin: Stage | undefined;
  let twinTicks = 0;
  play.steps.forEach((played, index) => {
    if (play.twin !== 'none' && index === play.twinAt) twin = twinOf(stage, play.twin, play, index);
    playStep(stage, played);
    if (!twin) return;
    playStep(twin, played);
    twinTicks += twin.ticks.length;
    compareSteps(stage, twin, play.twin);
  });
  return {
    ticks: watch?.ticks ?? 0,
    acts: play.steps.length,
    fingerprint: fingerprintOf(stage.cluster.world),
    twinTicks,
  };
}
