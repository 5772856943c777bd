// DNS as the cluster would answer: a pure function of what is in it.
export { searchDomainsOf, serviceDomain } from './names.ts';
export { podRecord } from './pod-record.ts';
export { type DnsRecord, type RecordType, recordsOf, recordsOfService } from './records.ts';
export { type DnsAnswer, resolve } from './resolve.ts';
export { dnsRules } from './rules.ts';
