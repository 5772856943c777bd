// kubectl events: the events of a namespace in the order of their time.
import { type KubeEvent, kindByWord, parseTime } from '#kube';
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';
import { alignColumns, oneLine } from '../print/columns.ts';
import { ageText, lastSeenOf } from '../print/tables.ts';
import type { Verb } from './verb.ts';

export const events: Verb = {
  name: 'events',
  flags: {
    'all-namespaces': { type: 'bool', short: 'A' },
    for: { type: 'string' },
    types: { type: 'strings' },
    'no-headers': { type: 'bool' },
    watch: { type: 'bool', short: 'w' },
  },
  run(call) {
    const isAll = call.flags.isOn('all-namespaces');
    const found = [...call.turn.view.list('Event', isAll ? undefined : call.namespace)]
      .filter((event) => isAsked(call, event))
      .sort((a, b) => (parseTime(lastSeenOf(a)) ?? 0) - (parseTime(lastSeenOf(b)) ?? 0));
    if (found.length === 0) {
      call.warn(isAll ? 'No events found.' : `No events found in ${call.namespace} namespace.`);
      return;
    }
    const nowMs = parseTime(call.turn.now) ?? 0;
    const rows = found.map((event) => [
      ...(isAll ? [event.metadata.namespace ?? ''] : []),
      intervalText(event, nowMs),
      event.type,
      event.reason,
      `${event.involvedObject.kind}/${event.involvedObject.name}`,
      oneLine(event.message.trim()),
    ]);
    const header = [...(isAll ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
    call.write(alignColumns(call.flags.isOn('no-headers') ? rows : [header, ...rows]));
  },
};

/** `5s`, or `5s (x3 over 1m)`. */
function intervalText(event: KubeEvent, nowMs: number): string {
  const last = ageText(lastSeenOf(event), nowMs);
  const times = event.count ?? 1;
  return times > 1 ? `${last} (x${times} over ${ageText(event.firstTimestamp ?? event.eventTime, nowMs)})` : last;
}

function isAsked(call: Call, event: KubeEvent): boolean {
  const types = call.flags.list('types');
  if (types.length > 0 && !types.includes(event.type)) return false;
  const about = call.flags.text('for');
  if (about === undefined) return true;
  const [word = '', name = ''] = about.split('/');
  const info = kindByWord(word);
  if (!info || name === '') throw new CommandError('--for must be in resource/name form');
  return event.involvedObject.kind === info.kind && event.involvedObject.name === name;
}
