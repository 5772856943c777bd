// Random plays: a cluster, manifests, and what people, kubelets and faults do to them, as plain data that can be printed,
// pinned and played again. Who is meant (`{pod:3}`) is found out when the play comes there.
import fc from 'fast-check';
import type { NodeDraft, SimulationSetup } from '../bootstrap.ts';
import {
  barePodManifests,
  budgetManifests,
  changedManifests,
  deploymentManifests,
  imageOf,
  type SetName,
  setManifests,
  storageManifests,
} from './generators-manifests.ts';

/** One thing that happens, and how long nothing else does afterwards. */
export type PlayStep = { readonly waitMs: number } & (
  | {
      /** A kubectl command; `{pod:3}`, `{claim:0}`, `{node:1}`, `{set:0}` … stand for the object of that number, if there is one. */
      readonly kubectl: string;
      /** The file `x.yaml` that the command may name. */
      readonly file?: string;
    }
  | { readonly fault: string; readonly at: number }
  /** Takes back the fault of that number among those that last. */
  | { readonly undo: number }
  /** A kubelet's report about a pod, where kubelets are played by hand. */
  | { readonly report: string; readonly at: number }
  /** An outside provisioner's volume for a claim. */
  | { readonly provision: number }
  | { readonly health: 'True' | 'False' | 'Unknown'; readonly at: number }
  /** A round of the hand over all pods and claims: what can start starts, what is to end ends. */
  | { readonly tend: 'all' | 'some' }
);

/** How the rest of a play is played a second time: by the same acts again, or from a copy of the world. */
export type TwinKind = 'none' | 'again' | 'json' | 'checkpoint';

export interface Play {
  readonly setup: SimulationSetup;
  /** Applied at time 0, before anybody looks. */
  readonly storage: string;
  readonly steps: readonly PlayStep[];
  readonly twin: TwinKind;
  /** The step before which the twin begins. */
  readonly twinAt: number;
}

const zones = fc.constantFrom<string | undefined>('zone-a', 'zone-b', 'zone-c', undefined);

const nodes: fc.Arbitrary<readonly NodeDraft[]> = fc
  .array(
    fc.record({
      zone: zones,
      cpu: fc.constantFrom('4', '4', '1', '2'),
      pods: fc.constantFrom(110, 110, 110, 2, 3),
      isTainted: fc.constantFrom(false, false, false, false, true),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((drafts) =>
    drafts.map(({ zone, cpu, pods, isTainted }, index) => ({
      name: `node-${'abcd'[index]}`,
      cpu,
      pods,
      ...(zone !== undefined && { zone }),
      ...(isTainted && { taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] }),
    })),
  );

/** Clusters in which kubelets and provisioner are on, or played by hand. */
const setups = (kubelet: 'auto' | 'manual'): fc.Arbitrary<SimulationSetup> =>
  fc
    .record({
      seed: fc.nat(1_000_000),
      isGateOn: fc.boolean(),
      nodes: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 3, arbitrary: nodes }),
      hasDefaultClass: fc.constantFrom(true, true, true, false),
    })
    .map(({ seed, isGateOn, nodes: drafts, hasDefaultClass }) => ({
      seed,
      gates: isGateOn ? { MaxUnavailableStatefulSet: true } : {},
      hasDefaultClass,
      kubelet,
      provisioner: kubelet,
      ...(drafts && { nodes: drafts }),
    }));

/** Pauses between two things: from none to what node controllers wait for. */
const waits = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 5, 30, 200) },
  { weight: 5, arbitrary: fc.constantFrom(1_000, 3_000, 8_000, 20_000) },
  { weight: 2, arbitrary: fc.constantFrom(40_000, 70_000) },
  { weight: 1, arbitrary: fc.constantFrom(200_000, 400_000) },
);

const numbers = fc.nat(9);

