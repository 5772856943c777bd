import { describe, expect, it } from 'vitest';
import { type EndpointSlice, keyOf, type Pod } from '#kube';
import { endpointSliceController } from '../controllers/endpoint-slice/endpoint-slice-controller.ts';
import type { Cluster } from '../kernel/index.ts';
import { newMember, newPod, newService } from '../scheduler/testing/drafts.ts';
import {
  call,
  createObject,
  deleteObject,
  getObject,
  newTestCluster,
  reportPod,
  runUntilQuiet,
  updateStatus,
} from '../testing/scenario.ts';
import { dnsRules, podRecord, recordsOf, resolve } from './index.ts';

/** A cluster with Services and the pods web-0 (ready) and web-1 (not ready), both members of `nginx`. */
function newCluster(services = [newService()]): Cluster {
  const cluster = newTestCluster({ actors: [endpointSliceController] });
  for (const service of services) createObject(cluster, service);
  start(cluster, newMember('web-0'), '10.244.0.10');
  start(cluster, newMember('web-1'), '10.244.0.11', false);
  return cluster;
}

function start(cluster: Cluster, pod: ReturnType<typeof newPod>, address: string, isReady = true): void {
  createObject(cluster, pod);
  const key = keyOf('Pod', 'default', pod.metadata.name);
  call(cluster, (turn) => turn.bind(key, 'node-a'));
  reportPod(cluster, pod.metadata.name, { ready: isReady });
  updateStatus<Pod>(cluster, key, (it) => ({ ...it, status: { ...it.status, podIP: address } }));
  runUntilQuiet(cluster);
}

const ask = (cluster: Cluster, name: string, type?: 'A' | 'SRV' | 'PTR') =>
  resolve(cluster.view, { name, ...(type && { type }) });
const addressesOf = (cluster: Cluster, name: string) => ask(cluster, name).answers.map(({ data }) => data);
const ruleOf = (cluster: Cluster, name: string, type?: 'A' | 'SRV') => ask(cluster, name, type).reason.rule;

