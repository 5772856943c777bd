// What is said of fields at the wrong level, misspelt ones, old versions and things said twice.
import { describe, expect, it } from 'vitest';
import { fixed, lineOf, lint, setOf, withService } from '../testing/lint.ts';

describe('a field at the wrong level', () => {
  it('LINT-24 stands too deep: the template under the selector', () => {
    const good = withService({ spec: '  replicas: 3\n' });
    const [head = '', tail = ''] = good.split('  template:\n');
    const bad = `${head}${`  template:\n${tail}`.replace(/^(?=.)/gm, '  ')}`;
    const [problem] = lint(bad, 'LINT-24');
    expect(problem).toMatchObject({ severity: 'error', from: { line: lineOf(bad, 'template:') } });
    expect(problem?.message).toContain(
      '"template" stands under spec.selector, which has no such field. It belongs under spec: less indentation',
    );
    expect(fixed(bad, 'LINT-24')).toBe(good);
  });

  it('LINT-24 stands too shallow: containers beside the spec of the pods', () => {
    const good = withService();
    const bad = good.replace(/ {6}containers:[\s\S]*$/, (lines) => lines.replace(/^ {2}/gm, ''));
    expect(lint(bad, 'LINT-24')[0]?.message).toContain(
      '"containers" stands under spec.template, which has no such field. It belongs under spec.template.spec',
    );
    expect(fixed(bad, 'LINT-24')).toBe(good);
  });

  it('LINT-24 stands beside a key that is not there yet', () => {
    const bad = setOf()
      .replace('    spec:\n', '')
      .replace(/ {6}containers:[\s\S]*$/, (lines) => lines.replace(/^ {2}/gm, ''));
    expect(fixed(bad, 'LINT-24')).toBe(setOf());
  });

  it('LINT-24 stands beside its parent, with comments of its own', () => {
    const bad =
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  labels:\n  app: web # mine\n  # more\n  tier: front\nspec: {clusterIP: None}\n';
    const after = fixed(bad, 'LINT-24');
    expect(after).toBe(
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  labels:\n    app: web # mine\n    # more\n    tier: front\nspec: {clusterIP: None}\n',
    );
  });

  it('LINT-24 goes back into the item of a list that it fell out of', () => {
    const bad = withService({ container: '' })
      .replace('          image:', '        image:')
      .replace('        - name: nginx\n        image', '      - name: nginx\n      image');
    expect(lint(bad, 'LINT-24')[0]?.message).toContain('spec.template.spec.containers[0]');
    expect(lint(fixed(bad, 'LINT-24'))).toEqual([]);
  });

  it('LINT-24 is carried to where the rest of its parent stands', () => {
    const bad = withService({ spec: '' }).replace(
      '      containers:',
      '      volumeClaimTemplates:\n        - metadata: {name: data}\n          spec:\n            accessModes: [ReadWriteOnce]\n            resources: {requests: {storage: 1Gi}}\n      containers:',
    );
    const after = fixed(bad, 'LINT-24');
    expect(after).toBe(
      `${withService()}  volumeClaimTemplates:\n    - metadata: {name: data}\n      spec:\n        accessModes: [ReadWriteOnce]\n        resources: {requests: {storage: 1Gi}}\n`,
    );
    expect(lint(after).map(({ code }) => code)).toEqual(['LINT-10']);
  });
});

describe('a word that is not known', () => {
  it('LINT-25 is nearly a field', () => {
    const text = withService({ spec: '  replica: 3\n  PodManagementPolicy: Parallel\n' });
    expect(lint(text, 'LINT-25').map(({ message }) => message)).toEqual([
      'There is no field "replica" under spec. "replicas" may be meant.',
      'There is no field "PodManagementPolicy" under spec. "podManagementPolicy" may be meant.',
    ]);
    expect(fixed(fixed(text, 'LINT-25'), 'LINT-25')).toBe(
      withService({ spec: '  replicas: 3\n  podManagementPolicy: Parallel\n' }),
    );
  });

  it('LINT-25 is the name of the field in another kind', () => {
    expect(fixed(withService({ spec: '  strategy: {type: OnDelete}\n' }), 'LINT-25')).toContain(
      '  updateStrategy: {type: OnDelete}\n',
    );
  });

  it('LINT-25 says nothing of what is like nothing', () => {
    expect(lint(withService({ spec: '  zebra: 3\n' }), 'LINT-25')).toEqual([]);
  });

  it('LINT-25 is nearly a kind', () => {
    expect(fixed(setOf().replace('StatefulSet', 'Statefulset'), 'LINT-25')).toBe(setOf());
    expect(lint('apiVersion: v1\nkind: List\nitems: []\n')).toEqual([]);
  });
});

