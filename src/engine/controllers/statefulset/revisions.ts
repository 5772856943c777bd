// The revisions of a set's template: which one is new, which one is current, and how many old ones are kept. A template
// that comes back is recognised by its data, not by its number.
// k8s: pkg/controller/history/controller_history.go, getStatefulSetRevisions in stateful_set_control.go
import type { ControllerRevision, Draft, Json, PodTemplateSpec, StatefulSet } from '#kube';
import { controllerOf, controllerRevisionHash, defaultPodTemplate, keyOf, matchesSelector, revisionData } from '#kube';
import { isSame } from '#lib';
import type { Turn, View } from '../../kernel/index.ts';
import { controllerRefTo } from './claims.ts';
import type { Roster } from './roster.ts';

/** The label that holds the hash in a revision's name. */
const HASH_LABEL = 'controller.kubernetes.io/hash';

/** A set's name is cut to this length in the names of its revisions. k8s: ControllerRevisionName */
const NAME_PREFIX_MAX = 223;

/** The two revisions that a sync works with. */
export interface Revisions {
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
  readonly collisionCount: number;
  /** Whether this turn made the update revision, or gave an old one a new number. */
  readonly change: 'created' | 'renumbered' | undefined;
}

/** A value, or what the API server said instead. */
export type Attempt<T> = { readonly value: T; readonly error?: undefined } | { readonly error: string };

/** Number, then age, then name. k8s: history.byRevision */
const isOlder = (a: ControllerRevision, b: ControllerRevision): number =>
  a.revision - b.revision ||
  compare(a.metadata.creationTimestamp, b.metadata.creationTimestamp) ||
  compare(a.metadata.name, b.metadata.name);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The revisions that are the set's or nobody's and match its selector, oldest first. k8s: ListControllerRevisions */
export function listRevisions(view: View, set: StatefulSet): ControllerRevision[] {
  const found: ControllerRevision[] = [];
  for (const revision of view.list('ControllerRevision', set.metadata.namespace)) {
    const owner = controllerOf(revision);
    if (owner !== undefined && owner.uid !== set.metadata.uid) continue;
    if (matchesSelector(set.spec.selector, revision.metadata.labels)) found.push(revision);
  }
  return found.sort(isOlder);
}

const templates = new WeakMap<object, PodTemplateSpec>();

const defaulted = new WeakMap<PodTemplateSpec, PodTemplateSpec>();

/**
 * REV-1: the template that a revision holds: always the same object for the same data, so that the pods made of it
 * share their containers. Undefined when the data hold none. k8s: ApplyRevision
 */
export function templateOf(revision: ControllerRevision): PodTemplateSpec | undefined {
  const data = revision.data as { spec?: { template?: PodTemplateSpec & { $patch?: string } } } | null;
  const held = data?.spec?.template;
  if (data === null || held === undefined) return undefined;
  const known = templates.get(data);
  if (known) return known;
  const { $patch: _patch, ...template } = held;
  templates.set(data, template);
  return template;
}

/**
 * REV-4: whether the set with this revision put back would be the set as it is: a field that a newer server fills in by
 * itself is no change. The hash tells, since it is taken of the defaulted template.
 */
function isSameMeaning(turn: Turn, revision: ControllerRevision, wanted: Json): boolean {
  if (turn.config.gates.StatefulSetSemanticRevisionComparison === false) return false;
  const held = templateOf(revision);
  if (held === undefined) return false;
  const known = defaulted.get(held);
  const template = known ?? (defaultPodTemplate({ ...held }) as unknown as PodTemplateSpec);
  if (!known) defaulted.set(held, template);
  return isSame(revisionData(template), wanted);
}

/**
 * REV-1 to REV-6: finds or makes the update revision, and finds the current one.
 * @param revisions the set's revisions, oldest first
 * @returns both, or what refused the write
 */
