// A Deployment's ReplicaSets: which one is new, what is written on them, how they change size.
// k8s: deployment sync.go and util/deployment_util.go
import {
  type Deployment,
  type Draft,
  isTerminating,
  keyOf,
  type PodTemplateSpec,
  podTemplateHash,
  type ReplicaSet,
  type StringMap,
  semanticEqual,
} from '#kube';
import { isSame } from '#lib';
import type { ApiError, Turn } from '../../kernel/index.ts';
import { controllerRefTo } from '../replica-set/claim.ts';
import { newCondition, withCondition } from '../replica-set/status.ts';
import { compareCreation, DESIRED_REPLICAS, MAX_REPLICAS, maxSurgeOf, newSizeOf } from './arithmetic.ts';

const REVISION = 'deployment.kubernetes.io/revision';
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
const REVISION_HISTORY_LENGTH_MAX = 2000;
const TEMPLATE_HASH = 'pod-template-hash';

/** Annotations of a Deployment that its ReplicaSets do not inherit. */
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);

/** One sync of one Deployment: the object as last written, and the first refusal that it met. */
export interface Sync {
  readonly turn: Turn;
  deployment: Deployment;
  error?: ApiError;
  /** What this sync began: a set for a template that was never there, or a return to one that was. */
  began?: 'created' | 'returned';
}

/** The sets of a Deployment, sorted out. */
export interface Sets {
  readonly current: ReplicaSet | undefined;
  readonly old: readonly ReplicaSet[];
}

/** All of them, the new one last. */
export const allOf = ({ current, old }: Sets): readonly ReplicaSet[] => (current ? [...old, current] : old);

