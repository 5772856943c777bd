import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { traps, type WhyTrap, whyOf } from '#scene';
import { moveCursor } from '#timeline';
import { type Play, playSession } from './session.ts';
import {
  claim,
  MINUTE,
  newStory,
  node,
  pod,
  SECOND,
  SET,
  type Story,
  sentencesIn,
  slot,
  WEB,
} from './testing/story.ts';
import { whyInput } from './why.ts';

/** The one trap of an answer. */
function only(story: Story, id?: string): WhyTrap {
  const { traps: named } = story.why(id);
  expect(named.map((trap) => trap.id)).toHaveLength(1);
  const trap = named[0] as WhyTrap;
  expect(traps.map((known) => known.id)).toContain(trap.id);
  expect(sentencesIn(trap.sentence), trap.sentence).toBeLessThanOrEqual(2);
  expect(trap.rule.title).not.toBe(trap.rule.id);
  return trap;
}

/** Takes the way out of that command; it must be accepted. */
function fix(story: Story, trap: WhyTrap, command: string): void {
  const step = trap.fixes.find((one) => one.command === command);
  expect(trap.fixes.map((one) => one.command)).toContain(command);
  const answer = story.take(step!);
  expect(answer.err).toBe('');
  expect(answer.code).toBe(0);
}

const isFree = (story: Story, id?: string): void => expect(story.why(id).traps).toEqual([]);
const withStrategy = (strategy: string): string =>
  WEB.replace('  replicas: 3', `  replicas: 3\n  updateStrategy: ${strategy}`);
const update = (story: Story, tag = '1.28'): void => {
  story.kubectl(`set image sts/web nginx=nginx:${tag}`);
};

describe('roll-outs that do not go on', () => {
  it('STS-13 a partition at or above replicas is a trap once there is something to hold back', () => {
    const story = newStory(withStrategy('{type: RollingUpdate, rollingUpdate: {partition: 3}}'));
    story.at(MINUTE);
    isFree(story);
    update(story);
    story.at(70 * SECOND);
    const trap = only(story, SET);
    expect(trap).toMatchObject({ id: 'partition-beyond-replicas', rule: { id: 'STS-13' } });
    expect(story.why().sentence).toBe(trap.sentence);
    fix(
      story,
      trap,
      `kubectl patch statefulset web --type merge -p '{"spec":{"updateStrategy":{"rollingUpdate":{"partition":2}}}}'`,
    );
    story.at(2 * MINUTE);
    isFree(story);
    expect(story.why(pod(2)).sentence).toContain('at rev 2');
    expect(story.why(pod(1)).rule?.id).toBe('STS-13');
  });

  it('STS-14 OnDelete is a trap while there are pods of an old template', () => {
    const story = newStory(withStrategy('{type: OnDelete}'));
    story.at(MINUTE);
    isFree(story);
    update(story);
    story.at(70 * SECOND);
    const trap = only(story);
    expect(trap.id).toBe('on-delete');
    expect(trap.sentence).toContain('web-2 and 2 more pods of an old template');
    fix(
      story,
      trap,
      `kubectl patch statefulset web --type merge -p '{"spec":{"updateStrategy":{"type":"RollingUpdate"}}}'`,
    );
    story.at(3 * MINUTE);
    isFree(story);
    expect(story.why(SET).sentence).toBe('All 3 pods of web are Running and Ready, at rev 2.');
  });

  it('API-8 maxUnavailable is missed where the gate is off, and not where it is on', () => {
    const manifest = withStrategy('{type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}');
    const story = newStory(manifest);
    story.at(MINUTE);
    expect(only(story, SET)).toMatchObject({ id: 'max-unavailable-dropped', fixes: [] });
    const gated = newStory(manifest, { gates: { MaxUnavailableStatefulSet: true } });
    gated.at(MINUTE);
    isFree(gated);
  });

  it('STS-3 a broken first template is no stuck roll-out, and Parallel is none either', () => {
    const broken = newStory(WEB.replace('nginx:1.27', 'nginx:1.27@'));
    broken.at(MINUTE);
    isFree(broken, SET);
    const parallel = newStory(WEB.replace('  replicas: 3', '  replicas: 3\n  podManagementPolicy: Parallel'));
    parallel.at(MINUTE);
    parallel.fault('image-pull-fails', 'Image//nginx:1.28');
    update(parallel);
    parallel.at(2 * MINUTE);
    expect(parallel.why(SET).rule?.id).toBe('STS-12');
    isFree(parallel, SET);
  });

  it('PROBE-4 a readiness probe that fails for long sticks as well', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    update(story);
    story.at(67 * SECOND);
    story.fault('pod-not-ready', pod(2));
    story.at(75 * SECOND);
    isFree(story, SET);
    story.at(2 * MINUTE);
    expect(only(story, SET).id).toBe('stuck-roll-out');
  });
});

