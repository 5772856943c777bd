import { describe, expect, it } from 'vitest';
import { MINUTE, newStory, pod, SECOND, SET, sentencesIn, WEB } from './testing/story.ts';

const NGINX = 'Service/default/nginx';

describe('the table of records', () => {
  it('DNS-1 holds A, SRV and PTR records of the Service and of each pod, with the pod behind each', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    const { services, total, isCut } = story.server.answer('dns', {});
    expect(services.map(({ id }) => id)).toEqual(['Service/default/kubernetes', NGINX]);
    expect([total, isCut]).toEqual([15, false]);
    const nginx = services[1];
    expect(nginx).toMatchObject({
      domain: 'nginx.default.svc.cluster.local',
      isThere: true,
      isHeadless: true,
      rule: { id: 'DNS-1' },
      total: 12,
      silent: [],
      silentTotal: 0,
    });
    const rows = nginx?.records.map(({ name, type, about }) => `${type} ${name} ${about}`);
    for (const ordinal of [0, 1, 2]) {
      expect(rows).toContain(`A nginx.default.svc.cluster.local ${pod(ordinal)}`);
      expect(rows).toContain(`A web-${ordinal}.nginx.default.svc.cluster.local ${pod(ordinal)}`);
      expect(rows).toContain(`SRV _web._tcp.nginx.default.svc.cluster.local ${pod(ordinal)}`);
      expect(rows?.filter((row) => row.startsWith('PTR') && row.endsWith(pod(ordinal)))).toHaveLength(1);
    }
    expect(services[0]?.records.map(({ about }) => about)).toEqual(Array(3).fill('Service/default/kubernetes'));
  });

  it('DNS-14 tells which pods have no record, and why', () => {
    const story = newStory(WEB);
    story.at(9 * SECOND);
    const nginx = story.server.answer('dns', {}).services.find(({ id }) => id === NGINX);
    expect(nginx?.silent).toMatchObject([
      {
        name: 'web-1.nginx.default.svc.cluster.local',
        about: pod(1),
        sentence: 'web-1 has no address: it is Pending.',
        rule: { id: 'DNS-14' },
      },
    ]);
  });

  it('DNS-7 lists a Service that a set names and nobody created', () => {
    const story = newStory(WEB.slice(WEB.indexOf('apiVersion: apps/v1')));
    story.at(MINUTE);
    const nginx = story.server.answer('dns', {}).services.find(({ id }) => id === NGINX);
    expect(nginx).toMatchObject({ isThere: false, records: [], rule: { id: 'DNS-7' }, silentTotal: 3 });
  });

  it('holds 2,000 records and says that there are more', () => {
    const nodes = ['a', 'b'].map((letter) => ({ name: `node-${letter}`, pods: 1_000, cpu: '1000', memory: '1000Gi' }));
    const many = WEB.slice(0, WEB.indexOf('          volumeMounts:')).replace(
      'replicas: 3',
      'replicas: 600\n  podManagementPolicy: Parallel',
    );
    const story = newStory(many, { nodes });
    story.at(5 * MINUTE);
    const { services, total, isCut } = story.server.answer('dns', {});
    expect([total, isCut]).toEqual([4 * 600 + 3, true]);
    expect(services.flatMap(({ records }) => records)).toHaveLength(2_000);
    const one = story.server.answer('lookUp', { name: 'nginx' });
    expect([one.answers.length, one.total]).toEqual([200, 600]);
  }, 60_000);
});

