// What a pod that asks the cluster's DNS gets, and why. k8s: CoreDNS kubernetes plugin, glibc resolver
import type { Reason, View } from '../kernel/index.ts';
import { whyNoEndpointName, whyNoPort, whyNoService, whyOutside } from './diagnose.ts';
import { type Meaning, meaningOf, namesTried, reverseName, TTL_SECONDS } from './names.ts';
import { type DnsRecord, isHeadless, type RecordType, recordsOf, recordsOfService } from './records.ts';
import { dnsRules } from './rules.ts';

export interface DnsQuery {
  readonly name: string;
  /** `A` when left out; an address asks for `PTR`. */
  readonly type?: RecordType;
  /** The pod that asks: its namespace decides the search domains. `default` when left out. */
  readonly from?: { readonly namespace: string };
}

export interface DnsAnswer {
  readonly answers: readonly DnsRecord[];
  /** The full names that were asked for, up to the one that was answered. */
  readonly searchTried: readonly string[];
  readonly rcode: 'NOERROR' | 'NXDOMAIN';
  /** The rule that gives the answer, or that keeps it away. */
  readonly reason: Reason;
  /** The reason as a sentence. */
  readonly sentence: string;
}

/** The records under one full name. */
function lookUp(view: View, name: string, meaning: Meaning, type: RecordType): readonly DnsRecord[] {
  switch (meaning.kind) {
    case 'service':
    case 'endpoint':
    case 'port': {
      const service = view.get('Service', meaning.namespace, meaning.service);
      const records = service ? recordsOfService(view, service) : [];
      if (meaning.kind === 'service' && type === 'SRV')
        return records.filter((item) => item.type === 'SRV' && item.name.endsWith(`.${name}`));
      return records.filter((item) => item.name === name && (item.type === type || item.type === 'CNAME'));
    }
    case 'pod':
      return type === 'A' ? [{ name, type: 'A', data: meaning.address, ttlSeconds: TTL_SECONDS }] : [];
    case 'reverse':
      return recordsOf(view).filter((item) => item.type === 'PTR' && item.name === reverseName(meaning.address));
    default:
      return [];
  }
}

const REASON_OF_TYPE: Readonly<Record<RecordType, string>> = { A: 'DNS-1', SRV: 'DNS-3', PTR: 'DNS-5', CNAME: 'DNS-8' };

/** The rule by which an answer came about. */
function whyFound(view: View, meaning: Meaning, name: string, answers: readonly DnsRecord[]): Reason {
  const type = answers[0]?.type ?? 'A';
  const args = { name, answers: answers.length, service: 'service' in meaning ? meaning.service : '' };
  const about = 'service' in meaning ? { about: `Service/${meaning.namespace}/${meaning.service}` } : {};
  const say = (rule: string, more: Readonly<Record<string, string>> = {}): Reason => ({
    rule,
    acting: true,
    args: { ...args, ...more },
    ...about,
  });
  if (meaning.kind === 'pod') return say('DNS-21');
  if (type !== 'A') return say(REASON_OF_TYPE[type], { target: answers[0]?.data ?? '' });
  const service = 'service' in meaning ? view.get('Service', meaning.namespace, meaning.service) : undefined;
  const isPlain = service !== undefined && !isHeadless(service);
  if (meaning.kind === 'endpoint') return say(isPlain ? 'DNS-23' : 'DNS-2', { host: meaning.host });
  return say(isPlain ? 'DNS-4' : 'DNS-1');
}

function whyNot(view: View, name: string, meaning: Meaning): Reason {
  switch (meaning.kind) {
    case 'service':
      return whyNoService(view, meaning.namespace, meaning.service);
    case 'endpoint':
      return whyNoEndpointName(view, meaning.namespace, meaning.service, meaning.host);
    case 'port':
      return whyNoPort(view, meaning.namespace, meaning.service, meaning.port, meaning.protocol);
    default:
      return whyOutside(name);
  }
}

/** The name among those tried that tells most: one whose Service exists, or else the first that means something. */
function mostTelling(view: View, names: readonly string[]): readonly [string, Meaning] {
  const read = names.map((name): readonly [string, Meaning] => [name, meaningOf(name)]);
  const known = read.find(
    ([, meaning]) => 'service' in meaning && view.get('Service', meaning.namespace, meaning.service) !== undefined,
  );
  const meant = read.find(([, meaning]) => 'service' in meaning);
  return known ?? meant ?? [names.at(-1) ?? '', { kind: 'outside' }];
}

const sentenceOf = ({ rule, args }: Reason): string =>
  dnsRules.find(({ id }) => id === rule)?.sentence(args ?? {}) ?? rule;

const isAddress = (name: string): boolean => meaningOf(name.toLowerCase()).kind === 'reverse';

/**
 * Asks the cluster's DNS as a pod would.
 * @returns the answers, the names tried with the search path, and the rule that decided, also when there is no answer
 */
export function resolve(view: View, { name, type, from }: DnsQuery): DnsAnswer {
  const isReverse = isAddress(name);
  const wanted = isReverse ? 'PTR' : (type ?? 'A');
  const names = isReverse ? [name.toLowerCase()] : namesTried(name, from?.namespace ?? 'default');
  const searchTried: string[] = [];
  for (const tried of names) {
    searchTried.push(tried);
    const meaning = meaningOf(tried);
    const answers = lookUp(view, tried, meaning, wanted);
    if (answers.length === 0) continue;
    const reason = whyFound(view, meaning, tried, answers);
    return { answers, searchTried, rcode: 'NOERROR', reason, sentence: sentenceOf(reason) };
  }
  const [telling, meaning] = mostTelling(view, names);
  const reason = whyNot(view, telling, meaning);
  return { answers: [], searchTried, rcode: 'NXDOMAIN', reason, sentence: sentenceOf(reason) };
}
