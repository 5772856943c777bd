// Sets and clusters for the tests of the StatefulSet controller. No kubelet and no scheduler: a test reports pods itself.
import { type Draft, defaultPodTemplate, keyOf, type Pod, type StatefulSet, type StatefulSetSpec } from '#kube';
import type { SimulationSetup } from '../../../bootstrap.ts';
import type { Actor, Cluster, ReasonRecord } from '../../../kernel/index.ts';
import { rules } from '../../../rules-list.ts';
import {
  accepted,
  call,
  createObject,
  findObject,
  getObject,
  newTestCluster,
  reasonFor,
  reportPod,
  run,
  updateObject,
} from '../../../testing/scenario.ts';
import { statefulSetController } from '../controller.ts';

/** Time enough for the controller to come to rest after an act: failures go on for ever, so tests do not wait for quiet. */
const SETTLE_MS = 300;

export const SET_KEY = keyOf('StatefulSet', 'default', 'web');

/** A pod template with one container, with the API server's defaults. */
export const templateOf = (image: string, more: object = {}): StatefulSetSpec['template'] =>
  defaultPodTemplate({
    metadata: { labels: { app: 'nginx' } },
    spec: {
      containers: [{ name: 'nginx', image, resources: {} }],
      terminationGracePeriodSeconds: 10,
      ...more,
    },
  }) as unknown as StatefulSetSpec['template'];

/** The set `web` as the API server would store it: 3 replicas, OrderedReady, RollingUpdate with partition 0. */
export const newSet = (spec: Partial<StatefulSetSpec> = {}, name = 'web'): Draft<StatefulSet> => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name, namespace: 'default' },
  spec: {
    replicas: 3,
    serviceName: 'nginx',
    selector: { matchLabels: { app: 'nginx' } },
    template: templateOf('nginx:1.27'),
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    ...spec,
  },
  status: { replicas: 0, availableReplicas: 0 },
});

/** One claim template `www`. */
export const WWW: NonNullable<StatefulSetSpec['volumeClaimTemplates']> = [
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'www' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, volumeMode: 'Filesystem' },
  },
];

/** A cluster with the controller, and what else a test asks for. */
export const newSetCluster = (
  setup: SimulationSetup & { readonly also?: readonly Actor[]; readonly controller?: Actor } = {},
): Cluster => {
  const { also = [], controller = statefulSetController, ...rest } = setup;
  return newTestCluster({ ...rest, actors: [controller, ...also] });
};

/** Lets the controller work. */
export const settle = (cluster: Cluster, ms = SETTLE_MS): void => {
  run(cluster, ms);
};

/** A pod runs on a node, Ready or not; then the controller works. */
export function start(cluster: Cluster, name: string, isReady = true): void {
  const pod = getObject(cluster, 'Pod', name);
  if (pod.spec.nodeName === undefined) call(cluster, (turn) => turn.bind(keyOf('Pod', 'default', name), 'node-a'));
  reportPod(cluster, name, { ready: isReady });
  settle(cluster);
}

/** Brings pods to Ready, in whatever order they come, until no pod of the cluster is left that is not; at most `max`. */
export function startAll(cluster: Cluster, max = 100): void {
  for (let i = 0; i < max; i += 1) {
    settle(cluster);
    const next = cluster.view
      .list('Pod')
      .find((pod) => pod.status.phase === 'Pending' && pod.metadata.deletionTimestamp === undefined);
    if (!next) return;
    start(cluster, next.metadata.name);
  }
  throw new Error(`still pods to start after ${max}`);
}

/** Creates a set and brings all its pods to Ready. */
export function deploy(cluster: Cluster, spec: Partial<StatefulSetSpec> = {}): StatefulSet {
  createObject(cluster, newSet(spec));
  startAll(cluster);
  return theSet(cluster);
}

export const theSet = (cluster: Cluster): StatefulSet => getObject(cluster, 'StatefulSet', 'web');

/** Changes the spec of `web`; then the controller works. */
export function change(cluster: Cluster, spec: Partial<StatefulSetSpec>): void {
  updateObject<StatefulSet>(cluster, SET_KEY, (set) => ({ ...set, spec: { ...set.spec, ...spec } }));
  settle(cluster);
}

