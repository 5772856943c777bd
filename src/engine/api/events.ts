// Events: named after what they say, so that an equal one is found without a search and counted. Their authors' clients
// combine similar ones and hold back floods, so an object has a few dozen at most.
// k8s: client-go tools/record (events_cache.go) and tools/events
import {
  formatMicroTime,
  type KubeEvent,
  type KubeObject,
  keyOf,
  type ObjectKey,
  type ObjectReference,
  parseTime,
} from '#kube';
import type { EventDraft } from '../kernel/actor.ts';
import { indexName } from '../kernel/store.ts';
import type { Transaction } from '../kernel/turn.ts';

/** Components that write events.k8s.io events: with eventTime and series instead of counts, and nothing held back. */
const NEW_STYLE = new Set(['default-scheduler']);

/** From this many different messages of one reason on, an author combines them. k8s: defaultAggregateMaxEvents */
const SIMILAR_MAX = 10;
const SIMILAR_MS = 600_000;
const COMBINED = '(combined from similar events): ';

/** How many events an author sends about one object at once, and how often one more. k8s: EventSourceObjectSpamFilter */
const BURST = 25;
const REFILL_MS = 300_000;

/** One event as its author has it ready. */
interface Said {
  readonly about: KubeObject;
  readonly event: EventDraft;
  readonly source: string;
  readonly message: string;
}

/** Sixteen hexadecimal digits from a text (two hashes of 32 bits). */
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

/** The key of an event that says the same. `message` is left out of the key of combined events. */
function keyOfSaid({ about, event, source }: Said, message: string): ObjectKey {
  const same = [
    source,
    event.host ?? '',
    about.kind,
    about.metadata.uid,
    event.fieldPath ?? '',
    event.type,
    event.reason,
  ];
  const name = `${about.metadata.name}.${hashName(`${same.join('\n')}\n${message}`)}`;
  return keyOf('Event', about.metadata.namespace ?? 'default', name);
}

const nowMsOf = (tx: Transaction): number => tx.world.config.epochMs + tx.nowMs;

/** Events about an object by one author; the whole list is short, because authors hold back. */
const eventsBy = (tx: Transaction, { about, event, source }: Said): readonly KubeEvent[] =>
  tx.view
    .eventsAbout(about.metadata.uid)
    .filter((known) => known.source.component === source && known.source.host === event.host);

/** Whether the author has this many different things of one reason to say by now. k8s: EventAggregator.EventAggregate */
function isCombined(tx: Transaction, said: Said): boolean {
  const { type, reason, message } = said.event;
  const similar = new Set<string>();
  for (const known of eventsBy(tx, said)) {
    if (known.type !== type || known.reason !== reason || known.message === message) continue;
    if (nowMsOf(tx) - (parseTime(known.lastTimestamp) ?? 0) <= SIMILAR_MS) similar.add(known.message);
  }
  return similar.size >= SIMILAR_MAX - 1;
}

/** Whether the author may send one more about this object. k8s: EventSourceObjectSpamFilter.Filter */
function isHeldBack(tx: Transaction, said: Said): boolean {
  const { about, source, event } = said;
  const memory = `event-budget/${source}/${event.host ?? ''}/${about.metadata.uid}/${event.type}`;
  const known = tx.world.memory.get(memory) as readonly [tokens: number, sinceMs: number] | undefined;
  const before = known ?? budgetSoFar(tx, said);
  if (before === undefined) return false;
  const [tokens, sinceMs] = before;
  const filled = Math.min(BURST, tokens + (tx.nowMs - sinceMs) / REFILL_MS);
  if (filled < 1) return true;
  tx.remember(memory, [filled - 1, tx.nowMs]);
  return false;
}

