// One session as the worker plays it: the player with its branches, the scene of the moment shown, and the lanes.
import {
  actNow,
  applyFault,
  type Cluster,
  fingerprintOf,
  newSimulation,
  type Outcome,
  type Tick,
  type Turn,
} from '#engine';
import type { Draft, KubeObject, StatefulSet } from '#kube';
import { type KubectlResult, runKubectl } from '#kubectl';
import { parseManifest } from '#manifest';
import {
  forkLaneBook,
  type LaneBook,
  newLaneBook,
  noteTick,
  projectAll,
  projectChanges,
  type Scene,
  type SceneChange,
} from '#scene';
import type { ClusterSetup, Session } from '#share';
import { type Act, branchesOf, goToTrack, newPlayer, type Player, replayBranches, seek, type Touched } from '#timeline';
import { markOfAct } from './act-marks.ts';
import type { Beside } from './beside.ts';
import { foundObjects } from './found-objects.ts';
import { printedAct } from './printed.ts';
import type { ActMark, PrintedAct, Problem } from './protocol.ts';
import { surroundings } from './surroundings.ts';

/** What an act answered, before it becomes part of a message. */
export interface Performed {
  readonly out: string;
  readonly err: string;
  readonly code: number;
  readonly problems: readonly Problem[];
}

/** A session being played. */
export interface Play {
  readonly setup: ClusterSetup;
  readonly player: Player<Performed>;
  readonly epochMs: number;
  readonly lanes: Map<number, LaneBook>;
  /** Marks of the acts that were played, by track. */
  readonly marks: Map<number, ActMark[]>;
  /** What those acts printed, by track. */
  readonly printed: Map<number, PrintedAct[]>;
  scene: Scene;
  /** Branches that were taken away; they are kept, in case they are wanted back, and are in no link. */
  readonly removed: Set<number>;
  /** Another branch at the same moment, where two are compared. */
  beside: Beside | undefined;
  /** How many acts were done: after each the future is another. */
  readonly acts: { count: number };
}

/** Acts are done by this actor. */
const USER = 'user';

/** Thrown out of the turn of a command that only asks what would happen, so that the kernel takes the turn back. */
const DRY_RUN = new Error('dry run');

const ofReplicas = (cluster: Cluster): Map<string, number> =>
  new Map(cluster.view.list('StatefulSet').map((set: StatefulSet) => [set.metadata.name, set.spec.replicas]));

/** Does an act at the present moment of a cluster. */
function perform(cluster: Cluster, act: Act): { tick: Tick | undefined; answer: Performed; isError: boolean } {
  if (act.type === 'fault') {
    const tick = actNow(cluster, USER, `${act.fault} ${act.target}`, (turn) => applyFault(turn, act.fault, act.target));
    const out = tick ? '' : `${act.fault} has nothing to do with ${act.target} now\n`;
    return { tick, answer: { out, err: '', code: 0, problems: [] }, isError: false };
  }
  let result: KubectlResult | undefined;
  let tick: Tick | undefined;
  try {
    tick = actNow(cluster, USER, `kubectl ${act.command}`, (turn: Turn): Outcome => {
      result = runKubectl(turn, act.command, act.files ?? {}, surroundings);
      if (result.isDryRun) throw DRY_RUN;
      return result.outcome;
    });
  } catch (error) {
    if (error !== DRY_RUN) throw error;
  }
  const { out = '', err = '', code = 1, problems = [] } = result ?? {};
  return { tick, answer: { out, err, code, problems }, isError: code !== 0 };
}

/** The cluster of a setup at time 0. */
function clusterOf(setup: ClusterSetup): Cluster {
  const parsed = setup.manifest.trim() === '' ? undefined : parseManifest('cluster.yaml', setup.manifest);
  const objects = (parsed?.documents ?? []).map((document) => document.value as unknown as Draft<KubeObject>);
  return newSimulation({
    seed: setup.seed,
    gates: setup.gates,
    timing: setup.timing,
    objects,
    // A living cluster brings the classes that it has.
    ...(setup.pasted !== undefined && { found: foundObjects(setup.pasted), hasDefaultClass: false }),
    ...(setup.nodes.length > 0 && { nodes: setup.nodes }),
  });
}

/** Lanes of pods and claims that are there before the first act. */
function lanesAt({ world }: Cluster, epochMs: number): LaneBook {
  const book = newLaneBook();
  const objects = [...world.store.objects].map(([key, after]) => ({ key, before: undefined, after }));
  noteTick(book, world, { atMs: 0, objects }, epochMs);
  return book;
}

/**
 * Begins to play a session: every branch is simulated as far as it was looked at, and the playhead goes where it stood.
 * @throws when the cluster's own manifest is refused
 */
export function playSession(session: Session): Play {
  const start = clusterOf(session.cluster);
  const epochMs = start.world.config.epochMs;
  const lanes = new Map<number, LaneBook>([[0, lanesAt(start, epochMs)]]);
  const marks = new Map<number, ActMark[]>([[0, []]]);
  const printed = new Map<number, PrintedAct[]>([[0, []]]);
  const acts = { count: 0 };
  const player: Player<Performed> = newPlayer<Performed>(
    start,
    (cluster, act) => {
      const before = ofReplicas(cluster);
      const { tick, answer, isError } = perform(cluster, act);
      const track = player.current;
      acts.count += 1;
      marks
        .get(track.id)
        ?.push(markOfAct(track.id, cluster.world.counters.nowMs, act, before, ofReplicas(cluster), isError));
      printed.get(track.id)?.push(printedAct(cluster.world.counters.nowMs, act, answer));
      return { tick, answer };
    },
    {
      onTick: (id, tick, cluster) => {
        const book = lanes.get(id);
        if (book) noteTick(book, cluster.world, tick, epochMs);
      },
      onFork: (from, to, atMs) => {
        lanes.set(to, forkLaneBook(lanes.get(from) ?? newLaneBook(), atMs));
        marks.set(to, from === to ? (marks.get(from) ?? []).filter((mark) => mark.atMs <= atMs) : []);
        printed.set(to, from === to ? (printed.get(from) ?? []).filter((one) => one.atMs <= atMs) : []);
      },
    },
  );
  replayBranches(player, session.branches);
  goToTrack(player, session.at.branch);
  seek(player, session.at.atMs);
  return {
    setup: session.cluster,
    player,
    epochMs,
    lanes,
    marks,
    printed,
    scene: projectAll(player.cursor.moment, epochMs),
    removed: new Set(),
    beside: undefined,
    acts,
  };
}

/**
 * Brings the scene to the moment where the player stands.
 * @param touched what may have changed; undefined: anything
 */
export function renewScene(play: Play, touched: Touched | undefined): SceneChange & { isWhole: boolean } {
  const { moment } = play.player.cursor;
  if (touched) return { ...projectChanges(play.scene, moment, play.epochMs, touched), isWhole: false };
  play.scene = projectAll(moment, play.epochMs);
  return { set: [...play.scene.values()], gone: [], isWhole: true };
}

/** The session as it stands now, for a link. */
export function sessionOf(play: Play, files: Session['files'], view: Session['view']): Session {
  return {
    cluster: play.setup,
    files,
    branches: branchesOf(play.player).filter(({ id }) => !play.removed.has(id)),
    at: { branch: play.player.current.id, atMs: play.player.atMs },
    view,
  };
}

/** The fingerprint of the moment shown. */
export const fingerprintNow = (play: Play): string => fingerprintOf(play.player.cursor.moment);
