// What is said of a set's own fields: its selector, what is fixed, its name, its updates, its replicas.
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../parse-manifest.ts';
import { fixed, lineOf, linesOfRule, lint, withService } from '../testing/lint.ts';

/** The object of a manifest's last document, as a cluster has it. */
function stored(text: string): unknown {
  const value = parseManifest('s.yaml', text).documents.at(-1)?.value as {
    metadata: { name: string };
    spec: Record<string, unknown>;
  };
  return {
    ...value,
    metadata: { namespace: 'default', uid: 'u', ...value.metadata },
    spec: { podManagementPolicy: 'OrderedReady', updateStrategy: { type: 'RollingUpdate' }, ...value.spec },
  };
}

describe('a selector', () => {
  const text = withService({ labels: '        app: ngnix # sic\n        tier: front\n' });

  it('LINT-6 asks for labels that the template lacks', () => {
    const [problem] = lint(text, 'LINT-6');
    expect(problem).toMatchObject({ severity: 'error', from: { line: lineOf(text, '      labels:') } });
    expect(problem?.message).toContain("The selector asks for app: nginx, and the template's pods carry");
  });

  it('LINT-6 is met by the template, or meets it', () => {
    expect(lint(fixed(text, 'LINT-6', 'Give the template'))).toEqual([]);
    const asked = fixed(text, 'LINT-6', 'Let the selector ask');
    expect(lint(asked, 'LINT-6')).toEqual([]);
    expect(asked).toContain('matchLabels:\n      app: ngnix\n');
    expect(asked).toContain('app: ngnix # sic');
  });

  it('LINT-6 cannot be changed once the set is there', () => {
    const labels = lint(text, 'LINT-6', { objects: [stored(withService())] })[0]?.fixes?.map(({ label }) => label);
    expect(labels).toEqual(['Give the template the label app: nginx']);
  });

  it('LINT-6 adds labels to a template that has none, in braces too', () => {
    const bare = withService().replace('    metadata:\n      labels:\n        app: nginx\n', '');
    expect(lint(fixed(bare, 'LINT-6'))).toEqual([]);
    const braces = withService().replace(
      '    metadata:\n      labels:\n        app: nginx\n',
      '    metadata: {labels: {tier: front}}\n',
    );
    expect(fixed(braces, 'LINT-6')).toContain('metadata: {labels: {tier: front, app: nginx}}');
  });

  it('LINT-6 is needed, and can be made of the labels of the template', () => {
    const none = withService({ selector: '' });
    expect(lint(none, 'LINT-6')[0]?.message).toContain('A set needs a selector');
    expect(lint(fixed(none, 'LINT-6'))).toEqual([]);
  });

  it('LINT-6 may be met by expressions', () => {
    const text = withService({
      selector: '  selector:\n    matchExpressions:\n      - {key: app, operator: In, values: [nginx, apache]}\n',
    });
    expect(lint(text)).toEqual([]);
    expect(lint(text.replace('In,', 'NotIn,'), 'LINT-6')).toHaveLength(1);
  });
});

describe('a field that is fixed', () => {
  const before = withService({
    spec: '  volumeClaimTemplates:\n    - metadata: {name: data}\n      spec:\n        accessModes: [ReadWriteOnce]\n        resources: {requests: {storage: 1Gi}}\n',
    container: '          volumeMounts:\n            - {name: data, mountPath: /data}\n',
  });
  const setting = { objects: [stored(before)] };

  it('LINT-7 has not changed', () => {
    expect(lint(before, 'LINT-7', setting)).toEqual([]);
  });

  it('LINT-7 is set back, or the set is recreated with its pods kept', () => {
    const text = before.replace('storage: 1Gi', 'storage: 2Gi');
    const [problem] = lint(text, 'LINT-7', setting);
    expect(problem?.severity).toBe('error');
    expect(problem?.message).toContain('in the cluster it is "1Gi", here "2Gi"');
    expect(fixed(text, 'LINT-7', 'Set it back', setting)).toBe(before);
    expect(problem?.fixes?.[1]).toMatchObject({
      edits: [],
      commands: ['delete statefulset web --cascade=orphan', 'apply -f a.yaml'],
    });
  });

  it('LINT-7 is told of each field by itself', () => {
    const text = before.replace('serviceName: nginx', 'serviceName: other\n  podManagementPolicy: Parallel');
    expect(lint(text, 'LINT-7', setting).map(({ message }) => message.split(' ')[0])).toEqual([
      'serviceName',
      'podManagementPolicy',
    ]);
  });

  it('LINT-7 leaves pods alone for good where the selector changed: no such way is offered', () => {
    const text = before
      .replaceAll('      app: nginx', '      app: web')
      .replaceAll('        app: nginx', '        app: web');
    expect(lint(text, 'LINT-7', setting)[0]?.fixes?.map(({ label }) => label)).toEqual([
      'Set it back to what is in the cluster',
    ]);
  });

  it('LINT-7 may be left out of the file when it was not in the last one', () => {
    const parallel = {
      objects: [
        {
          ...(stored(before) as object),
          spec: { ...(stored(before) as { spec: object }).spec, podManagementPolicy: 'Parallel' },
        },
      ],
    };
    expect(lint(before, 'LINT-7', parallel)).toEqual([]);
  });
});

