// What a tick does that a person would notice, as sentences: a pod is created, becomes Ready, fails again; a claim is
// bound; a node falls silent.
import type { ObjectChange, Tick } from '#engine';
import {
  type ContainerStatus,
  conditionOf,
  isPodReady,
  isTerminating,
  type KubeObject,
  type Node,
  type PersistentVolumeClaim,
  type Pod,
  parentNameOf,
  partsOfKey,
  type StatefulSet,
} from '#kube';
import type { WhyNext } from './types.ts';
import { ruleOf, shortName } from './words.ts';

/** Whose happenings matter. */
export interface Interest {
  /** Objects that are followed closely: of a pod also what its containers do. */
  readonly ids: ReadonlySet<string>;
  /** Sets whose pods are followed from afar: created, Ready, deleted, gone. */
  readonly setIds: ReadonlySet<string>;
  /** Nodes whose pods are followed from afar. */
  readonly nodeNames: ReadonlySet<string>;
  /** Everything is followed from afar. */
  readonly isAll: boolean;
}

/** What a tick does to those who matter; in a tick with many, the first of each kind speaks for the others. */
export function happeningsOf(tick: Tick, interest: Interest): WhyNext[] {
  const found: { readonly about: string; readonly words: string; readonly verb: string }[] = [];
  for (const change of tick.objects) {
    const kind = (change.after ?? change.before)?.kind;
    if (kind === 'Event') continue;
    const closeness = closenessOf(change, interest);
    if (closeness === undefined) continue;
    const words = wordsOf(change, closeness);
    if (words === undefined) continue;
    const { name } = partsOfKey(change.key);
    found.push({ about: change.key, words: `${shortName(name)} ${words}`, verb: words });
  }
  const rule = tick.why ? { rule: ruleOf(tick.why.rule) } : {};
  const told: WhyNext[] = [];
  const counts = new Map<string, number>();
  for (const { verb } of found) counts.set(verb, (counts.get(verb) ?? 0) + 1);
  for (const { about, words, verb } of found) {
    const others = (counts.get(verb) ?? 0) - 1;
    if (others < 0) continue;
    counts.delete(verb);
    const more = others > 0 ? ` (and ${others} more)` : '';
    told.push({ kind: 'tick', atMs: tick.atMs, sentence: `${words}${more}.`, about, ...rule });
  }
  return told;
}

type Closeness = 'near' | 'far';

function closenessOf({ key, before, after }: ObjectChange, interest: Interest): Closeness | undefined {
  if (interest.ids.has(key)) return 'near';
  const object = (after ?? before) as KubeObject;
  if (object.kind === 'Pod') {
    const { namespace = '', name } = object.metadata;
    if (interest.isAll || interest.setIds.has(`StatefulSet/${namespace}/${parentNameOf(name)}`)) return 'far';
    const node = ((before ?? after) as Pod).spec.nodeName;
    return node !== undefined && interest.nodeNames.has(node) ? 'far' : undefined;
  }
  if (interest.isAll && (object.kind === 'Node' || object.kind === 'StatefulSet')) return 'far';
  return undefined;
}

function wordsOf({ before, after }: ObjectChange, closeness: Closeness): string | undefined {
  switch ((after ?? before)?.kind) {
    case 'Pod':
      return podWords(before as Pod | undefined, after as Pod | undefined, closeness);
    case 'PersistentVolumeClaim':
      return claimWords(before as PersistentVolumeClaim | undefined, after as PersistentVolumeClaim | undefined);
    case 'Node':
      return nodeWords(before as Node | undefined, after as Node | undefined);
    case 'StatefulSet':
      return setWords(before as StatefulSet | undefined, after as StatefulSet | undefined);
    default:
      return plainWords(before, after);
  }
}

function plainWords(before: KubeObject | undefined, after: KubeObject | undefined): string | undefined {
  if (!before) return 'is created';
  if (!after) return 'is gone';
  return isTerminating(after) && !isTerminating(before) ? 'is deleted' : undefined;
}