describe('looking a name up', () => {
  const story = newStory(WEB);
  story.at(MINUTE);
  const ask = (name: string, type?: 'A' | 'SRV' | 'PTR' | 'CNAME', from: string | undefined = pod(0)) =>
    story.server.answer('lookUp', { name, ...(type && { type }), ...(from !== undefined && { from }) });

  it('DNS-6 tries the search path of the pod until a name is answered', () => {
    const found = ask('web-1.nginx');
    expect(found).toMatchObject({
      type: 'A',
      from: pod(0),
      rcode: 'NOERROR',
      rule: { id: 'DNS-2' },
      about: NGINX,
      searchDomains: ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
      searchTried: [{ name: 'web-1.nginx.default.svc.cluster.local', isAnswered: true }],
      total: 1,
    });
    expect(found.answers[0]).toMatchObject({ about: pod(1), data: expect.stringMatching(/^10\.244\./) });
    expect(found.problem).toBeUndefined();
    const elsewhere = ask('web-1.nginx', 'A', 'Pod/kube-system/nobody');
    expect(elsewhere.rcode).toBe('NXDOMAIN');
    expect(elsewhere.searchTried.map(({ isAnswered }) => isAnswered)).toEqual([false, false, false, false]);
    expect(elsewhere.problem).toContain('There is no pod nobody');
    expect(ask('web-1.nginx.default', 'A', 'Pod/kube-system/nobody').searchTried).toMatchObject([
      { name: 'web-1.nginx.default.kube-system.svc.cluster.local', isAnswered: false },
      { name: 'web-1.nginx.default.svc.cluster.local', isAnswered: true },
    ]);
  });

  it('DNS-18 gives NXDOMAIN with its reason', () => {
    expect(ask('web-0')).toMatchObject({
      rcode: 'NXDOMAIN',
      answers: [],
      sentence: 'web-0 is a pod: its DNS name is web-0.nginx.',
      rule: { id: 'DNS-18' },
      about: pod(0),
    });
    expect(ask('web-9.nginx')).toMatchObject({ rcode: 'NXDOMAIN', rule: { id: 'DNS-10' } });
    expect(ask('example.com.')).toMatchObject({ rcode: 'NXDOMAIN', rule: { id: 'DNS-20' } });
    expect(ask('  ')).toMatchObject({ rcode: 'NXDOMAIN', answers: [] });
  });

  it('DNS-3, DNS-5 finds service records, and names of addresses', () => {
    const ports = ask('_web._tcp.nginx', 'SRV');
    expect(ports).toMatchObject({ rcode: 'NOERROR', rule: { id: 'DNS-3' }, total: 3 });
    expect(ports.answers.map(({ about }) => about)).toEqual([pod(0), pod(1), pod(2)]);
    const address = ask('web-2.nginx').answers[0]?.data ?? '';
    const reverse = ask(address);
    expect(reverse).toMatchObject({ type: 'PTR', rule: { id: 'DNS-5' } });
    expect(reverse.answers).toMatchObject([{ data: 'web-2.nginx.default.svc.cluster.local', about: pod(2) }]);
  });

  it('is no error where the name is there and has no record of the type', () => {
    expect(ask('web-1.nginx', 'SRV')).toMatchObject({
      rcode: 'NOERROR',
      answers: [],
      total: 0,
      sentence: 'web-1.nginx is there, and has no SRV record: it has A.',
      rule: { id: 'DNS-2' },
    });
  });

  it('DNS-15 says at each moment what the cluster would say then', () => {
    const moving = newStory(WEB);
    moving.at(MINUTE);
    moving.kubectl('delete pod web-2 --wait=false');
    moving.at(MINUTE + 200);
    const gone = moving.server.answer('lookUp', { name: 'web-2.nginx', from: pod(2) });
    expect(gone).toMatchObject({
      rcode: 'NXDOMAIN',
      rule: { id: 'DNS-15' },
      sentence: expect.stringContaining('terminating'),
    });
    expect(sentencesIn(gone.sentence)).toBe(1);
    moving.at(2 * MINUTE);
    expect(moving.server.answer('lookUp', { name: 'web-2.nginx' }).rcode).toBe('NOERROR');
    moving.at(MINUTE - SECOND);
    expect(moving.why(SET).heading).toBe('How is web?');
    expect(moving.server.answer('lookUp', { name: 'web-2.nginx' }).rcode).toBe('NOERROR');
  });
});
