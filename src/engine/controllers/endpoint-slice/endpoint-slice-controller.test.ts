import { describe, expect, it } from 'vitest';
import { type EndpointSlice, keyOf, type Pod, type Service } from '#kube';
import type { Cluster } from '../../kernel/index.ts';
import { newMember, newPod, newService } from '../../scheduler/testing/drafts.ts';
import {
  call,
  createObject,
  deleteObject,
  newTestCluster,
  reasonFor,
  reportPod,
  runUntilQuiet,
  updateObject,
  updateStatus,
} from '../../testing/scenario.ts';
import { endpointSliceController } from './endpoint-slice-controller.ts';

const NAME = 'endpoint-slice-controller';
const SERVICE = keyOf('Service', 'default', 'nginx');

const newCluster = (service = newService()): Cluster => {
  const cluster = newTestCluster({ actors: [endpointSliceController] });
  createObject(cluster, service);
  runUntilQuiet(cluster);
  return cluster;
};

const slicesOf = (cluster: Cluster): readonly EndpointSlice[] => cluster.view.list('EndpointSlice', 'default');

/** The only slice. */
function sliceOf(cluster: Cluster): EndpointSlice {
  const slices = slicesOf(cluster);
  expect(slices).toHaveLength(1);
  return slices[0]!;
}

/** A pod with an address of its own; `isReady` false leaves it running but not ready. */
function startPod(cluster: Cluster, pod: ReturnType<typeof newPod>, address: string, isReady = true): void {
  createObject(cluster, pod);
  const { name } = pod.metadata;
  call(cluster, (turn) => turn.bind(keyOf('Pod', 'default', name), 'node-b'));
  reportPod(cluster, name, { ready: isReady });
  updateStatus<Pod>(cluster, keyOf('Pod', 'default', name), (it) => ({
    ...it,
    status: { ...it.status, podIP: address },
  }));
  runUntilQuiet(cluster);
}

const conditionsOf = (cluster: Cluster) => sliceOf(cluster).endpoints.map(({ conditions }) => conditions);
const ruleFor = (cluster: Cluster, pod: string) => reasonFor(cluster, NAME, `${SERVICE} ${pod}`)?.rule;

