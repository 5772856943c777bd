// A living cluster is pasted: it stands as it was, and goes on from there.
import { describe, expect, it } from 'vitest';
import { actNow, applyFault, type Cluster, newSimulation, reasonOf, runUntil, type Tick } from '#engine';
import { isPodReady, type KubeObject, type Pod, type StatefulSet } from '#kube';
import { runKubectl } from '#kubectl';
import type { ClusterSetup, Session } from '#share';
import { foundObjects } from './found-objects.ts';
import { importCluster } from './import-cluster.ts';
import type { ImportedCluster } from './protocol.ts';
import { newServer } from './server.ts';
import { WEB } from './testing/story.ts';

const MINUTE = 60_000;
const KINDS = 'sts,pod,pvc,pv,svc,node,controllerrevision,pdb';

/** What kubectl prints in a cluster. */
function kubectl(cluster: Cluster, command: string, files: Readonly<Record<string, string>> = {}): string {
  let text = '';
  actNow(cluster, 'user', command, (turn) => {
    const { out, err, code, outcome } = runKubectl(turn, command, files);
    if (code !== 0) throw new Error(err);
    text = out;
    return outcome;
  });
  return text;
}

/** A cluster in which a manifest was applied, an hour ago and more. */
function livingCluster(manifest = WEB, more: (cluster: Cluster) => void = () => undefined): Cluster {
  const cluster = newSimulation({ epochMs: Date.parse('2025-03-01T08:00:00Z') });
  kubectl(cluster, 'apply -f web.yaml', { 'web.yaml': manifest });
  runUntil(cluster, 60 * MINUTE);
  more(cluster);
  return cluster;
}

const fault = (cluster: Cluster, id: string, target: string): void => {
  actNow(cluster, 'user', id, (turn) => applyFault(turn, id, target));
};

type Imported = Extract<ImportedCluster, { setup: ClusterSetup }>;

function imported(text: string): Imported {
  const answer = importCluster(text);
  if ('problems' in answer) throw new Error(JSON.stringify(answer.problems));
  return answer;
}

/** The simulation that goes on from a pasted text. */
const continued = ({ setup }: Imported): Cluster =>
  newSimulation({
    seed: setup.seed,
    found: foundObjects(setup.pasted ?? ''),
    hasDefaultClass: false,
    ...(setup.nodes.length > 0 && { nodes: setup.nodes }),
  });

const podOf = (cluster: Cluster, name: string): Pod => cluster.view.get('Pod', 'default', name) as Pod;
const setOf = (cluster: Cluster): StatefulSet => cluster.view.get('StatefulSet', 'default', 'web') as StatefulSet;
const ruleOf = (cluster: Cluster, actor: string, key: string): string | undefined =>
  reasonOf(cluster.world, actor, key)?.rule;

/** Everything that was pasted, as it stands in a cluster. */
const asFound = (cluster: Cluster, { setup }: Imported): readonly (KubeObject | undefined)[] =>
  foundObjects(setup.pasted ?? '').map(({ kind, metadata }) =>
    cluster.view.find(`${kind}/${metadata.namespace ?? ''}/${metadata.name}`),
  );

function ticksUntil(cluster: Cluster, atMs: number): Tick[] {
  const ticks: Tick[] = [];
  runUntil(cluster, atMs, (tick) => ticks.push(tick));
  return ticks;
}