const deletePod = fc
  .tuple(numbers, fc.constantFrom('', '', ' --now', ' --grace-period=0 --force', ' --grace-period=5'))
  .map(([at, how]) => `delete pod {pod:${at}}${how}`);

const deleteOther = fc
  .tuple(
    numbers,
    fc.constantFrom(
      'delete sts {set:N}',
      'delete sts {set:N} --cascade=foreground',
      'delete sts {set:N} --cascade=orphan',
      'delete pvc {claim:N}',
      'delete pv {volume:N}',
      'delete controllerrevision {revision:N}',
      'delete svc {service:N}',
      'delete pdb {budget:N}',
      'delete node {node:N}',
      'delete endpointslice {slice:N}',
      'delete sc {class:N}',
      'delete deployment front',
    ),
  )
  .map(([at, command]) => command.replace('N', String(at)));

const rollouts = fc
  .tuple(numbers, fc.nat(4))
  .chain(([at, tag]) =>
    fc.constantFrom(
      `set image sts/{set:${at}} app=${imageOf(tag)}`,
      `set image sts/{set:${at}} app=${imageOf(tag)}`,
      `rollout restart sts/{set:${at}}`,
      `rollout undo sts/{set:${at}}`,
      `rollout undo sts/{set:${at}} --to-revision=1`,
    ),
  );

const scales = fc
  .tuple(numbers, fc.constantFrom(0, 1, 2, 3, 3, 4, 5, 6, 8))
  .map(([at, replicas]) => `scale sts {set:${at}} --replicas=${replicas}`);

const patches = fc
  .tuple(
    numbers,
    fc.constantFrom(
      '{"updateStrategy":{"rollingUpdate":{"partition":0}}}',
      '{"updateStrategy":{"rollingUpdate":{"partition":2}}}',
      '{"updateStrategy":{"rollingUpdate":{"maxUnavailable":2}}}',
      '{"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}',
      '{"minReadySeconds":5}',
      '{"minReadySeconds":0}',
      '{"ordinals":{"start":2}}',
      '{"ordinals":null}',
      '{"persistentVolumeClaimRetentionPolicy":{"whenScaled":"Delete"}}',
      '{"persistentVolumeClaimRetentionPolicy":{"whenDeleted":"Delete"}}',
      '{"persistentVolumeClaimRetentionPolicy":{"whenDeleted":"Retain","whenScaled":"Retain"}}',
      '{"revisionHistoryLimit":1}',
    ),
  )
  .map(([at, spec]) => `patch sts {set:${at}} -p '{"spec":${spec}}'`);

const nodeWork = fc
  .tuple(
    numbers,
    fc.constantFrom(
      'cordon {node:N}',
      'uncordon {cordoned:N}',
      'drain {busy:N} --ignore-daemonsets --delete-emptydir-data --force',
      'drain {busy:N} --ignore-daemonsets --delete-emptydir-data --force',
      'drain {busy:N} --ignore-daemonsets --force --disable-eviction',
      'taint nodes {node:N} dedicated=web:NoSchedule --overwrite',
      'taint nodes {node:N} dedicated=web:NoExecute --overwrite',
      'taint nodes {tainted:N} dedicated-',
      'taint nodes {node:N} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute --overwrite',
      'taint nodes {outOfService:N} node.kubernetes.io/out-of-service-',
      'label node {node:N} topology.kubernetes.io/zone=zone-b --overwrite',
    ),
  )
  .map(([at, command]) => command.replace('N', String(at)));

/** A Service as one more owner. */
const CO_OWNER = '{"apiVersion":"v1","kind":"Service","name":"{service:1}","uid":"{uid:service:1}"}';

