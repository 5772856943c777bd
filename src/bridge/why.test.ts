import { describe, expect, it } from 'vitest';
import { claim, MINUTE, newStory, node, pod, SECOND, SET, sentencesIn, slot, WEB } from './testing/story.ts';

describe('a healthy set', () => {
  it('STS-3 says what a set waits for, down to what the kubelet does, and when it will be over', () => {
    const story = newStory(WEB);
    story.at(3 * SECOND);
    const why = story.why(SET);
    expect(why).toMatchObject({
      id: SET,
      heading: 'Why is web waiting?',
      aside: 'OrderedReady, ordinal order',
      rule: { id: 'STS-3', docs: expect.stringContaining('kubernetes.io') },
    });
    expect(why.sentence).toMatch(/^web is waiting for web-0 to be Running and Ready before creating web-1\. /);
    expect(why.chain.map(({ id }) => id)).toEqual([pod(0), pod(0)]);
    expect(why.chain[0]?.sentence).toBe('web-0 is not Running and Ready.');
    const [ready, created] = why.next;
    expect(ready).toMatchObject({ kind: 'tick', about: pod(0), sentence: 'web-0 becomes Ready.' });
    expect(created).toMatchObject({ kind: 'tick', about: pod(1), sentence: 'web-1 is created.' });
    story.at(ready?.atMs ?? 0);
    expect(
      story.server.answer('inspect', { id: pod(0) })?.conditions.find(({ type }) => type === 'Ready')?.status,
    ).toBe('True');
  });

  it('STS-2 says why a slot is still empty, and which pod it waits for', () => {
    const story = newStory(WEB);
    story.at(3 * SECOND);
    const why = story.why(slot(2));
    expect(why.heading).toBe('Why is there no web-2?');
    expect(why.sentence).toMatch(/^web-2 is not created yet: OrderedReady waits until every pod before it/);
    expect(why.chain[0]?.id).toBe(pod(0));
    expect(why.next.map(({ sentence }) => sentence)).toContain('web-2 is created.');
  });

  it('says that all is well, and that nothing comes', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    expect(story.why()).toMatchObject({
      heading: 'What is going on?',
      sentence: 'All is as the specs ask: 3 of 3 pods of web are Ready.',
      chain: [],
      traps: [],
      next: [{ kind: 'end', sentence: 'Nothing happens until somebody acts.' }],
      could: [],
    });
    expect(story.why(SET).sentence).toBe('All 3 pods of web are Running and Ready, at rev 1.');
    expect(story.why(pod(0)).sentence).toBe('web-0 is Running and Ready on node-a, at rev 1.');
    expect(story.why(node('a')).sentence).toBe('node-a is Ready and runs 1 pod.');
    expect(story.why('Service/default/nginx')).toMatchObject({ rule: { id: 'DNS-1' } });
    expect(story.why(claim(0)).sentence).toMatch(/^www-web-0 is Bound to pvc-\w{8}\. web-0 uses it\.$/);
  });

  it('STS-11 says for what a pod is deleted, and until when its containers may take', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.kubectl('set image sts/web nginx=nginx:1.28');
    story.at(MINUTE + 500);
    const why = story.why(pod(2));
    expect(why.heading).toBe('Why is web-2 terminating?');
    expect(why.rule?.id).toBe('STS-11');
    expect(why.sentence).toBe(
      'web-2 is deleted so that it comes back at rev 2. Its containers have until 1:10 to stop; then they are killed.',
    );
    expect(why.chain).toMatchObject([{ id: pod(2), rule: { id: 'KUBELET-15' } }]);
    expect(why.next.map(({ sentence }) => sentence)).toEqual([
      'web-2 is gone.',
      'web-2 is created.',
      'web-2 becomes Ready.',
      expect.stringMatching(/^After 1:\d\d nothing more, until somebody acts\.$/),
    ]);
    const old = story.why(pod(0));
    expect(old.rule?.id).toBe('STS-12');
    expect(old.sentence).toMatch(
      /It is updated to rev 2 in its turn, highest ordinal first: 3 pods are still to come\.$/,
    );
    expect(old.chain[0]?.id).toBe(pod(2));
  });

  it('API-5 says which command of a person deleted a pod', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.kubectl('delete pod web-1 --wait=false');
    story.at(MINUTE + 100);
    expect(story.why(pod(1)).sentence).toMatch(/^web-1 is deleted by kubectl delete pod web-1 --wait=false\. /);
  });

  it('CLAIM-5 says why a slot outside the range has no pod, and that its claim is kept', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.kubectl('scale sts web --replicas=2');
    story.at(2 * MINUTE);
    const why = story.why(slot(2));
    expect(why).toMatchObject({ heading: 'Why is there no web-2?', rule: { id: 'CLAIM-5' } });
    expect(why.sentence).toMatch(/^web asks for the ordinals 0 to 1\. www-web-2 is kept/);
    expect(why.could.map(({ command }) => command)).toEqual(['kubectl scale statefulset web --replicas=3']);
    expect(story.why(claim(2)).heading).toBe('Why is www-web-2 kept?');
    expect(story.why('Pod/default/web-2').heading).toBe('Why is there no web-2?');
  });

  it('STS-5 tells when a Ready pod counts as available', () => {
    const story = newStory(WEB.replace('replicas: 3', 'replicas: 3\n  minReadySeconds: 20'));
    story.at(15 * SECOND);
    const why = story.why(pod(0));
    expect(why).toMatchObject({ heading: 'Why is web-0 not available yet?', rule: { id: 'STS-5' } });
    expect(why.next[0]).toMatchObject({ sentence: 'web-0 counts as available.', atMs: 27 * SECOND });
  });
});

