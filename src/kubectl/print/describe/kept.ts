// describe for kinds that are kept and not simulated. k8s: kubectl pkg/describe/describe.go
import {
  compareBytes,
  formatLabels,
  formatSelector,
  type KubeObject,
  type LabelSelector,
  type PodTemplateSpec,
} from '#kube';
import { valueAt } from '../../change-object.ts';
import { isMap } from '../../patch/json.ts';
import { timeText } from '../label-lines.ts';
import { podTemplateLines } from '../pod-template.ts';
import { metadataLines, NONE, nameLines } from './parts.ts';

const textAt = (object: KubeObject, path: string, absent = ''): string => {
  const value = valueAt(object, path.split('.'));
  return value === undefined || value === null || value === '' ? absent : String(value);
};

/** How many bytes each value has; which they are is not told. */
export function secretLines(secret: KubeObject): string[] {
  const { data } = secret as KubeObject & { readonly data?: unknown };
  const entries = Object.entries(isMap(data) ? data : {}).sort(([a], [b]) => compareBytes(a, b));
  const byteCount = (text: unknown): number => Math.floor((String(text ?? '').replace(/[\s=]/g, '').length * 3) / 4);
  return [
    ...nameLines(secret),
    ...metadataLines(secret),
    '',
    `Type:\t${textAt(secret, 'type', 'Opaque')}`,
    '',
    'Data',
    '====',
    ...entries.map(([key, text]) => `${key}:\t${byteCount(text)} bytes`),
  ];
}

export function serviceAccountLines(account: KubeObject): string[] {
  const { imagePullSecrets } = account as KubeObject & { readonly imagePullSecrets?: unknown };
  const names = (Array.isArray(imagePullSecrets) ? imagePullSecrets : [])
    .filter(isMap)
    .map((one) => String(one.name ?? ''));
  const blank = ' '.repeat('Image pull secrets:'.length);
  return [
    ...nameLines(account),
    ...metadataLines(account),
    ...(names.length === 0
      ? [`Image pull secrets:\t${NONE}`]
      : names.map((name, i) => `${i === 0 ? 'Image pull secrets:' : blank}\t${name}`)),
  ];
}

export const daemonSetLines = (daemon: KubeObject): string[] => [
  ...nameLines(daemon),
  `Selector:\t${formatSelector(valueAt(daemon, ['spec', 'selector']) as LabelSelector | undefined)}`,
  `Node-Selector:\t${formatLabels(valueAt(daemon, ['spec', 'template', 'spec', 'nodeSelector']) as never)}`,
  ...metadataLines(daemon),
  `Desired Number of Nodes Scheduled: ${textAt(daemon, 'status.desiredNumberScheduled', '0')}`,
  `Current Number of Nodes Scheduled: ${textAt(daemon, 'status.currentNumberScheduled', '0')}`,
  `Number of Nodes Scheduled with Up-to-date Pods: ${textAt(daemon, 'status.updatedNumberScheduled', '0')}`,
  `Number of Nodes Scheduled with Available Pods: ${textAt(daemon, 'status.numberAvailable', '0')}`,
  `Number of Nodes Misscheduled: ${textAt(daemon, 'status.numberMisscheduled', '0')}`,
  'Pods Status:\t0 Running / 0 Waiting / 0 Succeeded / 0 Failed',
  ...podTemplateLines(valueAt(daemon, ['spec', 'template']) as PodTemplateSpec),
];

export const priorityClassLines = (one: KubeObject): string[] => [
  `Name:\t${one.metadata.name}`,
  `Value:\t${textAt(one, 'value', '0')}`,
  `GlobalDefault:\t${textAt(one, 'globalDefault', 'false')}`,
  `PreemptionPolicy:\t${textAt(one, 'preemptionPolicy', 'PreemptLowerPriority')}`,
  `Description:\t${textAt(one, 'description')}`,
  `Annotations:\t${formatLabels(one.metadata.annotations)}`,
];

/** An autoscaler that nothing is measured for. k8s: describeHorizontalPodAutoscalerV2 */
export function autoscalerLines(autoscaler: KubeObject): string[] {
  const metrics = valueAt(autoscaler, ['spec', 'metrics']);
  return [
    ...nameLines(autoscaler),
    ...metadataLines(autoscaler),
    `CreationTimestamp:\t${timeText(autoscaler.metadata.creationTimestamp)}`,
    `Reference:\t${textAt(autoscaler, 'spec.scaleTargetRef.kind')}/${textAt(autoscaler, 'spec.scaleTargetRef.name')}`,
    'Metrics:\t( current / target )',
    ...(Array.isArray(metrics) ? metrics : []).filter(isMap).map(({ resource, type }) => {
      if (!isMap(resource) || !isMap(resource.target)) return `  <unknown metric type "${String(type)}">`;
      const { averageUtilization, averageValue } = resource.target;
      const title = `  resource ${String(resource.name)} on pods`;
      return averageUtilization === undefined
        ? `${title}:\t<unknown> / ${String(averageValue ?? '')}`
        : `${title}  (as a percentage of request):\t<unknown> / ${String(averageUtilization)}%`;
    }),
    `Min replicas:\t${textAt(autoscaler, 'spec.minReplicas', '<unset>')}`,
    `Max replicas:\t${textAt(autoscaler, 'spec.maxReplicas')}`,
    `${textAt(autoscaler, 'spec.scaleTargetRef.kind')} pods:\t${textAt(autoscaler, 'status.currentReplicas', '0')} current / ${textAt(autoscaler, 'status.desiredReplicas', '0')} desired`,
  ];
}
