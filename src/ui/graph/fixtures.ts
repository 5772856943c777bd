// Facts made by hand, for tests and for looking at the canvas without a simulation. No part of the built page.
import type {
  ClaimFacts,
  Facts,
  NodeFacts,
  PodFacts,
  PodState,
  RevisionLabel,
  ServiceFacts,
  SetFacts,
  SlotFacts,
  Thought,
} from '#scene';

/** A hundred and ten seconds into a rolling update, as it is drawn in the design. */
export const ROLLING_AT_MS = 250_000;

export const REV_1: RevisionLabel = { name: 'web-6c7d9f8b5b', number: 1, hash: '6c7d9f8b5b', look: 1 };
export const REV_2: RevisionLabel = { name: 'web-58d9c7b4f6', number: 2, hash: '58d9c7b4f6', look: 2 };
const REV_3: RevisionLabel = { name: 'web-7b5f4d6c89', number: 3, hash: '7b5f4d6c89', look: 3 };

const UIDS = ['3c91', 'b07d', '7f3a', 'e52c', '19d6', 'c8e1', '5a0b', 'd2f4'];
const VOLUMES = ['41b8', '0e67', '9a4c', 'c3d0', '5b12', 'd7f5', '8e31', '2b6f'];

const uidOf = (head: string, seed: number) => `${head}0000-0000-4000-8000-${String(seed).padStart(12, '0')}`;
const pick = (list: readonly string[], i: number) => list[i % list.length] ?? '0000';
const hex = (n: number) => (Math.imul(n + 1, 2654435761) >>> 16).toString(16).padStart(4, '0').slice(-4);

/** What a fixture's set is like. */
export interface SetOptions {
  readonly name?: string;
  readonly replicas?: number;
  /** Slots past replicas that kept their claim. */
  readonly kept?: number;
  readonly start?: number;
  readonly partition?: number;
  readonly claimTemplates?: readonly string[];
  readonly hasService?: boolean;
  readonly policy?: SetFacts['podManagementPolicy'];
  readonly workingOn?: readonly number[];
  readonly thought?: Thought;
  /** What differs about a pod; undefined: the slot is empty. */
  readonly podOf?: (ordinal: number) => Partial<PodFacts> | undefined;
  readonly current?: RevisionLabel;
  readonly update?: RevisionLabel;
}

/**
 * A set with its slots, pods, claims and Service.
 *
 * @param options - what is special about it
 */
export function setFixture(options: SetOptions = {}): Facts[] {
  const { name = 'web', replicas = 5, kept = 0, start = 0, claimTemplates = ['www'], hasService = true } = options;
  const setId = `StatefulSet/default/${name}`;
  const service = name === 'web' ? 'nginx' : name;
  const ordinals = Array.from({ length: replicas + kept }, (_, i) => start + i);
  const found: Facts[] = [];
  let [ready, updated, total] = [0, 0, 0];
  const update = options.update ?? options.current ?? REV_1;
  for (const ordinal of ordinals) {
    const isInRange = ordinal < start + replicas;
    const patch = isInRange ? (options.podOf ? options.podOf(ordinal) : {}) : undefined;
    const pod = patch && podFixture(name, ordinal, { setId, ...patch });
    if (pod) {
      found.push(pod);
      total++;
      if (pod.readyCondition) ready++;
      if (pod.revision?.name === update.name && pod.state !== 'terminating') updated++;
    }
    const claims = claimTemplates.map((template) =>
      claimFixture(template, name, ordinal, !pod, pod?.state === 'pending'),
    );
    found.push(...claims, slotFixture(name, service, setId, ordinal, pod, claims, isInRange, hasService));
  }
  const set: SetFacts = {
    type: 'set',
    id: setId,
    name,
    namespace: 'default',
    uid: uidOf('aa11', 1),
    isTerminating: false,
    replicas,
    start,
    partition: options.partition ?? 0,
    ready,
    available: ready,
    updated,
    total,
    currentRevision: options.current ?? REV_1,
    updateRevision: update,
    podManagementPolicy: options.policy ?? 'OrderedReady',
    updateStrategy: 'RollingUpdate',
    serviceName: service,
    ...(hasService
      ? { serviceId: `Service/default/${service}` }
      : { serviceProblem: `There is no Service ${service}: pods get no DNS names` }),
    claimTemplates,
    ordinals,
    ...(options.thought ? { thought: options.thought } : {}),
    workingOn: options.workingOn ?? [],
  };
  found.push(set);
  if (hasService)
    found.push(
      serviceFixture(
        service,
        setId,
        found.filter((facts) => facts.type === 'slot' && facts.dnsAddresses.length > 0).length,
      ),
    );
  return found;
}

