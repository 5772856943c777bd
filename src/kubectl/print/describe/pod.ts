// describe for pods. k8s: describePod
import { type Container, conditionOf, controllerOf, type Pod } from '#kube';
import { isMap } from '../../patch/json.ts';
import { containersLines, resourceLines, seccompLines } from '../containers.ts';
import { labelLines, timeText } from '../label-lines.ts';
import { spreadLines, tolerationLines } from '../pod-parts.ts';
import { volumesLines } from '../volumes.ts';
import { metadataLines, NONE, nameLines, phaseText, type Scene } from './parts.ts';

export function podLines(pod: Pod, { nowMs }: Scene): string[] {
  const { spec, status } = pod;
  const controller = controllerOf(pod);
  const ips = status.podIPs ?? [];
  const ofPod = (member: string, title: string): string[] => {
    const text = spec[member];
    return typeof text === 'string' && text !== '' ? [`${title}:\t${text}`] : [];
  };
  return [
    ...nameLines(pod),
    ...(spec.priority === undefined ? [] : [`Priority:\t${spec.priority}`]),
    ...ofPod('priorityClassName', 'Priority Class Name'),
    ...ofPod('runtimeClassName', 'Runtime Class Name'),
    ...ofPod('serviceAccountName', 'Service Account'),
    `Node:\t${spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : NONE}`,
    ...(status.startTime ? [`Start Time:\t${timeText(status.startTime)}`] : []),
    ...metadataLines(pod),
    ...statusLines(pod, nowMs),
    ...(status.reason ? [`Reason:\t${status.reason}`] : []),
    ...(status.message ? [`Message:\t${status.message}`] : []),
    ...seccompLines(spec.securityContext, '', ''),
    `IP:\t${status.podIP ?? ''}`,
    ...(ips.length > 0 ? ['IPs:', ...ips.map(({ ip }) => `  IP:\t${ip}`)] : [`IPs:\t${NONE}`]),
    ...(controller ? [`Controlled By:\t${controller.kind}/${controller.name}`] : []),
    ...(status.nominatedNodeName ? [`NominatedNodeName:\t${status.nominatedNodeName}`] : []),
    ...(isMap(spec.resources) ? ['Resources:', ...resourceLines(spec.resources, '  ')] : []),
    ...containerLists(pod),
    ...gateLines(pod),
    ...(status.conditions?.length
      ? ['Conditions:', '  Type\tStatus', ...status.conditions.map(({ type, status: is }) => `  ${type} \t${is} `)]
      : []),
    ...volumesLines(spec.volumes, ''),
    `QoS Class:\t${status.qosClass ?? ''}`,
    ...labelLines('', 'Node-Selectors', spec.nodeSelector),
    ...tolerationLines(spec.tolerations, ''),
    ...spreadLines(spec, ''),
  ];
}

/** A pod that has ended tells its end, also while it is being deleted. */
function statusLines(pod: Pod, nowMs: number): string[] {
  const { metadata, status } = pod;
  if (metadata.deletionTimestamp === undefined || status.phase === 'Failed' || status.phase === 'Succeeded')
    return [`Status:\t${status.phase}`];
  return [
    `Status:\t${phaseText(pod, status.phase, nowMs)}`,
    `Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s`,
  ];
}

function containerLists(pod: Pod): string[] {
  const { spec, status } = pod;
  const guests = Array.isArray(spec.ephemeralContainers) ? (spec.ephemeralContainers as readonly Container[]) : [];
  return [
    ...(spec.initContainers?.length
      ? containersLines('Init Containers', spec.initContainers, '', {
          statuses: status.initContainerStatuses ?? [],
          pod,
        })
      : []),
    ...containersLines('Containers', spec.containers, '', { statuses: status.containerStatuses ?? [], pod }),
    ...(guests.length > 0 ? containersLines('Ephemeral Containers', guests, '', { pod }) : []),
  ];
}

function gateLines({ spec, status }: Pod): string[] {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return [];
  return [
    'Readiness Gates:',
    '  Type\tStatus',
    ...gates.map(({ conditionType }) => `  ${conditionType} \t${conditionOf(status, conditionType)?.status ?? NONE} `),
  ];
}
