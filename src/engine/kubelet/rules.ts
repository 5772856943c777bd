// The rules of the kubelet and of probes, in the words that the page shows. SPEC.md says what each one models.
import type { ReasonArgs } from '../kernel/index.ts';
import type { Rule } from '../rules.ts';

const DOCS = 'https://kubernetes.io/docs';
const LIFECYCLE = `${DOCS}/concepts/workloads/pods/pod-lifecycle/`;
const PROBES = `${DOCS}/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/`;

/** `20 s`, `2 min 40 s`. */
const span = (seconds: string | number | undefined): string => {
  const whole = Math.round(Number(seconds ?? 0));
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
};

const times = (count: string | number | undefined): string => (Number(count) === 1 ? 'once' : `${count} times`);

const refusals: Readonly<Record<string, string>> = {
  InvalidImageName: 'is not a valid image name',
  ErrImageNeverPull: 'is not on the node, and imagePullPolicy is Never',
};

function silence({ pod, node, isEnding, isGone }: ReasonArgs): string {
  if (isGone) return `nothing can be heard of ${pod}: its node ${node} no longer exists`;
  if (isEnding)
    return `${pod} stays Terminating: ${node} does not answer, so nobody confirms that its containers have stopped`;
  return `nothing new is heard of ${pod}: ${node} does not answer`;
}