/**
 * A pod.
 *
 * @param set - the name of its set
 * @param ordinal - its ordinal
 * @param patch - what is special about it
 */
export function podFixture(set: string, ordinal: number, patch: Partial<PodFacts> = {}): PodFacts {
  const state = patch.state ?? 'ready';
  const isRunning = ['ready', 'ready-not-available', 'terminating', 'unknown'].includes(state);
  const uid = patch.uid ?? uidOf(ordinal < UIDS.length ? pick(UIDS, ordinal) : hex(ordinal), ordinal);
  return {
    type: 'pod',
    id: `Pod/default/${set}-${ordinal}`,
    name: `${set}-${ordinal}`,
    namespace: 'default',
    uid,
    ordinal,
    revision: REV_1,
    isUpdated: false,
    state,
    word: WORDS[state],
    readyText: isRunning ? '1/1' : '0/1',
    kubectlStatus: KUBECTL[state],
    image: 'registry.example/library/nginx:1.27',
    ...(state === 'unschedulable' || state === 'pending' ? {} : { nodeName: `node-${'abc'[ordinal % 3]}` }),
    ...(['pending', 'unschedulable', 'creating', 'pull-failed'].includes(state)
      ? {}
      : { ip: `10.244.${(ordinal % 3) + 1}.${5 + Math.floor(ordinal / 3) * 3}` }),
    restarts: 0,
    incarnation: 1,
    createdMs: 0,
    sinceMs: 0,
    readyCondition: isRunning && state !== 'unknown',
    ...patch,
  };
}

const WORDS: Readonly<Record<PodState, string>> = {
  pending: 'Pending',
  unschedulable: 'Pending',
  creating: 'Creating',
  init: 'Init 0/1',
  'not-ready': 'Not ready',
  'ready-not-available': 'Ready',
  ready: 'Ready',
  terminating: 'Terminating',
  'crash-loop': 'CrashLoop',
  'pull-failed': 'Pull failed',
  completed: 'Completed',
  unknown: 'Unknown',
};
const KUBECTL: Readonly<Record<PodState, string>> = {
  ...WORDS,
  creating: 'ContainerCreating',
  init: 'Init:0/1',
  'not-ready': 'Running',
  'ready-not-available': 'Running',
  ready: 'Running',
  'crash-loop': 'CrashLoopBackOff',
  'pull-failed': 'ImagePullBackOff',
  unknown: 'Running',
};

function claimFixture(template: string, set: string, ordinal: number, isKept: boolean, isPending: boolean): ClaimFacts {
  const volume = ordinal < VOLUMES.length ? pick(VOLUMES, ordinal) : hex(ordinal + 7);
  return {
    type: 'claim',
    id: `PersistentVolumeClaim/default/${template}-${set}-${ordinal}`,
    name: `${template}-${set}-${ordinal}`,
    namespace: 'default',
    uid: uidOf(hex(ordinal + 99), ordinal),
    phase: isPending ? 'Pending' : 'Bound',
    isTerminating: false,
    isKept: isKept && !isPending,
    storageClass: 'standard',
    ...(isPending
      ? {}
      : {
          volumeName: `pvc-${volume}0000-0000-4000-8000-000000000000`,
          volumeUid: `${template}-${volume}`,
          capacity: '1Gi',
          zone: 'abc'[ordinal % 3] ?? 'a',
        }),
    template,
  };
}

