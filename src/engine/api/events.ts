// Events: named after what they say, so that an equal one is found without a search and counted.
// k8s: client-go tools/record and tools/events
import { formatMicroTime, type KubeEvent, type KubeObject, keyOf, type ObjectReference } from '#kube';
import type { EventDraft } from '../kernel/actor.ts';
import type { Transaction } from '../kernel/turn.ts';

/** Components that write events.k8s.io events: with eventTime and series instead of first and last timestamps. */
const NEW_STYLE = new Set(['default-scheduler']);

/** Sixteen hexadecimal digits from a text (two FNV-1a of 32 bits with different starts). */
function hashName(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 15);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}

/**
 * Records an event about an object; an equal one is counted instead (API-10).
 * @param about the object that the event is about
 * @param event what happened; `source` says who tells
 */
export function recordEvent(tx: Transaction, about: KubeObject, event: EventDraft): void {
  const source = event.source ?? '';
  const namespace = about.metadata.namespace ?? 'default';
  const said = [
    source,
    event.host ?? '',
    about.kind,
    about.metadata.uid,
    event.fieldPath ?? '',
    event.type,
    event.reason,
    event.message,
  ];
  const name = `${about.metadata.name}.${hashName(said.join('\n'))}`;
  const key = keyOf('Event', namespace, name);
  const known = tx.view.find(key) as KubeEvent | undefined;
  const isNewStyle = NEW_STYLE.has(source);
  if (known) {
    const count = (known.count ?? known.series?.count ?? 1) + 1;
    tx.put(key, {
      ...known,
      metadata: { ...known.metadata, resourceVersion: tx.nextResourceVersion() },
      ...(isNewStyle
        ? { series: { count, lastObservedTime: formatMicroTime(tx.world.config.epochMs + tx.nowMs) } }
        : { count, lastTimestamp: tx.now }),
    } as KubeEvent);
    return;
  }
  const created: KubeEvent = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name,
      namespace,
      uid: tx.newUid(),
      resourceVersion: tx.nextResourceVersion(),
      creationTimestamp: tx.now,
    },
    involvedObject: referenceTo(about, event.fieldPath),
    type: event.type,
    reason: event.reason,
    message: event.message,
    ...(isNewStyle
      ? {
          action: event.reason === 'FailedScheduling' ? 'Scheduling' : 'Binding',
          source: {},
          firstTimestamp: null,
          lastTimestamp: null,
          eventTime: formatMicroTime(tx.world.config.epochMs + tx.nowMs),
        }
      : {
          count: 1,
          source: { component: source, ...(event.host !== undefined && { host: event.host }) },
          firstTimestamp: tx.now,
          lastTimestamp: tx.now,
          eventTime: null,
        }),
    reportingComponent: source,
    reportingInstance: event.host ?? '',
  };
  tx.put(key, created);
}

const referenceTo = (object: KubeObject, fieldPath: string | undefined): ObjectReference => ({
  apiVersion: object.apiVersion,
  kind: object.kind,
  ...(object.metadata.namespace !== undefined && { namespace: object.metadata.namespace }),
  name: object.metadata.name,
  uid: object.metadata.uid,
  resourceVersion: object.metadata.resourceVersion,
  ...(fieldPath !== undefined && { fieldPath }),
});
