// What several kinds tell alike in describe: labels, events, times. Cells are separated by tabs.
import type { View } from '#engine';
import { type Condition, type KubeEvent, type KubeObject, parseTime } from '#kube';
import { labelLines } from '../pod-parts.ts';
import { ageText, sourceOf } from '../tables.ts';

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
  ...labelLines('', 'Annotations', metadata.annotations, ': '),
];

/** `[kubernetes.io/pvc-protection]` */
export const finalizersLine = ({ metadata }: KubeObject): string =>
  `Finalizers:\t[${(metadata.finalizers ?? []).join(' ')}]`;

/** `Terminating (lasts 5s)` while an object is on its way out, else the phase. */
export const phaseText = ({ metadata }: KubeObject, phase: string, nowMs: number): string =>
  metadata.deletionTimestamp === undefined
    ? phase
    : `Terminating (lasts ${ageText(metadata.deletionTimestamp, nowMs)})`;

/** The events about an object as a table at the end. */
export function eventLines(object: KubeObject, { view, nowMs }: Scene): string[] {
  const events = [...view.eventsAbout(object.metadata.uid)].sort((a, b) => (lastMs(a) ?? 0) - (lastMs(b) ?? 0));
  if (events.length === 0) return [`Events:\t${NONE}`];
  return [
    'Events:',
    '  Type\tReason\tAge\tFrom\tMessage',
    '  ----\t------\t----\t----\t-------',
    ...events.map(
      (event) =>
        `  ${event.type}\t${event.reason}\t${intervalText(event, nowMs)}\t${sourceOf(event).split(', ')[0]}\t${event.message.trim()}`,
    ),
  ];
}

const lastMs = (event: KubeEvent): number | undefined => parseTime(event.lastTimestamp);

/** `5s`, or `5s (x3 over 1m)` for what was seen more than once. */
function intervalText(event: KubeEvent, nowMs: number): string {
  const first = ageText(event.eventTime ?? event.firstTimestamp, nowMs);
  const times = event.count ?? 1;
  return times > 1 ? `${ageText(event.lastTimestamp ?? event.eventTime, nowMs)} (x${times} over ${first})` : first;
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