describe('a stuck roll-out and its cure', () => {
  it('STS-3 names the trap: an undo does not heal, a deletion does', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.fault('image-pull-fails', 'Image//nginx:1.28');
    story.kubectl('set image sts/web nginx=nginx:1.28');
    story.at(90 * SECOND);

    const stuck = story.why(SET);
    expect(stuck.sentence).toBe(
      'web is waiting for web-2 to be Running and Ready before updating web-1. Image nginx:1.28 cannot be pulled since 1:00.',
    );
    expect(stuck.chain).toMatchObject([
      { id: pod(2), sentence: 'web-2 is not Running and Ready.' },
      { id: pod(2), sentence: expect.stringContaining('Container nginx is waiting in ImagePullBackOff') },
      { id: pod(2), rule: { id: 'FAULT-4' } },
    ]);
    expect(stuck.traps).toMatchObject([{ id: 'stuck-roll-out', about: pod(2), rule: { id: 'STS-3' } }]);
    expect(stuck.traps[0]?.sentence).toContain('Undoing it does not heal the pod');
    expect(stuck.next.at(-1)).toMatchObject({
      kind: 'end',
      sentence: 'The same again and again, until web-2 is Running and Ready or somebody acts.',
    });
    expect(story.why(pod(2)).traps.map(({ id }) => id)).toEqual(['stuck-roll-out']);

    const undo = stuck.could.find(({ command }) => command === 'kubectl rollout undo statefulset web');
    expect(undo?.risk).toContain('stays broken until it is deleted');
    expect(story.take(undo!).code).toBe(0);
    story.at(5 * MINUTE);
    const undone = story.why(SET);
    expect(undone.traps[0]?.sentence).toMatch(/^The template has changed, and web-2 keeps rev 2: OrderedReady waits/);

    const cure = undone.traps[0]?.fixes[0];
    expect(cure?.command).toBe('kubectl delete pod web-2 --wait=false');
    expect(story.take(cure!).code).toBe(0);
    story.at(6 * MINUTE);
    expect(story.why()).toMatchObject({
      traps: [],
      sentence: 'All is as the specs ask: 3 of 3 pods of web are Ready.',
    });
  });

  it('KUBELET-12 tells the next start of a crashing container, and how to let it run', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.fault('pod-crash-loop', pod(1));
    story.at(130 * SECOND);
    const why = story.why(pod(1));
    expect(why.heading).toBe('Why is web-1 crashing?');
    expect(why.sentence).toMatch(
      /^web-1 is not Ready\. Container nginx is waiting in CrashLoopBackOff: it has ended 4 times/,
    );
    expect(why.next[0]?.sentence).toBe('web-1 starts container nginx again, and becomes Ready.');
    expect(why.next[0]?.atMs).toBeGreaterThan(130 * SECOND);
    expect(why.traps).toEqual([]);
    story.take(why.could[0]!);
    story.at(5 * MINUTE);
    expect(story.why(pod(1)).heading).toBe('How is web-1?');
  });
});

