// Acts for tests of the timeline: a small cluster, what people do to it, and a plain run that knows no history.
import fc from 'fast-check';
import { actNow, applyFault, type Cluster, fingerprintOf, newSimulation, runUntil, type Tick } from '#engine';
import { runKubectl } from '#kubectl';
import type { Act, TimedAct } from '../types.ts';

const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

const setOf = (policy: string): string =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web' },
    spec: {
      serviceName: 'web',
      replicas: 2,
      podManagementPolicy: policy,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 5,
          containers: [{ name: 'app', image: 'nginx:1.20', volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }],
    },
  });

/** The act that everything else is about. */
export const applySet = (policy: string): Act => ({
  type: 'kubectl',
  command: 'apply -f web.yaml',
  files: { 'web.yaml': setOf(policy) },
});

const kubectl = (command: string): Act => ({ type: 'kubectl', command });
const fault = (id: string, target: string): Act => ({ type: 'fault', fault: id, target });

/** Acts of every sort, refused ones among them. */
export const acts: fc.Arbitrary<Act> = fc.constantFrom(
  applySet('OrderedReady'),
  kubectl('scale sts web --replicas=0'),
  kubectl('scale sts web --replicas=3'),
  kubectl('set image sts/web app=nginx:1.21'),
  kubectl('rollout undo sts/web'),
  kubectl('delete pod web-0'),
  kubectl('delete pod web-1 --grace-period=0 --force'),
  kubectl('delete sts web --cascade=orphan'),
  kubectl('delete pvc data-web-1'),
  kubectl('cordon node-a'),
  kubectl('uncordon node-a'),
  kubectl('get pods'),
  kubectl('scale sts nobody --replicas=3'),
  fault('pod-crash', 'Pod/default/web-0'),
  fault('node-down', 'Node//node-b'),
  fault('node-up', 'Node//node-b'),
);

/** Does an act at the present moment, as a session does. */
export function perform(cluster: Cluster, act: Act): { readonly tick: Tick | undefined; readonly answer: string } {
  let answer = '';
  const tick = actNow(cluster, 'user', act.type === 'kubectl' ? act.command : `${act.fault} ${act.target}`, (turn) => {
    if (act.type === 'fault') return applyFault(turn, act.fault, act.target);
    const result = runKubectl(turn, act.command, act.files ?? {});
    answer = result.out + result.err;
    return result.outcome;
  });
  return { tick, answer };
}

/** The cluster that every test begins with. */
export const newStart = (seed = 1): Cluster => newSimulation({ seed });

/** The cluster at a moment after those acts, played straight on from the beginning, without any history. */
export function straightRun(played: readonly TimedAct[], atMs: number): Cluster {
  const cluster = newStart();
  for (const { atMs: actMs, act } of played) {
    if (actMs > atMs) break;
    runUntil(cluster, actMs);
    perform(cluster, act);
  }
  runUntil(cluster, atMs);
  return cluster;
}

/** What a moment shows: its objects and why actors do what they do. */
export const pictureOf = (moment: Pick<Cluster['world'], 'store' | 'reasons'>): string =>
  `${fingerprintOf(moment)} ${JSON.stringify([...moment.reasons].sort(([a], [b]) => (a < b ? -1 : 1)))}`;