/** Deletes an object as a person would; then the controller works. */
export function remove(cluster: Cluster, key: string, gracePeriodSeconds?: number): void {
  call(cluster, (turn) => accepted(turn.delete(key, gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds })));
  settle(cluster);
}

/** Deletes a claim for good, although its finalizer would hold it; then the controller works. */
export function removeClaim(cluster: Cluster, name: string): void {
  const key = keyOf('PersistentVolumeClaim', 'default', name);
  updateObject(cluster, key, ({ metadata: { finalizers: _held, ...metadata }, ...claim }) => ({ ...claim, metadata }));
  remove(cluster, key);
}

/** The kubelet's last delete; then the controller works. */
export const finish = (cluster: Cluster, name: string): void => remove(cluster, keyOf('Pod', 'default', name), 0);

/** Lets pods that terminate go, and starts those that come, until the cluster is at rest. */
export function rollOut(cluster: Cluster, max = 100): void {
  for (let i = 0; i < max; i += 1) {
    settle(cluster);
    const pods = cluster.view.list('Pod');
    const going = pods.find((pod) => pod.metadata.deletionTimestamp !== undefined);
    const coming = pods.find((pod) => pod.status.phase === 'Pending');
    if (going) finish(cluster, going.metadata.name);
    else if (coming) start(cluster, coming.metadata.name);
    else return;
  }
  throw new Error(`still rolling after ${max} steps`);
}

/** `web-0 web-1!`: pod names in order of ordinals, `!` terminating, `?` not Running and Ready. */
export const podsOf = (cluster: Cluster): string =>
  cluster.view
    .list('Pod')
    .map((pod) => {
      const isReady = pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
      const mark =
        pod.metadata.deletionTimestamp !== undefined ? '!' : pod.status.phase === 'Running' && isReady ? '' : '?';
      return `${pod.metadata.name}${mark}`;
    })
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .join(' ');

/** Which image each pod runs: `web-0=nginx:1.27`. */
export const imagesOf = (cluster: Cluster): string =>
  cluster.view
    .list('Pod')
    .map((pod) => `${pod.metadata.name}=${pod.spec.containers[0]?.image}`)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .join(' ');

export const pod = (cluster: Cluster, name: string): Pod => getObject(cluster, 'Pod', name);

/** `Pod/web-2`, `StatefulSet/web` … of a claim's owners. */
export const ownersOf = (cluster: Cluster, claim: string): string[] =>
  (findObject(cluster, 'PersistentVolumeClaim', claim)?.metadata.ownerReferences ?? []).map(
    ({ kind, name }) => `${kind}/${name}`,
  );

/** Why the controller does what it does with `web`. */
export const reasonOfSet = (cluster: Cluster): ReasonRecord | undefined =>
  reasonFor(cluster, 'statefulset-controller', SET_KEY);

/** The same as a sentence, with its aside in brackets and its rule. */
export function sentence(cluster: Cluster): string | undefined {
  const reason = reasonOfSet(cluster);
  if (!reason) return undefined;
  const rule = rules.get(reason.rule);
  const aside = rule?.aside?.(reason.args ?? {});
  return `${reason.rule} ${rule?.sentence(reason.args ?? {})}${aside ? ` (${aside})` : ''}`;
}

/** The controller with a server that refuses some of its writes: `refuse` returns the words, or undefined to let pass. */
export const refusing = (
  refuse: (verb: 'create' | 'update' | 'delete' | 'status', name: string) => string | undefined,
): Actor => ({
  ...statefulSetController,
  reconcile: (turn, key) => {
    const answer = (verb: Parameters<typeof refuse>[0], name: string) => {
      const message = refuse(verb, name);
      return message === undefined
        ? undefined
        : { ok: false as const, error: { code: 500, reason: 'InternalError', message } };
    };
    return statefulSetController.reconcile(
      {
        ...turn,
        create: (draft) => answer('create', draft.metadata.name) ?? turn.create(draft),
        update: (object) => answer('update', object.metadata.name) ?? turn.update(object),
        updateStatus: (object) => answer('status', object.metadata.name) ?? turn.updateStatus(object),
        delete: (at, options) => answer('delete', at.slice(at.lastIndexOf('/') + 1)) ?? turn.delete(at, options),
      },
      key,
    );
  },
});
