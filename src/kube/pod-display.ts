// The READY, STATUS and RESTARTS columns of a pod, as the server's table printer computes them.
import { conditionOf } from './meta.ts';
import type { Container, ContainerStatus, Pod } from './types.ts';

export interface PodDisplay {
  /** `1/2` */
  readonly ready: string;
  readonly status: string;
  readonly restarts: number;
  /** When a container last ended before a restart, as RFC 3339. */
  readonly lastRestart?: string;
}

/** An init container that goes on running beside the others. */
const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always';

const terminatedReason = (state: NonNullable<ContainerStatus['state']['terminated']>, prefix: string): string =>
  state.reason || (state.signal ? `${prefix}Signal:${state.signal}` : `${prefix}ExitCode:${state.exitCode}`);

/**
 * What `kubectl get pods` prints for a pod. Containers are visited last to first, so the first one's trouble wins.
 * k8s: printers/internalversion.printPod
 */
export function podDisplay(pod: Pod): PodDisplay {
  const { status, spec, metadata } = pod;
  const sidecars = new Set((spec.initContainers ?? []).filter(isSidecar).map((container) => container.name));
  const total = spec.containers.length + sidecars.size;
  let reason = status.reason || status.phase;
  if (status.conditions?.some((c) => c.type === 'PodScheduled' && c.reason === 'SchedulingGated'))
    reason = 'SchedulingGated';
  let readyCount = 0;
  let restarts = 0;
  let sidecarRestarts = 0;
  let lastRestart = '';
  let lastSidecarRestart = '';
  const later = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a);
  let isInitializing = false;
  for (const [i, container] of (status.initContainerStatuses ?? []).entries()) {
    const sidecar = sidecars.has(container.name);
    restarts += container.restartCount;
    lastRestart = later(lastRestart, container.lastState?.terminated?.finishedAt);
    if (sidecar) {
      sidecarRestarts += container.restartCount;
      lastSidecarRestart = later(lastSidecarRestart, container.lastState?.terminated?.finishedAt);
    }
    const { terminated, waiting } = container.state;
    if (terminated?.exitCode === 0) continue;
    if (sidecar && container.started === true) {
      if (container.ready) readyCount += 1;
      continue;
    }
    isInitializing = true;
    if (terminated) reason = terminated.reason ? `Init:${terminated.reason}` : terminatedReason(terminated, 'Init:');
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') reason = `Init:${waiting.reason}`;
    else reason = `Init:${i}/${spec.initContainers?.length ?? 0}`;
    break;
  }
  if (!isInitializing || conditionOf(status, 'Initialized')?.status === 'True') {
    restarts = sidecarRestarts;
    lastRestart = lastSidecarRestart;
    let isAnyRunning = false;
    let errorReason = '';
    for (const container of [...(status.containerStatuses ?? [])].reverse()) {
      restarts += container.restartCount;
      lastRestart = later(lastRestart, container.lastState?.terminated?.finishedAt);
      const { waiting, terminated, running } = container.state;
      if (waiting?.reason) reason = waiting.reason;
      else if (terminated) {
        reason = terminatedReason(terminated, '');
        if (terminated.exitCode !== 0) errorReason = reason;
      } else if (container.ready && running) {
        isAnyRunning = true;
        readyCount += 1;
      }
    }
    if (reason === 'Completed') {
      if (isAnyRunning && conditionOf(status, 'Ready')?.status === 'True') reason = 'Running';
      else if (errorReason) reason = errorReason;
      else if (isAnyRunning) reason = 'NotReady';
    }
  }
  if (metadata.deletionTimestamp !== undefined) {
    if (status.reason === 'NodeLost') reason = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') reason = 'Terminating';
  }
  return { ready: `${readyCount}/${total}`, status: reason, restarts, ...(lastRestart && { lastRestart }) };
}
