import { describe, expect, it } from 'vitest';
import type { Facts, PodFacts, SetFacts } from '#scene';
import type { Session } from '#share';
import { decodeLink } from '#share';
import type { Frame } from './protocol.ts';
import { newServer, type Server } from './server.ts';

const WEB = `apiVersion: v1
kind: Service
metadata:
  name: nginx
spec:
  clusterIP: None
  selector:
    app: nginx
  ports:
    - name: web
      port: 80
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: nginx
  replicas: 3
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      terminationGracePeriodSeconds: 10
      containers:
        - name: nginx
          image: nginx:1.27
          volumeMounts:
            - name: www
              mountPath: /usr/share/nginx/html
  volumeClaimTemplates:
    - metadata:
        name: www
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 1Gi
`;
const files = { 'web.yaml': WEB };
const newSession = (more: Partial<Session> = {}): Session => ({
  cluster: { seed: 1, gates: {}, nodes: [], manifest: '', timing: {} },
  files,
  branches: [
    {
      id: 0,
      name: 'main',
      acts: [{ atMs: 0, act: { type: 'kubectl', command: 'apply -f web.yaml', files } }],
      reachedMs: 0,
    },
  ],
  at: { branch: 0, atMs: 0 },
  view: { layout: 'identity' },
  ...more,
});

/** What a page would hold: facts by id, brought up to date by each frame. */
function newPage(): { server: Server; facts: Map<string, Facts>; show: (frame: Frame) => Frame; set: () => SetFacts } {
  const server = newServer();
  const facts = new Map<string, Facts>();
  const show = (frame: Frame): Frame => {
    if (frame.isWhole) facts.clear();
    for (const id of frame.gone) facts.delete(id);
    for (const one of frame.set) facts.set(one.id, one);
    return frame;
  };
  const set = (): SetFacts => facts.get('StatefulSet/default/web') as SetFacts;
  show(server.answer('open', { session: newSession() }).frame);
  return { server, facts, show, set };
}
const MINUTE = 60_000;

