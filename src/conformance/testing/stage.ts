// A cluster that a play is played with: commands, faults and hand-fed reports go in, every tick is taken in and checked.
import {
  actNow,
  applyFault,
  type Cluster,
  done,
  faults,
  newSimulation,
  runUntil,
  step,
  type Tick,
  type Turn,
  type View,
} from '#engine';
import { newWatch, type Play, type PlayStep, type Watch, watchPause, watchTick } from '#engine/testing';
import { isTerminating, type KubeObject, keyOf, type Node, type ObjectKey, type Pod, type SimulatedKind } from '#kube';
import { type Follow, type KubectlResult, runKubectl } from '#kubectl';
import { appendTick, type History, newHistory } from '#timeline';
import { type Addresses, provisionVolume, reportNode, reportPod } from '../hand-fed.ts';

/** Ticks in one step of a play after which it is said to be endless. */
const TICKS_MAX = 20_000;
/** How often a command that waits looks again while nothing happens. */
const FOLLOW_MS = 1_000;

/** What faults of the provisioner strike. */
const PROVISIONER: ObjectKey = keyOf('Provisioner', '', 'volumes');

/** A cluster that is being played with. */
export interface Stage {
  readonly cluster: Cluster;
  readonly addresses: Addresses & { used: number };
  readonly watch: Watch | undefined;
  readonly history: History | undefined;
  follow: { readonly look: Follow; readonly label: string } | undefined;
  ticks: Tick[];
}

export const newAddresses = (used: number): Stage['addresses'] => ({
  used,
  next() {
    const number = 10 + this.used++;
    return `10.244.${number >> 8}.${number & 255}`;
  },
});

/** The cluster of a play at time 0, before its first step. */
export function newStage(play: Play, isWatched: boolean, hasHistory: boolean): Stage {
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

export function kubectl(stage: Stage, command: string, files: Readonly<Record<string, string>>): void {
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
export function advance(stage: Stage, ms: number): void {
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
function choose<T>(objects: readonly T[], at: number): T | undefined {
  return objects[at % Math.max(1, objects.length)];
}

/** Objects in a state in which people do something about them. */
const STATES: Readonly<Record<string, (view: View) => readonly KubeObject[]>> = {
  /** Volumes whose claims are gone. */
  released: (view) => view.list('PersistentVolume').filter(({ status }) => status.phase === 'Released'),
  busy: (view) => view.list('Node').filter(({ metadata }) => view.podsOnNode(metadata.name).length > 0),
  cordoned: (view) => view.list('Node').filter(({ spec }) => spec.unschedulable),
  tainted: (view) => view.list('Node').filter(hasTaint('dedicated')),
  outOfService: (view) => view.list('Node').filter(hasTaint('node.kubernetes.io/out-of-service')),
};

const hasTaint =
  (wanted: string) =>
  ({ spec }: Node): boolean =>
    spec.taints?.some(({ key }) => key === wanted) ?? false;

/** A command with names in place of `{pod:3}`; undefined where there is nobody of that kind. */
function commandIn({ view }: Cluster, text: string): string | undefined {
  let isWhole = true;
  let namespace = 'default';
  const command = text.replace(/\{(uid:)?(\w+):(\d+)\}/g, (_, uid: string | undefined, kind: string, at: string) => {
    const found = choose(STATES[kind]?.(view) ?? view.list(KINDS[kind] as SimulatedKind), Number(at));
    if (!found) isWhole = false;
    if (uid === undefined) namespace = found?.metadata.namespace ?? namespace;
    return (uid === undefined ? found?.metadata.name : found?.metadata.uid) ?? '';
  });
  if (!isWhole) return undefined;
  return namespace === 'default' ? command : `${command} -n ${namespace}`;
}

/** What a fault of that id strikes. */
function targetOf({ view }: Cluster, id: string, at: number): ObjectKey | undefined {
  const kind = faults.find((fault) => fault.id === id)?.targetKind;
  if (kind === 'Provisioner') return PROVISIONER;
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
export function playStep(stage: Stage, played: PlayStep): void {
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
  } else if ('undo' in played) undoFault(stage, choose(lastingFaults(cluster), played.undo));
  else if ('report' in played) report(stage, played.report, choose(cluster.view.list('Pod'), played.at));
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

/** A fault that lasts, by the one that takes it back. */
interface LastingFault {
  readonly undo: string;
  readonly target: ObjectKey;
}

/** The faults that last, in the order in which they struck. */
export function lastingFaults({ world }: Cluster): LastingFault[] {
  return [...world.memory.keys()].flatMap((key) => {
    if (key === 'fault/provisioner') return [{ undo: 'provisioner-goes-on', target: PROVISIONER }];
    const [, id, target] = /^fault\/([^/]+)\/(.+)$/.exec(key) ?? [];
    const undo = faults.find((fault) => fault.id === id)?.undo;
    return undo === undefined || target === undefined ? [] : [{ undo, target }];
  });
}

/** Takes a fault back. */
export function undoFault(stage: Stage, fault: LastingFault | undefined): void {
  if (!fault) return;
  const { undo, target } = fault;
  note(
    stage,
    actNow(stage.cluster, 'user', `${undo} ${target}`, (turn) => applyFault(turn, undo, target)),
  );
}

/** A kubelet's report, where it makes sense: of a pod that has a node and is not over. */
function report(stage: Stage, verb: string, pod: Pod | undefined): void {
  // The hand reaches no other namespace.
  if (pod?.metadata.namespace !== 'default') return;
  const mayEnd = verb === 'terminate' ? isTerminating(pod) : pod.spec.nodeName !== undefined && !isOver(pod);
  const { name } = pod.metadata;
  if (mayEnd) byHand(stage, `${verb} ${name}`, (turn) => reportPod(turn, stage.addresses, verb, name, undefined));
}

function provision(stage: Stage, claim: KubeObject | undefined): void {
  const volumeName = `pvc-${claim?.metadata.uid}`;
  const { view } = stage.cluster;
  if (claim?.metadata.namespace !== 'default' || view.get('PersistentVolume', '', volumeName)) return;
  const found = view.get('PersistentVolumeClaim', claim.metadata.namespace ?? '', claim.metadata.name);
  const asked = found?.metadata.annotations?.['volume.kubernetes.io/storage-provisioner'];
  if (found?.spec.volumeName !== undefined || asked === undefined) return;
  byHand(stage, `provision ${claim.metadata.name}`, (turn) => provisionVolume(turn, claim.metadata.name));
}

/** A round of the hand: volumes for claims, and pods start and end; `some` passes every second one over. */
export function tend(stage: Stage, which: 'all' | 'some'): void {
  const { view } = stage.cluster;
  for (const claim of view.list('PersistentVolumeClaim')) provision(stage, claim);
  view.list('Pod').forEach((pod, index) => {
    if (which === 'some' && index % 2 === 1) return;
    if (isTerminating(pod)) report(stage, 'terminate', pod);
    else if (!pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'))
      report(stage, 'ready', pod);
  });
}
