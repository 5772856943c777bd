// Everything about one object at the moment shown: its YAML, conditions, events, owners, and what the last tick that
// touched it changed.
import { type Tick, viewOf } from '#engine';
import { controllerOf, type KubeEvent, type KubeObject, keyOf, parseTime } from '#kube';
import { toYaml } from '#kubectl';
import type { Inspection } from './protocol.ts';
import type { Play } from './session.ts';

/** Most events that one answer holds. */
const EVENTS_MAX = 1_000;

/** Most lines of difference that one answer holds. */
const CHANGES_MAX = 60;

const timeOf = (play: Play, event: KubeEvent): number =>
  (parseTime(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp) ?? play.epochMs) -
  play.epochMs;

const eventRow = (play: Play, event: KubeEvent): Inspection['events'][number] => ({
  atMs: timeOf(play, event),
  type: event.type,
  reason: event.reason,
  message: event.message,
  count: event.count ?? 1,
  source: event.source.component ?? event.reportingComponent ?? '',
});

/** Events up to the moment shown, oldest first; of one object, or of all. */
export function eventsUpTo(play: Play, about: string | undefined): Inspection['events'] {
  const view = viewOf(play.player.cursor.moment.store);
  const object = about === undefined ? undefined : view.find(about);
  const events = about === undefined ? view.list('Event') : object ? view.eventsAbout(object.metadata.uid) : [];
  return events
    .map((event) => eventRow(play, event))
    .sort((a, b) => a.atMs - b.atMs)
    .slice(-EVENTS_MAX);
}

/** Owners of an object, nearest first. */
function ownersOf(play: Play, object: KubeObject): string[] {
  const { store } = play.player.cursor.moment;
  const owners: string[] = [];
  for (let at: KubeObject | undefined = object; at && owners.length < 10; ) {
    const owner = controllerOf(at);
    if (!owner) break;
    const key = keyOf(owner.kind, object.metadata.namespace, owner.name);
    owners.push(key);
    at = store.objects.get(key);
  }
  return owners;
}

type Line = Inspection['changed'][number];
const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200);
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The fields in which two values differ, as lines. */
function differences(before: unknown, after: unknown, path: string, lines: Line[]): void {
  if (lines.length >= CHANGES_MAX || before === after) return;
  if (before === undefined) lines.push({ mark: '+', path, after: text(after) });
  else if (after === undefined) lines.push({ mark: '-', path, before: text(before) });
  else if (isMap(before) && isMap(after) && Array.isArray(before) === Array.isArray(after))
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      differences(before[key], after[key], path === '' ? key : `${path}.${key}`, lines);
  else if (text(before) !== text(after)) lines.push({ mark: '~', path, before: text(before), after: text(after) });
}

/** What the last tick at or before the moment shown that touched an object changed in it. */
function lastChange(play: Play, key: string): readonly Line[] {
  const { ticks } = play.player.current.history;
  for (let i = play.player.cursor.tick - 1; i >= 0; i -= 1) {
    const change = (ticks[i] as Tick).objects.find((one) => one.key === key);
    if (!change) continue;
    const lines: Line[] = [];
    if (!change.before) return [{ mark: '+', path: 'created', after: change.after?.metadata.name ?? '' }];
    differences(change.before, change.after, '', lines);
    return lines.filter(({ path }) => path !== 'metadata.resourceVersion');
  }
  return [];
}

/** Everything about the object of a key at the moment shown; undefined where there is none. */
export function inspect(play: Play, id: string): Inspection | undefined {
  const object = play.player.cursor.moment.store.objects.get(id);
  if (!object) return undefined;
  const status =
    'status' in object ? (object.status as { conditions?: Inspection['conditions'] } | undefined) : undefined;
  return {
    id,
    yaml: toYaml(object),
    events: eventsUpTo(play, id),
    conditions: (status?.conditions ?? []).map(({ type, status: value, reason, message }) => ({
      type,
      status: value,
      ...(reason !== undefined && { reason }),
      ...(message !== undefined && { message }),
    })),
    labels: object.metadata.labels ?? {},
    owners: ownersOf(play, object),
    changed: lastChange(play, id),
  };
}