describe('an API version', () => {
  it('LINT-26 is no longer served: the kind is moved, with the selector that was made up in former times', () => {
    const text = withService({ apiVersion: 'apps/v1beta1', selector: '' });
    const [problem] = lint(text, 'LINT-26');
    expect(problem?.message).toBe(
      'apps/v1beta1 is no longer served since v1.16. StatefulSet objects are in apps/v1 now.',
    );
    const after = fixed(text, 'LINT-26');
    expect(lint(after)).toEqual([]);
    expect(after).toContain('selector:\n    matchLabels:\n      app: nginx\n');
  });

  it('LINT-26 has other fields now', () => {
    const ingress =
      'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}\nspec: {backend: {serviceName: a, servicePort: 80}}\n';
    const [problem] = lint(ingress, 'LINT-26');
    expect(problem?.message).toContain('v1.22. Ingress objects are in networking.k8s.io/v1 now, with other fields');
    expect(problem?.fixes).toBeUndefined();
  });

  it('LINT-26 is that of another group', () => {
    expect(fixed(setOf({ apiVersion: 'v1' }), 'LINT-26')).toBe(setOf());
    expect(lint(setOf({ apiVersion: 'apps.example.com/v1' }), 'LINT-26'), 'other groups have their own').toEqual([]);
  });
});

describe('what is said twice', () => {
  it('LINT-36 is an object', () => {
    const text = `${withService()}---\n${setOf()}`;
    expect(lint(text, 'LINT-36')[0]?.message).toContain(
      'The StatefulSet "web" is written twice; the first one is in line 10',
    );
    expect(lint(`${withService()}---\n${setOf({ namespace: 'other' })}`, 'LINT-36')).toEqual([]);
  });

  it('LINT-37 is a field: the one that does not count can go', () => {
    const text = withService({ spec: '  replicas: 2 # old\n  replicas: 3\n' });
    expect(lint(text, 'LINT-37')).toMatchObject([{ severity: 'warning', from: { line: lineOf(text, 'replicas: 2') } }]);
    expect(fixed(text, 'LINT-37')).toBe(withService({ spec: '  replicas: 3\n' }));
    expect(lint('a: &x {b: 1}\nc:\n  <<: *x\n  <<: *x\n', 'LINT-37')).toEqual([]);
  });

  it('LINT-37 is not taken away where fields stand at a wrong level', () => {
    const text = withService({ spec: '  zebra: 1\n  zebra: 2\n' });
    expect(lint(text, 'LINT-37')[0]?.fixes).toBeUndefined();
  });
});

describe('indentation that cannot be read', () => {
  it('LINT-38 is too far to the right behind a dash', () => {
    const bad = withService({ container: '          ports:\n            - containerPort: 80\n' }).replace(
      /( {10}image|ports|.*containerPort)/g,
      '    $1',
    );
    const [problem] = lint(bad, 'LINT-38');
    expect(problem).toMatchObject({ severity: 'error', from: { line: lineOf(bad, 'image:'), column: 1 } });
    expect(problem?.message).toContain('begins at column 15, and what it belongs to at column 11');
    expect(lint(fixed(bad, 'LINT-38'))).toEqual([]);
  });

  it('LINT-38 is one column away from the lines beside it', () => {
    const good = withService({ spec: '  replicas: 3\n  minReadySeconds: 5\n' });
    for (const wrong of [' minReadySeconds', '   minReadySeconds'])
      expect(fixed(good.replace('  minReadySeconds', wrong), 'LINT-38')).toBe(good);
  });

  it('LINT-38 is said only where another indentation helps', () => {
    expect(lint('a: b: c\n', 'LINT-38')).toEqual([]);
    expect(lint('a: "\n', 'LINT-38')).toEqual([]);
  });
});
