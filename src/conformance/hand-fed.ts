// The acts of a trace that stand for what runs outside of the control plane: the kubelet's reports about pods, volumes
// from an external provisioner, the health of a node. Each is one write, as the recording made it.
import type { ApiError, Turn } from '#engine';
import {
  type Condition,
  type ContainerStatus,
  conditionOf,
  type Draft,
  keyOf,
  type Node,
  type PersistentVolume,
  type Pod,
  type PodPhase,
  type PodStatus,
} from '#kube';

const NAMESPACE = 'default';
const HOST_IP = '192.0.2.1';
const PROVISIONER = 'sim.example/provisioner';
const DRIVER = 'sim.example';

/** Why an act was not played; undefined when it was. */
export type Refusal = { readonly skipped: string } | { readonly error: string } | undefined;

/** Gives each pod that starts the next address. */
export interface Addresses {
  next(): string;
}

/** Addresses 10.244.0.10, 10.244.0.11, … */
export function newAddresses(): Addresses {
  let used = 0;
  return {
    next() {
      const number = 10 + used++;
      return `10.244.${number >> 8}.${number & 255}`;
    },
  };
}

interface Report {
  readonly phase: PodPhase;
  readonly isReady: boolean;
  readonly reason?: string;
  readonly container: (previous: ContainerStatus | undefined, now: string) => Partial<ContainerStatus>;
}

const running = (_previous: ContainerStatus | undefined, now: string): Partial<ContainerStatus> => ({
  started: true,
  state: { running: { startedAt: now } },
});

const ended = (exitCode: number, reason: string) => (_previous: ContainerStatus | undefined, now: string) => ({
  started: false,
  state: { terminated: { exitCode, reason, startedAt: now, finishedAt: now } },
});

/** What a kubelet can say of a pod, by the verb of the act. */
const REPORTS: Readonly<Record<string, Report>> = {
  start: { phase: 'Running', isReady: false, container: running },
  ready: { phase: 'Running', isReady: true, container: running },
  notReady: { phase: 'Running', isReady: false, container: running },
  crash: {
    phase: 'Running',
    isReady: false,
    container: (previous) => ({
      started: false,
      restartCount: (previous?.restartCount ?? 0) + 1,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
    }),
  },
  imagePullBackOff: {
    phase: 'Pending',
    isReady: false,
    container: () => ({ started: false, state: { waiting: { reason: 'ImagePullBackOff' } } }),
  },
  fail: { phase: 'Failed', isReady: false, container: ended(1, 'Error') },
  succeed: { phase: 'Succeeded', isReady: false, container: ended(0, 'Completed') },
};

/**
 * What the kubelet reports about a pod.
 * @param verb `start`, `ready`, `notReady`, `crash`, `imagePullBackOff`, `fail`, `succeed`, or `terminate`: the last
 *   delete, with which the object goes
 * @param reason what the status of a failed pod says
 */
export function reportPod(
  turn: Turn,
  addresses: Addresses,
  verb: string,
  name: string,
  reason: string | undefined,
): Refusal {
  const pod = turn.view.get('Pod', NAMESPACE, name);
  if (!pod) return { skipped: `no pod ${name}` };
  if (verb === 'terminate') {
    const answer = turn.delete(keyOf('Pod', NAMESPACE, name), { gracePeriodSeconds: 0, uid: pod.metadata.uid });
    return answer.ok ? undefined : refused(answer.error);
  }
  const report = REPORTS[verb];
  if (!report) return { skipped: `no report ${verb}` };
  const answer = turn.updateStatus<Pod>({ ...pod, status: statusOf(pod, report, reason, addresses, turn.now) });
  return answer.ok ? undefined : refused(answer.error);
}

function statusOf(pod: Pod, report: Report, reason: string | undefined, addresses: Addresses, now: string): PodStatus {
  const { reason: _reason, ...status } = pod.status;
  const podIP = status.podIP ?? addresses.next();
  const unready = report.isReady ? undefined : pod.spec.containers.map((container) => container.name);
  // A null time is what the API shows of one that was never set.
  const condition = (type: string, isTrue: boolean) => ({
    lastProbeTime: null,
    type,
    status: isTrue ? 'True' : 'False',
    ...(!isTrue && {
      reason: 'ContainersNotReady',
      message: `containers with unready status: [${unready?.join(' ')}]`,
    }),
    lastTransitionTime: now,
  });
  const scheduled = conditionOf(status, 'PodScheduled');
  return {
    ...status,
    phase: report.phase,
    ...(reason !== undefined && { reason }),
    hostIP: HOST_IP,
    hostIPs: [{ ip: HOST_IP }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: status.startTime ?? now,
    conditions: [
      condition('PodReadyToStartContainers', true),
      condition('Initialized', true),
      condition('ContainersReady', report.isReady),
      condition('Ready', report.isReady),
      ...(scheduled ? [scheduled] : []),
    ],
    containerStatuses: pod.spec.containers.map((container): ContainerStatus => {
      const previous = status.containerStatuses?.find((other) => other.name === container.name);
      return {
        name: container.name,
        image: container.image,
        imageID: `sha256:${container.image}`,
        lastState: {},
        restartCount: previous?.restartCount ?? 0,
        ready: report.isReady,
        state: {},
        ...report.container(previous, now),
      };
    }),
  } as unknown as PodStatus;
}

/**
 * A volume that an external provisioner makes for a claim, bound to it from its side.
 * @param claimName name of the claim
 * @param volumeName the name that the provisioner gives; after the claim's uid when left out
 */
export function provisionVolume(turn: Turn, claimName: string, volumeName?: string): Refusal {
  const claim = turn.view.get('PersistentVolumeClaim', NAMESPACE, claimName);
  if (!claim) return { skipped: `no claim ${claimName}` };
  const { spec, metadata } = claim;
  const name = volumeName ?? `pvc-${metadata.uid}`;
  const volume: Draft<PersistentVolume> = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { 'pv.kubernetes.io/provisioned-by': PROVISIONER } },
    spec: {
      capacity: { storage: spec.resources?.requests?.storage ?? '1Gi' },
      accessModes: spec.accessModes ?? ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Delete',
      ...(spec.storageClassName && { storageClassName: spec.storageClassName }),
      ...(spec.volumeMode && { volumeMode: spec.volumeMode }),
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace: NAMESPACE,
        name: claimName,
        uid: metadata.uid,
        resourceVersion: metadata.resourceVersion,
      },
      csi: { driver: DRIVER, volumeHandle: name },
    },
    status: { phase: 'Pending' },
  };
  const answer = turn.create<PersistentVolume>(volume);
  return answer.ok ? undefined : refused(answer.error);
}

/** Sets the Ready condition of a node. */
export function reportNode(turn: Turn, name: string, status: string): Refusal {
  const node = turn.view.get('Node', '', name);
  if (!node) return { skipped: `no node ${name}` };
  const conditions = node.status.conditions.map((condition) =>
    condition.type === 'Ready'
      ? {
          ...condition,
          status: status as Condition['status'],
          lastTransitionTime: turn.now,
          lastHeartbeatTime: turn.now,
        }
      : condition,
  );
  const answer = turn.updateStatus<Node>({ ...node, status: { ...node.status, conditions } });
  return answer.ok ? undefined : refused(answer.error);
}

const refused = (error: ApiError): Refusal => ({ error: error.message });
