// Plays that broke an invariant once, as small as they could be made. Each stays as a test of what was mended.
import type { Play, PlayStep } from '#engine/testing';
import type { Json } from '#kube';

type Map = { readonly [key: string]: Json };

const storage = `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: sim.example/provisioner
volumeBindingMode: Immediate
`;

interface SetChoices {
  readonly spec: Map;
  readonly hasClaims?: boolean;
  readonly podSpec?: Map;
}

/** A Service `web` and a set of that name. */
function webFile({ spec, hasClaims = false, podSpec = {} }: SetChoices): string {
  const labels = { app: 'web' };
  const mounts = hasClaims ? { volumeMounts: [{ name: 'data', mountPath: '/data' }] } : {};
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'http', port: 80 }] },
  };
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web' },
    spec: {
      serviceName: 'web',
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'app', image: 'nginx:1.20', ...mounts }], ...podSpec },
      },
      ...(hasClaims && { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }] }),
      ...spec,
    },
  };
  return [service, set].map((object) => JSON.stringify(object)).join('\n---\n');
}

const apply = (choices: SetChoices, waitMs: number): PlayStep => ({
  kubectl: 'apply -f x.yaml',
  file: webFile(choices),
  waitMs,
});

const run = (kubectl: string, waitMs = 1_000): PlayStep => ({ kubectl, waitMs });

const play = (steps: readonly PlayStep[], more: Partial<Play> = {}): Play => ({
  setup: { seed: 1 },
  storage,
  steps,
  twin: 'none',
  twinAt: 0,
  ...more,
});

const byHand: Partial<Play> = { setup: { seed: 1, kubelet: 'manual', provisioner: 'manual' } };
const hold = `patch pod {pod:0} --type=merge -p '{"metadata":{"finalizers":["example.com/hold"]}}'`;

const addOwner = `patch pod {pod:0} --type=json -p '[{"op":"add","path":"/metadata/ownerReferences/-","value":{"apiVersion":"v1","kind":"Service","name":"{service:1}","uid":"{uid:service:1}"}}]'`;

/** By the rule that was broken. */
export const pinnedPlays: readonly { readonly name: string; readonly play: Play }[] = [
  {
    name: 'EP-10 the last slice of a Service is made again, be it empty',
    play: play([apply({ spec: { replicas: 0 } }, 1_000), run('delete endpointslice {slice:0}', 40_000)]),
  },
  {
    name: 'PV-12 a claim whose volume was given to another claim is Lost at the next look at all claims',
    play: play(
      [
        apply({ spec: { replicas: 1 }, hasClaims: true }, 1_000),
        { tend: 'all', waitMs: 1_000 },
        { tend: 'all', waitMs: 1_000 },
        run(`patch pv {volume:0} --type=merge -p '{"spec":{"claimRef":null}}'`),
        run('scale sts {set:0} --replicas=2', 40_000),
      ],
      byHand,
    ),
  },
  {
    name: 'SCHED-4 a pod does not wait ten minutes for a claim that is gone',
    play: play(
      [
        apply({ spec: { replicas: 1 }, hasClaims: true }, 1_000),
        run('delete pvc {claim:0}', 20_000),
        run('cordon {node:0}', 20_000),
      ],
      byHand,
    ),
  },
  {
    name: 'GC-3 an owner that waits for its dependents can be deleted anew, so that they are set free',
    play: play([
      apply({ spec: { replicas: 1 } }, 20_000),
      run(hold),
      run('delete sts {set:0} --cascade=foreground'),
      run('delete sts {set:0} --cascade=orphan'),
    ]),
  },
  {
    name: 'KUBELET-19 what a pod leaves behind that was failed for its node and held by a finalizer is forgotten with it',
    play: play([
      apply({ spec: { replicas: 1 }, hasClaims: true }, 20_000),
      run('delete node {node:0}'),
      run(hold, 200_000),
      run('delete sts {set:0}'),
    ]),
  },
  {
    name: 'KUBELET-19 a pod that is removed by force in the last moment before its end leaves nothing behind',
    play: play([
      apply({ spec: { replicas: 1, podManagementPolicy: 'Parallel' } }, 1_000),
      run('rollout restart sts/{set:0}', 30),
      run('delete pod {pod:0} --grace-period=0 --force'),
    ]),
  },
  {
    name: 'EP-10 which slice holds an endpoint is known at every moment, also beside the slices of a deleted Service',
    play: play([
      apply({ spec: { replicas: 1 } }, 20_000),
      run('delete svc {service:1}', 0),
      apply({ spec: { replicas: 1, ordinals: { start: 1 } } }, 1_000),
    ]),
  },
  {
    name: 'SCHED-4 a pod does not wait for ever for a volume whose class is gone',
    play: play([apply({ spec: { replicas: 1 }, hasClaims: true }, 1_000), run('delete sc {class:0}', 1_000)]),
  },
  {
    name: 'GC-2 nobody is said to wait for the dependents of an owner that was deleted anew and is gone',
    play: play([
      apply({ spec: { replicas: 0 } }, 20_000),
      run('delete sts {set:0} --cascade=foreground', 5),
      run('delete sts {set:0}', 40_000),
    ]),
  },
  {
    name: 'GC-5 an owner that is named twice is kept once',
    play: play([
      apply({ spec: { replicas: 1 } }, 20_000),
      run(addOwner),
      run(addOwner),
      run('delete svc {service:1}', 20_000),
    ]),
  },
  {
    name: 'STS-19 no counter falls below zero when a pod of neither revision is deleted for an update',
    play: play([
      apply({ spec: { replicas: 2 } }, 40_000),
      run('set image sts/{set:0} app=nginx:1.21', 12_000),
      run('set image sts/{set:0} app=nginx:1.22', 60_000),
    ]),
  },
  {
    name: 'STS-18 a set without a rollingUpdate block that is changed and scaled down at once comes to rest',
    play: play(
      [
        apply({ spec: { replicas: 5, podManagementPolicy: 'Parallel' }, hasClaims: true }, 40_000),
        apply(
          {
            spec: { replicas: 1, podManagementPolicy: 'Parallel', updateStrategy: { type: 'RollingUpdate' } },
            hasClaims: true,
            podSpec: { terminationGracePeriodSeconds: 5 },
          },
          20_000,
        ),
      ],
      { setup: { seed: 1, hasDefaultClass: false } },
    ),
  },
  {
    name: 'SCHED-3 a pod that is deleted while it waits for its volumes, and held, is said to wait for them no longer',
    play: play([
      apply({ spec: { replicas: 1 }, hasClaims: true }, 1_000),
      run(hold, 0),
      run('scale sts {set:0} --replicas=0', 20_000),
      run('delete pvc {claim:0}', 20_000),
      run('cordon {node:0}', 20_000),
    ]),
  },
];
