// Plays a recorded trace into the simulator, act by act at the recorded moments, and writes down what the simulator
// makes of it in the same format. Kubelet and provisioner are off: what they would do are acts of the trace.
import { actNow, type Cluster, done, newSimulation, runUntil, step, type Turn } from '#engine';
import type { Draft, EndpointSlice } from '#kube';
import { type Follow, type KubectlResult, runKubectl } from '#kubectl';
import { type Addresses, newAddresses, provisionVolume, type Refusal, reportNode, reportPod } from './hand-fed.ts';
import { newPodNames, type PodNames } from './pod-names.ts';
import { newRecorder, type Recorder } from './recorder.ts';
import type { Trace, TraceStep } from './trace.ts';

/** What a cluster needs to come to rest after it was set up, before the first act. */
const SETTLE_MS = 3_000;

/** How often a command that waits looks again while nothing happens. */
const FOLLOW_MS = 1_000;

/** How large the nodes of a trace are that do not say it themselves: part of the format. */
const NODE_SIZE = { cpu: '8', memory: '16Gi', pods: 110 };

/** The slice that the API server keeps of itself. */
const apiServerSlice: Draft<EndpointSlice> = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: 'kubernetes',
    namespace: 'default',
    labels: { 'kubernetes.io/service-name': 'kubernetes' },
  },
  addressType: 'IPv4',
  endpoints: [{ addresses: ['192.0.2.1'], conditions: { ready: true, serving: true, terminating: false } }],
  ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
};

interface Play {
  readonly cluster: Cluster;
  readonly recorder: Recorder;
  readonly addresses: Addresses;
  readonly names: PodNames;
  readonly files: Record<string, string>;
}

/**
 * Plays a trace.
 * @param recorded the trace; only its acts and moments are read
 * @returns the same document with the simulator's own answers in each step
 * @throws when the cluster's manifest is refused: the trace cannot be played then
 */
export function replay(recorded: Trace): Trace {
  const cluster = newSimulation({
    seed: 1,
    gates: recorded.gates ?? {},
    nodes: recorded.cluster.nodes.map((node) => ({ ...NODE_SIZE, ...node })),
    manifest: '',
    timing: {},
    kubelet: 'manual',
    provisioner: 'manual',
    hasDefaultClass: false,
    objects: [apiServerSlice],
  });
  const play: Play = {
    cluster,
    recorder: newRecorder(cluster.view),
    addresses: newAddresses(),
    names: newPodNames(recorded),
    files: { ...recorded.files },
  };
  runSettled(play, SETTLE_MS / 2);
  applyClusterManifest(play, recorded.cluster.manifest);
  runSettled(play, SETTLE_MS);
  play.recorder.begin();
  let atMs = SETTLE_MS;
  const steps = recorded.steps.map((recordedStep) => {
    atMs = recordedStep.at === undefined ? atMs : SETTLE_MS + Math.round(recordedStep.at * 1000);
    const played = playStep(play, recordedStep, atMs);
    play.names.pass(recordedStep);
    return played;
  });
  return { ...recorded, steps };
}

function applyClusterManifest(play: Play, manifest: string | undefined): void {
  if (!manifest) return;
  const result = kubectlNow(play, 'apply -f cluster.yaml', { 'cluster.yaml': manifest });
  if (result.code !== 0) throw new Error(`the cluster's manifest is refused: ${result.err}`);
}

function playStep(play: Play, recorded: TraceStep, untilMs: number): TraceStep {
  const { out: _out, err: _err, code: _code, log: _log, events: _events, state: _state, ...acts } = recorded;
  const answer = recorded.skipped === undefined ? playAct(play, recorded, untilMs) : {};
  runSettled(play, untilMs);
  return { ...acts, ...answer, ...play.recorder.take(play.cluster.view) };
}

function playAct(play: Play, recorded: TraceStep, untilMs: number): Partial<TraceStep> {
  const { view } = play.cluster;
  if (recorded.write) {
    Object.assign(play.files, recorded.write);
    return {};
  }
  if (recorded.kubectl !== undefined) return playKubectl(play, play.names.inCommand(recorded.kubectl, view), untilMs);
  if (recorded.kubelet !== undefined) {
    const [verb = '', pod = '', reason] = recorded.kubelet.split(' ');
    const name = play.names.nameOf(pod, view);
    return handFeed(play, recorded.kubelet, (turn) => reportPod(turn, play.addresses, verb, name, reason));
  }
  if (recorded.provision !== undefined) {
    const claim = recorded.provision;
    // The provisioner is outside of the cluster, and so is the name that it gave.
    const name = recorded.log?.find((entry) => entry.kind === 'PersistentVolume' && entry.change === 'ADDED')?.name;
    return handFeed(play, `provision ${claim}`, (turn) => provisionVolume(turn, claim, name));
  }
  if (recorded.node !== undefined) {
    const [name = '', status = ''] = recorded.node.split(' ');
    return handFeed(play, recorded.node, (turn) => reportNode(turn, name, status));
  }
  return {};
}

function handFeed(play: Play, label: string, run: (turn: Turn) => Refusal): Partial<TraceStep> {
  let refusal: Refusal;
  const tick = actNow(play.cluster, 'hand', label, (turn) => {
    refusal = run(turn);
    return done;
  });
  play.recorder.observe(tick);
  return refusal ?? {};
}

function playKubectl(play: Play, command: string, untilMs: number): Partial<TraceStep> {
  const { out, err, code, follow } = kubectlNow(play, command, play.files);
  const rest = follow ? followUntil(play, command, follow, untilMs) : undefined;
  const whole = { out: out + (rest?.out ?? ''), err: err + (rest?.err ?? ''), code: rest?.code ?? code };
  return { ...(whole.out && { out: whole.out }), ...(whole.err && { err: whole.err }), code: whole.code };
}

/** Thrown out of the turn of a command that only asks what would happen, so that the kernel takes the turn back. */
const DRY_RUN = new Error('dry run');

function kubectlNow(play: Play, command: string, files: Readonly<Record<string, string>>): KubectlResult {
  let result: KubectlResult | undefined;
  try {
    const tick = actNow(play.cluster, 'kubectl', command, (turn) => {
      result = runKubectl(turn, command, files);
      if (result.isDryRun) throw DRY_RUN;
      return result.outcome;
    });
    play.recorder.observe(tick);
  } catch (error) {
    if (error !== DRY_RUN) throw error;
  }
  if (!result) throw new Error(`kubectl ${command} gave no answer`);
  return result;
}

/** Lets a command that waits go on looking until it is content or the step is over. */
function followUntil(
  play: Play,
  command: string,
  follow: Follow,
  untilMs: number,
): { out: string; err: string; code?: number } {
  let out = '';
  let err = '';
  const { world } = play.cluster;
  while (world.counters.nowMs < untilMs) {
    play.recorder.observe(step(play.cluster, Math.min(untilMs, world.counters.nowMs + FOLLOW_MS)));
    let answer: ReturnType<Follow> | undefined;
    const tick = actNow(play.cluster, 'kubectl', command, (turn) => {
      answer = follow(turn);
      return done;
    });
    play.recorder.observe(tick);
    out += answer?.out ?? '';
    err += answer?.err ?? '';
    if (answer?.isDone) return { out, err, ...(answer.code !== undefined && { code: answer.code }) };
  }
  return { out, err };
}

function runSettled(play: Play, untilMs: number): void {
  runUntil(play.cluster, untilMs, (tick) => play.recorder.observe(tick));
}
