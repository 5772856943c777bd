import { describe, expect, it } from 'vitest';
import { traps } from '#scene';
import { MINUTE, newStory, pod, SECOND, SET, slot, WEB } from './testing/story.ts';
import { fix, isFree, only, update, withStrategy } from './testing/traps.ts';

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

  it('KUBELET-11 a pod that crashes once on the way is none', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    update(story);
    story.at(67 * SECOND);
    story.fault('pod-crash', pod(2));
    for (let ms = 0; ms < 4 * SECOND; ms += 100) {
      story.at(67 * SECOND + ms);
      isFree(story, SET);
    }
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
