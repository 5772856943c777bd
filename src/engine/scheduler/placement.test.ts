import { describe, expect, it } from 'vitest';
import type { Pod } from '#kube';
import { endpointIndex } from '../controllers/endpoint-slice/endpoint-index.ts';
import { endpointSliceController } from '../controllers/endpoint-slice/endpoint-slice-controller.ts';
import { sliceRooms } from '../controllers/endpoint-slice/slice-rooms.ts';
import { persistentVolumeController } from '../controllers/persistent-volume/persistent-volume-controller.ts';
import { volumeIndex } from '../controllers/persistent-volume/volume-index.ts';
import { provisioner } from '../controllers/provisioner/provisioner.ts';
import { type Cluster, loadWorld, revertTick, saveWorld, type Tick, viewOf } from '../kernel/index.ts';
import {
  createObject,
  deleteObject,
  keyFor,
  newTestCluster,
  reportPod,
  run,
  runUntilQuiet,
} from '../testing/scenario.ts';
import { defaultScheduler } from './default-scheduler.ts';
import { placement } from './node-totals.ts';
import { newClaim, newMember, newService } from './testing/drafts.ts';
import { refusedPods, waitingPods } from './waiting-pods.ts';

const definitions = [placement, waitingPods, refusedPods, volumeIndex, endpointIndex, sliceRooms] as const;

/** Every sum of a store in a form that does not depend on the order of its entries. */
const sumsOf = (view: Cluster['view']): unknown[] =>
  definitions.map((definition) => plain(view.derived(definition as typeof placement)));

function plain(value: unknown): unknown {
  if (value instanceof Map)
    return Object.fromEntries([...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, plain(v)]));
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  return value;
}

/** A cluster in which pods of every kind came, changed and went. */
function newBusyCluster(): { readonly cluster: Cluster; readonly ticks: Tick[] } {
  const actors = [defaultScheduler, persistentVolumeController, provisioner, endpointSliceController];
  const cluster = newTestCluster({ actors });
  const ticks: Tick[] = [];
  createObject(cluster, newService());
  const anti = {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels: { app: 'nginx' } }, topologyKey: 'kubernetes.io/hostname' },
      ],
    },
  };
  for (const ordinal of [0, 1, 2, 3]) {
    const name = `web-${ordinal}`;
    createObject(cluster, newClaim(`www-${name}`));
    const volumes = [{ name: 'www', persistentVolumeClaim: { claimName: `www-${name}` } }];
    createObject(cluster, newMember(name, { affinity: anti, volumes }));
    ticks.push(...run(cluster, 400));
  }
  ticks.push(...runUntilQuiet(cluster));
  for (const name of ['web-0', 'web-1', 'web-2']) reportPod(cluster, name);
  ticks.push(...runUntilQuiet(cluster));
  return { cluster, ticks };
}

describe('sums that the store keeps', () => {
  it('SCHED-1 finds the same totals whether they were kept or added up anew', () => {
    const { cluster } = newBusyCluster();
    expect(cluster.view.list('Pod').map((pod: Pod) => pod.spec.nodeName)).toEqual([
      'node-a',
      'node-b',
      'node-c',
      undefined,
    ]);
    const fresh = viewOf(loadWorld(saveWorld(cluster.world)).store);
    expect(sumsOf(fresh)).toEqual(sumsOf(cluster.view));
    for (const pod of cluster.view.list('Pod')) deleteObject(cluster, keyFor(pod), { gracePeriodSeconds: 0 });
    expect(cluster.view.derived(placement)).toEqual({ nodes: new Map(), withAffinity: new Map() });
  });

  it('SCHED-1 keeps the totals true while ticks are taken back', () => {
    const { cluster, ticks } = newBusyCluster();
    sumsOf(cluster.view);
    for (const tick of ticks.slice(-25).reverse()) {
      revertTick(cluster.world, tick);
      expect(sumsOf(cluster.view)).toEqual(sumsOf(viewOf(loadWorld(saveWorld(cluster.world)).store)));
    }
  });
});
