// kubectl logs: what containers print, rule KCTL-22.
import { type Container, type ContainerStatus, formatTime, type Pod, parseTime } from '#kube';
import type { Call } from '../call.ts';
import { durationMs } from '../duration.ts';
import { CommandError, serverFault } from '../errors.ts';
import { findObjects, readQuery } from '../objects.ts';
import { containerOf, isNodeReachable, podsOfWord } from '../pods.ts';
import { logLines } from '../shell/container/index.ts';
import type { Verb } from './verb.ts';

export const logs: Verb = {
  name: 'logs',
  flags: {
    container: { type: 'string', short: 'c' },
    'all-containers': { type: 'bool' },
    'all-pods': { type: 'bool' },
    follow: { type: 'bool', short: 'f' },
    previous: { type: 'bool', short: 'p' },
    prefix: { type: 'bool' },
    selector: { type: 'string', short: 'l' },
    since: { type: 'string' },
    'since-time': { type: 'string' },
    tail: { type: 'int', default: '-1' },
    timestamps: { type: 'bool' },
    'ignore-errors': { type: 'bool' },
    'max-log-requests': { type: 'int', default: '5' },
    'pod-running-timeout': { type: 'string' },
    'limit-bytes': { type: 'int' },
  },
  run(call) {
    const { flags } = call;
    if (flags.has('since') && flags.has('since-time'))
      throw new CommandError('at most one of `sinceTime` or `sinceSeconds` may be specified');
    const all = streamsOf(call);
    const most = flags.number('max-log-requests') ?? 5;
    if (flags.isOn('follow') && all.length > most)
      throw new CommandError(
        `you are attempting to follow ${all.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
      );
    for (const stream of all) print(call, stream);
  },
};

/** One container's output. */
interface Stream {
  readonly pod: Pod;
  readonly container: Container;
}

const USAGE =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples";

function streamsOf(call: Call): readonly Stream[] {
  const { args, flags } = call;
  if (flags.has('selector')) {
    if (args.length > 0) throw new CommandError('only a selector (-l) or a POD name is allowed');
    const pods = findObjects(call, readQuery(['pods'], call.namespace)).map(({ object }) => object as Pod);
    if (pods.length === 0) call.warn(`No resources found in ${call.namespace} namespace.`);
    return pods.flatMap((pod) => streams(call, pod));
  }
  const [word, container] = args;
  if (word === undefined || args.length > 2) throw new CommandError(USAGE);
  const pods = podsOfWord(call, word) ?? [];
  const [pod] = pods;
  if (flags.isOn('all-pods')) return pods.flatMap((one) => streams(call, one, container));
  if (pods.length > 1 && pod) call.warn(`Found ${pods.length} pods, using pod/${pod.metadata.name}`);
  return pod ? streams(call, pod, container) : [];
}

function streams(call: Call, pod: Pod, container?: string): Stream[] {
  if (call.flags.isOn('all-containers'))
    return [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map((one) => ({ pod, container: one }));
  return [{ pod, container: containerOf(call, pod, container ?? call.flags.text('container')) }];
}

const statusIn = ({ status }: Pod, { name }: Container): ContainerStatus | undefined =>
  [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])].find((one) => one.name === name);

/** Why a container has not printed anything yet; undefined when it has. */
function waitingWords(pod: Pod, container: Container): string | undefined {
  const { state, lastState } = statusIn(pod, container) ?? { state: { waiting: {} } };
  if (state.running || state.terminated || lastState?.terminated) return undefined;
  const reason = state.waiting?.reason ?? 'ContainerCreating';
  const words =
    reason === 'ImagePullBackOff' || reason === 'ErrImagePull'
      ? 'trying and failing to pull image'
      : (state.waiting?.message ?? reason);
  return `container ${JSON.stringify(container.name)} in pod ${JSON.stringify(pod.metadata.name)} is waiting to start: ${words}`;
}

const badRequest = (message: string) => serverFault({ code: 400, reason: 'BadRequest', message });

function print(call: Call, stream: Stream): void {
  const { flags, turn } = call;
  const { pod, container } = stream;
  const { name, namespace = '' } = pod.metadata;
  if (!isNodeReachable(call, pod, `containerLogs/${namespace}/${name}/${container.name}`)) return;
  const isFollowing = flags.isOn('follow');
  const nowMs = parseTime(turn.now) ?? 0;
  const waiting = waitingWords(pod, container);
  if (waiting !== undefined && !(isFollowing && /: (?:ContainerCreating|PodInitializing)$/.test(waiting))) {
    call.fail(badRequest(waiting));
    return;
  }
  const isPrevious = flags.isOn('previous');
  const status = statusIn(pod, container);
  const lines = status && logLines(pod, container, status, nowMs, isPrevious);
  if (!lines && isPrevious) {
    call.fail(
      badRequest(
        `previous terminated container ${JSON.stringify(container.name)} in pod ${JSON.stringify(name)} not found`,
      ),
    );
    return;
  }
  const since = flags.text('since');
  const fromTime = flags.text('since-time');
  const timeMs = fromTime === undefined ? 0 : parseTime(fromTime);
  if (timeMs === undefined)
    throw new CommandError(
      `parsing time ${JSON.stringify(fromTime)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(fromTime)} as "2006"`,
    );
  const sinceMs = since === undefined ? timeMs : nowMs - durationMs(since, '--since');
  const tail = flags.has('tail') || !flags.has('selector') ? (flags.number('tail') ?? -1) : 10;
  const chosen = (lines ?? []).filter(({ atMs }) => atMs >= sinceMs);
  const shown = tail < 0 ? chosen : tail === 0 ? [] : chosen.slice(-tail);
  const prefix = flags.isOn('prefix') || flags.isOn('all-pods') ? `[pod/${name}/${container.name}] ` : '';
  const text = ({ atMs, text: words }: { atMs: number; text: string }): string =>
    `${prefix}${flags.isOn('timestamps') ? `${formatTime(atMs).replace('Z', '.000000000Z')} ` : ''}${words}\n`;
  for (const line of shown) call.write(text(line));
  if (isFollowing && !isPrevious) follow(call, stream, nowMs, text);
}

/** Goes on with what is printed, until the container ends or the pod is gone. */
function follow(
  call: Call,
  { pod, container }: Stream,
  fromMs: number,
  text: (line: { atMs: number; text: string }) => string,
): void {
  let lastMs = fromMs;
  call.follow((turn) => {
    const current = turn.view.get('Pod', pod.metadata.namespace ?? '', pod.metadata.name);
    const status = current && statusIn(current, container);
    if (!current || current.metadata.uid !== pod.metadata.uid) return { out: '', err: '', isDone: true };
    const nowMs = (parseTime(turn.now) ?? 0) + (turn.nowMs % 1000);
    const lines = (status && logLines(current, container, status, nowMs, false)) ?? [];
    const out = lines
      .filter(({ atMs }) => atMs > lastMs)
      .map(text)
      .join('');
    lastMs = Math.max(lastMs, nowMs);
    return { out, err: '', isDone: status?.state.terminated !== undefined };
  });
}