const labelWork = fc
  .tuple(
    numbers,
    fc.constantFrom(
      'label pod {pod:N} app-',
      'label pod {pod:N} app=web --overwrite',
      'label pod {pod:N} app=db --overwrite',
      'label pod {pod:N} statefulset.kubernetes.io/pod-name-',
      'label pod {pod:N} controller-revision-hash=web-old --overwrite',
      `patch pod {pod:N} --type=merge -p '{"metadata":{"finalizers":["example.com/hold"]}}'`,
      `patch pod {pod:N} --type=merge -p '{"metadata":{"finalizers":null}}'`,
      `patch pod {pod:N} --type=merge -p '{"metadata":{"ownerReferences":null}}'`,
      `patch pod {pod:N} --type=json -p '[{"op":"add","path":"/metadata/ownerReferences/-","value":${CO_OWNER}}]'`,
      `patch pvc {claim:N} --type=json -p '[{"op":"add","path":"/metadata/ownerReferences","value":[${CO_OWNER}]}]'`,
      `patch pvc {claim:N} --type=merge -p '{"metadata":{"finalizers":null}}'`,
      `patch pv {released:N} --type=merge -p '{"spec":{"claimRef":null}}'`,
      `patch pv {volume:N} -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`,
      `patch pv {volume:N} -p '{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}'`,
      `patch svc {service:N} -p '{"spec":{"publishNotReadyAddresses":true}}'`,
    ),
  )
  .map(([at, command]) => command.replace('N', String(at)));

const names = fc.constantFrom<SetName>('web', 'web', 'web', 'db', 'web-1');
/** A second namespace, so that names and selectors meet their likes, and everything in it can go at once. */
const PROD = '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"prod"}}';
const namespaceWork = fc.constant('delete namespace prod');

/** The hand that plays kubelets reaches no second namespace. */
const appliesFor = (kubelet: 'auto' | 'manual') =>
  names
    .chain((name) =>
      fc.oneof(setManifests(name), budgetManifests(name), barePodManifests(name), deploymentManifests(name)),
    )
    .chain((file) => {
      const here = { kubectl: 'apply -f x.yaml', file };
      const there = { kubectl: 'apply -n prod -f x.yaml', file: `${PROD}\n---\n${file}` };
      return fc.constantFrom(here, here, kubelet === 'auto' ? there : here);
    });

const FAULTS = [
  'node-down',
  'node-unready',
  'pod-crash',
  'pod-crash-loop',
  'pod-not-ready',
  'pod-hang',
  'pod-fail',
  'pod-ignores-sigterm',
  'image-pull-fails',
  'image-pull-slow',
  'image-crashes',
  'provisioner-stops',
];

const strikes = fc.oneof(
  { weight: 3, arbitrary: fc.record({ fault: fc.constantFrom(...FAULTS), at: numbers }) },
  { weight: 2, arbitrary: fc.record({ undo: numbers }) },
);

const REPORTS = ['ready', 'ready', 'start', 'notReady', 'crash', 'imagePullBackOff', 'fail', 'succeed', 'terminate'];

const handWork = fc.oneof(
  { weight: 4, arbitrary: fc.record({ report: fc.constantFrom(...REPORTS), at: numbers }) },
  { weight: 1, arbitrary: fc.record({ provision: numbers }) },
  {
    weight: 1,
    arbitrary: fc.record({
      health: fc.constantFrom('True' as const, 'False' as const, 'Unknown' as const),
      at: numbers,
    }),
  },
  { weight: 6, arbitrary: fc.record({ tend: fc.constantFrom('all' as const, 'some' as const) }) },
);

const waiting = <T extends object>(what: fc.Arbitrary<T>): fc.Arbitrary<T & { readonly waitMs: number }> =>
  fc.tuple(what, waits).map(([made, waitMs]) => ({ ...made, waitMs }));