describe('a session', () => {
  it('deploys the set of its first act until three pods are ready', () => {
    const { server, facts, show, set } = newPage();
    show(server.answer('seek', { atMs: 2 * MINUTE }));
    expect(set()).toMatchObject({ ready: 3, replicas: 3, ordinals: [0, 1, 2] });
    expect([...facts.values()].filter(({ type }) => type === 'slot')).toHaveLength(3);
    expect((facts.get('Pod/default/web-2') as PodFacts).state).toBe('ready');
    expect(facts.get('Slot/default/web/2')).toMatchObject({
      dnsAddresses: [expect.stringMatching(/^10\./)],
      endpoint: 'ready',
    });
    expect(facts.get('PersistentVolumeClaim/default/www-web-2')).toMatchObject({ phase: 'Bound', isKept: false });
  });

  it('shows at every moment what a page that looks for the first time sees', () => {
    const { server, facts, show } = newPage();
    show(server.answer('seek', { atMs: MINUTE }));
    show(server.answer('act', { atMs: MINUTE, act: { type: 'kubectl', command: 'scale sts web --replicas=1' } }).frame);
    const byId = (all: Iterable<Facts>): [string, Facts][] =>
      [...all].map((one): [string, Facts] => [one.id, one]).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const atMs of [90_000, 3_000, 12_345, 61_000, 0, 150_000, 149_000, 65_000, 20_000]) {
      show(server.answer('seek', { atMs }));
      const { session } = server.answer('share', { files, view: { layout: 'identity' } });
      const fresh = newServer().answer('open', { session }).frame;
      expect(byId(facts.values())).toEqual(byId(fresh.set));
    }
  });

  it('shows a pod as available when minReadySeconds is over, and not before, in either direction of time', () => {
    const { server, facts, show } = newPage();
    const web = { 'web.yaml': WEB.replace('replicas: 3', 'replicas: 1\n  minReadySeconds: 10') };
    show(server.answer('act', { atMs: 100, act: { type: 'kubectl', command: 'apply -f web.yaml', files: web } }).frame);
    const state = (): string => (facts.get('Pod/default/web-0') as PodFacts).state;
    let readyMs = 0;
    for (let atMs = 1_000; readyMs === 0; atMs += 1_000) {
      show(server.answer('seek', { atMs }));
      if (state() === 'ready-not-available') readyMs = atMs;
    }
    show(server.answer('seek', { atMs: readyMs + 12_000 }));
    expect(state()).toBe('ready');
    show(server.answer('seek', { atMs: readyMs }));
    expect(state()).toBe('ready-not-available');
  });

  it('goes on along the same branch at its end, and starts a branch in the past', () => {
    const { server, show, set } = newPage();
    show(server.answer('seek', { atMs: MINUTE }));
    const scaled = server.answer('act', {
      atMs: MINUTE,
      act: { type: 'kubectl', command: 'scale sts web --replicas=5' },
    });
    expect(scaled).toMatchObject({ code: 0, out: 'statefulset.apps/web scaled\n' });
    expect(scaled.newBranch).toBeUndefined();
    show(scaled.frame);
    show(server.answer('seek', { atMs: 3 * MINUTE }));
    expect(set().ready).toBe(5);
    const past = server.answer('act', {
      atMs: MINUTE - 1_000,
      act: { type: 'kubectl', command: 'scale sts web --replicas=1' },
    });
    expect(past.newBranch).toBe(1);
    show(past.frame);
    show(server.answer('seek', { atMs: 3 * MINUTE }));
    expect(set().ready).toBe(1);
    show(server.answer('goToBranch', { branch: 0 }).frame);
    show(server.answer('seek', { atMs: 3 * MINUTE }));
    expect(set().ready).toBe(5);
    expect(server.answer('timeline', {}).branches.map(({ name }) => name)).toEqual(['main', 'branch A']);
  });

  it('begins no branch for an act in the past that is refused', () => {
    const { server, show } = newPage();
    show(server.answer('seek', { atMs: 2 * MINUTE }));
    const act = { type: 'kubectl', command: 'scale sts nobody --replicas=1' } as const;
    const refused = server.answer('act', { atMs: MINUTE, act });
    expect(refused.code).toBe(1);
    expect(refused.newBranch).toBeUndefined();
    expect(refused.err).toContain('statefulsets.apps "nobody" not found');
    expect(server.answer('timeline', {})).toMatchObject({ branches: [{ id: 0 }], acts: [{ branch: 0 }] });
    show(server.answer('seek', { atMs: 2 * MINUTE }));
    expect(server.answer('share', { files, view: { layout: 'identity' } }).session.branches).toHaveLength(1);
  });

  it('plays a link again to the same fingerprint, branches and all', () => {
    const { server, show } = newPage();
    show(server.answer('seek', { atMs: MINUTE }));
    show(
      server.answer('act', { atMs: MINUTE, act: { type: 'kubectl', command: 'set image sts/web nginx=nginx:1.28' } })
        .frame,
    );
    show(server.answer('seek', { atMs: 80_000 }));
    show(
      server.answer('act', { atMs: 70_000, act: { type: 'fault', fault: 'node-down', target: 'Node//node-a' } }).frame,
    );
    show(server.answer('seek', { atMs: 5 * MINUTE }));
    const shared = server.answer('share', { files, view: { layout: 'nodes', selected: 'Pod/default/web-1' } });
    expect(shared.length).toBeLessThan(2_000);
    const decoded = decodeLink(shared.hash);
    expect(decoded).toMatchObject({ type: 'session', fingerprint: shared.fingerprint });
    if (decoded.type !== 'session') return;
    const opened = newServer().answer('open', { session: decoded.session, fingerprint: shared.fingerprint });
    expect(opened.isFaithful).toBe(true);
    const other = newServer().answer('open', { session: decoded.session, fingerprint: '0000000000000000' });
    expect(other.isFaithful).toBe(false);
  });

  it('says which act was refused, and keeps the cluster', () => {
    const { server, show, set } = newPage();
    show(server.answer('seek', { atMs: MINUTE }));
    const broken = { 'web.yaml': WEB.replace('replicas: 3', 'replicas: -1') };
    const refused = server.answer('act', {
      atMs: MINUTE,
      act: { type: 'kubectl', command: 'apply -f web.yaml', files: broken },
    });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('spec.replicas: Invalid value: -1: must be greater than or equal to 0');
    expect(refused.problems[0]?.from.line).toBe(WEB.split('\n').findIndex((line) => line.includes('replicas: 3')) + 1);
    show(refused.frame);
    expect(set().replicas).toBe(3);
    expect(server.answer('timeline', {}).acts.at(-1)?.isError).toBe(true);
  });

  it('takes a dry run back', () => {
    const { server, show, set } = newPage();
    show(server.answer('seek', { atMs: MINUTE }));
    const command = 'scale sts web --replicas=7 --dry-run=server';
    const { out, frame } = server.answer('act', { atMs: MINUTE, act: { type: 'kubectl', command } });
    expect(out).toContain('(server dry run)');
    show(frame);
    expect(set().replicas).toBe(3);
  });

  it('steps to the next and the previous tick that changed an object', () => {
    const { server } = newPage();
    const first = server.answer('jump', { to: 'next-tick' });
    const second = server.answer('jump', { to: 'next-tick' });
    expect(second.atMs).toBeGreaterThan(first.atMs);
    expect(server.answer('jump', { to: 'previous-tick' }).atMs).toBe(first.atMs);
  });

  it('is not quiet while somebody still has something to say, though no object will change', () => {
    const server = newServer();
    const ready = { 'web.yaml': WEB.replace('replicas: 3', 'replicas: 3\n  minReadySeconds: 3') };
    const acts = [{ atMs: 0, act: { type: 'kubectl', command: 'apply -f web.yaml', files: ready } }] as const;
    server.answer('open', { session: newSession({ branches: [{ id: 0, name: 'main', acts, reachedMs: 0 }] }) });
    const end = server.answer('seek', { atMs: 10 * MINUTE });
    for (let atMs = 0, frame = server.answer('seek', { atMs }); frame.tick < end.ticks; ) {
      expect(frame.isQuiet).toBe(false);
      expect(frame.nextTickMs).toBeDefined();
      atMs = frame.nextTickMs ?? 10 * MINUTE;
      frame = server.answer('seek', { atMs });
    }
  });

  it('comes to rest: a healthy cluster has nothing left to do', () => {
    const { server } = newPage();
    expect(server.answer('seek', { atMs: 10 * MINUTE }).isQuiet).toBe(true);
  });

  it('checks a manifest without touching the cluster', () => {
    const { server, show } = newPage();
    show(server.answer('seek', { atMs: MINUTE }));
    const before = server.answer('share', { files, view: { layout: 'identity' } }).fingerprint;
    const answer = server.answer('check', {
      files: { 'web.yaml': WEB.replace('serviceName: nginx', 'serviceName: other') },
    });
    expect(answer.problems[0]?.message).toContain('Forbidden: updates to statefulset spec');
    expect(server.answer('share', { files, view: { layout: 'identity' } }).fingerprint).toBe(before);
  });

  it('counts the pods of a slot, and says since when it is empty', () => {
    const { server, facts, show } = newPage();
    const kubectl = (command: string, atMs: number) =>
      show(server.answer('act', { atMs, act: { type: 'kubectl', command } }).frame);
    show(server.answer('seek', { atMs: MINUTE }));
    kubectl('delete pod web-2', MINUTE);
    show(server.answer('seek', { atMs: 2 * MINUTE }));
    expect((facts.get('Pod/default/web-2') as PodFacts).incarnation).toBe(2);
    kubectl('scale sts web --replicas=2', 2 * MINUTE);
    show(server.answer('seek', { atMs: 3 * MINUTE }));
    const slot = facts.get('Slot/default/web/2');
    expect(slot).toMatchObject({
      type: 'slot',
      isInRange: false,
      claimIds: ['PersistentVolumeClaim/default/www-web-2'],
    });
    expect(slot?.type === 'slot' && slot.emptySinceMs).toBeGreaterThan(2 * MINUTE);
    expect(facts.get('PersistentVolumeClaim/default/www-web-2')).toMatchObject({ isKept: true });
  });

  it('inspects an object: its YAML, events, conditions and what changed last', () => {
    const { server } = newPage();
    server.answer('seek', { atMs: MINUTE });
    const pod = server.answer('inspect', { id: 'Pod/default/web-0' });
    expect(pod?.yaml).toContain('nodeName: node-');
    expect(pod?.events.map(({ reason }) => reason)).toContain('Scheduled');
    expect(pod?.conditions.find(({ type }) => type === 'Ready')?.status).toBe('True');
    expect(pod?.changed.length).toBeGreaterThan(0);
    expect(pod?.owners).toEqual(['StatefulSet/default/web']);
    expect(server.answer('inspect', { id: 'Pod/default/nobody' })).toBeUndefined();
  });

  it('offers acts with the command they stand for', () => {
    const { server } = newPage();
    server.answer('seek', { atMs: MINUTE });
    const commands = server.answer('offers', { id: 'Pod/default/web-0' }).map(({ command }) => command);
    expect(commands).toContain('kubectl delete pod web-0 --wait=false');
    expect(server.answer('offers', { id: 'Node//node-a' }).map(({ command }) => command)).toContain(
      'kubectl cordon node-a',
    );
  });
});