describe('updates', () => {
  const strategy = (fields: string) =>
    `  replicas: 3\n  updateStrategy:\n    type: RollingUpdate\n    rollingUpdate:\n${fields}`;

  it('LINT-16 reach no pod while the partition is at or above the replicas', () => {
    const text = withService({ spec: strategy('      partition: 3 # all\n') });
    expect(linesOfRule(text, 'LINT-16')).toEqual([lineOf(text, 'partition:')]);
    expect(fixed(text, 'LINT-16', 'the last pod')).toBe(text.replace('partition: 3', 'partition: 2'));
    expect(lint(fixed(text, 'LINT-16', 'all pods'))).toEqual([]);
    expect(lint(withService({ spec: strategy('      partition: 2\n') }))).toEqual([]);
    expect(lint(withService({ spec: strategy('      partition: 0\n').replace('3', '0') }))).toEqual([]);
  });

  it('LINT-17 take one pod after the other while the gate of maxUnavailable is off', () => {
    const text = withService({ spec: strategy('      partition: 0\n      maxUnavailable: 2\n') });
    expect(linesOfRule(text, 'LINT-17')).toEqual([lineOf(text, 'maxUnavailable:')]);
    expect(fixed(text, 'LINT-17')).toBe(withService({ spec: strategy('      partition: 0\n') }));
    expect(lint(text, 'LINT-17', { gates: { MaxUnavailableStatefulSet: true } })).toEqual([]);
  });

  it('LINT-17 removes the whole block with its last field', () => {
    const text = withService({ spec: strategy('      maxUnavailable: 2\n') });
    expect(fixed(text, 'LINT-17')).toBe(
      withService({ spec: '  replicas: 3\n  updateStrategy:\n    type: RollingUpdate\n' }),
    );
  });
});

describe('replicas', () => {
  const autoscaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: scaler}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: web}
  maxReplicas: 9
`;

  it('LINT-18 are set by an autoscaler', () => {
    const text = withService({ spec: '  replicas: 3\n' }) + autoscaler;
    expect(lint(text, 'LINT-18')[0]?.message).toContain('back to 3');
    expect(lint(fixed(text, 'LINT-18'))).toEqual([]);
    expect(lint(withService() + autoscaler)).toEqual([]);
    expect(lint(text.replace('name: web}', 'name: other}'), 'LINT-18')).toEqual([]);
  });

  it('LINT-18 stay in a file that was applied with them: without them they would go back to 1', () => {
    const text = withService({ spec: '  replicas: 3\n' }) + autoscaler;
    const objects = [stored(withService({ spec: '  replicas: 3\n' }))];
    expect(lint(text, 'LINT-18', { objects })[0]?.fixes).toBeUndefined();
  });
});

describe('a name', () => {
  it('LINT-19 leaves room for the hash of a revision', () => {
    expect(lint(withService({ name: 'n'.repeat(52) }))).toEqual([]);
    expect(lint(withService({ name: 'n'.repeat(53) }), 'LINT-19')[0]?.message).toContain('The name has 53 characters');
  });
});
