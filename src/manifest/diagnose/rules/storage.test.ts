// What is said of claims, classes and mounts.
import { describe, expect, it } from 'vitest';
import { fixed, lineOf, lint, withService } from '../testing/lint.ts';

const claim = (className: string) =>
  `  volumeClaimTemplates:\n    - metadata:\n        name: data\n      spec:\n        accessModes: [ReadWriteOnce]\n${className}        resources: {requests: {storage: 1Gi}}\n`;
const MOUNT = '          volumeMounts:\n            - name: data\n              mountPath: /data\n';

describe('the class of a claim', () => {
  const text = withService({ spec: claim('        storageClassName: fast\n'), container: MOUNT });

  it('LINT-8 is not there: it can be added, or the default one used', () => {
    const [problem] = lint(text, 'LINT-8');
    expect(problem).toMatchObject({ severity: 'warning', from: { line: lineOf(text, 'storageClassName') } });
    const added = fixed(text, 'LINT-8', 'Add a StorageClass');
    expect(lint(added)).toEqual([]);
    expect(added).toContain('kind: StorageClass\nmetadata:\n  name: fast\nprovisioner: sim.example/provisioner\n');
    expect(fixed(text, 'LINT-8', 'Use the default class')).toBe(withService({ spec: claim(''), container: MOUNT }));
  });

  it('LINT-8 is needed no more where volumes of that class are there', () => {
    const volume = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv' },
      spec: { storageClassName: 'fast' },
    };
    expect(lint(text, 'LINT-8', { objects: [volume] })).toEqual([]);
    const inFile =
      '---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: x.example/y\n';
    expect(lint(text + inFile)).toEqual([]);
  });

  it('LINT-8 may be named in an annotation of former times', () => {
    const old = withService({
      spec: claim('').replace(
        'name: data\n',
        'name: data\n        annotations: {volume.beta.kubernetes.io/storage-class: fast}\n',
      ),
      container: MOUNT,
    });
    expect(lint(old, 'LINT-8')[0]?.message).toContain('"fast"');
  });

  it('LINT-8 is looked for by claims that stand alone', () => {
    const alone =
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\nspec:\n  storageClassName: fast\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 1Gi}}\n';
    expect(lint(alone, 'LINT-8')).toHaveLength(1);
    expect(lint(alone.replace('spec:\n', 'spec:\n  volumeName: pv\n'), 'LINT-8')).toEqual([]);
  });

  it('LINT-9 is left open, and the cluster has no default one', () => {
    const open = withService({ spec: claim(''), container: MOUNT });
    expect(lint(open)).toEqual([]);
    expect(lint(open, 'LINT-9', { hasNoClass: true })[0]?.message).toContain('stays Pending');
    expect(lint(text, 'LINT-9', { hasNoClass: true })).toEqual([]);
    expect(
      lint(withService({ spec: claim('        storageClassName: ""\n'), container: MOUNT }), 'LINT-9', {
        hasNoClass: true,
      }),
    ).toEqual([]);
  });
});

describe('mounts', () => {
  it('LINT-10 are missing for a claim template', () => {
    const text = withService({ spec: claim('') });
    expect(lint(text, 'LINT-10')).toMatchObject([{ severity: 'warning', from: { line: lineOf(text, 'name: data') } }]);
  });

  it('LINT-10 may be those of an init container, or of a raw device', () => {
    const device = '          volumeDevices:\n            - name: data\n              devicePath: /dev/x\n';
    expect(lint(withService({ spec: claim(''), container: device }))).toEqual([]);
    const init =
      '      initContainers:\n        - name: init\n          image: busybox:1.37\n          volumeMounts: [{name: data, mountPath: /d}]\n';
    expect(lint(withService({ spec: claim(''), pod: init }))).toEqual([]);
  });

  it('LINT-11 lead to no volume: the one that is meant is offered', () => {
    const text = withService({ spec: claim(''), container: MOUNT.replace('name: data', 'name: date') });
    const [problem] = lint(text, 'LINT-11');
    expect(problem?.severity).toBe('error');
    expect(problem?.message).toContain('there is data');
    expect(lint(fixed(text, 'LINT-11'))).toEqual([]);
    expect(lint(withService({ container: MOUNT }), 'LINT-11')[0]?.fixes).toBeUndefined();
  });

  it('LINT-12 mean the claim where a volume has the same name', () => {
    const pod =
      '      volumes:\n        - name: data # never used\n          emptyDir: {}\n        - name: other\n          emptyDir: {}\n';
    const text = withService({ spec: claim(''), pod, container: MOUNT });
    expect(lint(text, 'LINT-12')).toMatchObject([
      { severity: 'warning', from: { line: lineOf(text, '# never used') } },
    ]);
    const after = fixed(text, 'LINT-12');
    expect(after).toContain('      volumes:\n        - name: other\n');
    const alone = withService({
      spec: claim(''),
      pod: '      volumes:\n        - name: data\n          emptyDir: {}\n',
      container: MOUNT,
    });
    expect(fixed(alone, 'LINT-12')).toBe(withService({ spec: claim(''), container: MOUNT }));
  });
});
