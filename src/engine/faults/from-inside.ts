// What a command that runs in a container does to the container's own processes and programs, rule KCTL-23.
import { keyOf, type Pod } from '#kube';
import type { Turn } from '../kernel/index.ts';
import { FAULT_SEEN, faultKey, programKey } from '../kubelet/index.ts';

const podKeyOf = ({ metadata }: Pod) => keyOf('Pod', metadata.namespace ?? '', metadata.name);

const restartsOf = ({ status }: Pod, container: string): number =>
  status.containerStatuses?.find(({ name }) => name === container)?.restartCount ?? 0;

/**
 * KCTL-23: the process of a container ends, as after `kill 1`; what follows is up to the kubelet and the pod's restart policy.
 *
 * @param turn - the turn of the command
 * @param pod - the pod, with the container running in it
 * @param container - the container's name
 * @param exitCode - with which code the process ends
 */
export function endProcess(turn: Turn, pod: Pod, container: string, exitCode: number): void {
  const key = podKeyOf(pod);
  turn.remember(FAULT_SEEN, true);
  turn.remember(faultKey('pod-crash', key), {
    uid: pod.metadata.uid,
    sinceMs: turn.nowMs,
    containers: [container],
    exitCode,
  });
  turn.wake('kubelet', key, 0);
}

/**
 * KCTL-23: a program is taken away from a container, or put back. Scripts of probes that call it fail until the container
 * is restarted.
 *
 * @param turn - the turn of the command
 * @param pod - the pod
 * @param container - the container's name
 * @param program - the name of the file, without its folder
 * @param isThere - whether it is there now
 */
export function setProgram(turn: Turn, pod: Pod, container: string, program: string, isThere: boolean): void {
  const { uid } = pod.metadata;
  turn.remember(programKey(uid, container, program), isThere ? undefined : restartsOf(pod, container));
  turn.wake('kubelet', podKeyOf(pod), 0);
}
