// Which pods a drain evicts, and which keep it from beginning. k8s: kubectl pkg/drain/filters.go
import type { View } from '#engine';
import { compareBytes, controllerOf, keyOf, matchesRequirements, type Pod, parseLabelSelector, parseTime } from '#kube';
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';

const LOCAL = 'Pods with local storage (use --delete-emptydir-data to override)';
const BARE = 'Pods that declare no controller (use --force to override)';
const DAEMONS = 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)';

/** What becomes of a pod. */
interface Verdict {
  readonly isLeaving: boolean;
  readonly warning?: string;
  readonly error?: string;
}

export interface SortedOut {
  readonly leaving: readonly Pod[];
  /** Why the drain does not begin. */
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
}

/** `default/web-0` */
export const podPath = ({ metadata }: Pod): string => `${metadata.namespace}/${metadata.name}`;

/**
 * Sorts the pods of a node.
 * @throws CommandError for a pod selector that is none
 */
export function sortOut(call: Call, view: View, node: string): SortedOut {
  const selector = parseLabelSelector(call.flags.text('pod-selector') ?? '');
  if (selector.error !== undefined)
    throw new CommandError('--pod-selector=<pod_selector> must be a valid label selector');
  const verdicts = view
    .podsOnNode(node)
    .filter((pod) => matchesRequirements(selector.value, pod.metadata.labels))
    .toSorted((a, b) => compareBytes(podPath(a), podPath(b)))
    .map((pod) => ({ pod, verdict: verdictOf(call, view, pod) }));
  const told = (of: (verdict: Verdict) => string | undefined): ReadonlyMap<string, readonly string[]> => {
    const groups = new Map<string, string[]>();
    for (const { pod, verdict } of verdicts) {
      const words = of(verdict);
      if (words !== undefined) groups.set(words, [...(groups.get(words) ?? []), podPath(pod)]);
    }
    return groups;
  };
  return {
    leaving: verdicts.filter(({ verdict }) => verdict.isLeaving).map(({ pod }) => pod),
    refusals: [...told(({ error }) => error)].map(([words, pods]) => `cannot delete ${words}: ${pods.join(', ')}`),
    warnings: [...told(({ warning }) => warning)].map(([words, pods]) => `${words}: ${pods.join(', ')}`),
  };
}

/** The first filter that holds a pod back decides; of warnings the last one counts. */
function verdictOf({ flags, turn }: Call, view: View, pod: Pod): Verdict {
  const skipSeconds = flags.number('skip-wait-for-delete-timeout') ?? 0;
  const deletedMs = parseTime(pod.metadata.deletionTimestamp);
  const nowMs = parseTime(turn.now) ?? 0;
  if (skipSeconds > 0 && deletedMs !== undefined && nowMs - deletedMs > skipSeconds * 1000) return { isLeaving: false };
  const isFinished = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
  const controller = controllerOf(pod);
  let warning: string | undefined;
  if (controller?.kind === 'DaemonSet' && !isFinished) {
    if (!view.find(keyOf('DaemonSet.apps', pod.metadata.namespace ?? '', controller.name))) {
      const words = `daemonsets.apps ${JSON.stringify(controller.name)} not found`;
      if (!flags.isOn('force')) return { isLeaving: false, error: words };
      warning = words;
    } else if (!flags.isOn('ignore-daemonsets')) return { isLeaving: false, error: DAEMONS };
    else return { isLeaving: false, warning: 'ignoring DaemonSet-managed Pods' };
  }
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return { isLeaving: false };
  const isLocal = (pod.spec.volumes ?? []).some((volume) => volume.emptyDir !== undefined);
  if (isLocal && !isFinished && !flags.isOn('delete-emptydir-data')) return { isLeaving: false, error: LOCAL };
  // The filter of controllers comes last, and only its own warning is kept.
  warning = undefined;
  if (!controller && !isFinished) {
    if (!flags.isOn('force')) return { isLeaving: false, error: BARE };
    warning = 'deleting Pods that declare no controller';
  }
  return { isLeaving: true, ...(warning !== undefined && { warning }) };
}
