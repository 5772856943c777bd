// The words of FailedScheduling. k8s: framework.FitError, DefaultPreemption
import { byteLength } from '#kube';
import type { Refusal } from './find-node.ts';

/** k8s: events are cut to this many bytes. */
const MESSAGE_BYTES_MAX = 1024;
const ELLIPSIS = '...';

/** `1 Insufficient cpu, 2 node(s) were unschedulable`: counted, and sorted as texts. */
function histogram(reasons: Iterable<string>): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort((a, b) => (a < b ? -1 : 1))
    .join(', ');
}

/**
 * What nothing can be done about is said so: the plugin that would free device claims speaks first, then preemption.
 * A pod that was rejected before that plugin saw it leaves the plugin without its notes, which is all it says then.
 */
const NOTHING_TO_FREE = 'no new claims to deallocate, ';
const WITHOUT_NOTES = 'not found';

const cut = (message: string): string =>
  byteLength(message) <= MESSAGE_BYTES_MAX ? message : message.slice(0, MESSAGE_BYTES_MAX - ELLIPSIS.length) + ELLIPSIS;

/** A pod that suits no node, whatever the node. */
export const rejectionMessage = (nodes: number, reason: string): string =>
  cut(`0/${nodes} nodes are available: ${reason}. ${WITHOUT_NOTES}`);

/** A pod that each node refused. `preemption` undefined: less important pods make room for it. */
export const refusalMessage = (refusals: readonly Refusal[], preemption: string | undefined): string =>
  cut(
    `0/${refusals.length} nodes are available: ${histogram(refusals.flatMap(({ failure }) => failure.reasons))}.` +
      (preemption === undefined ? '' : ` ${NOTHING_TO_FREE}preemption: ${preemption}`),
  );

/** Why preemption does not help: for each node whether it could not, or found nobody less important. */
export const noVictimsMessage = (refusals: readonly Refusal[]): string =>
  `0/${refusals.length} nodes are available: ${histogram(
    refusals.map(({ failure }) =>
      failure.isResolvable
        ? 'No preemption victims found for incoming pod'
        : 'Preemption is not helpful for scheduling',
    ),
  )}.`;
