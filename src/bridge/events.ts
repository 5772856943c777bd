// Events up to the moment shown, as kubectl lists them: of one object, of one with all that depends on it, or of all.
import { type Tick, type View, viewOf } from '#engine';
import {
  type KubeEvent,
  keyOf,
  ordinalOf,
  type PersistentVolumeClaim,
  parentNameOf,
  parseTime,
  partsOfKey,
  podNameOf,
  podNameOfClaim,
} from '#kube';
import { partsOfSlotId } from '#scene';
import type { Inspection } from './protocol.ts';
import type { Play } from './session.ts';

/** Most events that one answer holds. */
const EVENTS_MAX = 1_000;

/** Owners of owners of owners: deeper than a Deployment's pods nothing is followed. */
const DEPTH_MAX = 3;

type Row = Inspection['events'][number];

/** The id of the object that an event is about. */
const aboutOf = ({ involvedObject: { kind = '', namespace, name = '' } }: KubeEvent): string =>
  keyOf(kind, namespace, name);

const secondOf = (play: Play, event: KubeEvent): number =>
  (parseTime(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp) ?? play.epochMs) -
  play.epochMs;

/**
 * The moments of the ticks that wrote events last, so that one can go there; an event tells its time to the second only.
 * O(ticks back to the oldest of them).
 */
function writtenMs(play: Play, events: readonly KubeEvent[]): ReadonlyMap<string, number> {
  const wanted = new Set(events.map(({ metadata }) => keyOf('Event', metadata.namespace, metadata.name)));
  const found = new Map<string, number>();
  const { ticks } = play.player.current.history;
  for (let i = play.player.cursor.tick - 1; i >= 0 && found.size < wanted.size; i -= 1) {
    const { objects, atMs } = ticks[i] as Tick;
    for (const { key } of objects)
      if (key.startsWith('Event/') && wanted.has(key) && !found.has(key)) found.set(key, atMs);
  }
  return found;
}

/** Ids of everything that an object owns, itself included. */
function familyOf(view: View, id: string): Set<string> {
  const family = new Set([id]);
  let generation = [id];
  for (let depth = 0; depth < DEPTH_MAX; depth += 1) {
    generation = generation.flatMap((one) => {
      const uid = view.find(one)?.metadata.uid;
      return uid === undefined
        ? []
        : view.ownedBy(uid).map(({ kind, metadata }) => keyOf(kind, metadata.namespace, metadata.name));
    });
    for (const one of generation) family.add(one);
  }
  return family;
}

/** Whether events about an object of that id belong to the family; pods and claims of a set are known by their names. */
function newFilter(view: View, id: string): (about: string) => boolean {
  const slot = partsOfSlotId(id);
  const { kind, namespace, name } = partsOfKey(id);
  if (slot) {
    const pod = podNameOf(slot.setName, slot.ordinal);
    return (about) => {
      const other = partsOfKey(about);
      if (other.namespace !== slot.namespace) return false;
      if (other.kind === 'Pod') return other.name === pod;
      return other.kind === 'PersistentVolumeClaim' && podNameOfClaim(slot.setName, other.name) === pod;
    };
  }
  const family = familyOf(view, id);
  if (kind === 'PersistentVolumeClaim') {
    const { volumeName } = (view.find(id) as PersistentVolumeClaim | undefined)?.spec ?? {};
    if (volumeName) family.add(keyOf('PersistentVolume', '', volumeName));
  }
  if (kind !== 'StatefulSet') return (about) => family.has(about);
  return (about) => {
    if (family.has(about)) return true;
    const other = partsOfKey(about);
    if (other.namespace !== namespace) return false;
    if (other.kind === 'Pod') return parentNameOf(other.name) === name;
    const pod = other.kind === 'PersistentVolumeClaim' ? podNameOfClaim(name, other.name) : undefined;
    return pod !== undefined && ordinalOf(pod) >= 0;
  };
}

function eventsOf(view: View, about: string | undefined, withDependents: boolean): readonly KubeEvent[] {
  if (about === undefined) return view.list('Event');
  if (!withDependents) {
    const object = view.find(about);
    return object ? view.eventsAbout(object.metadata.uid) : [];
  }
  const isOf = newFilter(view, about);
  return view.list('Event').filter((event) => isOf(aboutOf(event)));
}

/**
 * Events up to the moment shown, oldest first.
 * @param about a fact id; undefined: all events
 * @param withDependents also those of what depends on it, and of earlier objects of these names
 */
export function eventsUpTo(play: Play, about: string | undefined, withDependents = false): Inspection['events'] {
  const view = viewOf(play.player.cursor.moment.store);
  const events = eventsOf(view, about, withDependents)
    .map((event) => ({ event, secondMs: secondOf(play, event) }))
    .sort((a, b) => a.secondMs - b.secondMs)
    .slice(-EVENTS_MAX);
  const exact = writtenMs(
    play,
    events.map(({ event }) => event),
  );
  return events
    .map(
      ({ event, secondMs }): Row => ({
        atMs: exact.get(keyOf('Event', event.metadata.namespace, event.metadata.name)) ?? secondMs,
        type: event.type,
        reason: event.reason,
        message: event.message,
        count: event.series?.count ?? event.count ?? 1,
        source: event.source.component ?? event.reportingComponent ?? '',
        about: aboutOf(event),
      }),
    )
    .sort((a, b) => a.atMs - b.atMs);
}