describe('names', () => {
  it('STS-23 a name too long for the revision label is a trap without a cure but another name', () => {
    const name = 'w'.repeat(58);
    const story = newStory(WEB.replace('name: web\nspec:\n  serviceName', `name: ${name}\nspec:\n  serviceName`));
    story.at(MINUTE);
    const trap = only(story);
    expect(trap.id).toBe('name-too-long');
    expect(trap.sentence).toContain('has 58 characters');
    fix(story, trap, `kubectl delete statefulset ${name} --wait=false`);
    story.at(2 * MINUTE);
    expect(story.why().sentence).toMatch(/^There is no StatefulSet/);
  });

  it('STS-22 another pod in the way of an ordinal is let in, or deleted', () => {
    const stranger = `apiVersion: v1
kind: Pod
metadata:
  name: web-1
  labels:
    app: other
spec:
  containers:
    - name: x
      image: x:1
---
`;
    const bare = WEB.slice(0, WEB.indexOf('          volumeMounts:'));
    const [adopts, deletes] = [newStory(stranger + bare), newStory(stranger + WEB)];
    for (const story of [adopts, deletes]) story.at(MINUTE);
    const trap = only(adopts);
    expect(trap).toMatchObject({ id: 'name-taken', about: pod(1), rule: { id: 'STS-22' } });
    expect(only(adopts, pod(1)).id).toBe('name-taken');
    expect(only(adopts, slot(2)).id).toBe('name-taken');
    isFree(adopts, pod(0));
    fix(adopts, trap, 'kubectl label pod web-1 app=nginx --overwrite');
    fix(deletes, only(deletes), 'kubectl delete pod web-1 --wait=false');
    for (const story of [adopts, deletes]) {
      story.at(3 * MINUTE);
      expect(story.why(SET).heading).toBe('How is web?');
    }
  });

  it('STS-20 pods without a controller are orphans until a set adopts them', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.kubectl('delete sts web --cascade=orphan');
    story.at(70 * SECOND);
    expect(story.why().traps.map(({ id, about }) => `${id} ${about}`)).toEqual(
      [0, 1, 2].map((n) => `orphaned-pod ${pod(n)}`),
    );
    story.apply(WEB);
    story.at(2 * MINUTE);
    isFree(story);
    expect(story.why(SET).sentence).toContain('All 3 pods');
  });
});

describe('the governing Service', () => {
  it('DNS-7 it may be missing', () => {
    const story = newStory(WEB.slice(WEB.indexOf('apiVersion: apps/v1')));
    story.at(MINUTE);
    const trap = only(story);
    expect(trap).toMatchObject({ id: 'service-missing', about: SET });
    expect(story.why('Service/default/nginx').rule?.id).toBe('DNS-7');
    fix(story, trap, 'kubectl apply -f nginx.yaml');
    story.at(2 * MINUTE);
    isFree(story);
    expect(story.server.answer('lookUp', { name: 'web-1.nginx' }).rcode).toBe('NOERROR');
    expect(story.server.answer('lookUp', { name: '_web._tcp.nginx', type: 'SRV' }).total).toBe(3);
  });

  it('DNS-23 it may have a cluster IP', () => {
    const story = newStory(WEB.replace('  clusterIP: None\n', ''));
    story.at(MINUTE);
    const trap = only(story, SET);
    expect(trap).toMatchObject({ id: 'service-not-headless', about: 'Service/default/nginx' });
    expect(only(story, 'Service/default/nginx').id).toBe('service-not-headless');
    fix(story, trap, 'kubectl delete service nginx');
    story.at(70 * SECOND);
    fix(story, only(story, SET), 'kubectl apply -f nginx.yaml');
    story.at(80 * SECOND);
    isFree(story);
  });

  it('DNS-8 it may be an alias', () => {
    const story = newStory(
      WEB.replace('  clusterIP: None\n', '  type: ExternalName\n  externalName: db.example.com\n'),
    );
    story.at(MINUTE);
    expect(only(story, SET)).toMatchObject({ id: 'service-not-headless', rule: { id: 'DNS-8' } });
  });

  it('DNS-13 it may select other pods, and DNS-9 none at all', () => {
    const others = newStory(WEB.replace('selector:\n    app: nginx', 'selector:\n    run: nginx'));
    const none = newStory(WEB.replace('  selector:\n    app: nginx\n  ports', '  ports'));
    for (const [story, rule, patch] of [
      [others, 'DNS-13', '{"spec":{"selector":{"run":null,"app":"nginx"}}}'],
      [none, 'DNS-9', '{"spec":{"selector":{"app":"nginx"}}}'],
    ] as const) {
      story.at(MINUTE);
      const trap = only(story, SET);
      expect(trap).toMatchObject({ id: 'service-selects-others', rule: { id: rule } });
      expect(story.server.answer('lookUp', { name: 'web-0.nginx' }).rcode).toBe('NXDOMAIN');
      fix(story, trap, `kubectl patch service nginx --type merge -p '${patch}'`);
      story.at(70 * SECOND);
      isFree(story);
      expect(story.server.answer('lookUp', { name: 'web-0.nginx' }).rcode).toBe('NOERROR');
    }
  });
});