const withoutHash = (template: PodTemplateSpec): PodTemplateSpec => {
  const { [TEMPLATE_HASH]: _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
};

/** The oldest set that has the Deployment's template, the hash label left aside. k8s: FindNewReplicaSet */
export function findSets(deployment: Deployment, owned: readonly ReplicaSet[]): Sets {
  const template = withoutHash(deployment.spec.template);
  const sorted = [...owned].sort(compareCreation);
  const current = sorted.find((set) => semanticEqual(withoutHash(set.spec.template), template));
  return { current, old: sorted.filter((set) => set !== current) };
}

/** The number of a set's revision; 0 without one. */
const revisionOf = (set: ReplicaSet): number => Number.parseInt(set.metadata.annotations?.[REVISION] ?? '0', 10) || 0;

/** Notes that a write was refused; the first refusal is the sync's. */
function note(sync: Sync, error: ApiError): undefined {
  sync.error ??= error;
  return undefined;
}

/** Writes status, and the revision annotation that goes with it, where they differ. */
export function writeStatus(sync: Sync, status: Deployment['status'], revision?: string): void {
  const { deployment, turn } = sync;
  const annotations = deployment.metadata.annotations;
  const isRevised = revision !== undefined && annotations?.[REVISION] !== revision;
  if (isSame(status, deployment.status) && !isRevised) return;
  const metadata = isRevised
    ? { ...deployment.metadata, annotations: { ...annotations, [REVISION]: revision } }
    : deployment.metadata;
  const result = turn.updateStatus<Deployment>({ ...deployment, metadata, status });
  if (result.ok) sync.deployment = result.object;
  else note(sync, result.error);
}

const withProgress = (sync: Sync, status: 'True' | 'False', reason: string, message: string): Deployment['status'] => ({
  ...sync.deployment.status,
  conditions: withCondition(
    sync.deployment.status.conditions ?? [],
    newCondition('Progressing', status, reason, message, sync.turn.now),
  ),
});

/** k8s: HasProgressDeadline */
export const hasProgressDeadline = ({ spec }: Deployment): boolean =>
  spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== 2_147_483_647;

const copiedAnnotations = (annotations: StringMap = {}): StringMap =>
  Object.fromEntries(Object.entries(annotations).filter(([key]) => !NOT_COPIED.has(key)));

const sizeAnnotations = (deployment: Deployment): StringMap => ({
  [DESIRED_REPLICAS]: String(deployment.spec.replicas),
  [MAX_REPLICAS]: String(deployment.spec.replicas + maxSurgeOf(deployment)),
});

/** Rule DEPLOY-9: a set that becomes the newest revision again remembers the numbers it had. */
function revisedAnnotations(before: StringMap, revision: number): StringMap {
  const old = before[REVISION];
  const oldNumber = Number.parseInt(old ?? '0', 10) || 0;
  if (oldNumber >= revision) return before;
  const revised = { ...before, [REVISION]: String(revision) };
  if (old === undefined) return revised;
  const history = [...(before[REVISION_HISTORY] ?? '').split(',').filter(Boolean), old];
  while (history.join(',').length > REVISION_HISTORY_LENGTH_MAX) history.shift();
  return { ...revised, [REVISION_HISTORY]: history.join(',') };
}

/**
 * Makes the new set true to the Deployment, or creates it. k8s: getNewReplicaSet
 * @param isToCreate whether a missing set is created
 */
export function syncNewSet(sync: Sync, owned: readonly ReplicaSet[], isToCreate: boolean): Sets {
  const sets = findSets(sync.deployment, owned);
  const revision = Math.max(0, ...sets.old.map(revisionOf)) + 1;
  if (sets.current) return syncFoundSet(sync, sets, sets.current, revision);
  if (!isToCreate) return sets;
  const created = createSet(sync, sets.old, revision);
  if (!created) return sets;
  sync.began = 'created';
  return { current: created, old: sets.old };
}

function syncFoundSet(sync: Sync, { old }: Sets, found: ReplicaSet, revision: number): Sets {
  const { deployment, turn } = sync;
  const before = found.metadata.annotations ?? {};
  const annotations = revisedAnnotations(
    { ...before, ...copiedAnnotations(deployment.metadata.annotations) },
    revision,
  );
  const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
  if (!isSame(annotations, before) || minReadySeconds !== (found.spec.minReadySeconds ?? 0)) {
    const { minReadySeconds: _before, ...spec } = found.spec;
    const result = turn.update<ReplicaSet>({
      ...found,
      metadata: { ...found.metadata, annotations },
      spec: minReadySeconds === 0 ? spec : { ...spec, minReadySeconds },
    });
    if (!result.ok) note(sync, result.error);
    const current = result.ok ? result.object : found;
    if (before[REVISION] !== annotations[REVISION]) sync.began = 'returned';
    return { current, old };
  }
  const isKnown = deployment.status.conditions?.some(({ type }) => type === 'Progressing');
  const status =
    hasProgressDeadline(deployment) && !isKnown
      ? withProgress(sync, 'True', 'FoundNewReplicaSet', `Found new replica set "${found.metadata.name}"`)
      : deployment.status;
  writeStatus(sync, status, annotations[REVISION]);
  return { current: found, old };
}

/** Rule DEPLOY-1: `<deployment>-<pod-template-hash>`, sized for the first step of the rollout. */
function createSet(sync: Sync, old: readonly ReplicaSet[], revision: number): ReplicaSet | undefined {
  const { deployment, turn } = sync;
  const draft = newSetDraft(deployment, old, revision);
  const result = turn.create<ReplicaSet>(draft);
  if (!result.ok && result.error.reason === 'AlreadyExists')
    return adoptNamesake(sync, draft.metadata.name, result.error);
  if (!result.ok) return failToCreate(sync, draft.metadata.name, result.error);
  const created = result.object;
  const { name } = created.metadata;
  if (created.spec.replicas > 0)
    turn.event(deployment, {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled up replica set ${name} from 0 to ${created.spec.replicas}`,
    });
  const status = hasProgressDeadline(deployment)
    ? withProgress(sync, 'True', 'NewReplicaSetCreated', `Created new replica set "${name}"`)
    : deployment.status;
  writeStatus(sync, status, String(revision));
  return created;
}

function newSetDraft(deployment: Deployment, old: readonly ReplicaSet[], revision: number): Draft<ReplicaSet> {
  const { template, selector, minReadySeconds } = deployment.spec;
  const hash = podTemplateHash(template, deployment.status.collisionCount);
  const labels = { ...template.metadata?.labels, [TEMPLATE_HASH]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      ...(deployment.metadata.namespace !== undefined && { namespace: deployment.metadata.namespace }),
      labels,
      annotations: {
        ...copiedAnnotations(deployment.metadata.annotations),
        ...sizeAnnotations(deployment),
        [REVISION]: String(revision),
      },
      ownerReferences: [controllerRefTo(deployment)],
    },
    spec: {
      ...(minReadySeconds !== undefined && minReadySeconds > 0 && { minReadySeconds }),
      replicas: newSizeOf(deployment, old, 0),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [TEMPLATE_HASH]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
    status: { replicas: 0 },
  };
}

/** A set of that name is there: ours after all, or another template with the same hash, so that the hash must change. */
function adoptNamesake(sync: Sync, name: string, error: ApiError): ReplicaSet | undefined {
  const { deployment, turn } = sync;
  const found = turn.view.get('ReplicaSet', deployment.metadata.namespace ?? '', name);
  const isOurs =
    found?.metadata.ownerReferences?.some((ref) => ref.controller && ref.uid === deployment.metadata.uid) &&
    semanticEqual(withoutHash(found.spec.template), withoutHash(deployment.spec.template));
  if (found && isOurs) return found;
  writeStatus(sync, { ...deployment.status, collisionCount: (deployment.status.collisionCount ?? 0) + 1 });
  return note(sync, error);
}

function failToCreate(sync: Sync, name: string, error: ApiError): undefined {
  const message = `Failed to create new replica set "${name}": ${error.message}`;
  if (hasProgressDeadline(sync.deployment))
    writeStatus(sync, withProgress(sync, 'False', 'ReplicaSetCreateError', message));
  sync.turn.event(sync.deployment, { type: 'Warning', reason: 'ReplicaSetCreateError', message });
  return note(sync, error);
}

/**
 * Gives a set a size. k8s: scaleReplicaSet
 * @returns the set as written; the very same one where nothing changed
 */
export function scaleSet(sync: Sync, set: ReplicaSet, size: number): ReplicaSet {
  const { deployment, turn } = sync;
  const annotations = { ...set.metadata.annotations, ...sizeAnnotations(deployment) };
  if (set.spec.replicas === size && isSame(annotations, set.metadata.annotations)) return set;
  const result = turn.update<ReplicaSet>({
    ...set,
    metadata: { ...set.metadata, annotations },
    spec: { ...set.spec, replicas: size },
  });
  if (!result.ok) {
    note(sync, result.error);
    return set;
  }
  if (set.spec.replicas !== size)
    turn.event(deployment, {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled ${size > set.spec.replicas ? 'up' : 'down'} replica set ${set.metadata.name} from ${set.spec.replicas} to ${size}`,
    });
  return result.object;
}

/** Rule DEPLOY-10: deletes empty old sets beyond the limit, oldest revisions first. Returns how many. */
export function deleteOldSets(sync: Sync, old: readonly ReplicaSet[]): number {
  const { deployment, turn } = sync;
  const limit = deployment.spec.revisionHistoryLimit;
  if (limit === undefined || limit === 2_147_483_647) return 0;
  const live = old.filter((set) => !isTerminating(set)).sort((a, b) => revisionOf(a) - revisionOf(b));
  let count = 0;
  for (const set of live.slice(0, Math.max(0, live.length - limit))) {
    const isObserved = (set.metadata.generation ?? 0) <= (set.status.observedGeneration ?? 0);
    if (set.status.replicas !== 0 || set.spec.replicas !== 0 || !isObserved) continue;
    const result = turn.delete(keyOf('ReplicaSet', set.metadata.namespace, set.metadata.name));
    if (result.ok) count += 1;
    else note(sync, result.error);
  }
  return count;
}