describe('names that resolve', () => {
  it('DNS-1 answers for a headless Service with its ready pods', () => {
    const cluster = newCluster();
    start(cluster, newMember('web-2'), '10.244.0.12');
    const answer = ask(cluster, 'nginx');
    expect(answer.answers.map(({ data }) => data)).toEqual(['10.244.0.10', '10.244.0.12']);
    expect(answer.reason.rule).toBe('DNS-1');
    expect(answer.sentence).toBe('nginx is headless: its name gives the addresses of its ready pods, 2 of them');
  });

  it('DNS-2 answers for a pod under its Service', () => {
    const cluster = newCluster();
    expect(addressesOf(cluster, 'web-0.nginx')).toEqual(['10.244.0.10']);
    expect(ruleOf(cluster, 'web-0.nginx.default.svc.cluster.local')).toBe('DNS-2');
    start(cluster, newPod('bare', { labels: { app: 'nginx' } }), '10.244.0.20');
    expect(addressesOf(cluster, '10-244-0-20.nginx')).toEqual(['10.244.0.20']);
  });

  it('DNS-3 lists named ports of ready targets', () => {
    const cluster = newCluster();
    start(cluster, newMember('web-2'), '10.244.0.12');
    expect(ask(cluster, '_web._tcp.nginx', 'SRV').answers.map(({ data }) => data)).toEqual([
      '0 50 80 web-0.nginx.default.svc.cluster.local',
      '0 50 80 web-2.nginx.default.svc.cluster.local',
    ]);
    expect(ruleOf(cluster, '_web._tcp.nginx', 'SRV')).toBe('DNS-3');
  });

  it('DNS-4 answers for other Services with their own address, whatever the pods are', () => {
    const cluster = newCluster([newService('front', { clusterIP: '10.96.7.7', selector: { app: 'nobody' } })]);
    expect(addressesOf(cluster, 'front')).toEqual(['10.96.7.7']);
    expect(ruleOf(cluster, 'front')).toBe('DNS-4');
  });

  it('DNS-5 leads addresses back to names', () => {
    const cluster = newCluster();
    const answer = ask(cluster, '10.244.0.10');
    expect(answer.answers).toMatchObject([{ type: 'PTR', data: 'web-0.nginx.default.svc.cluster.local' }]);
    expect(answer.reason.rule).toBe('DNS-5');
    expect(ask(cluster, '10.0.244.10.in-addr.arpa', 'PTR').answers).toEqual(answer.answers);
    expect(ask(cluster, '9.0.244.10.in-addr.arpa', 'PTR').rcode).toBe('NXDOMAIN');
  });

  it('DNS-6 tries short names in the search domains, and full names as they are', () => {
    const cluster = newCluster();
    expect(ask(cluster, 'web-0.nginx').searchTried).toEqual(['web-0.nginx.default.svc.cluster.local']);
    expect(ask(cluster, 'web-0.nginx.default').searchTried).toEqual([
      'web-0.nginx.default.default.svc.cluster.local',
      'web-0.nginx.default.svc.cluster.local',
    ]);
    expect(ask(cluster, 'web-0.nginx.default.svc.cluster.local').searchTried).toHaveLength(1);
    expect(resolve(cluster.view, { name: 'nginx', from: { namespace: 'kube-system' } }).rcode).toBe('NXDOMAIN');
    expect(ask(cluster, 'nginx.').rcode).toBe('NXDOMAIN');
  });

  it('DNS-21 answers for an address written as a name', () => {
    const cluster = newCluster();
    expect(addressesOf(cluster, '10-244-0-10.default.pod.cluster.local')).toEqual(['10.244.0.10']);
    expect(ruleOf(cluster, '10-244-0-10.default.pod.cluster.local')).toBe('DNS-21');
  });

  it('DNS-23 answers for pods of a Service that is not headless, which only CoreDNS does', () => {
    const cluster = newCluster([newService('nginx', { clusterIP: '10.96.7.7' })]);
    expect(addressesOf(cluster, 'web-0.nginx')).toEqual(['10.244.0.10']);
    expect(ruleOf(cluster, 'web-0.nginx')).toBe('DNS-23');
  });

  it('DNS-8 follows an alias', () => {
    const cluster = newCluster([
      newService('nginx', { type: 'ExternalName', externalName: 'example.com', clusterIP: '', selector: {} }),
    ]);
    expect(ask(cluster, 'nginx').answers).toMatchObject([{ type: 'CNAME', data: 'example.com' }]);
    expect(ruleOf(cluster, 'nginx')).toBe('DNS-8');
    expect(ruleOf(cluster, 'web-0.nginx')).toBe('DNS-8');
  });

  it('DNS-1 and DNS-2 are all records that there are', () => {
    const cluster = newCluster();
    expect(
      recordsOf(cluster.view)
        .filter(({ name }) => name.includes('nginx'))
        .map(({ name, type }) => `${type} ${name}`),
    ).toEqual([
      'A nginx.default.svc.cluster.local',
      'A web-0.nginx.default.svc.cluster.local',
      'SRV _web._tcp.nginx.default.svc.cluster.local',
    ]);
  });
});