describe('storage', () => {
  const withClass = (name: string): string =>
    WEB.replace('accessModes:', `storageClassName: ${name}\n        accessModes:`);

  it('PV-8 the class of a claim may not exist', () => {
    const story = newStory(withClass('fast'));
    story.at(MINUTE);
    for (const id of [undefined, SET, pod(0), slot(1), claim(0)])
      expect(only(story, id)).toMatchObject({ id: 'class-missing', about: claim(0) });
    fix(story, only(story), 'kubectl apply -f fast.yaml');
    story.at(3 * MINUTE);
    isFree(story);
  });

  it('PV-6 a claim without a class takes a volume that a person creates', () => {
    const story = newStory(withClass('""').replace('replicas: 3', 'replicas: 1'));
    story.at(MINUTE);
    fix(story, only(story, claim(0)), 'kubectl apply -f pv-www-web-0.yaml');
    story.at(2 * MINUTE);
    isFree(story);
    expect(story.why(SET).sentence).toContain('The only pod of web is Running and Ready');
  });

  it('PV-6 without a default class one can be made the default', () => {
    const story = newStory(WEB);
    story.kubectl('annotate storageclass standard storageclass.kubernetes.io/is-default-class=false --overwrite');
    story.kubectl('delete pvc --all --wait=false');
    story.apply(WEB.replaceAll('web', 'db').replace('nginx\nspec', 'other\nspec'));
    story.at(MINUTE);
    const trap = story.why('PersistentVolumeClaim/default/www-db-0').traps[0] as WhyTrap;
    expect(trap.id).toBe('claim-without-volume');
    fix(
      story,
      trap,
      'kubectl annotate storageclass standard storageclass.kubernetes.io/is-default-class=true --overwrite',
    );
    story.at(2 * MINUTE);
    isFree(story, 'PersistentVolumeClaim/default/www-db-0');
  });

  it('PV-9 a class may make no volumes', () => {
    const manifest = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: local
provisioner: kubernetes.io/no-provisioner
`;
    const story = newStory(`${manifest}---\n${withClass('local').replace('replicas: 3', 'replicas: 1')}`);
    story.at(MINUTE);
    const trap = only(story, claim(0));
    expect(trap).toMatchObject({ id: 'claim-without-volume', rule: { id: 'PV-9' } });
    fix(story, trap, 'kubectl apply -f pv-www-web-0.yaml');
    story.at(2 * MINUTE);
    isFree(story);
  });

  it('PV-17 a claim that is deleted in use goes with its pod', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.kubectl('delete pvc www-web-2 --wait=false');
    story.at(61 * SECOND);
    expect(only(story, claim(2))).toMatchObject({ id: 'claim-terminating', fixes: [], rule: { id: 'PV-17' } });
    expect(only(story)).toMatchObject({ about: claim(2) });
    isFree(story, pod(2));
    story.kubectl('delete pod web-2 --wait=false');
    story.at(2 * MINUTE);
    isFree(story);
  });
});

describe('pods that get no node', () => {
  it('SCHED-13 anti-affinity wants more nodes than there are', () => {
    const rule =
      'affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app: nginx}}, topologyKey: kubernetes.io/hostname}]}}';
    const story = newStory(
      WEB.replace('replicas: 3', 'replicas: 5').replace('      containers:', `      ${rule}\n      containers:`),
    );
    story.at(90 * SECOND);
    const trap = only(story);
    expect(trap).toMatchObject({ id: 'held-by-company', about: pod(3), rule: { id: 'SCHED-13' } });
    fix(story, trap, 'kubectl scale statefulset web --replicas=3');
    story.at(2 * MINUTE);
    isFree(story);
  });

  it('SCHED-5 all nodes are full', () => {
    const story = newStory(
      WEB.replace('replicas: 3', 'replicas: 4').replace(
        'image: nginx:1.27',
        'image: nginx:1.27\n          resources: {requests: {cpu: "3"}}',
      ),
    );
    story.at(90 * SECOND);
    const trap = only(story, pod(3));
    expect(trap).toMatchObject({ id: 'held-by-room' });
    expect(trap.sentence).toContain('which requests cpu 3: Insufficient cpu (3 of 3)');
    fix(story, trap, 'kubectl scale statefulset web --replicas=3');
    story.at(2 * MINUTE);
    isFree(story);
  });

  it('SCHED-7 taints keep it away, and SCHED-6 a cordon', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    for (const letter of ['a', 'b', 'c']) story.kubectl(`taint node node-${letter} team=db:NoSchedule`);
    story.kubectl('delete pod web-2 --wait=false');
    story.at(70 * SECOND);
    const trap = only(story, pod(2));
    expect(trap).toMatchObject({ id: 'held-by-taints', rule: { id: 'SCHED-7' } });
    expect(trap.sentence).toContain('team=db:NoSchedule');
    fix(story, trap, 'kubectl taint node node-a team:NoSchedule-');
    story.at(80 * SECOND);
    isFree(story);
    const cordoned = newStory(WEB);
    cordoned.at(MINUTE);
    for (const letter of ['a', 'b', 'c']) cordoned.kubectl(`cordon node-${letter}`);
    cordoned.kubectl('delete pod web-2 --wait=false');
    cordoned.at(70 * SECOND);
    const cordon = only(cordoned, pod(2));
    expect(cordon).toMatchObject({ sentence: 'web-2 has no node: all nodes are cordoned.', rule: { id: 'SCHED-6' } });
    fix(cordoned, cordon, 'kubectl uncordon node-a');
    cordoned.at(80 * SECOND);
    isFree(cordoned);
  });

  it('SCHED-11 its volume is tied to a node that takes no pods', () => {
    const zonal = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: zonal
provisioner: sim.example/provisioner
parameters:
  topology: zone
volumeBindingMode: WaitForFirstConsumer
`;
    const story = newStory(
      `${zonal}---\n${WEB.replace('accessModes:', 'storageClassName: zonal\n        accessModes:')}`,
    );
    story.at(MINUTE);
    story.kubectl('cordon node-c');
    story.kubectl('delete pod web-2 --wait=false');
    story.at(70 * SECOND);
    const trap = only(story);
    expect(trap).toMatchObject({ id: 'held-by-volume', about: pod(2) });
    expect(trap.sentence).toMatch(/^The volume of www-web-2 can be used on node-c alone/);
    expect(trap.fixes.at(-1)?.risk).toContain('data');
    fix(story, trap, 'kubectl uncordon node-c');
    story.at(80 * SECOND);
    isFree(story);
  });
});