export function settleRevisions(
  turn: Turn,
  set: StatefulSet,
  revisions: readonly ControllerRevision[],
): Attempt<Revisions> {
  const newest = revisions.at(-1);
  const data = revisionData(set.spec.template);
  let collisionCount = set.status?.collisionCount ?? 0;
  let update: ControllerRevision | undefined;
  let change: Revisions['change'];
  if (newest && isSame(newest.data, data)) update = newest;
  else {
    const number = (newest?.revision ?? 0) + 1;
    const equal = revisions.findLast((revision) => isSame(revision.data, data));
    if (equal) {
      // REV-3
      const renumbered = turn.update<ControllerRevision>({ ...equal, revision: number });
      if (!renumbered.ok) return { error: renumbered.error.message };
      update = renumbered.object;
      change = 'renumbered';
    } else if (newest && isSameMeaning(turn, newest, data)) update = newest;
    else {
      const made = createRevision(turn, set, data, number, collisionCount);
      if (made.error !== undefined) return made;
      update = made.value.revision;
      collisionCount = made.value.collisionCount;
      change = 'created';
    }
  }
  // REV-6
  const current = revisions.find((revision) => revision.metadata.name === set.status?.currentRevision) ?? update;
  return { value: { current, update, collisionCount, change } };
}

/** REV-5: tries one name after the other until one is free, or holds the same data. k8s: CreateControllerRevision */
function createRevision(
  turn: Turn,
  set: StatefulSet,
  data: Json,
  number: number,
  collisions: number,
): Attempt<{ revision: ControllerRevision; collisionCount: number }> {
  const { name, namespace, annotations } = set.metadata;
  const firstHash = controllerRevisionHash(set.spec.template, collisions);
  for (let collisionCount = collisions; ; collisionCount += 1) {
    const draft: Draft<ControllerRevision> = {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: `${name.slice(0, NAME_PREFIX_MAX)}-${controllerRevisionHash(set.spec.template, collisionCount)}`,
        namespace: namespace ?? 'default',
        labels: { ...set.spec.template.metadata?.labels, [HASH_LABEL]: firstHash },
        ...(annotations && { annotations }),
        ownerReferences: [controllerRefTo(set)],
      },
      data,
      revision: number,
    };
    const created = turn.create(draft);
    if (created.ok) return { value: { revision: created.object, collisionCount } };
    if (created.error.reason !== 'AlreadyExists') return { error: created.error.message };
    const taken = turn.view.get('ControllerRevision', namespace ?? 'default', draft.metadata.name);
    if (taken && isSame(taken.data, data)) return { value: { revision: taken, collisionCount } };
  }
}

/**
 * REV-8: takes revisions that nobody owns.
 * @returns what refused it: a set that is being deleted takes nothing
 * k8s: adoptOrphanRevisions
 */
export function adoptRevisions(
  turn: Turn,
  set: StatefulSet,
  revisions: readonly ControllerRevision[],
): string | undefined {
  for (const revision of revisions) {
    if (controllerOf(revision) !== undefined) continue;
    if (set.metadata.deletionTimestamp !== undefined)
      return `can't adopt ControllerRevisions: ${set.metadata.namespace}/${set.metadata.name} has just been deleted at ${set.metadata.deletionTimestamp}`;
    const refs = [...(revision.metadata.ownerReferences ?? []), controllerRefTo(set)];
    const adopted = turn.update<ControllerRevision>({
      ...revision,
      metadata: { ...revision.metadata, ownerReferences: refs },
    });
    if (!adopted.ok) return adopted.error.message;
  }
  return undefined;
}

/**
 * REV-7: deletes the oldest revisions that no pod needs and that are beyond the limit; a negative limit keeps all.
 * @returns what refused it
 * k8s: truncateHistory
 */
export function truncateHistory(
  turn: Turn,
  set: StatefulSet,
  revisions: readonly ControllerRevision[],
  kept: Pick<Revisions, 'current' | 'update'> | undefined,
  roster: Roster,
): string | undefined {
  const limit = set.spec.revisionHistoryLimit ?? 10;
  if (limit < 0 || revisions.length <= limit) return undefined;
  const isLive = ({ metadata: { name } }: ControllerRevision): boolean =>
    name === kept?.current.metadata.name || name === kept?.update.metadata.name || roster.podsByRevision.has(name);
  const old = revisions.filter((revision) => !isLive(revision));
  for (const { metadata } of old.slice(0, Math.max(0, old.length - limit))) {
    const deleted = turn.delete(keyOf('ControllerRevision', metadata.namespace, metadata.name));
    if (!deleted.ok) return deleted.error.message;
  }
  return undefined;
}
