// What several kinds tell alike in describe: labels, events, times. Cells are separated by tabs.
import type { View } from '#engine';
import { type Condition, type KubeEvent, type KubeObject, parseTime } from '#kube';
import { annotationLines, labelLines } from '../label-lines.ts';
import { ageText } from '../table-parts.ts';

/** What a describer may look at. */
export interface Scene {
  readonly view: View;
  readonly nowMs: number;
}

export const NONE = '<none>';

/** Name and namespace, as most kinds begin. */
export const nameLines = ({ metadata }: KubeObject): string[] => [
  `Name:\t${metadata.name}`,
  ...(metadata.namespace === undefined ? [] : [`Namespace:\t${metadata.namespace}`]),
];

/** Labels and annotations of an object. */
export const metadataLines = ({ metadata }: KubeObject): string[] => [
  ...labelLines('', 'Labels', metadata.labels),
  ...annotationLines('Annotations', metadata.annotations),
];

/** `[kubernetes.io/pvc-protection]` */
export const finalizersLine = ({ metadata }: KubeObject): string =>
  `Finalizers:\t[${(metadata.finalizers ?? []).join(' ')}]`;

/** `Terminating (lasts 5s)` while an object is on its way out, else the phase. */
export const phaseText = ({ metadata }: KubeObject, phase: string, nowMs: number): string =>
  metadata.deletionTimestamp === undefined
    ? phase
    : `Terminating (lasts ${ageText(metadata.deletionTimestamp, nowMs)})`;

/** The events about an object as a table at the end. k8s: DescribeEvents */
export function eventLines(object: KubeObject, { view, nowMs }: Scene): string[] {
  const events = [...view.eventsAbout(object.metadata.uid)].sort((a, b) => (lastMs(a) ?? 0) - (lastMs(b) ?? 0));
  if (events.length === 0) return [`Events:\t${NONE}`];
  return [
    'Events:',
    '  Type\tReason\tAge\tFrom\tMessage',
    '  ----\t------\t----\t----\t-------',
    ...events.map((event) => {
      const from = event.source.component || event.reportingComponent || '';
      const { fieldPath } = event.involvedObject;
      const message = `${fieldPath ? `${fieldPath}: ` : ''}${event.message.trim()}`;
      return `  ${event.type}\t${event.reason}\t${intervalText(event, nowMs)}\t${from}\t${message}`;
    }),
  ];
}

const lastMs = (event: KubeEvent): number | undefined => parseTime(event.lastTimestamp);

/** `5s`, or `5s (x3 over 1m)` for what was seen more than once. */
function intervalText(
  { eventTime, firstTimestamp, lastTimestamp, count = 1, series }: KubeEvent,
  nowMs: number,
): string {
  const first = ageText(eventTime ?? firstTimestamp, nowMs);
  if (series) return `${ageText(series.lastObservedTime, nowMs)} (x${series.count} over ${first})`;
  return count > 1 ? `${ageText(lastTimestamp, nowMs)} (x${count} over ${first})` : first;
}

/** Conditions with status and reason, as claims and Deployments show them. */
export function conditionLines(conditions: readonly Condition[] | undefined): string[] {
  if (!conditions?.length) return [];
  return [
    'Conditions:',
    '  Type\tStatus\tReason',
    '  ----\t------\t------',
    ...conditions.map(({ type, status, reason }) => `  ${type} \t${status}\t${reason ?? ''}`),
  ];
}