function slotFixture(
  set: string,
  service: string,
  setId: string,
  ordinal: number,
  pod: PodFacts | undefined,
  claims: readonly ClaimFacts[],
  isInRange: boolean,
  hasService: boolean,
): SlotFacts {
  const isServed = hasService && pod?.readyCondition === true && pod.state !== 'terminating';
  const wasServed = hasService && pod !== undefined && (pod.state === 'terminating' || pod.state === 'unknown');
  return {
    type: 'slot',
    id: `Slot/default/${set}/${ordinal}`,
    setId,
    ordinal,
    name: `${set}-${ordinal}`,
    isInRange,
    ...(pod ? { podId: pod.id } : { emptySinceMs: 138_000, ...(isInRange ? {} : { emptyReason: 'Scaled down' }) }),
    claimIds: claims.map(({ id }) => id),
    dnsName: `${set}-${ordinal}.${service}`,
    dnsAddresses: isServed && pod.ip !== undefined ? [pod.ip] : [],
    isPublishedNotReady: false,
    ...(isServed ? {} : { dnsReason: 'not a ready endpoint' }),
    endpoint: isServed ? 'ready' : wasServed ? 'dropped' : 'none',
  };
}

function serviceFixture(name: string, setId: string, records: number): ServiceFacts {
  return {
    type: 'service',
    id: `Service/default/${name}`,
    name,
    namespace: 'default',
    isHeadless: true,
    clusterIP: 'None',
    records,
    ports: '80/TCP',
    setIds: [setId],
  };
}

/**
 * Nodes with the pods among some facts.
 *
 * @param facts - where the pods are looked for
 * @param names - of the nodes
 */
export function nodeFixtures(
  facts: readonly Facts[],
  names: readonly string[] = ['node-a', 'node-b', 'node-c'],
): NodeFacts[] {
  return names.map((name, i) => ({
    type: 'node',
    id: `Node//${name}`,
    name,
    zone: 'abc'[i % 3] ?? 'a',
    isReady: true,
    isSilent: false,
    isSchedulable: true,
    podIds: facts.filter((found) => found.type === 'pod' && found.nodeName === name).map(({ id }) => id),
    podsMax: 110,
    cpuRequested: 1.4,
    cpuAllocatable: 4,
    memoryRequestedBytes: 4e9,
    memoryAllocatableBytes: 16e9,
    taints: [],
  }));
}

/** The rolling update that the design draws. */
export function rollingUpdate(): Facts[] {
  const image = 'registry.example/library/nginx:1.28';
  const ips = ['10.244.1.5', '10.244.2.8', '10.244.3.4', '10.244.1.9', '10.244.2.9'];
  const facts = setFixture({
    kept: 1,
    current: REV_1,
    update: REV_2,
    workingOn: [2],
    thought: {
      sentence: 'waiting for web-2 to terminate before updating web-1',
      aside: 'OrderedReady, reverse ordinal order',
      rule: 'STS-3',
      title: 'A terminating pod holds up every other step',
      acting: false,
      about: 'Pod/default/web-2',
    },
    podOf: (ordinal) => ({
      ip: ips[ordinal] ?? '10.244.1.1',
      nodeName: ['node-a', 'node-b', 'node-c', 'node-a', 'node-b'][ordinal] ?? 'node-a',
      ...(ordinal === 1 ? { incarnation: 2 } : {}),
      ...(ordinal === 2
        ? {
            state: 'terminating' as const,
            word: 'Terminating',
            graceMs: 30_000,
            graceEndsMs: ROLLING_AT_MS + 18_000,
            sinceMs: ROLLING_AT_MS - 12_000,
          }
        : {}),
      ...(ordinal > 2 ? { revision: REV_2, isUpdated: true, incarnation: 2, image } : {}),
    }),
  });
  return [...facts, ...nodeFixtures(facts)];
}

/** Every state once, and a slot without a pod. */
export function everyState(): Facts[] {
  const at = ROLLING_AT_MS;
  const states: readonly Partial<PodFacts>[] = [
    { state: 'pending' },
    { state: 'unschedulable' },
    { state: 'creating' },
    { state: 'init' },
    { state: 'not-ready' },
    { state: 'ready' },
    { state: 'ready-not-available', sinceMs: at - 7000, availableAtMs: at + 3000 },
    { state: 'terminating', graceMs: 30_000, graceEndsMs: at + 18_000 },
    { state: 'crash-loop', exitCode: 1, restarts: 5, retryAtMs: at + 80_000 },
    { state: 'pull-failed', retryAtMs: at + 40_000, image: 'nginx:1.82' },
    { state: 'completed', exitCode: 0 },
    { state: 'unknown', sinceMs: at - 160_000 },
  ];
  const facts = setFixture({
    replicas: states.length + 1,
    update: REV_2,
    podOf: (ordinal) => {
      const patch = states[ordinal];
      return (
        patch && {
          revision: [REV_2, REV_1, REV_3][ordinal % 3] ?? REV_2,
          isUpdated: ordinal % 3 === 0,
          incarnation: 2,
          ...patch,
        }
      );
    },
  });
  return [...facts, ...nodeFixtures(facts)];
}

