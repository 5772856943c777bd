// describe for StatefulSets, Deployments and ReplicaSets.
import {
  type ClaimTemplate,
  compareBytes,
  controllerOf,
  type Deployment,
  formatSelector,
  type KubeObject,
  type Pod,
  type ReplicaSet,
  type StatefulSet,
} from '#kube';
import { labelLines, timeText } from '../label-lines.ts';
import { podTemplateLines } from '../pod-template.ts';
import { conditionLines, metadataLines, NONE, nameLines, type Scene } from './parts.ts';

const PHASES = ['Running', 'Pending', 'Succeeded', 'Failed'] as const;

/** `3 Running / 0 Waiting / 0 Succeeded / 0 Failed` */
function podsStatusText(owner: KubeObject, { view }: Scene): string {
  const pods = view
    .ownedBy(owner.metadata.uid)
    .filter(
      (object) => object.kind === 'Pod' && controllerOf(object)?.uid === owner.metadata.uid,
    ) as unknown as readonly Pod[];
  return PHASES.map((phase) => {
    const count = pods.filter((pod) => pod.status.phase === phase).length;
    return `${count} ${phase === 'Pending' ? 'Waiting' : phase}`;
  }).join(' / ');
}

export function statefulSetLines(set: StatefulSet, scene: Scene): string[] {
  const { metadata, spec, status } = set;
  const rolling = spec.updateStrategy.rollingUpdate;
  return [
    ...nameLines(set),
    `CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`,
    `Selector:\t${formatSelector(spec.selector)}`,
    ...metadataLines(set),
    `Replicas:\t${spec.replicas} desired | ${status.replicas} total`,
    `Update Strategy:\t${spec.updateStrategy.type}`,
    ...(rolling?.partition === undefined
      ? []
      : [
          `  Partition:\t${rolling.partition}`,
          ...(rolling.maxUnavailable === undefined ? [] : [`  MaxUnavailable:\t${rolling.maxUnavailable}`]),
        ]),
    `Pods Status:\t${podsStatusText(set, scene)}`,
    ...podTemplateLines(spec.template),
    ...claimTemplateLines(spec.volumeClaimTemplates),
  ];
}

function claimTemplateLines(templates: readonly ClaimTemplate[] | undefined): string[] {
  if (!templates?.length) return [`Volume Claims:\t${NONE}`];
  return [
    'Volume Claims:',
    ...templates.flatMap(({ metadata, spec }) => [
      `  Name:\t${metadata.name}`,
      `  StorageClass:\t${spec.storageClassName ?? ''}`,
      ...labelLines('  ', 'Labels', metadata.labels),
      ...labelLines('  ', 'Annotations', metadata.annotations),
      `  Capacity:\t${spec.resources?.requests?.storage ?? '<default>'}`,
      `  Access Modes:\t[${(spec.accessModes ?? []).join(' ')}]`,
    ]),
  ];
}

export function deploymentLines(deployment: Deployment, scene: Scene): string[] {
  const { metadata, spec, status } = deployment;
  const rolling = spec.strategy.rollingUpdate;
  const { oldSets, newSet } = replicaSetsOf(deployment, scene);
  return [
    ...nameLines(deployment),
    `CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`,
    ...metadataLines(deployment),
    `Selector:\t${formatSelector(spec.selector)}`,
    `Replicas:\t${spec.replicas} desired | ${status.updatedReplicas ?? 0} updated | ${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable`,
    `StrategyType:\t${spec.strategy.type}`,
    `MinReadySeconds:\t${spec.minReadySeconds ?? 0}`,
    ...(rolling
      ? [`RollingUpdateStrategy:\t${rolling.maxUnavailable ?? 0} max unavailable, ${rolling.maxSurge ?? 0} max surge`]
      : []),
    ...podTemplateLines(spec.template),
    ...conditionLines(status.conditions),
    ...(oldSets.length > 0 || newSet
      ? [
          `OldReplicaSets:\t${oldSets.map(replicaSetText).join(', ') || NONE}`,
          `NewReplicaSet:\t${newSet ? replicaSetText(newSet) : NONE}`,
        ]
      : []),
  ];
}

const replicaSetText = ({ metadata, spec, status }: ReplicaSet): string =>
  `${metadata.name} (${status.replicas}/${spec.replicas} replicas created)`;

const REVISION = 'deployment.kubernetes.io/revision';

/** The set of the Deployment's own revision, and the others. */
function replicaSetsOf(
  deployment: Deployment,
  { view }: Scene,
): { oldSets: readonly ReplicaSet[]; newSet: ReplicaSet | undefined } {
  const sets = view
    .ownedBy(deployment.metadata.uid)
    .filter(
      (object) => object.kind === 'ReplicaSet' && controllerOf(object)?.uid === deployment.metadata.uid,
    ) as unknown as readonly ReplicaSet[];
  const newSet = sets.find(
    (set) => set.metadata.annotations?.[REVISION] === deployment.metadata.annotations?.[REVISION],
  );
  const oldSets = sets.filter((set) => set !== newSet);
  return { newSet, oldSets: oldSets.sort((a, b) => compareBytes(a.metadata.name, b.metadata.name)) };
}

export function replicaSetLines(set: ReplicaSet, scene: Scene): string[] {
  const controller = controllerOf(set);
  return [
    ...nameLines(set),
    `Selector:\t${formatSelector(set.spec.selector)}`,
    ...metadataLines(set),
    ...(controller ? [`Controlled By:\t${controller.kind}/${controller.name}`] : []),
    `Replicas:\t${set.status.replicas} current / ${set.spec.replicas} desired`,
    `Pods Status:\t${podsStatusText(set, scene)}`,
    ...podTemplateLines(set.spec.template),
    ...conditionLines(set.status.conditions),
  ];
}