describe('disruption budgets', () => {
  const budget = (spec: string): string => `${WEB}---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: keep
spec:
  ${spec}
  selector:
    matchLabels:
      app: nginx
`;
  const KEEP = 'PodDisruptionBudget/default/keep';

  it('PDB-3 one that wants every pod never allows an eviction, and blocks a drain until it is relaxed', () => {
    const story = newStory(budget('minAvailable: 3'));
    story.at(MINUTE);
    expect(only(story, KEEP)).toMatchObject({ id: 'budget-never-allows', rule: { id: 'PDB-3' } });
    isFree(story, node('c'));
    story.kubectl('drain node-c --ignore-daemonsets');
    story.at(70 * SECOND);
    const trap = only(story, node('c'));
    expect(trap).toMatchObject({ id: 'budget-blocks-drain', about: pod(2), rule: { id: 'API-17' } });
    expect(trap.sentence).toBe('web-2 cannot be evicted from node-c: budget keep needs 3 healthy pods and has 3.');
    expect(only(story, pod(2)).id).toBe('budget-blocks-drain');
    isFree(story, pod(1));
    fix(story, trap, `kubectl patch pdb keep --type merge -p '{"spec":{"minAvailable":null,"maxUnavailable":1}}'`);
    story.at(80 * SECOND);
    isFree(story);
    const again = story.why(node('c')).could[0];
    expect(again?.command).toBe('kubectl drain node-c --ignore-daemonsets --delete-emptydir-data');
    story.take(again!);
    story.at(2 * MINUTE);
    expect(story.why(node('c')).sentence).toBe('node-c is cordoned and takes no new pods. It runs 0 pods.');
    expect(story.why(SET).sentence).toContain('All 3 pods');
  });

  it('PDB-3 one with room is no trap, drained or not', () => {
    const story = newStory(budget('maxUnavailable: 1'));
    story.at(MINUTE);
    story.kubectl('drain node-c --ignore-daemonsets');
    for (const seconds of [61, 62, 64, 70, 90]) {
      story.at(seconds * SECOND);
      isFree(story);
    }
  });
});

