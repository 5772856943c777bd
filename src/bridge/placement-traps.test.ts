import { describe, expect, it } from 'vitest';
import type { WhyTrap } from '#scene';
import { claim, MINUTE, newStory, node, pod, SECOND, SET, slot, WEB } from './testing/story.ts';
import { fix, isFree, only } from './testing/traps.ts';

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