function podWords(before: Pod | undefined, after: Pod | undefined, closeness: Closeness): string | undefined {
  if (!before || !after) return plainWords(before, after);
  if (isTerminating(after) && !isTerminating(before)) {
    const seconds = after.metadata.deletionGracePeriodSeconds ?? 0;
    return seconds > 0 ? `is deleted and has ${seconds} s to stop` : 'is deleted';
  }
  // A pod on its way out ends, and is not Ready in its last moments: that it is gone says it.
  const { phase } = after.status;
  if (phase !== before.status.phase && (phase === 'Failed' || phase === 'Succeeded') && !isTerminating(after))
    return phase === 'Failed' ? 'fails for good' : 'ends for good';
  const isTurned = isPodReady(after) !== isPodReady(before) && !isTerminating(after);
  const readiness = isTurned ? (isPodReady(after) ? 'becomes Ready' : 'is not Ready any more') : undefined;
  if (closeness === 'far' || isTerminating(after)) return readiness;
  const wasRefused = conditionOf(before.status, 'PodScheduled')?.status === 'False';
  if (wasRefused && after.spec.nodeName !== before.spec.nodeName) return `gets ${after.spec.nodeName} as its node`;
  const containers = containerWords(before, after);
  return containers !== undefined && readiness !== undefined
    ? `${containers}, and ${readiness}`
    : (containers ?? readiness);
}

const statusesOf = (pod: Pod): readonly ContainerStatus[] => [
  ...(pod.status.initContainerStatuses ?? []),
  ...(pod.status.containerStatuses ?? []),
];

const TROUBLES = new Set([
  'CrashLoopBackOff',
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
]);

/** The first container that goes another way than before. */
function containerWords(before: Pod, after: Pod): string | undefined {
  const old = new Map(statusesOf(before).map((status) => [status.name, status]));
  for (const status of statusesOf(after)) {
    const was = old.get(status.name);
    if (status.state === was?.state) continue;
    const { waiting, running, terminated } = status.state;
    // A first start leads to readiness, which is told.
    if (running && !was?.state.running && status.restartCount > 0) return `starts container ${status.name} again`;
    if (terminated && was?.state.running)
      return `sees container ${status.name} end with exit code ${terminated.exitCode}`;
    const reason = waiting?.reason;
    if (reason !== undefined && TROUBLES.has(reason) && reason !== was?.state.waiting?.reason)
      return reason.startsWith('ErrImage') || reason === 'InvalidImageName'
        ? `fails to pull image ${imageOf(after, status.name)}: ${reason}`
        : `waits in ${reason}`;
  }
  return undefined;
}

const imageOf = ({ spec }: Pod, container: string): string =>
  [...(spec.initContainers ?? []), ...spec.containers].find(({ name }) => name === container)?.image ?? '';

function claimWords(
  before: PersistentVolumeClaim | undefined,
  after: PersistentVolumeClaim | undefined,
): string | undefined {
  if (!before || !after) return plainWords(before, after);
  if (after.status.phase !== before.status.phase)
    return after.status.phase === 'Bound'
      ? `is bound to ${shortName(after.spec.volumeName ?? '')}`
      : `becomes ${after.status.phase}`;
  return plainWords(before, after);
}

const hasNoExecute = (node: Node): boolean => node.spec.taints?.some(({ effect }) => effect === 'NoExecute') === true;

function nodeWords(before: Node | undefined, after: Node | undefined): string | undefined {
  if (!before || !after) return plainWords(before, after);
  const [was, is] = [before, after].map((node) => conditionOf(node.status, 'Ready')?.status);
  if (was !== is) {
    if (is === 'True') return 'is Ready again';
    return is === 'Unknown' ? 'is marked NotReady: it does not answer' : 'is not Ready any more';
  }
  if (hasNoExecute(before) !== hasNoExecute(after))
    return hasNoExecute(after) ? 'is tainted NoExecute' : 'loses its NoExecute taint';
  return undefined;
}

function setWords(before: StatefulSet | undefined, after: StatefulSet | undefined): string | undefined {
  if (!before || !after) return plainWords(before, after);
  if (after.status.currentRevision !== before.status.currentRevision && before.status.currentRevision)
    return 'has finished its roll-out';
  if (after.status.updateRevision !== before.status.updateRevision && before.status.updateRevision)
    return 'begins to roll out a new revision';
  return plainWords(before, after);
}
