// describe for pods.
import { conditionOf, controllerOf, type Pod } from '#kube';
import { containersLines, labelLines, spreadLines, timeText, tolerationLines, volumesLines } from '../pod-parts.ts';
import { metadataLines, NONE, nameLines, phaseText, type Scene } from './parts.ts';

export function podLines(pod: Pod, { nowMs }: Scene): string[] {
  const { metadata, spec, status } = pod;
  const controller = controllerOf(pod);
  const text = (key: string): string => (typeof spec[key] === 'string' ? spec[key] : '');
  const statuses = status.containerStatuses ?? [];
  const ips = status.podIPs ?? [];
  return [
    ...nameLines(pod),
    ...(spec.priority === undefined ? [] : [`Priority:\t${spec.priority}`]),
    ...(text('priorityClassName') ? [`Priority Class Name:\t${text('priorityClassName')}`] : []),
    ...(text('serviceAccountName') ? [`Service Account:\t${text('serviceAccountName')}`] : []),
    `Node:\t${spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : NONE}`,
    ...(status.startTime ? [`Start Time:\t${timeText(status.startTime)}`] : []),
    ...metadataLines(pod),
    `Status:\t${phaseText(pod, status.phase, nowMs)}`,
    ...(metadata.deletionTimestamp === undefined
      ? []
      : [`Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s`]),
    ...(status.reason ? [`Reason:\t${status.reason}`] : []),
    ...(status.message ? [`Message:\t${status.message}`] : []),
    `IP:\t${status.podIP ?? ''}`,
    ...(ips.length > 0 ? ['IPs:', ...ips.map(({ ip }) => `  IP:\t${ip}`)] : [`IPs:\t${NONE}`]),
    ...(controller ? [`Controlled By:\t${controller.kind}/${controller.name}`] : []),
    ...(status.nominatedNodeName ? [`NominatedNodeName:\t${status.nominatedNodeName}`] : []),
    ...(spec.initContainers?.length
      ? containersLines('Init Containers', spec.initContainers, status.initContainerStatuses ?? [], '')
      : []),
    ...containersLines('Containers', spec.containers, statuses, ''),
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

function gateLines({ spec, status }: Pod): string[] {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return [];
  return [
    'Readiness Gates:',
    '  Type\tStatus',
    ...gates.map(({ conditionType }) => `  ${conditionType} \t${conditionOf(status, conditionType)?.status ?? NONE} `),
  ];
}