describe('slices of a Service', () => {
  it('EP-1 begins with an empty slice that is labelled and owned', () => {
    const cluster = newCluster(newService('nginx', {}, { team: 'web' }));
    const slice = sliceOf(cluster);
    expect(slice).toMatchObject({ addressType: 'IPv4', endpoints: [], ports: null });
    expect(slice.metadata.name).toMatch(/^nginx-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(slice.metadata.labels).toEqual({
      team: 'web',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      'kubernetes.io/service-name': 'nginx',
      'service.kubernetes.io/headless': '',
    });
    expect(slice.metadata.ownerReferences).toMatchObject([{ kind: 'Service', name: 'nginx', controller: true }]);
    expect(reasonFor(cluster, NAME, SERVICE)?.rule).toBe('EP-1');
  });

  it('EP-1 makes none for Services without a selector and for other names', () => {
    const cluster = newCluster(newService('nginx', { selector: {} }));
    createObject(cluster, newService('else', { type: 'ExternalName', externalName: 'example.com', clusterIP: '' }));
    runUntilQuiet(cluster);
    expect(slicesOf(cluster)).toEqual([]);
  });

  it('EP-11 says since when things are as they are, where that has a time', () => {
    const cluster = newCluster();
    const since = () => sliceOf(cluster).metadata.annotations?.['endpoints.kubernetes.io/last-change-trigger-time'];
    const readySince = () =>
      cluster.view.get('Pod', 'default', 'web-0')?.status.conditions?.find(({ type }) => type === 'Ready')
        ?.lastTransitionTime;
    expect(since()).toBe(cluster.view.get('Service', 'default', 'nginx')?.metadata.creationTimestamp);
    startPod(cluster, newMember('web-0'), '10.244.0.7');
    expect(since()).toBe(readySince());
    deleteObject(cluster, keyOf('Pod', 'default', 'web-0'));
    runUntilQuiet(cluster);
    expect(sliceOf(cluster).endpoints[0]?.conditions.terminating).toBe(true);
    expect(sliceOf(cluster).metadata).not.toHaveProperty('annotations');
  });

  it('EP-10 looks at all pods again when the selector changes', () => {
    const cluster = newCluster();
    startPod(cluster, newPod('a', { labels: { app: 'nginx' } }), '10.244.0.10');
    startPod(cluster, newPod('b', { labels: { app: 'other' } }), '10.244.0.11');
    expect(sliceOf(cluster).endpoints.map(({ targetRef }) => targetRef?.name)).toEqual(['a']);
    updateObject<Service>(cluster, SERVICE, (service) => ({
      ...service,
      spec: { ...service.spec, selector: { app: 'other' } },
    }));
    runUntilQuiet(cluster);
    expect(sliceOf(cluster).endpoints.map(({ targetRef }) => targetRef?.name)).toEqual(['b']);
    expect(reasonFor(cluster, NAME, SERVICE)?.rule).toBe('EP-10');
  });

  it('EP-10 keeps the slice when the ports of all its pods change', () => {
    const cluster = newCluster();
    startPod(cluster, newMember('web-0'), '10.244.0.10');
    startPod(cluster, newMember('web-1'), '10.244.0.11');
    const { uid } = sliceOf(cluster).metadata;
    updateObject<Service>(cluster, SERVICE, (service) => ({
      ...service,
      spec: { ...service.spec, ports: [{ name: 'other', port: 81, targetPort: 81, protocol: 'TCP' }] },
    }));
    runUntilQuiet(cluster);
    expect(sliceOf(cluster)).toMatchObject({ metadata: { uid }, ports: [{ name: 'other', port: 81 }] });
    expect(sliceOf(cluster).endpoints).toHaveLength(2);
  });

  it('EP-10 makes a slice again that somebody deleted', () => {
    const cluster = newCluster();
    startPod(cluster, newMember('web-0'), '10.244.0.10');
    deleteObject(cluster, keyOf('EndpointSlice', 'default', sliceOf(cluster).metadata.name));
    runUntilQuiet(cluster);
    expect(sliceOf(cluster).endpoints).toHaveLength(1);
  });
});

describe('endpoints', () => {
  it('EP-2 takes in a pod as soon as it has an address, ready or not', () => {
    const cluster = newCluster();
    createObject(cluster, newMember('web-0'));
    runUntilQuiet(cluster);
    expect(sliceOf(cluster).endpoints).toEqual([]);
    startPod(cluster, newMember('web-1'), '10.244.0.11', false);
    expect(sliceOf(cluster)).toMatchObject({
      endpoints: [
        {
          addresses: ['10.244.0.11'],
          conditions: { ready: false, serving: false, terminating: false },
          hostname: 'web-1',
          nodeName: 'node-b',
          zone: 'zone-b',
          targetRef: { kind: 'Pod', namespace: 'default', name: 'web-1' },
        },
      ],
      ports: [{ name: 'web', port: 80, protocol: 'TCP' }],
    });
  });

  it('EP-3 follows readiness', () => {
    const cluster = newCluster();
    startPod(cluster, newMember('web-0'), '10.244.0.10');
    expect(conditionsOf(cluster)).toEqual([{ ready: true, serving: true, terminating: false }]);
    reportPod(cluster, 'web-0', { ready: false });
    runUntilQuiet(cluster);
    expect(conditionsOf(cluster)).toEqual([{ ready: false, serving: false, terminating: false }]);
    expect(ruleFor(cluster, 'web-0')).toBe('EP-3');
  });

  it('EP-4 takes a terminating pod out of service at once, EP-5 forgets it when it is gone', () => {
    const cluster = newCluster();
    startPod(cluster, newMember('web-0'), '10.244.0.10');
    deleteObject(cluster, keyOf('Pod', 'default', 'web-0'));
    runUntilQuiet(cluster);
    expect(conditionsOf(cluster)).toEqual([{ ready: false, serving: true, terminating: true }]);
    expect(ruleFor(cluster, 'web-0')).toBe('EP-4');
    const { name } = sliceOf(cluster).metadata;
    deleteObject(cluster, keyOf('Pod', 'default', 'web-0'), { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    expect(sliceOf(cluster)).toMatchObject({ metadata: { name }, endpoints: [], ports: null });
    expect(ruleFor(cluster, 'web-0')).toBe('EP-5');
  });

  it('EP-5 forgets pods that are finished or changed their labels', () => {
    const cluster = newCluster();
    startPod(cluster, newMember('web-0'), '10.244.0.10');
    startPod(cluster, newMember('web-1'), '10.244.0.11');
    reportPod(cluster, 'web-0', { phase: 'Failed' });
    updateObject<Pod>(cluster, keyOf('Pod', 'default', 'web-1'), (pod) => ({
      ...pod,
      metadata: { ...pod.metadata, labels: { app: 'other' } },
    }));
    runUntilQuiet(cluster);
    expect(sliceOf(cluster).endpoints).toEqual([]);
  });

  it('EP-6 gives a host name only to pods that name the Service as their sub-domain', () => {
    const cluster = newCluster();
    createObject(cluster, newService('other'));
    startPod(cluster, newMember('web-0'), '10.244.0.10');
    const hostnames = Object.fromEntries(
      slicesOf(cluster).map((slice) => [
        slice.metadata.labels?.['kubernetes.io/service-name'],
        slice.endpoints[0]?.hostname,
      ]),
    );
    expect(hostnames).toEqual({ nginx: 'web-0', other: undefined });
  });

  it('EP-7 publishes addresses that are not ready where the Service says so', () => {
    const cluster = newCluster(newService('nginx', { publishNotReadyAddresses: true }));
    startPod(cluster, newMember('web-0'), '10.244.0.10', false);
    expect(conditionsOf(cluster)).toEqual([{ ready: true, serving: false, terminating: false }]);
    expect(ruleFor(cluster, 'web-0')).toBe('EP-7');
    deleteObject(cluster, keyOf('Pod', 'default', 'web-0'));
    runUntilQuiet(cluster);
    expect(conditionsOf(cluster)).toEqual([{ ready: true, serving: false, terminating: true }]);
  });

  it('EP-8 fills slices of 100, the fullest first, and drops empty ones', () => {
    const cluster = newCluster();
    for (let i = 0; i < 102; i += 1) startPod(cluster, newMember(`web-${i}`), `10.244.1.${i}`);
    expect(slicesOf(cluster).map(({ endpoints }) => endpoints.length)).toEqual([100, 2]);
    deleteObject(cluster, keyOf('Pod', 'default', 'web-7'), { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    startPod(cluster, newMember('web-200'), '10.244.2.1');
    expect(slicesOf(cluster).map(({ endpoints }) => endpoints.length)).toEqual([100, 2]);
    for (const name of ['web-100', 'web-101'])
      deleteObject(cluster, keyOf('Pod', 'default', name), { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    expect(slicesOf(cluster).map(({ endpoints }) => endpoints.length)).toEqual([100]);
  });

  it('EP-8 keeps full slices up to date, and an empty slice beside them does not stay', () => {
    const cluster = newCluster();
    for (let i = 0; i < 101; i += 1) startPod(cluster, newMember(`web-${i}`), `10.244.1.${i}`);
    reportPod(cluster, 'web-7', { ready: false });
    deleteObject(cluster, keyOf('Pod', 'default', 'web-100'), { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    const [slice] = slicesOf(cluster);
    expect(slicesOf(cluster)).toHaveLength(1);
    const unready = slice?.endpoints.filter(({ conditions }) => !conditions.ready);
    expect(unready?.map(({ targetRef }) => targetRef?.name)).toEqual(['web-7']);
    deleteObject(cluster, keyOf('Pod', 'default', 'web-7'), { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    expect(slicesOf(cluster).map(({ endpoints }) => endpoints.length)).toEqual([99]);
  });

  it('EP-9 looks a named port up in each pod, and parts pods with other ports', () => {
    const cluster = newCluster(newService('nginx', { ports: [{ name: 'web', port: 80, targetPort: 'http' }] }));
    const container = (port?: number) => ({
      containers: [{ name: 'c', image: 'x', ports: port === undefined ? [] : [{ name: 'http', containerPort: port }] }],
    });
    startPod(cluster, newMember('web-0', container(8080)), '10.244.0.10');
    startPod(cluster, newMember('web-1', container(9090)), '10.244.0.11');
    startPod(cluster, newMember('web-2', container()), '10.244.0.12');
    expect(slicesOf(cluster).map(({ ports }) => ports?.map(({ port }) => port))).toEqual([[8080], [9090], []]);
  });

  it('EP-9 takes the Service port where no target port is given', () => {
    const cluster = newCluster(newService('nginx', { ports: [{ port: 5432 }] }));
    startPod(cluster, newMember('web-0'), '10.244.0.10');
    expect(sliceOf(cluster).ports).toEqual([{ name: '', port: 5432, protocol: 'TCP' }]);
  });
});