describe('a node that falls silent', () => {
  it('KUBELET-18 says why no new pod is made, what comes, and how unsafe the ways out are', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.fault('node-down', node('c'));
    story.at(70 * SECOND);
    expect(story.why(pod(2)).sentence).toMatch(
      /That is the last that was heard of it: node-c has not answered since 1:00\.$/,
    );
    expect(story.why().about).toBe(node('c'));
    expect(story.why(node('c')).next).toMatchObject([
      { atMs: 110 * SECOND, rule: { id: 'NODE-3' } },
      { atMs: 110 * SECOND, about: pod(2), sentence: 'web-2 is not Ready any more.' },
      { sentence: 'node-c is tainted NoExecute.' },
      { about: pod(2), sentence: 'web-2 is deleted and has 10 s to stop.', rule: { id: 'EVICT-2' } },
    ]);

    story.at(130 * SECOND);
    const waiting = story.why(SET);
    expect(waiting.chain.map(({ id }) => id)).toEqual([pod(2), node('c'), node('c'), node('c')]);
    expect(waiting.chain[2]?.sentence).toBe('1 pod on it is deleted at 6:55, unless its NoExecute taint goes.');
    expect(waiting.chain.at(-1)).toMatchObject({ sentence: 'node-c is cut off since 1:00.', rule: { id: 'FAULT-2' } });

    story.at(7 * MINUTE);
    const stays = story.why(pod(2));
    expect(stays.heading).toBe('Why is there no new web-2?');
    expect(stays.chain[0]?.rule?.id).toBe('EVICT-2');
    expect(stays.next).toMatchObject([
      { kind: 'end', sentence: 'Nothing happens until node-c answers again or somebody acts.' },
    ]);
    expect(stays.traps).toMatchObject([{ id: 'silent-node', about: node('c') }]);
    const [back, taint, force] = stays.traps[0]?.fixes ?? [];
    expect([back?.act.type, back?.risk]).toEqual(['fault', undefined]);
    expect(taint?.risk).toContain('really down');
    expect(force?.risk).toMatch(/^Unsafe/);

    expect(story.take(taint!).code).toBe(0);
    const gone = story.why(pod(2)).next[0];
    expect(gone).toMatchObject({ sentence: 'web-2 is gone.', rule: { id: 'NODE-8' } });
    story.at((gone?.atMs ?? 0) + 20 * SECOND);
    expect(story.why(SET).heading).toBe('How is web?');
    expect(story.why(node('c')).traps[0]?.fixes.map(({ command }) => command)).toEqual(['node-up node-c']);
  });
});

describe('a claim of a class that does not exist', () => {
  it('PV-8 is the root of the whole chain, and creating the class lets the set go on', () => {
    const story = newStory(WEB.replace('accessModes:', 'storageClassName: fast\n        accessModes:'));
    story.at(30 * SECOND);
    const why = story.why();
    expect(why.about).toBe(SET);
    expect(why.sentence).toBe(
      'web is waiting for web-0 to be Running and Ready before creating web-1. www-web-0 asks for the StorageClass fast, which does not exist.',
    );
    expect(why.chain).toMatchObject([
      { id: pod(0), sentence: 'web-0 has no node.', rule: { id: 'SCHED-11' } },
      { id: claim(0), sentence: 'www-web-0 is not bound.' },
      { id: claim(0), rule: { id: 'PV-8' } },
    ]);
    expect(why.next).toMatchObject([
      { kind: 'end', sentence: 'Nothing happens until the StorageClass fast is created or somebody acts.' },
    ]);
    expect(why.could.map(({ label }) => label)).toEqual(['Create the StorageClass fast']);
    story.take(why.could[0]!);
    story.at(2 * MINUTE);
    expect(story.why().sentence).toBe('All is as the specs ask: 3 of 3 pods of web are Ready.');
  });

  it('FAULT-5 shows a provisioner that makes no volumes as the root', () => {
    const story = newStory(WEB);
    story.at(20);
    const [offer] = story.server
      .answer('offers', { id: claim(0) })
      .filter(({ act }) => act.type === 'fault' && act.fault === 'provisioner-stops');
    story.act(offer!.act);
    story.at(20 * SECOND);
    const why = story.why(pod(0));
    expect(why.chain.at(-1)).toMatchObject({ id: claim(0), rule: { id: 'FAULT-5' } });
    expect(why.next.at(-1)?.sentence).toBe('Nothing happens until the provisioner goes on or somebody acts.');
    const [goOn] = why.could;
    expect(goOn?.act.type).toBe('fault');
    story.take(goOn!);
    story.at(2 * MINUTE);
    expect(story.why(pod(0)).heading).toBe('How is web-0?');
  });
});