/** The budget of an author that was not counted yet: it is counted once enough was said to run it down. */
function budgetSoFar(tx: Transaction, said: Said): readonly [tokens: number, sinceMs: number] | undefined {
  let sent = 0;
  let firstMs = tx.nowMs;
  for (const known of eventsBy(tx, said)) {
    if (known.type !== said.event.type) continue;
    sent += known.count ?? 1;
    firstMs = Math.min(firstMs, (parseTime(known.firstTimestamp) ?? nowMsOf(tx)) - tx.world.config.epochMs);
  }
  if (sent < BURST - 1) return undefined;
  return [Math.min(BURST, BURST - sent + (tx.nowMs - firstMs) / REFILL_MS), tx.nowMs];
}

/**
 * Records an event about an object; an equal one is counted instead (API-10).
 * @param about the object that the event is about
 * @param event what happened; `source` says who tells
 */
export function recordEvent(tx: Transaction, about: KubeObject, event: EventDraft): void {
  const source = event.source ?? '';
  const said: Said = { about, event, source, message: event.message };
  const isNewStyle = NEW_STYLE.has(source);
  const soFar = tx.world.store.indexes.get(indexName.about(about.metadata.uid))?.size ?? 0;
  const key = keyOfSaid(said, event.message);
  const known = tx.view.find(key) as KubeEvent | undefined;
  if (isNewStyle) {
    tx.put(key, known ? repeated(tx, known) : newEvent(tx, said, key, newStyle(tx, said)));
    return;
  }
  if (!known && soFar >= SIMILAR_MAX - 1 && isCombined(tx, said)) {
    combine(tx, said);
    return;
  }
  if (soFar > 0 && isHeldBack(tx, said)) return;
  tx.put(key, known ? counted(tx, known, known.message) : newEvent(tx, said, key, oldStyle(tx, said)));
}

/** One event stands for all similar ones, and says the last of them. */
function combine(tx: Transaction, said: Said): void {
  if (isHeldBack(tx, said)) return;
  const key = keyOfSaid(said, COMBINED);
  const message = COMBINED + said.event.message;
  const known = tx.view.find(key) as KubeEvent | undefined;
  tx.put(key, known ? counted(tx, known, message) : newEvent(tx, { ...said, message }, key, oldStyle(tx, said)));
}

const counted = (tx: Transaction, known: KubeEvent, message: string): KubeEvent => ({
  ...known,
  metadata: { ...known.metadata, resourceVersion: tx.nextResourceVersion() },
  message,
  count: (known.count ?? 1) + 1,
  lastTimestamp: tx.now,
});

const repeated = (tx: Transaction, known: KubeEvent): KubeEvent => ({
  ...known,
  metadata: { ...known.metadata, resourceVersion: tx.nextResourceVersion() },
  series: { count: (known.series?.count ?? 1) + 1, lastObservedTime: formatMicroTime(nowMsOf(tx)) },
});

type Stamp = Pick<KubeEvent, 'source' | 'firstTimestamp' | 'lastTimestamp' | 'eventTime' | 'count' | 'action'>;

const oldStyle = (tx: Transaction, { event, source }: Said): Stamp => ({
  count: 1,
  eventTime: null,
  firstTimestamp: tx.now,
  lastTimestamp: tx.now,
  source: { component: source, ...(event.host !== undefined && { host: event.host }) },
});

const newStyle = (tx: Transaction, { event }: Said): Stamp => ({
  action: event.reason === 'FailedScheduling' ? 'Scheduling' : event.reason === 'Preempted' ? 'Preempting' : 'Binding',
  eventTime: formatMicroTime(nowMsOf(tx)),
  firstTimestamp: null,
  lastTimestamp: null,
  source: {},
});

function newEvent(tx: Transaction, said: Said, key: ObjectKey, stamp: Stamp): KubeEvent {
  const { about, event, source, message } = said;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: key.slice(key.lastIndexOf('/') + 1),
      namespace: about.metadata.namespace ?? 'default',
      uid: tx.newUid(),
      resourceVersion: tx.nextResourceVersion(),
      creationTimestamp: tx.now,
    },
    involvedObject: referenceTo(about, event.fieldPath),
    type: event.type,
    reason: event.reason,
    message,
    ...stamp,
    reportingComponent: source,
    reportingInstance: event.host ?? '',
  };
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