describe('a healthy cluster', () => {
  const living = livingCluster();

  it.each(['yaml', 'json'])('KUBE-29 stands as it was, from -o %s', (format) => {
    const paste = imported(kubectl(living, `get ${KINDS} -o ${format}`));
    const cluster = continued(paste);
    expect(asFound(cluster, paste)).toEqual(foundObjects(paste.setup.pasted ?? ''));
    for (const pod of living.view.list('Pod'))
      expect(cluster.view.get('Pod', 'default', pod.metadata.name)).toEqual(pod);
    expect(paste.counts).toMatchObject({
      StatefulSet: 1,
      Pod: 3,
      PersistentVolumeClaim: 3,
      Node: 3,
      ControllerRevision: 1,
    });
    // Classes are not in the command that one is told to type.
    expect(paste.notes).toEqual(['StorageClasses were not pasted: standard is made up.']);
  });

  it('KUBELET-23 goes on without a restart, a new revision or any other change', () => {
    const paste = imported(kubectl(living, `get ${KINDS} -o yaml`));
    const cluster = continued(paste);
    const ticks = ticksUntil(cluster, 30 * MINUTE);
    expect(ticks.flatMap(({ objects }) => objects)).toEqual([]);
    expect(
      cluster.view.list('EndpointSlice').flatMap(({ endpoints }) => endpoints.map(({ hostname }) => hostname)),
    ).toEqual(['web-0', 'web-1', 'web-2']);
    expect(asFound(cluster, paste)).toEqual(foundObjects(paste.setup.pasted ?? ''));
  });

  it('KUBE-29 counts ages from the newest time in it', () => {
    const paste = imported(kubectl(living, `get ${KINDS} -o yaml`));
    const cluster = continued(paste);
    const newest = Math.max(
      ...living.view
        .list('Pod')
        .flatMap(({ status }) =>
          (status.conditions ?? []).map(({ lastTransitionTime }) => Date.parse(lastTransitionTime ?? '')),
        ),
    );
    expect(cluster.world.config.epochMs).toBe(newest);
    expect(kubectl(cluster, 'get pods')).toMatch(/web-0 +1\/1 +Running +0 +\d+s/);
  });

  it('STS-11 goes on with a roll-out, and REV-2 makes a revision only then', () => {
    const cluster = continued(imported(kubectl(living, `get ${KINDS} -o yaml`)));
    kubectl(cluster, 'set image sts/web nginx=nginx:1.28');
    runUntil(cluster, 5 * MINUTE);
    expect(cluster.view.count('ControllerRevision')).toBe(2);
    expect(setOf(cluster).status).toMatchObject({ updatedReplicas: 3, readyReplicas: 3 });
    expect(setOf(cluster).status.currentRevision).toBe(setOf(cluster).status.updateRevision);
  });

  it('PV-27 makes volumes of a class that was found at work', () => {
    const text = kubectl(living, `get ${KINDS} -o yaml`).replaceAll('sim.example/provisioner', 'ebs.csi.example');
    const cluster = continued(imported(text));
    kubectl(cluster, 'scale sts web --replicas=5');
    runUntil(cluster, 5 * MINUTE);
    expect(setOf(cluster).status.readyReplicas).toBe(5);
    const volume = cluster.view.get('PersistentVolumeClaim', 'default', 'www-web-4')?.spec.volumeName ?? '';
    expect(cluster.view.get('PersistentVolume', '', volume)?.metadata.annotations).toMatchObject({
      'pv.kubernetes.io/provisioned-by': 'ebs.csi.example',
    });
  });

  it('GC-8 keeps what others own who were not pasted', () => {
    const cluster = continued(imported(kubectl(living, 'get pod,pvc -o yaml')));
    runUntil(cluster, 30 * MINUTE);
    expect(cluster.view.list('Pod').map(({ metadata }) => metadata.name)).toEqual(['web-0', 'web-1', 'web-2']);
    kubectl(cluster, 'delete pod web-1');
    runUntil(cluster, 31 * MINUTE);
    expect(cluster.view.count('Pod')).toBe(2);
  });

  it('STS-1 makes pods anew where none was pasted, and says so', () => {
    const paste = imported(kubectl(living, 'get sts,pvc,pv,node -o yaml'));
    expect(paste.notes.at(-1)).toBe('Pods were not pasted: the sets count 3 of them, and make them anew.');
    const cluster = continued(paste);
    runUntil(cluster, 2 * MINUTE);
    expect(setOf(cluster).status.readyReplicas).toBe(3);
  });

  it('PV-12 makes volumes, classes and nodes up from claims and pods where none was pasted', () => {
    const paste = imported(kubectl(living, 'get sts,pod,pvc -o yaml'));
    expect(paste.notes).toEqual([
      'Volumes were not pasted: 3 are made up from their claims.',
      'StorageClasses were not pasted: standard is made up.',
      'Nodes were not pasted: node-a, node-b, node-c are made up from the pods on them.',
    ]);
    const cluster = continued(paste);
    runUntil(cluster, 10 * MINUTE);
    expect(cluster.view.list('PersistentVolumeClaim').every(({ status }) => status.phase === 'Bound')).toBe(true);
    kubectl(cluster, 'delete pod web-2');
    runUntil(cluster, 12 * MINUTE);
    expect(isPodReady(podOf(cluster, 'web-2'))).toBe(true);
  });
});

