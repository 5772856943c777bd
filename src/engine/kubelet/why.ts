// What a pod waits for, in the words of a rule: the first thing that is not yet as it should be.
import type { Pod } from '#kube';
import { act, type Outcome, wait } from '../kernel/index.ts';
import { type ContainerRecord, isAlive, isInitialized } from './record.ts';
import type { Session } from './session.ts';
import { claimNamesOf, volumeHold } from './volumes.ts';

type Why = Pick<Outcome, 'why'>;

const nameOf = (pod: Pod): string => pod.metadata.name;

/** The reason for the present state of a pod. Equal states give equal reasons, so that a silent turn changes nothing. */
export function whyOf(session: Session): Why {
  const { record, pod, key, turn } = session;
  const base = { pod: nameOf(pod), node: record.node };
  switch (record.stage) {
    case 'volumes': {
      const hold = volumeHold(turn, pod);
      if (hold?.why === 'claim') return wait('KUBELET-2', hold.about, { ...base, claim: hold.claim });
      if (hold)
        return wait('KUBELET-4', hold.about, {
          ...base,
          volume: hold.volume,
          other: hold.node,
          pods: hold.pods.join(', '),
        });
      return act('KUBELET-1', key, base);
    }
    case 'attach':
      return act('KUBELET-3', key, { ...base, volumes: (record.attaching ?? []).join(', ') });
    case 'sandbox':
      return record.dueMs !== undefined && record.dueMs - record.sinceMs >= NETWORK_RETRY_MS
        ? wait('KUBELET-6', key, base)
        : act('KUBELET-5', key, base);
    case 'stop':
      return act('KUBELET-15', key, {
        ...base,
        seconds: (record.graceMs ?? 0) / 1000,
        containers: aliveNames(record.containers),
      });
    case 'evict':
      return act('KUBELET-17', key, base);
    case 'unmount':
      return act('KUBELET-16', key, { ...base, claims: claimNamesOf(pod).join(', ') });
    case 'run':
      return whyOfContainers(session) ?? whyOfGates(session);
  }
}

/** A sandbox that takes longer than this is tried again and again. */
const NETWORK_RETRY_MS = 10_000;

const aliveNames = (containers: readonly ContainerRecord[]): string =>
  containers
    .filter(isAlive)
    .map(({ name }) => name)
    .join(', ');

function whyOfGates({ pod, key }: Session): Why {
  const isReady = pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'False');
  if (!pod.spec.readinessGates?.length || !isReady) return {};
  return wait('KUBELET-14', key, {
    pod: nameOf(pod),
    gates: pod.spec.readinessGates.map((gate) => gate.conditionType).join(', '),
  });
}

function whyOfContainers(session: Session): Why | undefined {
  for (const container of session.record.containers) {
    const found = whyOfContainer(session, container);
    if (found) return found;
  }
  return undefined;
}

/** Why the kubelet itself never starts a container. */
const IMAGE_REASONS: ReadonlySet<string> = new Set(['InvalidImageName', 'ErrImageNeverPull']);

function whyOfContainer(session: Session, container: ContainerRecord): Why | undefined {
  const { record, pod, key } = session;
  const args = { pod: nameOf(pod), node: record.node, container: container.name, image: container.image };
  switch (container.step) {
    case 'idle':
      return undefined;
    case 'pull':
      return act('KUBELET-7', key, args);
    case 'create':
      return act('KUBELET-8', key, args);
    case 'pull-failed':
    case 'pull-back-off':
      return wait('KUBELET-9', key, {
        ...args,
        seconds: (container.pullDelayMs ?? 0) / 1000,
        failures: container.pullFails ?? 1,
      });
    case 'refused': {
      const reason = container.waiting ?? '';
      if (IMAGE_REASONS.has(reason)) return wait('KUBELET-13', key, { ...args, reason });
      return wait('KUBELET-23', key, { ...args, reason, message: container.message ?? '' });
    }
    case 'exited':
      return act('KUBELET-11', key, { ...args, code: container.ended?.exitCode ?? 0 });
    case 'back-off':
      return wait('KUBELET-12', key, {
        ...args,
        seconds: (container.crashDelayMs ?? 0) / 1000,
        failures: container.restarts + 1,
        code: container.ended?.exitCode ?? 0,
      });
    case 'stop':
      return act(
        container.startup?.result === 'failure' || container.liveness?.result === 'failure' ? 'PROBE-3' : 'KUBELET-20',
        key,
        {
          ...args,
          probe: container.startup?.result === 'failure' ? 'startup' : 'liveness',
        },
      );
    case 'run':
      return whyOfRunning(session, container, args);
    case 'ended':
      return undefined;
  }
}

function whyOfRunning(
  session: Session,
  container: ContainerRecord,
  args: Readonly<Record<string, string>>,
): Why | undefined {
  const { record, key } = session;
  if (container.kind === 'init') {
    const inits = record.containers.filter(({ kind }) => kind !== 'app');
    return act('KUBELET-10', key, { ...args, number: inits.filter(isInitialized).length + 1, total: inits.length });
  }
  if (!container.started) return wait('PROBE-2', key, args);
  if (container.liveness && !container.liveness.good)
    return wait('PROBE-4', key, { ...args, probe: 'liveness', fails: container.liveness.fails });
  if (container.readiness) {
    const { good, result, fails } = container.readiness;
    if (result === 'success' && good) return undefined;
    return good ? wait('PROBE-1', key, args) : wait('PROBE-4', key, { ...args, probe: 'readiness', fails });
  }
  return container.ready ? undefined : wait('PROBE-4', key, { ...args, probe: 'readiness', fails: 0 });
}
