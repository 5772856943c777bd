// kubectl events: the events of a namespace in the order of their time, and with -w those that come. k8s: kubectl cmd/events
import type { View } from '#engine';
import { type KindInfo, type KubeEvent, type KubeObject, kindByWord, parseTime } from '#kube';
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';
import { kindOfWord, listObjects } from '../objects.ts';
import { alignColumns, escapeTerminal, newColumns } from '../print/columns.ts';
import { OUTPUT_FLAGS, type Printer, printerOf } from '../print/printer.ts';
import { ageText } from '../print/table-parts.ts';
import type { Verb } from './verb.ts';

export const events: Verb = {
  name: 'events',
  flags: {
    ...OUTPUT_FLAGS,
    'all-namespaces': { type: 'bool', short: 'A' },
    'chunk-size': { type: 'int' },
    for: { type: 'string' },
    types: { type: 'strings' },
    'no-headers': { type: 'bool' },
    watch: { type: 'bool', short: 'w' },
  },
  run(call) {
    const { flags } = call;
    const isAsked = filterOf(call);
    const printer = printerOf(call);
    const isAll = flags.isOn('all-namespaces');
    const info = kindByWord('events') as KindInfo;
    const find = (view: View): readonly KubeEvent[] =>
      (listObjects(view, info, isAll ? undefined : call.namespace) as readonly KubeEvent[]).filter(isAsked);
    if (flags.isOn('watch')) {
      watch(call, find, printer);
      return;
    }
    const found = find(call.turn.view).toSorted((a, b) => timeMs(a) - timeMs(b));
    if (found.length === 0) call.warn(isAll ? 'No events found.' : `No events found in ${call.namespace} namespace.`);
    else if (printer) printer.print({ apiVersion: 'v1', items: found, kind: 'EventList', metadata: {} });
    else call.write(alignColumns([...headerRows(call), ...found.map((event) => rowOf(call, event, call.turn.now))]));
  },
};

/** When an event is sorted to. */
const timeMs = ({ series, lastTimestamp, eventTime }: KubeEvent): number =>
  parseTime(series?.lastObservedTime ?? lastTimestamp ?? eventTime) ?? 0;

const headerRows = ({ flags }: Call): readonly (readonly string[])[] =>
  flags.isOn('no-headers')
    ? []
    : [[...(flags.isOn('all-namespaces') ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']];

const rowOf = ({ flags }: Call, event: KubeEvent, now: string): readonly string[] => [
  ...(flags.isOn('all-namespaces') ? [event.metadata.namespace ?? ''] : []),
  intervalText(event, parseTime(now) ?? 0),
  ...[event.type, event.reason, `${event.involvedObject.kind}/${event.involvedObject.name}`, event.message.trim()].map(
    escapeTerminal,
  ),
];

/** `5s`, or `5s (x3 over 1m)`. */
function intervalText(
  { eventTime, firstTimestamp, lastTimestamp, count = 1, series }: KubeEvent,
  nowMs: number,
): string {
  const first = ageText(eventTime ?? firstTimestamp, nowMs);
  if (series) return `${ageText(series.lastObservedTime, nowMs)} (x${series.count} over ${first})`;
  return count > 1 ? `${ageText(lastTimestamp, nowMs)} (x${count} over ${first})` : first;
}

/** What there is comes first, one after the other; then what is new or has changed. */
function watch(call: Call, find: (view: View) => readonly KubeEvent[], printer: Printer | undefined): void {
  const columns = newColumns();
  let seen = new Map<string, KubeObject>();
  let isFirst = true;
  let text = '';
  const write = (piece: string): void => {
    text += piece;
  };
  const sink = printer && printerOf({ ...call, write, print: (line) => write(`${line}\n`) });
  const look = (view: View, now: string): string => {
    text = '';
    const found = find(view);
    const fresh = found.filter((event) => seen.get(event.metadata.uid) !== event);
    for (const event of fresh) {
      if (sink) sink.print(event);
      else write(columns.add([...(isFirst ? headerRows(call) : []), rowOf(call, event, now)]));
      isFirst = false;
    }
    seen = new Map(found.map((event) => [event.metadata.uid, event]));
    return text;
  };
  call.write(look(call.turn.view, call.turn.now));
  call.follow((turn) => ({ out: look(turn.view, turn.now), err: '', isDone: false }));
}

/**
 * Which events `--for` and `--types` let through.
 * @throws CommandError for values that mean nothing
 */
function filterOf({ flags }: Call): (event: KubeEvent) => boolean {
  const types = flags.list('types').map((type) => type.toLowerCase());
  const about = flags.text('for') ?? '';
  const [word = '', name = '', ...more] = about.split('/');
  if (about !== '' && (word === '' || name === '' || more.length > 0))
    throw new CommandError('--for must be in resource/name form');
  const info = about === '' ? undefined : kindOfWord(word);
  if (types.some((type) => type !== 'normal' && type !== 'warning'))
    throw new CommandError('valid --types are Normal or Warning');
  return ({ type, involvedObject }) =>
    (types.length === 0 || types.includes(type.toLowerCase())) &&
    (!info || (involvedObject.kind === info.kind && involvedObject.name === name));
}