describe('a roll-out that is stuck', () => {
  const stuckOn = (id: string, target: (cluster: Cluster) => string, wait = 20): Cluster =>
    livingCluster(WEB, (cluster) => {
      kubectl(cluster, 'set image sts/web nginx=nginx:broken');
      fault(cluster, id, target(cluster));
      runUntil(cluster, (60 + wait) * MINUTE);
    });

  it('KUBELET-9 STS-3 waits for an image that cannot be pulled', () => {
    const living = stuckOn('image-pull-fails', () => 'Image//nginx:broken');
    expect(podOf(living, 'web-2').status.containerStatuses?.[0]?.state.waiting?.reason).toMatch(/ImagePull/);
    const cluster = continued(imported(kubectl(living, `get ${KINDS} -o yaml`)));
    expect(podOf(cluster, 'web-2')).toEqual(podOf(living, 'web-2'));
    runUntil(cluster, 1000);
    expect(ruleOf(cluster, 'statefulset-controller', 'StatefulSet/default/web')).toBe(
      ruleOf(living, 'statefulset-controller', 'StatefulSet/default/web'),
    );
    expect(ruleOf(cluster, 'kubelet', 'Pod/default/web-2')).toBe('KUBELET-9');
    runUntil(cluster, 30 * MINUTE);
    expect(podOf(cluster, 'web-2').metadata.uid).toBe(podOf(living, 'web-2').metadata.uid);
    expect(isPodReady(podOf(cluster, 'web-2'))).toBe(false);
    expect(cluster.view.count('ControllerRevision')).toBe(2);
    // Taken back, the roll-out goes on.
    fault(cluster, 'image-pull-works', 'Image//nginx:broken');
    runUntil(cluster, 45 * MINUTE);
    expect(setOf(cluster).status.updatedReplicas).toBe(3);
  });

  it('KUBELET-12 STS-3 waits for a pod that crashes again and again', () => {
    const living = stuckOn('image-crashes', () => 'Image//nginx:broken');
    const before = podOf(living, 'web-2').status.containerStatuses?.[0];
    const cluster = continued(imported(kubectl(living, `get ${KINDS} -o yaml`)));
    expect(podOf(cluster, 'web-2')).toEqual(podOf(living, 'web-2'));
    runUntil(cluster, 1000);
    expect(ruleOf(cluster, 'statefulset-controller', 'StatefulSet/default/web')).toBe('STS-3');
    runUntil(cluster, 20 * MINUTE);
    const after = podOf(cluster, 'web-2').status.containerStatuses?.[0];
    expect(after?.restartCount).toBeGreaterThan(before?.restartCount ?? 0);
    expect(after?.restartCount).toBeLessThan((before?.restartCount ?? 0) + 7);
    expect(isPodReady(podOf(cluster, 'web-2'))).toBe(false);
    fault(cluster, 'pod-crash-loop-ends', 'Pod/default/web-2');
    runUntil(cluster, 40 * MINUTE);
    expect(setOf(cluster).status.updatedReplicas).toBe(3);
  });

  it('PROBE-4 STS-12 waits for a pod that is not ready, until a person says otherwise', () => {
    const living = livingCluster(
      WEB.replace('          volumeMounts', '          readinessProbe: {httpGet: {port: web}}\n          volumeMounts'),
      (cluster) => {
        fault(cluster, 'pod-not-ready', 'Pod/default/web-1');
        runUntil(cluster, 80 * MINUTE);
      },
    );
    const cluster = continued(imported(kubectl(living, `get ${KINDS} -o yaml`)));
    runUntil(cluster, 20 * MINUTE);
    expect(podOf(cluster, 'web-1')).toEqual(podOf(living, 'web-1'));
    expect(ruleOf(cluster, 'kubelet', 'Pod/default/web-1')).toBe('PROBE-4');
    fault(cluster, 'pod-ready-again', 'Pod/default/web-1');
    runUntil(cluster, 21 * MINUTE);
    expect(isPodReady(podOf(cluster, 'web-1'))).toBe(true);
    expect(podOf(cluster, 'web-1').status.containerStatuses?.[0]?.containerID).toBe(
      podOf(living, 'web-1').status.containerStatuses?.[0]?.containerID,
    );
  });

  it('PV-8 waits for a class that nobody made', () => {
    const living = livingCluster(WEB.replace('accessModes:', 'storageClassName: fast\n        accessModes:'));
    const cluster = continued(imported(kubectl(living, `get ${KINDS} -o yaml`)));
    runUntil(cluster, MINUTE);
    expect(cluster.view.list('Pod').map(({ metadata, spec }) => [metadata.name, spec.nodeName])).toEqual([
      ['web-0', undefined],
    ]);
    expect(ruleOf(cluster, 'persistentvolume-controller', 'PersistentVolumeClaim/default/www-web-0')).toBe('PV-8');
  });

  it('KUBELET-18 waits for a node that does not answer', () => {
    const living = livingCluster(WEB, (cluster) => {
      fault(cluster, 'node-down', `Node//${podOf(cluster, 'web-1').spec.nodeName}`);
      runUntil(cluster, 75 * MINUTE);
    });
    expect(podOf(living, 'web-1').metadata.deletionTimestamp).toBeDefined();
    const cluster = continued(imported(kubectl(living, `get ${KINDS} -o yaml`)));
    runUntil(cluster, 30 * MINUTE);
    expect(podOf(cluster, 'web-1').metadata.uid).toBe(podOf(living, 'web-1').metadata.uid);
    expect(ruleOf(cluster, 'kubelet', 'Pod/default/web-1')).toBe('KUBELET-18');
    fault(cluster, 'node-up', `Node//${podOf(cluster, 'web-1').spec.nodeName}`);
    runUntil(cluster, 35 * MINUTE);
    expect(podOf(cluster, 'web-1').metadata.uid).not.toBe(podOf(living, 'web-1').metadata.uid);
    expect(isPodReady(podOf(cluster, 'web-1'))).toBe(true);
  });

  it('KUBELET-23 waits for what is not among the objects', () => {
    const held = kubectl(livingCluster(), `get ${KINDS} -o json`);
    const list = JSON.parse(held) as { items: (KubeObject & { status: Record<string, unknown> })[] };
    for (const item of list.items)
      if (item.kind === 'Pod' && item.metadata.name === 'web-2')
        Object.assign(item.status, {
          phase: 'Pending',
          containerStatuses: [
            {
              name: 'nginx',
              image: 'nginx:1.27',
              imageID: '',
              ready: false,
              restartCount: 0,
              lastState: {},
              state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "web" not found' } },
            },
          ],
          conditions: [
            {
              type: 'Ready',
              status: 'False',
              reason: 'ContainersNotReady',
              lastTransitionTime: '2025-03-01T08:01:00Z',
            },
          ],
        });
    const cluster = continued(imported(JSON.stringify(list)));
    runUntil(cluster, 20 * MINUTE);
    expect(podOf(cluster, 'web-2').status.phase).toBe('Pending');
    expect(reasonOf(cluster.world, 'kubelet', 'Pod/default/web-2')).toMatchObject({
      rule: 'KUBELET-23',
      args: { reason: 'CreateContainerConfigError', message: 'secret "web" not found' },
    });
    kubectl(cluster, 'delete pod web-2');
    runUntil(cluster, 22 * MINUTE);
    expect(isPodReady(podOf(cluster, 'web-2'))).toBe(true);
  });

  it('KUBELET-15 goes on with a pod that is being stopped', () => {
    const living = livingCluster(WEB, (cluster) => {
      fault(cluster, 'pod-ignores-sigterm', 'Pod/default/web-0');
      kubectl(cluster, 'delete pod web-0');
      runUntil(cluster, 60 * MINUTE + 4000);
    });
    const cluster = continued(imported(kubectl(living, `get ${KINDS} -o yaml`)));
    expect(podOf(cluster, 'web-0')).toEqual(podOf(living, 'web-0'));
    runUntil(cluster, MINUTE);
    expect(podOf(cluster, 'web-0').metadata.uid).not.toBe(podOf(living, 'web-0').metadata.uid);
    expect(isPodReady(podOf(cluster, 'web-0'))).toBe(true);
  });
});

