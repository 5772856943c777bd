// Everything about one object at the moment shown: its YAML, conditions, events, owners, and what the last tick that
// touched it changed.
import type { Tick } from '#engine';
import { controllerOf, type KubeObject, keyOf, type Pod, parseTime } from '#kube';
import { toYaml } from '#kubectl';
import { eventsUpTo } from './events.ts';
import type { Inspection } from './protocol.ts';
import type { Play } from './session.ts';

/** Most lines of difference that one answer holds. */
const CHANGES_MAX = 60;

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

/** A list of conditions or containers by what its entries are called; any other list or map as it is. */
function byName(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!Array.isArray(value)) return value;
  const names = value.map((one: unknown) => (isMap(one) ? (one.type ?? one.name) : undefined));
  const isNamed = names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
  return Object.fromEntries(value.map((one: unknown, i) => [isNamed ? `[${names[i]}]` : `[${i}]`, one]));
}

/** What every change brings along, and the tick's own time tells. */
const SILENT = /(?:^metadata\.resourceVersion|\.lastTransitionTime)$/;

/** The fields in which two values differ, as lines. */
function differences(before: unknown, after: unknown, path: string, lines: Line[]): void {
  if (lines.length >= CHANGES_MAX || before === after) return;
  if (before === undefined) lines.push({ mark: '+', path, after: text(after) });
  else if (after === undefined) lines.push({ mark: '-', path, before: text(before) });
  else if (isMap(before) && isMap(after) && Array.isArray(before) === Array.isArray(after)) {
    const [old, fresh] = [byName(before), byName(after)];
    for (const key of new Set([...Object.keys(old), ...Object.keys(fresh)]))
      differences(old[key], fresh[key], path === '' ? key : `${path}${key.startsWith('[') ? '' : '.'}${key}`, lines);
  } else if (text(before) !== text(after)) lines.push({ mark: '~', path, before: text(before), after: text(after) });
}

/** What the last tick at or before the moment shown that touched an object changed in it. */
function lastChange(play: Play, key: string): Pick<Inspection, 'changed' | 'changedBy'> {
  const { ticks } = play.player.current.history;
  for (let i = play.player.cursor.tick - 1; i >= 0; i -= 1) {
    const { objects, atMs, actor } = ticks[i] as Tick;
    const change = objects.find((one) => one.key === key);
    if (!change) continue;
    const changedBy = { tick: i + 1, atMs, actor };
    if (!change.before)
      return { changed: [{ mark: '+', path: 'created', after: change.after?.metadata.name ?? '' }], changedBy };
    const lines: Line[] = [];
    differences(change.before, change.after, '', lines);
    return { changed: lines.filter(({ path }) => !SILENT.test(path)), changedBy };
  }
  return { changed: [] };
}

/** What the containers of a pod are doing, in the order of its spec; those that have no status yet wait. */
function containersOf(play: Play, object: KubeObject): Inspection['containers'] {
  if (object.kind !== 'Pod') return [];
  const { spec, status } = object as Pod;
  const known = new Map(
    [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].map((one) => [one.name, one]),
  );
  const momentOf = (time: string | undefined): number | undefined => {
    const atMs = parseTime(time);
    return atMs === undefined ? undefined : atMs - play.epochMs;
  };
  const read = (isInit: boolean) => (container: { readonly name: string; readonly image?: string | undefined }) => {
    const one = known.get(container.name);
    const { running, waiting, terminated } = one?.state ?? {};
    const reason = waiting?.reason ?? terminated?.reason;
    const sinceMs = momentOf(running?.startedAt ?? terminated?.finishedAt);
    return {
      name: container.name,
      image: container.image ?? '',
      isInit,
      isReady: one?.ready ?? false,
      restarts: one?.restartCount ?? 0,
      state: running ? 'Running' : terminated ? 'Terminated' : 'Waiting',
      ...(reason !== undefined && { reason }),
      ...(terminated && { exitCode: terminated.exitCode }),
      ...(sinceMs !== undefined && { sinceMs }),
    };
  };
  return [...(spec.initContainers ?? []).map(read(true)), ...spec.containers.map(read(false))];
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
    containers: containersOf(play, object),
    labels: object.metadata.labels ?? {},
    owners: ownersOf(play, object),
    ...lastChange(play, id),
  };
}