export const kubeletRules: readonly Rule[] = [
  {
    id: 'KUBELET-1',
    title: 'Taking over a pod',
    sentence: ({ pod, node }) => `the kubelet of ${node} takes over ${pod}`,
    docs: LIFECYCLE,
    upstream: 'kubelet.SyncPod',
  },
  {
    id: 'KUBELET-2',
    title: 'Claims first',
    sentence: ({ pod, claim }) => `waiting for claim ${claim} to be bound before ${pod} can start`,
    docs: `${DOCS}/concepts/storage/persistent-volumes/`,
    upstream: 'volumemanager.WaitForAttachAndMount',
  },
  {
    id: 'KUBELET-3',
    title: 'Attaching volumes',
    sentence: ({ volumes, node }) => `attaching ${volumes} to ${node}`,
    docs: `${DOCS}/concepts/storage/persistent-volumes/`,
    upstream: 'attachdetach.reconciler',
  },
  {
    id: 'KUBELET-4',
    title: 'One node at a time',
    sentence: ({ volume, other, pod, pods }) =>
      pods
        ? `waiting for ${pods} on ${other} to let go of volume ${volume} before ${pod} can start`
        : `waiting for volume ${volume} to be detached from ${other} before ${pod} can start`,
    aside: () => 'ReadWriteOnce',
    docs: `${DOCS}/concepts/storage/persistent-volumes/#access-modes`,
    upstream: 'attachdetach.reconciler',
  },
  {
    id: 'KUBELET-5',
    title: 'Sandbox and network',
    sentence: ({ pod, node }) => `setting up the sandbox and the network of ${pod} on ${node}`,
    docs: LIFECYCLE,
    upstream: 'kuberuntime.SyncPod',
  },
  {
    id: 'KUBELET-6',
    title: 'Addresses',
    sentence: ({ pod, node }) =>
      `waiting for an address for ${pod}: the network of ${node} gives none, and is asked again every 10 s`,
    docs: `${DOCS}/concepts/cluster-administration/networking/`,
  },
  {
    id: 'KUBELET-7',
    title: 'Pulling the image',
    sentence: ({ image, node }) => `pulling image ${image} on ${node}`,
    docs: `${DOCS}/concepts/containers/images/`,
    upstream: 'images.EnsureImageExists',
  },
  {
    id: 'KUBELET-8',
    title: 'Starting containers',
    sentence: ({ container, pod, node }) => `starting container ${container} of ${pod} on ${node}`,
    docs: LIFECYCLE,
    upstream: 'kuberuntime.startContainer',
  },
  {
    id: 'KUBELET-9',
    title: 'ImagePullBackOff',
    sentence: ({ image, seconds, failures }) =>
      `pulling image ${image} again ${span(seconds)} after the last try: it has failed ${times(failures)}`,
    aside: () => 'ImagePullBackOff: 10 s, doubled up to 5 min',
    docs: `${DOCS}/concepts/containers/images/#imagepullbackoff`,
    upstream: 'images.EnsureImageExists',
  },
  {
    id: 'KUBELET-10',
    title: 'Init containers in order',
    sentence: ({ container, pod, number, total }) =>
      `running init container ${container} of ${pod}, ${number} of ${total}: the next one starts when it has ended`,
    docs: `${DOCS}/concepts/workloads/pods/init-containers/`,
    upstream: 'kuberuntime.computeInitContainerActions',
  },
  {
    id: 'KUBELET-11',
    title: 'Restarting',
    sentence: ({ container, code }) =>
      `container ${container} has ended with exit code ${code}: deciding when to restart it`,
    aside: () => 'restartPolicy; the first restart is immediate',
    docs: `${LIFECYCLE}#restart-policy`,
    upstream: 'kuberuntime.doBackOff',
  },
  {
    id: 'KUBELET-12',
    title: 'CrashLoopBackOff',
    sentence: ({ container, seconds, failures }) =>
      `restarting container ${container} in ${span(seconds)}: it has failed ${times(failures)}`,
    aside: () => 'CrashLoopBackOff: 10 s, doubled up to 5 min',
    docs: `${LIFECYCLE}#container-restarts`,
    upstream: 'kuberuntime.doBackOff',
  },
  {
    id: 'KUBELET-13',
    title: 'Images that cannot be had',
    sentence: ({ image, container, reason }) =>
      `container ${container} cannot start: image ${image} ${refusals[String(reason)] ?? 'cannot be had'}`,
    docs: `${DOCS}/concepts/containers/images/`,
    upstream: 'images.EnsureImageExists',
  },
  {
    id: 'KUBELET-14',
    title: 'What a kubelet reports',
    sentence: ({ pod, gates }) => `waiting for the readiness gates of ${pod}: ${gates}`,
    docs: `${LIFECYCLE}#pod-readiness-gate`,
    upstream: 'status.GeneratePodReadyCondition',
  },
  {
    id: 'KUBELET-15',
    title: 'Graceful termination',
    sentence: ({ pod, containers, seconds }) =>
      containers
        ? `stopping ${containers} of ${pod}: preStop hook, SIGTERM, then SIGKILL after ${span(seconds)}`
        : `stopping ${pod}: no container of it runs`,
    aside: ({ seconds }) => `terminationGracePeriodSeconds ${seconds}`,
    docs: `${LIFECYCLE}#pod-termination`,
    upstream: 'kuberuntime.killContainer',
  },
  {
    id: 'KUBELET-16',
    title: 'Confirming the end',
    sentence: ({ pod, node, claims, isGone }) => {
      if (isGone) return `${node} confirms the end of ${pod}: its object is removed`;
      const rest = claims ? `${claims} is unmounted` : 'its sandbox is taken down';
      return `the containers of ${pod} have stopped: ${rest} before ${node} confirms the end`;
    },
    docs: `${LIFECYCLE}#pod-termination`,
    upstream: 'status.syncPod',
  },
  {
    id: 'KUBELET-17',
    title: 'Eviction by the node',
    sentence: ({ pod, node }) => `${node} evicts ${pod} to win back memory: its containers are killed and it fails`,
    docs: `${DOCS}/concepts/scheduling-eviction/node-pressure-eviction/`,
    upstream: 'eviction.managerImpl.evictPod',
  },
  {
    id: 'KUBELET-18',
    title: 'A node that does not answer',
    sentence: silence,
    docs: `${DOCS}/concepts/architecture/nodes/#condition`,
  },
  {
    id: 'KUBELET-19',
    title: 'Removed by force',
    sentence: ({ pod, node, isSilent }) =>
      isSilent
        ? `the containers of ${pod}, removed by force, may still run on ${node}, which does not answer`
        : `${node} stops the containers of ${pod}, which was removed by force`,
    docs: `${DOCS}/tasks/run-application/force-delete-stateful-set-pod/`,
    upstream: 'kubelet.HandlePodCleanups',
  },
  {
    id: 'KUBELET-20',
    title: 'Changed in place',
    sentence: ({ container, pod, image }) =>
      `restarting container ${container} of ${pod}: image ${image} was replaced in the pod itself`,
    docs: LIFECYCLE,
    upstream: 'kuberuntime.computePodActions',
  },
  {
    id: 'KUBELET-21',
    title: 'The health of a node',
    sentence: ({ node, isReady }) =>
      isReady ? `${node} reports that it is ready` : `${node} reports that its network does not work`,
    docs: `${DOCS}/concepts/architecture/nodes/#condition`,
    upstream: 'kubelet.tryUpdateNodeStatus',
  },
  {
    id: 'KUBELET-22',
    title: 'Ended for good',
    sentence: ({ pod }) => `no container of ${pod} is started again`,
    docs: `${LIFECYCLE}#pod-phase`,
    upstream: 'kubelet.getPhase',
  },
  {
    id: 'KUBELET-23',
    title: 'Found as it is',
    sentence: ({ container, pod, reason, message }) =>
      `container ${container} of ${pod} does not start (${reason}${message ? `: ${message}` : ''}), as it was found`,
    aside: () => 'what holds it is not among the objects',
    docs: `${LIFECYCLE}#container-states`,
  },
  {
    id: 'PROBE-1',
    title: 'Readiness',
    sentence: ({ container, pod }) =>
      `waiting for the readiness probe of container ${container} to pass before ${pod} counts as ready`,
    docs: PROBES,
    upstream: 'prober.worker.doProbe',
  },
  {
    id: 'PROBE-2',
    title: 'Startup first',
    sentence: ({ container, pod }) =>
      `waiting for the startup probe of container ${container} of ${pod} to pass: the other probes wait for it`,
    docs: PROBES,
    upstream: 'prober.worker.doProbe',
  },
  {
    id: 'PROBE-3',
    title: 'Restarted for a probe',
    sentence: ({ container, probe }) => `restarting container ${container}: its ${probe} probe has failed too often`,
    docs: PROBES,
    upstream: 'prober.worker.doProbe',
  },
  {
    id: 'PROBE-4',
    title: 'A probe fails',
    sentence: ({ container, probe, pod }) =>
      probe === 'liveness'
        ? `the liveness probe of container ${container} fails: after failureThreshold failures it is restarted`
        : `the readiness probe of container ${container} fails: ${pod} is not ready until it passes again`,
    docs: PROBES,
    upstream: 'prober.worker.doProbe',
  },
  {
    id: 'PROBE-5',
    title: 'Probes of a pod that is stopped',
    sentence: ({ pod }) => `${pod} is being stopped: only its readiness is still probed`,
    docs: PROBES,
    upstream: 'prober.worker.doProbe',
  },
];