/**
 * Many replicas in the middle of an update.
 *
 * @param count - how many
 */
export function manyReplicas(count: number): Facts[] {
  const frontier = Math.floor(count * 0.612);
  const odd: Readonly<Record<number, Partial<PodFacts>>> = {
    [Math.floor(count * 0.118)]: { state: 'unknown', sinceMs: 0 },
    [Math.floor(count * 0.731)]: { state: 'pull-failed', restarts: 0, retryAtMs: ROLLING_AT_MS + 60_000 },
    [Math.floor(count * 0.847)]: { state: 'crash-loop', exitCode: 1, restarts: 6, retryAtMs: ROLLING_AT_MS + 130_000 },
  };
  const moving: readonly PodState[] = [
    'creating',
    'creating',
    'not-ready',
    'creating',
    'creating',
    'not-ready',
    'not-ready',
    'ready-not-available',
    'ready-not-available',
  ];
  const facts = setFixture({
    replicas: count,
    policy: 'Parallel',
    update: REV_2,
    partition: 0,
    thought: {
      sentence: 'waiting: 20 pods are unavailable, and 20 is the limit',
      aside: `maxUnavailable, next is web-${frontier - 9}`,
      rule: 'STS-9',
      title: 'No more pods than maxUnavailable are unavailable at once',
      acting: false,
    },
    workingOn: count > 100 ? [frontier] : [],
    podOf: (ordinal) => {
      const isUpdated = ordinal >= frontier;
      const state =
        ordinal < frontier && ordinal >= frontier - 8
          ? 'terminating'
          : (isUpdated && moving[ordinal - frontier]) || 'ready';
      return {
        revision: isUpdated ? REV_2 : REV_1,
        isUpdated,
        state,
        ...(state === 'terminating' ? { graceMs: 30_000, graceEndsMs: ROLLING_AT_MS + 18_000 } : {}),
        ...(state === 'ready-not-available'
          ? { sinceMs: ROLLING_AT_MS - 7000, availableAtMs: ROLLING_AT_MS + 3000 }
          : {}),
        ...(odd[ordinal] ? { ...odd[ordinal], readyCondition: false } : {}),
      };
    },
  });
  return [...facts, ...nodeFixtures(facts)];
}

/** Six nodes, one of which has fallen silent with web-2 on it. */
export function silentNode(): Facts[] {
  const at = ROLLING_AT_MS;
  const nodes = ['node-a', 'node-b', 'node-c', 'node-d', 'node-e'];
  const facts = setFixture({
    kept: 1,
    workingOn: [2],
    thought: {
      sentence: 'waiting for web-2 to be Running and Ready',
      aside: 'it may still be running on node-c, so no second web-2 is made',
      rule: 'STS-4',
      title: 'At most one pod for each ordinal',
      acting: false,
      about: 'Pod/default/web-2',
    },
    podOf: (ordinal) => ({
      nodeName: nodes[ordinal] ?? 'node-a',
      ...(ordinal === 2 ? { state: 'unknown' as const, sinceMs: at - 160_000, readyCondition: false } : {}),
    }),
  }).map((found) => (found.type === 'claim' && /-[25]$/.test(found.name) ? { ...found, zone: 'c' } : found));
  const all = nodeFixtures(facts, [...nodes, 'node-f']).map((node) =>
    node.name === 'node-c'
      ? {
          ...node,
          isReady: false,
          isSilent: true,
          silentSinceMs: at - 160_000,
          taints: ['node.kubernetes.io/unreachable:NoExecute'],
        }
      : node,
  );
  return [...facts, ...all];
}