/** What a play is about mostly: a play that does a little of everything seldom comes far with anything. */
const THEMES = {
  all: {
    scales: 5,
    rollouts: 5,
    deletePod: 4,
    deleteOther: 3,
    patches: 3,
    nodeWork: 3,
    labelWork: 2,
    namespaceWork: 1,
    applies: 3,
    strikes: 6,
  },
  sets: {
    scales: 6,
    rollouts: 8,
    deletePod: 3,
    deleteOther: 0,
    patches: 6,
    nodeWork: 0,
    labelWork: 0,
    namespaceWork: 0,
    applies: 1,
    strikes: 2,
  },
  nodes: {
    scales: 2,
    rollouts: 1,
    deletePod: 1,
    deleteOther: 0,
    patches: 0,
    nodeWork: 12,
    labelWork: 0,
    namespaceWork: 0,
    applies: 1,
    strikes: 3,
  },
  owners: {
    scales: 2,
    rollouts: 1,
    deletePod: 2,
    deleteOther: 8,
    patches: 2,
    nodeWork: 0,
    labelWork: 8,
    namespaceWork: 3,
    applies: 3,
    strikes: 0,
  },
  faults: {
    scales: 2,
    rollouts: 3,
    deletePod: 1,
    deleteOther: 0,
    patches: 1,
    nodeWork: 1,
    labelWork: 0,
    namespaceWork: 0,
    applies: 0,
    strikes: 12,
  },
} as const;
type Theme = keyof typeof THEMES;

/** What can follow, for kubelets that are on or played by hand. */
function stepsFor(kubelet: 'auto' | 'manual', theme: Theme): fc.Arbitrary<PlayStep> {
  const { strikes: strikesWeight, applies: appliesWeight, ...weights } = THEMES[theme];
  const commands = { scales, rollouts, deletePod, deleteOther, patches, nodeWork, labelWork, namespaceWork };
  const people = Object.entries(weights).map(([name, weight]) => ({
    weight,
    arbitrary: waiting(commands[name as keyof typeof commands].map((kubectl) => ({ kubectl }))),
  }));
  return fc.oneof(
    ...people,
    { weight: appliesWeight, arbitrary: waiting(appliesFor(kubelet)) },
    kubelet === 'auto'
      ? { weight: strikesWeight, arbitrary: waiting(strikes) }
      : { weight: 30, arbitrary: waiting(handWork) },
  );
}

/**
 * Random plays.
 * @param kubelet whether kubelets and provisioner are on, or played by hand
 * @param maxSteps most steps after the first set is applied
 */
export function plays(kubelet: 'auto' | 'manual', maxSteps: number): fc.Arbitrary<Play> {
  return fc.constantFrom(...(Object.keys(THEMES) as Theme[])).chain((theme) => playsAbout(theme, kubelet, maxSteps));
}

function playsAbout(theme: Theme, kubelet: 'auto' | 'manual', maxSteps: number): fc.Arbitrary<Play> {
  return fc
    .record({
      setup: setups(kubelet),
      storage: storageManifests,
      first: names.chain((name) =>
        fc.tuple(changedManifests(name), fc.option(budgetManifests(name), { nil: undefined, freq: 2 })),
      ),
      firstWaitMs: fc.constantFrom(0, 5, 1_000, 20_000, 20_000, 60_000),
      steps: fc.array(stepsFor(kubelet, theme), { minLength: 1, maxLength: maxSteps, size: 'max' }),
      changeAt: fc.option(fc.nat(maxSteps), { nil: undefined }),
      changeWaitMs: waits,
      twin: fc.constantFrom<TwinKind>('none', 'none', 'again', 'json', 'checkpoint'),
      twinAt: fc.nat(maxSteps),
    })
    .map(
      ({
        setup,
        storage,
        first: [[before, after], budget],
        firstWaitMs,
        steps,
        changeAt,
        changeWaitMs,
        twin,
        twinAt,
      }) => {
        const apply = (file: string, waitMs: number): PlayStep => ({ kubectl: 'apply -f x.yaml', file, waitMs });
        const rest = changeAt === undefined ? steps : steps.toSpliced(changeAt, 0, apply(after, changeWaitMs));
        const file = budget === undefined ? before : `${before}\n---\n${budget}`;
        return { setup, storage, steps: [apply(file, firstWaitMs), ...rest], twin, twinAt };
      },
    );
}
