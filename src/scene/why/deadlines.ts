// Moments that are known without simulating: the end of a grace period, the next try of a container, an eviction.
import { type Node, type Pod, partsOfKey } from '#kube';
import { podFacts } from '../pod-facts.ts';
import { evictionMs, faultSinceMs, idOf, isNodeSilent, nowMs, reasonFor, taskMs, type WhyInput } from './input.ts';
import type { WhyNext } from './types.ts';
import { ruleOf } from './words.ts';

/** How long a node may be silent. k8s: node-monitor-grace-period */
const SILENCE_MS = 50_000;

const deadline = (about: string, atMs: number, rule: string, sentence: string): WhyNext => ({
  kind: 'deadline',
  atMs,
  sentence,
  about,
  rule: ruleOf(rule),
});

/** What is known to come to an object, in order of time. O(pods on it) for a node, O(containers) for a pod. */
export function deadlinesOf(input: WhyInput, id: string): WhyNext[] {
  const object = input.view.find(id);
  const found =
    object?.kind === 'Pod'
      ? podDeadlines(input, object as Pod)
      : object?.kind === 'Node'
        ? nodeDeadlines(input, object as Node)
        : [];
  return found.filter(({ atMs = 0 }) => atMs > nowMs(input)).sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
}

function podDeadlines(input: WhyInput, pod: Pod): WhyNext[] {
  const facts = podFacts(input, pod);
  const { name, id } = facts;
  const found: WhyNext[] = [];
  const evictedMs = evictionMs(input, pod);
  if (evictedMs !== undefined)
    found.push(
      deadline(id, evictedMs, 'EVICT-1', `${name} is deleted, unless the NoExecute taint of ${facts.nodeName} goes.`),
    );
  if (isNodeSilent(input, facts.nodeName)) return found;
  if (facts.graceEndsMs !== undefined)
    found.push(deadline(id, facts.graceEndsMs, 'KUBELET-15', `What still runs of ${name} is killed.`));
  if (facts.state === 'ready-not-available' && facts.availableAtMs !== undefined)
    found.push(deadline(id, facts.availableAtMs, 'STS-5', `${name} counts as available.`));
  const reason = reasonFor(input, 'kubelet', pod);
  const retryMs = taskMs(input, 'kubelet', id) ?? facts.retryAtMs;
  if (retryMs !== undefined && reason?.rule === 'KUBELET-12')
    found.push(deadline(id, retryMs, 'KUBELET-12', `Container ${reason.args?.container} of ${name} is started again.`));
  if (retryMs !== undefined && reason?.rule === 'KUBELET-9')
    found.push(deadline(id, retryMs, 'KUBELET-9', `Image ${reason.args?.image} is pulled again for ${name}.`));
  return found;
}

function nodeDeadlines(input: WhyInput, node: Node): WhyNext[] {
  const id = idOf(node);
  const { name } = partsOfKey(id);
  const found: WhyNext[] = [];
  const silentMs = faultSinceMs(input, 'node-down', id);
  if (silentMs !== undefined)
    found.push(
      deadline(id, silentMs + SILENCE_MS, 'NODE-2', `${name} counts as unreachable, and its pods as not ready.`),
    );
  const evictions = input.view
    .podsOnNode(name)
    .flatMap((pod) => {
      const atMs = evictionMs(input, pod);
      return atMs === undefined ? [] : [{ pod, atMs }];
    })
    .sort((a, b) => a.atMs - b.atMs);
  const [first] = evictions;
  if (first) {
    const others = evictions.length - 1;
    const more = others > 0 ? ` (and ${others} more)` : '';
    found.push(
      deadline(id, first.atMs, 'EVICT-1', `${first.pod.metadata.name}${more} is deleted, unless the taint goes.`),
    );
  }
  return found;
}