describe('a Parallel set', () => {
  it('STS-26 waits for none of its pods, and still shows what ails the first of them', () => {
    const story = newStory(WEB.replace('  replicas: 3', '  replicas: 3\n  podManagementPolicy: Parallel'));
    story.fault('image-pull-fails', 'Image//nginx:1.27');
    story.at(30 * SECOND);
    const why = story.why(SET);
    expect(why.rule?.id).toBe('STS-26');
    expect(why.sentence).toMatch(
      /^web is waiting for 3 pods to be Running and Ready, between web-0 and web-2\. Image nginx:1\.27/,
    );
    expect(why.chain[0]?.id).toBe(pod(0));
  });
});

describe('what comes next', () => {
  it('stops at the act that is recorded next, where the playhead stands in the past', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.kubectl('scale sts web --replicas=4');
    story.at(2 * MINUTE);
    story.at(30 * SECOND);
    expect(story.why(SET).next).toEqual([
      { kind: 'act', atMs: MINUTE, sentence: 'On this branch you do this: kubectl scale sts web --replicas=4' },
    ]);
  });

  it('does not move the moment shown, nor what was looked at', () => {
    const story = newStory(WEB);
    story.at(3 * SECOND);
    const before = story.server.answer('share', { files: {}, view: { layout: 'identity' } });
    story.why(SET);
    story.why();
    expect(story.server.answer('share', { files: {}, view: { layout: 'identity' } })).toEqual(before);
    expect(story.kubectl('scale sts web --replicas=1').code).toBe(0);
    story.at(MINUTE);
    expect(story.why(SET).sentence).toBe('The only pod of web is Running and Ready, at rev 1.');
  });
});

describe('an empty cluster', () => {
  it('says that there is no set yet, and knows what stands there', () => {
    const story = newStory('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team\n');
    expect(story.why()).toMatchObject({ sentence: expect.stringMatching(/^There is no StatefulSet/), traps: [] });
    expect(story.why('StorageClass//standard').sentence).toContain('StorageClass standard is there');
    expect(story.why(SET)).toMatchObject({ heading: 'Where is web?', chain: [], could: [] });
  });
});

describe('words', () => {
  it('answers in one or two whole sentences, whatever is asked at whatever moment', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.fault('node-down', node('c'));
    story.fault('pod-crash', pod(0));
    story.kubectl('set image sts/web nginx=nginx:1.28');
    story.kubectl('delete pvc www-web-1 --wait=false');
    const ids = [
      undefined,
      SET,
      'Service/default/nginx',
      'Service/default/nobody',
      'StorageClass//standard',
      'PersistentVolumeClaim/default/nobody',
      ...[0, 1, 2, 3].flatMap((ordinal) => [pod(ordinal), slot(ordinal), claim(ordinal)]),
      ...['a', 'b', 'c'].map(node),
    ];
    for (const seconds of [60, 61, 64, 80, 115, 430]) {
      story.at(seconds * SECOND);
      for (const id of ids) {
        const why = story.why(id);
        expect(why.heading).toMatch(/\?$/);
        expect(sentencesIn(why.sentence), why.sentence).toBeLessThanOrEqual(2);
        const texts = [why.sentence, ...[...why.chain, ...why.traps].map(({ sentence }) => sentence)];
        for (const text of texts) expect(text).toMatch(/^\S.*[^.]\.$/);
        expect(texts.join(' ')).not.toMatch(/!|undefined|NaN/);
        expect(new Set(why.chain.map(({ sentence }) => sentence)).size).toBe(why.chain.length);
        expect(why.next.map(({ atMs = 0 }) => atMs).filter((atMs) => atMs > 0 && atMs <= seconds * SECOND)).toEqual([]);
      }
    }
  });
});
