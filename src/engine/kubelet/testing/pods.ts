// Words for tests of the kubelet: pods that stand on a node already, and short questions about them.
import { conditionOf, type Draft, keyOf, type ObjectKey, type Pod, type PodSpec } from '#kube';
import { applyFault } from '../../faults/index.ts';
import { actNow, type Cluster, type Tick } from '../../kernel/index.ts';
import { createObject, getObject, run } from '../../testing/scenario.ts';

/** The key of a pod in the namespace default. */
export const podKey = (name: string): ObjectKey => keyOf('Pod', 'default', name);

type PodParts = Partial<PodSpec> & { readonly container?: Readonly<Record<string, unknown>> };

/** A pod with one container `app` of image `app:1` on node-a. `container` adds fields to that container. */
export function podDraft(name: string, parts: PodParts = {}): Draft<Pod> {
  const { container, ...spec } = parts;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: 'app' } },
    spec: {
      containers: [{ name: 'app', image: 'app:1', imagePullPolicy: 'IfNotPresent', ...container }],
      nodeName: 'node-a',
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      ...spec,
    },
    status: { phase: 'Pending' },
  };
}

/** Creates such a pod. */
export const createPod = (cluster: Cluster, name: string, parts: PodParts = {}): Pod =>
  createObject<Pod>(cluster, podDraft(name, parts));

/** Creates such a pod and lets it start. */
export function startPod(cluster: Cluster, name: string, parts: PodParts = {}): Pod {
  createPod(cluster, name, parts);
  run(cluster, 10_000);
  return getObject(cluster, 'Pod', name);
}

/** Strikes a pod with a fault. */
export const strike = (cluster: Cluster, id: string, target: ObjectKey): Tick | undefined =>
  actNow(cluster, 'user', `${id} ${target}`, (turn) => applyFault(turn, id, target));

/** The status of a pod's condition. */
export const statusOf = (cluster: Cluster, name: string, type: string): string | undefined =>
  conditionOf(getObject(cluster, 'Pod', name).status, type)?.status;

/** The state of a pod's container in one word: `running`, or the reason why not. */
export function stateOf(cluster: Cluster, name: string, container = 'app'): string {
  const { containerStatuses = [], initContainerStatuses = [] } = getObject(cluster, 'Pod', name).status;
  const status = [...initContainerStatuses, ...containerStatuses].find((known) => known.name === container);
  if (!status) return 'none';
  const { running, waiting, terminated } = status.state;
  return running ? 'running' : (waiting?.reason ?? terminated?.reason ?? 'unknown');
}

/** How often a pod's container was restarted. */
export const restartsOf = (cluster: Cluster, name: string, container = 'app'): number =>
  getObject(cluster, 'Pod', name).status.containerStatuses?.find((known) => known.name === container)?.restartCount ??
  -1;

/** Runs until a question is answered with true, asking every 50 ms. Returns the moment; throws after `maxMs`. */
export function runUntilTrue(cluster: Cluster, question: () => boolean, maxMs = 60_000): number {
  const { counters } = cluster.world;
  const endMs = counters.nowMs + maxMs;
  while (!question()) {
    if (counters.nowMs >= endMs) throw new Error(`not true after ${maxMs} ms`);
    run(cluster, 50);
  }
  return counters.nowMs;
}
