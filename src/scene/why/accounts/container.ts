// What ails a container of a pod, as a cause of its own.
import type { ReasonRecord } from '#engine';
import type { ContainerStatus, Pod } from '#kube';
import { sentenceOf } from '../../thought.ts';
import { idOf } from '../input.ts';
import type { WhyLink } from '../types.ts';
import { count, reasonSentence, ruleOf } from '../words.ts';

const statusOf = (pod: Pod, name: unknown): ContainerStatus | undefined =>
  [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])].find(
    (status) => status.name === name,
  );

/**
 * The trouble of the container that a kubelet's reason names.
 * @returns undefined where the reason is about no trouble of a container
 */
export function containerLink(pod: Pod, reason: ReasonRecord): WhyLink | undefined {
  const { container, failures, image, code } = reason.args ?? {};
  const waiting = statusOf(pod, container)?.state.waiting?.reason;
  const link = (sentence: string): WhyLink => ({ id: idOf(pod), sentence, rule: ruleOf(reason.rule) });
  switch (reason.rule) {
    case 'KUBELET-12':
      return link(
        `Container ${container} is waiting in ${waiting ?? 'CrashLoopBackOff'}: it has ended ${times(failures)}, at last with exit code ${code}.`,
      );
    case 'KUBELET-9':
      return link(
        `Container ${container} is waiting in ${waiting ?? 'ImagePullBackOff'}: pulling image ${image} has failed ${times(failures)}.`,
      );
    case 'KUBELET-11':
    case 'KUBELET-13':
    case 'PROBE-3':
    case 'PROBE-4':
      return link(reasonSentence(reason, sentenceOf(reason)));
    default:
      return undefined;
  }
}

const times = (failures: string | number | undefined): string =>
  Number(failures) === 1 ? 'once' : count(Number(failures ?? 0), 'time');
