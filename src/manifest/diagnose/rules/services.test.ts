// What is said of the Service that a set names.
import { describe, expect, it } from 'vitest';
import { fixed, linesOfRule, lint, SERVICE, setOf, withService } from '../testing/lint.ts';

it('says nothing of a set with its Service', () => {
  expect(lint(withService())).toEqual([]);
});

describe('the Service that a set names', () => {
  it('LINT-1 is neither in the files nor in the cluster', () => {
    const [problem] = lint(setOf(), 'LINT-1');
    expect(problem).toMatchObject({
      severity: 'warning',
      title: 'Governing Service missing',
      from: { line: 6, column: 3 },
    });
    expect(problem?.message).toContain('web-0.nginx lead nowhere');
    expect(problem?.docs).toMatch(/^https:\/\/kubernetes\.io\//);
  });

  it('LINT-1 may be in the cluster, or in a file beside this one', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'nginx', namespace: 'default' },
      spec: { clusterIP: 'None', selector: { app: 'nginx' } },
    };
    expect(lint(setOf(), undefined, { objects: [service] })).toEqual([]);
    expect(lint(setOf(), undefined, { beside: { 'service.yaml': SERVICE } })).toEqual([]);
  });

  it('LINT-1 is added at the end, with the labels and ports of the pods', () => {
    const text = `# mine\n${setOf({ namespace: 'shop', container: '          ports:\n            - name: web\n              containerPort: 80\n' })}# the end`;
    const after = fixed(text, 'LINT-1', 'Add a headless');
    expect(lint(after)).toEqual([]);
    expect(after).toBe(`${text}
---
apiVersion: v1
kind: Service
metadata:
  name: nginx
  namespace: shop
spec:
  clusterIP: None
  selector:
    app: nginx
  ports:
    - name: web
      port: 80
`);
  });

  it('LINT-1 may be misnamed where another one selects the pods', () => {
    const after = fixed(SERVICE + setOf({ serviceName: 'ngnix' }), 'LINT-1', 'Name the Service "nginx"');
    expect(after).toBe(withService());
  });

  it('LINT-1 is not offered where the file has no room for another document', () => {
    const json = JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'web' },
      spec: {
        serviceName: 'nginx',
        selector: { matchLabels: { app: 'a' } },
        template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c', image: 'c:1' }] } },
      },
    });
    const [problem] = lint(json, 'LINT-1');
    expect(problem?.fixes).toBeUndefined();
  });

  it('LINT-2 has an address of its own, and can be made headless', () => {
    const text = withService().replace('  clusterIP: None\n', '');
    expect(linesOfRule(text, 'LINT-2')).toEqual([5]);
    expect(lint(fixed(text, 'LINT-2'))).toEqual([]);
    expect(fixed(withService().replace('None', '10.0.0.7'), 'LINT-2')).toBe(withService());
  });

  it('LINT-2 stays as the cluster has it where the file says nothing of its address', () => {
    const text = withService().replace('  clusterIP: None\n', '');
    const stored = (clusterIP: string) => ({
      objects: [
        { apiVersion: 'v1', kind: 'Service', metadata: { name: 'nginx', namespace: 'default' }, spec: { clusterIP } },
      ],
    });
    expect(lint(text, 'LINT-2', stored('None'))).toEqual([]);
    const [problem] = lint(text, 'LINT-2', stored('10.96.0.7'));
    expect(problem?.fixes, 'an address is fixed').toBeUndefined();
  });

  it('LINT-2 is only an alias', () => {
    const alias = SERVICE.replace(/spec:[^-]*---/, 'spec:\n  type: ExternalName\n  externalName: example.org\n---');
    const [problem] = lint(alias + setOf(), 'LINT-2');
    expect(problem?.message).toContain('only an alias');
    expect(lint(alias + setOf(), 'LINT-4')).toEqual([]);
  });

  it('LINT-3 is in another namespace, and can be put into that of the set', () => {
    const text = SERVICE + setOf({ namespace: 'shop' });
    const [problem] = lint(text, 'LINT-3');
    expect(problem?.message).toContain('The set is in namespace shop, and the Service "nginx" in default');
    expect(lint(fixed(text, 'LINT-3'))).toEqual([]);
    const away = withService().replace('  name: nginx\nspec', '  name: nginx\n  namespace: web # here\nspec');
    expect(fixed(away, 'LINT-3')).toBe(withService());
  });

  it('LINT-4 selects other labels, and can be made to select those of the pods', () => {
    const text = SERVICE.replace('app: nginx', 'app: ngnix # sic') + setOf();
    const [problem] = lint(text, 'LINT-4');
    expect(problem?.from.line).toBe(7);
    expect(problem?.message).toContain('selects app: ngnix, and the pods of the StatefulSet "web" carry app: nginx');
    expect(fixed(text, 'LINT-4')).toBe(SERVICE.replace('app: nginx', 'app: nginx # sic') + setOf());
  });

  it('LINT-4 selects nothing, unless its endpoints are written by hand', () => {
    const text = withService().replace('  selector:\n    app: nginx\n', '');
    expect(lint(text, 'LINT-4')[0]?.message).toContain('has no selector');
    expect(lint(fixed(text, 'LINT-4'))).toEqual([]);
    const endpoints =
      '---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: x, labels: {kubernetes.io/service-name: nginx}}\naddressType: IPv4\nendpoints: []\n';
    expect(lint(text + endpoints, 'LINT-4')).toEqual([]);
  });

  it('LINT-4 may select by labels that the controller gives to each pod', () => {
    const text = SERVICE.replace('app: nginx', 'app: nginx\n    statefulset.kubernetes.io/pod-name: web-0') + setOf();
    expect(lint(text)).toEqual([]);
  });

  it('LINT-5 is not named at all', () => {
    const text = SERVICE + setOf({ serviceName: null });
    expect(lint(text, 'LINT-5')).toMatchObject([{ severity: 'info' }]);
    expect(lint(fixed(text, 'LINT-5'))).toEqual([]);
    expect(lint(setOf({ serviceName: null }), 'LINT-5')[0]?.fixes).toBeUndefined();
  });
});
