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
export const REV_3: RevisionLabel = { name: 'web-7b5f4d6c89', number: 3, hash: '7b5f4d6c89', look: 3 };

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