describe('a branch that is taken away', () => {
  const withBranch = () => {
    const { server } = newPage();
    server.answer('seek', { atMs: MINUTE });
    server.answer('act', { act: { type: 'kubectl', command: 'scale sts web --replicas=1' }, atMs: 30_000 });
    server.answer('goToBranch', { branch: 0 });
    return server;
  };
  const idsOf = (info: { branches: readonly { id: number }[] }) => info.branches.map(({ id }) => id);

  it('is in no list and no link, and comes back as it was', () => {
    const server = withBranch();
    const gone = server.answer('removeBranch', { branch: 1, isBack: false });
    expect(idsOf(gone)).toEqual([0]);
    expect(gone.acts.every(({ branch }) => branch === 0)).toBe(true);
    const { session } = server.answer('share', { files, view: { layout: 'identity' } });
    expect(session.branches).toHaveLength(1);
    expect(idsOf(server.answer('removeBranch', { branch: 1, isBack: true }))).toEqual([0, 1]);
    server.answer('goToBranch', { branch: 1 });
    expect(server.answer('timeline', {}).branch).toBe(1);
  });

  it('stays where it is shown, compared, or another branch left it', () => {
    const server = withBranch();
    expect(idsOf(server.answer('removeBranch', { branch: 0, isBack: false }))).toEqual([0, 1]);
    server.answer('compare', { branch: 1 });
    expect(idsOf(server.answer('removeBranch', { branch: 1, isBack: false }))).toEqual([0, 1]);
    server.answer('compare', { branch: undefined });
    server.answer('goToBranch', { branch: 1 });
    expect(idsOf(server.answer('removeBranch', { branch: 0, isBack: false }))).toEqual([0, 1]);
  });
});