describe('what is pasted', () => {
  const text = kubectl(livingCluster(), `get ${KINDS} -o yaml`);

  it('KCTL-9 loses the values of Secrets and who manages which field, and keeps kinds that are not known', () => {
    const more = `apiVersion: v1
items:
- apiVersion: v1
  kind: Secret
  metadata: {name: s, namespace: default, uid: a-1, resourceVersion: "1", creationTimestamp: "2025-01-01T00:00:00Z", managedFields: [{manager: kubectl}]}
  data: {password: aHVudGVyMg==}
- apiVersion: db.example/v1
  kind: Database
  metadata: {name: d, namespace: default, uid: a-2, managedFields: [{manager: x}]}
  spec: {size: 3}
kind: List
`;
    const { setup } = imported(`${text}---\n${more}`);
    expect(setup.pasted).not.toContain('aHVudGVyMg');
    expect(setup.pasted).not.toContain('managedFields');
    const kinds = foundObjects(setup.pasted ?? '').map(({ kind }) => kind);
    expect(kinds).toContain('Database');
    expect(kinds).toContain('Secret');
  });

  it('KCTL-10 says what it cannot take in, and never throws', () => {
    expect(importCluster('')).toMatchObject({ problems: [{ message: 'The text holds no object.' }] });
    expect(importCluster('a: [')).toMatchObject({ problems: [{ severity: 'error' }] });
    expect(importCluster(WEB)).toMatchObject({
      problems: [{ message: expect.stringContaining('this is a manifest') }],
    });
    expect(importCluster(`${'#'.repeat(9 * 1024 * 1024)}`)).toMatchObject({ problems: [{ severity: 'error' }] });
    const { notes } = imported(`${text}---\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","uid":"u"}}\n`);
    expect(notes.at(0)).toMatch(/^Line \d+: This object is not taken in: it has no (?:spec|containers)\.$/);
    for (const odd of ['[]', '"x"', '{"items":[1,null,{}],"kind":"List","apiVersion":"v1"}', 'kind: List\nitems: {}\n'])
      expect(importCluster(odd)).toHaveProperty('problems');
  });

  it('is given back as manifests without what only a server writes', () => {
    const { files } = imported(text);
    const yaml = files['cluster.yaml'] ?? '';
    expect(yaml).toContain('kind: StatefulSet');
    for (const field of ['uid:', 'resourceVersion:', 'status:', 'creationTimestamp:', 'clusterIPs:', 'last-applied'])
      expect(yaml).not.toContain(field);
    const cluster = continued(imported(text));
    const out = kubectl(cluster, 'apply -f cluster.yaml', files);
    expect(out).toContain('statefulset.apps/web');
    runUntil(cluster, 5 * MINUTE);
    expect(cluster.view.count('ControllerRevision')).toBe(1);
  });

  it('becomes a session with a link of its own, seen from its first moment', () => {
    const { setup, files } = imported(text);
    const session: Session = {
      cluster: setup,
      files,
      branches: [{ id: 0, name: 'main', acts: [], reachedMs: 0 }],
      at: { branch: 0, atMs: 0 },
      view: { layout: 'identity' },
    };
    const server = newServer();
    const { frame, timeline } = server.answer('open', { session });
    expect(frame.set.filter(({ type }) => type === 'pod')).toHaveLength(3);
    expect(timeline.lanes.map(({ pods }) => pods.map(({ state }) => state))).toEqual([['ready'], ['ready'], ['ready']]);
    server.answer('act', { act: { type: 'kubectl', command: 'scale sts web --replicas=4' }, atMs: 1000 });
    server.answer('seek', { atMs: MINUTE });
    const shared = server.answer('share', { files, view: { layout: 'identity' } });
    const again = newServer().answer('open', { session: shared.session, fingerprint: shared.fingerprint });
    expect(again.isFaithful).toBe(true);
    expect(again.frame.atMs).toBe(MINUTE);
  });
});
