// OrderedReady never deletes a pod that is not Ready to update it: a broken pod holds the roll-out, and mending or
// undoing the template does not heal it (STS-3).
import { keyOf, type Pod, type StatefulSet } from '#kube';
import { podFacts } from '../../pod-facts.ts';
import type { PodFacts } from '../../types.ts';
import { reasonOfSet } from '../accounts/index.ts';
import { hasOlderRevision, nowMs, reasonFor, setOf, type WhyInput } from '../input.ts';
import { inNamespace, kubectl, undoFaults } from '../steps.ts';
import type { Caught, Trap } from './trap.ts';

/** A readiness probe that has failed for this long is not just starting up. */
const FAILING_MS = 30_000;

/** CrashLoopBackOff, ImagePullBackOff, and images that cannot be had. */
const BACK_OFFS = new Set(['KUBELET-12', 'KUBELET-9', 'KUBELET-13']);

export const stuckRollOut: Trap = {
  id: 'stuck-roll-out',
  title: 'A broken pod holds the roll-out',
  kinds: ['StatefulSet', 'Pod'],
  applies: (input, object) => {
    const set = object.kind === 'Pod' ? setOf(input, object as Pod) : (object as StatefulSet);
    const pod = set && heldBy(input, set);
    if (!set || !pod || (object.kind === 'Pod' && object !== pod)) return undefined;
    const facts = podFacts(input, pod);
    const isStuck = facts.state === 'unschedulable' || isFailing(input, pod);
    return isStuck ? caught(input, set, pod, facts) : undefined;
  },
};

/** The pod that an OrderedReady set waits for. */
function heldBy(input: WhyInput, set: StatefulSet): Pod | undefined {
  const reason = reasonOfSet(input, set);
  const isOrdered = set.spec.podManagementPolicy === 'OrderedReady' && set.spec.updateStrategy.type === 'RollingUpdate';
  if (!isOrdered || reason?.rule !== 'STS-3' || reason.about === undefined) return undefined;
  return input.view.find(reason.about) as Pod | undefined;
}

/** A container waits in a back-off, or its probe has failed for long: more than a crash that a restart heals. */
function isFailing(input: WhyInput, pod: Pod): boolean {
  const reason = reasonFor(input, 'kubelet', pod);
  if (reason && BACK_OFFS.has(reason.rule)) return true;
  return reason?.rule === 'PROBE-4' && nowMs(input) - reason.sinceMs > FAILING_MS;
}

function caught(input: WhyInput, set: StatefulSet, pod: Pod, facts: PodFacts): Caught | undefined {
  const { name } = set.metadata;
  const n = inNamespace(set);
  const about = keyOf('Pod', pod.metadata.namespace, pod.metadata.name);
  const remove = kubectl(
    `Delete ${facts.name}, so that it comes back of the template as it is now`,
    `delete pod ${facts.name} --wait=false${n}`,
  );
  const own = facts.revision ? `rev ${facts.revision.number}` : 'its old template';
  if (!facts.isUpdated)
    return {
      sentence: `The template has changed, and ${facts.name} keeps ${own}: OrderedReady waits for it to be Running and Ready, and does not replace it. Deleting it by hand goes on with the roll-out.`,
      rule: 'STS-3',
      about,
      fixes: [remove],
    };
  const isFirst = set.status.currentRevision === set.status.updateRevision || !hasOlderRevision(input, set);
  if (isFirst) return undefined;
  return {
    sentence: `${facts.name} is broken at ${own} and holds the roll-out. Undoing it does not heal the pod: OrderedReady waits for ${facts.name} all the same, so it has to be deleted afterwards.`,
    rule: 'STS-3',
    about,
    fixes: [
      ...undoFaults(input, about),
      kubectl(
        'Undo the roll-out',
        `rollout undo statefulset ${name}${n}`,
        `${facts.name} stays broken until it is deleted.`,
      ),
    ],
  };
}