describe('names that do not resolve', () => {
  it('DNS-7 says that the Service is missing', () => {
    const cluster = newCluster([]);
    const answer = ask(cluster, 'web-0.nginx');
    expect(answer.rcode).toBe('NXDOMAIN');
    expect(answer.reason.rule).toBe('DNS-7');
    expect(answer.sentence).toBe(
      'there is no Service nginx in namespace default: a StatefulSet does not create the one it names',
    );
  });

  it('DNS-9 says that the Service has no selector', () => {
    const cluster = newCluster([newService('nginx', { selector: {} })]);
    expect(ruleOf(cluster, 'web-0.nginx')).toBe('DNS-9');
    expect(ruleOf(cluster, 'nginx')).toBe('DNS-9');
  });

  it('DNS-10 says that there is no such pod', () => {
    expect(ruleOf(newCluster(), 'web-7.nginx')).toBe('DNS-10');
  });

  it('DNS-11 says that the pod has no sub-domain', () => {
    const cluster = newCluster();
    start(cluster, newPod('bare', { labels: { app: 'nginx' }, spec: { hostname: 'bare' } }), '10.244.0.20');
    expect(ruleOf(cluster, 'bare.nginx')).toBe('DNS-11');
  });

  it('DNS-12 says that the pod belongs to another Service', () => {
    const cluster = newCluster([newService(), newService('other')]);
    expect(ruleOf(cluster, 'web-0.other')).toBe('DNS-12');
  });

  it('DNS-13 says that the selector does not match', () => {
    const cluster = newCluster([newService('nginx', { selector: { app: 'ngin' } })]);
    expect(ruleOf(cluster, 'web-0.nginx')).toBe('DNS-13');
    expect(ruleOf(cluster, 'nginx')).toBe('DNS-13');
  });

  it('DNS-14 says that the pod has no address', () => {
    const cluster = newCluster();
    createObject(cluster, newMember('web-2'));
    runUntilQuiet(cluster);
    expect(ask(cluster, 'web-2.nginx').sentence).toBe('web-2 has no address: it is Pending');
    expect(ruleOf(cluster, 'web-2.nginx')).toBe('DNS-14');
  });

  it('DNS-15 says that the pod is terminating', () => {
    const cluster = newCluster();
    deleteObject(cluster, keyOf('Pod', 'default', 'web-0'));
    runUntilQuiet(cluster);
    expect(ruleOf(cluster, 'web-0.nginx')).toBe('DNS-15');
  });

  it('DNS-16 says that the pod is not ready', () => {
    expect(ruleOf(newCluster(), 'web-1.nginx')).toBe('DNS-16');
  });

  it('DNS-17 says that the slices are not up to date', () => {
    const cluster = newCluster();
    const [slice] = cluster.view.list('EndpointSlice', 'default');
    call(cluster, (turn) => turn.update<EndpointSlice>({ ...slice!, endpoints: [] }));
    expect(ruleOf(cluster, 'web-0.nginx')).toBe('DNS-17');
  });

  it('DNS-18 says that a pod name alone is no DNS name', () => {
    const cluster = newCluster();
    const answer = ask(cluster, 'web-0');
    expect(answer.searchTried).toHaveLength(4);
    expect(answer.reason.rule).toBe('DNS-18');
    expect(answer.sentence).toBe('web-0 is a pod: its DNS name is web-0.nginx');
  });

  it('DNS-19 says that no pod of the Service is ready', () => {
    const cluster = newCluster();
    reportPod(cluster, 'web-0', { ready: false });
    runUntilQuiet(cluster);
    expect(ask(cluster, 'nginx').sentence).toBe('none of the 2 pods behind nginx is ready');
    expect(ruleOf(cluster, 'nginx')).toBe('DNS-19');
  });

  it('DNS-20 says that the name is not in the cluster', () => {
    expect(ruleOf(newCluster(), 'a.b.c.d.example.com')).toBe('DNS-20');
  });

  it('DNS-22 says that there is no such named port', () => {
    expect(ruleOf(newCluster(), '_db._tcp.nginx', 'SRV')).toBe('DNS-22');
  });

  it('DNS-16 and DNS-7 have sentences for whatever they name', () => {
    for (const rule of dnsRules) expect(rule.sentence({}).length).toBeGreaterThan(0);
  });
});

describe('the record of one pod', () => {
  const recordOf = (cluster: Cluster, name: string) => podRecord(cluster.view, getObject(cluster, 'Pod', name));

  it('DNS-2 gives the name and its address, or the reason why it does not resolve', () => {
    const cluster = newCluster();
    expect(recordOf(cluster, 'web-0')).toMatchObject({
      name: 'web-0.nginx',
      fullName: 'web-0.nginx.default.svc.cluster.local',
      addresses: ['10.244.0.10'],
      reason: { rule: 'DNS-2' },
    });
    expect(recordOf(cluster, 'web-1')).toMatchObject({ addresses: [], reason: { rule: 'DNS-16' } });
    createObject(cluster, newPod('bare'));
    expect(recordOf(cluster, 'bare')).toMatchObject({ name: undefined, reason: { rule: 'DNS-11' } });
  });

  it('DNS-2 agrees with what the name resolves to, pod by pod', () => {
    const cluster = newCluster();
    deleteObject(cluster, keyOf('Pod', 'default', 'web-0'));
    runUntilQuiet(cluster);
    for (const pod of cluster.view.list('Pod')) {
      const record = podRecord(cluster.view, pod);
      const answer = ask(cluster, record.fullName ?? '');
      expect(answer.answers.map(({ data }) => data)).toEqual(record.addresses);
      expect(answer.reason.rule).toBe(record.reason.rule);
    }
  });
});
