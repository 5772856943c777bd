// Everything that the cluster's DNS would answer at the moment shown, Service by Service, and one question to it.
import {
  type DnsAnswer,
  type DnsRecord,
  podRecord,
  type RecordType,
  recordsOfService,
  resolve,
  searchDomainsOf,
  serviceDomain,
  type View,
  viewOf,
} from '#engine';
import { keyOf, type Pod, partsOfKey, type Service, type StatefulSet } from '#kube';
import { asSentence, ruleOf, sentenceOf } from '#scene';
import type { DnsLookUp, DnsRow, DnsService, DnsSilence, DnsTable } from './protocol.ts';
import type { Play } from './session.ts';

/** Most records, and most names without an answer, that one answer holds. */
const ROWS_MAX = 2_000;
const SILENT_MAX = 200;

/** Most records of the answer to one question. */
const ANSWERS_MAX = 200;

const viewAt = (play: Play): View => viewOf(play.player.cursor.moment.store);

/** The pods that own the addresses of a Service's records, by address. */
function podsByAddress(view: View, { metadata }: Service): ReadonlyMap<string, string> {
  const { namespace = '', name } = metadata;
  const found = new Map<string, string>();
  for (const slice of view.list('EndpointSlice', namespace)) {
    if (slice.metadata.labels?.['kubernetes.io/service-name'] !== name) continue;
    for (const { addresses, targetRef } of slice.endpoints)
      if (targetRef?.kind === 'Pod' && targetRef.name !== undefined)
        for (const address of addresses) found.set(address, keyOf('Pod', namespace, targetRef.name));
  }
  return found;
}

/** The pod or Service that a name of the cluster's domain belongs to: `web-0.nginx.default.svc.cluster.local`. */
function ownerOfName(view: View, name: string): string {
  const parts = name.split('.svc.')[0]?.split('.') ?? [];
  const [namespace = '', service = '', host] = parts.toReversed();
  const pod = keyOf('Pod', namespace, host ?? '');
  return parts.length === 3 && view.find(pod) ? pod : keyOf('Service', namespace, service);
}

/** The pod or Service behind a record. */
function ownerOf(view: View, { name, type, data }: DnsRecord, pods: ReadonlyMap<string, string>): string {
  if (type === 'A') return pods.get(data) ?? ownerOfName(view, name);
  return ownerOfName(view, type === 'CNAME' ? name : (data.split(' ').at(-1) ?? ''));
}

/** Pods of the sets that a Service governs whose names are not answered, with the reason. O(pods of those sets). */
function silentOf(view: View, sets: readonly StatefulSet[]): { readonly rows: DnsSilence[]; readonly total: number } {
  const rows: DnsSilence[] = [];
  let total = 0;
  for (const set of sets)
    for (const object of view.ownedBy(set.metadata.uid)) {
      if (object.kind !== 'Pod') continue;
      const pod = object as Pod;
      const record = podRecord(view, pod);
      if (record.addresses.length > 0) continue;
      total += 1;
      if (rows.length >= SILENT_MAX) continue;
      rows.push({
        name: record.fullName ?? pod.metadata.name,
        about: keyOf('Pod', pod.metadata.namespace, pod.metadata.name),
        sentence: asSentence(sentenceOf(record.reason), Object.values(record.reason.args ?? {})),
        rule: ruleOf(record.reason.rule),
      });
    }
  return { rows, total };
}