describe('a healthy session', () => {
  const play = (acts: readonly { atMs: number; command: string }[], reachedMs: number): Play => {
    const files = { 'web.yaml': WEB };
    return playSession({
      cluster: { seed: 1, gates: {}, nodes: [], manifest: '', timing: {} },
      files,
      branches: [
        {
          id: 0,
          name: 'main',
          acts: acts.map(({ atMs, command }) => ({ atMs, act: { type: 'kubectl', command, files } })),
          reachedMs,
        },
      ],
      at: { branch: 0, atMs: 0 },
      view: { layout: 'identity' },
    });
  };

  /** Every trap that is named at any tick: of the whole, and of each object that the tick changed. */
  function namedIn(session: Play): string[] {
    const { player } = session;
    const named = new Set<string>();
    for (const [index, tick] of player.current.history.ticks.entries()) {
      moveCursor(player.cursor, index + 1);
      player.atMs = tick.atMs;
      const input = whyInput(session);
      const changed = tick.objects.map(({ key }) => key).filter((key) => !key.startsWith('Event/'));
      for (const id of [undefined, ...changed])
        for (const trap of whyOf(input, id).why.traps) named.add(`${player.atMs} ${id} ${trap.id}`);
    }
    return [...named];
  }

  it('is in no trap at any tick, from deployment over updates to the end', () => {
    const session = play(
      [
        { atMs: 0, command: 'apply -f web.yaml' },
        { atMs: MINUTE, command: 'set image sts/web nginx=nginx:1.28' },
        { atMs: 2 * MINUTE, command: 'scale sts web --replicas=5' },
        { atMs: 3 * MINUTE, command: 'rollout undo sts/web' },
        { atMs: 4 * MINUTE, command: 'delete pod web-1 --wait=false' },
        { atMs: 5 * MINUTE, command: 'scale sts web --replicas=1' },
        { atMs: 6 * MINUTE, command: 'delete sts web --wait=false' },
        { atMs: 7 * MINUTE, command: 'apply -f web.yaml' },
      ],
      8 * MINUTE,
    );
    expect(session.player.current.history.ticks.length).toBeGreaterThan(200);
    expect(namedIn(session)).toEqual([]);
  }, 30_000);

  it('is in no trap at any tick, whatever sound command comes whenever', () => {
    const command = fc.oneof(
      fc.integer({ min: 0, max: 5 }).map((replicas) => `scale sts web --replicas=${replicas}`),
      fc.constantFrom('1.27', '1.28', '1.29').map((tag) => `set image sts/web nginx=nginx:${tag}`),
      fc.integer({ min: 0, max: 3 }).map((ordinal) => `delete pod web-${ordinal} --wait=false`),
      fc.constantFrom(
        'rollout restart sts/web',
        'rollout undo sts/web',
        'apply -f web.yaml',
        'delete sts web --wait=false',
      ),
    );
    const step = fc.record({ command, afterMs: fc.integer({ min: 0, max: 30 * SECOND }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        let atMs = 0;
        const acts = [
          { atMs, command: 'apply -f web.yaml' },
          ...steps.map(({ command: words, afterMs }) => {
            atMs += afterMs;
            return { atMs, command: words };
          }),
        ];
        expect(namedIn(play(acts, atMs + 20 * SECOND))).toEqual([]);
      }),
      { numRuns: 12, seed: 7 },
    );
  }, 60_000);

  it('names traps that last alone: a healed cluster is free of the ones it had', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.fault('node-down', node('b'));
    story.at(70 * SECOND);
    expect(only(story, node('b')).id).toBe('silent-node');
    story.fault('node-up', node('b'));
    story.at(2 * MINUTE);
    isFree(story);
    isFree(story, node('b'));
  });
});

describe('the list of traps', () => {
  it('has an id, a title and kinds for each, and each id once', () => {
    expect(new Set(traps.map(({ id }) => id)).size).toBe(traps.length);
    for (const { id, title, kinds } of traps) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(title).toMatch(/^[A-Za-z].*[^.]$/);
      expect(kinds.length).toBeGreaterThan(0);
    }
  });
});