/** All records of the cluster's domain at the moment shown, and the names that a set's pods do not have. */
export function dnsTable(play: Play): DnsTable {
  const view = viewAt(play);
  const services: DnsService[] = [];
  let left = ROWS_MAX;
  let total = 0;
  const setsOf = (namespace: string, name: string): readonly StatefulSet[] =>
    view.list('StatefulSet', namespace).filter(({ spec }) => spec.serviceName === name);
  const add = (namespace: string, name: string, service: Service | undefined): void => {
    const id = keyOf('Service', namespace, name);
    const records = service ? recordsOfService(view, service) : [];
    const pods = service ? podsByAddress(view, service) : new Map<string, string>();
    const shown: DnsRow[] = records
      .slice(0, Math.max(0, left))
      .map((record) => ({ ...record, about: ownerOf(view, record, pods) }));
    left -= shown.length;
    total += records.length;
    const silent = silentOf(view, setsOf(namespace, name));
    const answer = resolve(view, { name: `${serviceDomain(namespace, name)}.` });
    services.push({
      id,
      name,
      namespace,
      domain: serviceDomain(namespace, name),
      isThere: service !== undefined,
      isHeadless: service?.spec.clusterIP === 'None',
      sentence: asSentence(answer.sentence, [name]),
      rule: ruleOf(answer.reason.rule),
      records: shown,
      total: records.length,
      silent: silent.rows,
      silentTotal: silent.total,
    });
  };
  for (const service of view.list('Service')) add(service.metadata.namespace ?? '', service.metadata.name, service);
  // Services that sets name and nobody has created.
  const missing = new Map<string, readonly [namespace: string, name: string]>();
  for (const { metadata, spec } of view.list('StatefulSet')) {
    const { namespace = '' } = metadata;
    if (spec.serviceName && !view.get('Service', namespace, spec.serviceName))
      missing.set(keyOf('Service', namespace, spec.serviceName), [namespace, spec.serviceName]);
  }
  for (const [namespace, name] of missing.values()) add(namespace, name, undefined);
  return { services, total, isCut: total > ROWS_MAX };
}

const TYPES: readonly RecordType[] = ['A', 'SRV', 'PTR', 'CNAME'];

/** What a name is answered with when another type of record is asked for; the first type that it has. */
function otherAnswer(ask: (type: RecordType) => DnsAnswer, asked: RecordType): DnsAnswer | undefined {
  for (const type of TYPES) {
    const answer = type === asked ? undefined : ask(type);
    if (answer?.answers.some((record) => record.type === type)) return answer;
  }
  return undefined;
}

/**
 * Asks the DNS as a pod would.
 * @param from the id of the pod that asks; its namespace decides the search path
 */
export function lookUp(play: Play, name: string, type: RecordType | undefined, from: string | undefined): DnsLookUp {
  const view = viewAt(play);
  const namespace = from === undefined ? 'default' : partsOfKey(from).namespace || 'default';
  const question = name.trim();
  const ask = (asked: RecordType | undefined): DnsAnswer =>
    resolve(view, { name: question, from: { namespace }, ...(asked && { type: asked }) });
  const asked = ask(type);
  const { answers, searchTried } = asked;
  // A name that is there and has nothing of the type is no error.
  const other = answers.length > 0 ? undefined : otherAnswer(ask, type ?? 'A');
  const { reason } = other ?? asked;
  const problem = from === undefined ? undefined : problemOf(view, from);
  const service = reason.about?.startsWith('Service/') ? (view.find(reason.about) as Service | undefined) : undefined;
  const pods = service ? podsByAddress(view, service) : new Map<string, string>();
  return {
    name: question,
    type: answers[0]?.type ?? type ?? 'A',
    rcode: other ? 'NOERROR' : asked.rcode,
    total: answers.length,
    answers: answers.slice(0, ANSWERS_MAX).map((record) => ({ ...record, about: ownerOf(view, record, pods) })),
    sentence: other
      ? `${question} is there, and has no ${type ?? 'A'} record: it has ${other.answers[0]?.type}.`
      : asSentence(asked.sentence, Object.values(reason.args ?? {})),
    rule: ruleOf(reason.rule),
    searchDomains: searchDomainsOf(namespace),
    searchTried: searchTried.map((tried, index) => ({
      name: tried,
      isAnswered: answers.length > 0 && index === searchTried.length - 1,
    })),
    ...(from !== undefined && { from }),
    ...(problem !== undefined && { problem }),
    ...(reason.about !== undefined && { about: reason.about }),
  };
}

/** Why nobody in a pod could ask just now. */
function problemOf(view: View, from: string): string | undefined {
  const pod = view.find(from) as Pod | undefined;
  const { name } = partsOfKey(from);
  if (pod?.kind !== 'Pod')
    return `There is no pod ${name} at this moment; the question is asked as from its namespace.`;
  const isRunning = pod.status.containerStatuses?.some(({ state }) => state.running !== undefined) === true;
  return isRunning ? undefined : `No container of ${name} runs at this moment; this is what it would be told.`;
}
