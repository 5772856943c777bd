// kubectl apply and create.

import { describe, expect, it } from 'vitest';
import { actNow, done } from '#engine';
import type { PersistentVolumeClaim, StatefulSet } from '#kube';
import { LAST_APPLIED } from '../last-applied.ts';
import { newShell, setYaml } from '../testing/index.ts';

const setOf = (shell: ReturnType<typeof newShell>): StatefulSet =>
  shell.cluster.view.get('StatefulSet', 'default', 'web') as StatefulSet;

describe('three-way merge', () => {
  it('KCTL-1 creates, leaves alone, and changes what the file changed', () => {
    const shell = newShell({ 'web.yaml': setYaml() });
    expect(shell.run('apply -f web.yaml').out).toBe('statefulset.apps/web created\n');
    expect(shell.run('apply -f web.yaml').out).toBe('statefulset.apps/web unchanged\n');
    shell.files['web.yaml'] = setYaml({ replicas: 5 });
    expect(shell.run('apply -f web.yaml').out).toBe('statefulset.apps/web configured\n');
    expect(setOf(shell).spec.replicas).toBe(5);
  });

  it('KCTL-1 keeps what others set and the file never named', () => {
    const shell = newShell({ 'web.yaml': setYaml().replace('  replicas: 3\n', '') });
    shell.run('apply -f web.yaml');
    shell.run('scale sts web --replicas=7');
    shell.run('set env sts/web MODE=blue');
    shell.files['web.yaml'] = setYaml({ image: 'nginx:1.28' }).replace('  replicas: 3\n', '');
    expect(shell.run('apply -f web.yaml').out).toBe('statefulset.apps/web configured\n');
    const { spec } = setOf(shell);
    expect(spec.replicas).toBe(7);
    expect(spec.template.spec.containers[0]).toMatchObject({
      image: 'nginx:1.28',
      env: [{ name: 'MODE', value: 'blue' }],
    });
  });

  it('KCTL-1 takes away what the last applied file named and this one does not', () => {
    const two = setYaml({ more: '      - name: side\n        image: busybox\n' });
    const shell = newShell({ 'web.yaml': two });
    shell.run('apply -f web.yaml');
    shell.run('label sts web by=hand');
    shell.files['web.yaml'] = setYaml().replace('  name: web\n', '  name: web\n  labels:\n    own: label\n');
    shell.run('apply -f web.yaml');
    expect(setOf(shell).spec.template.spec.containers.map(({ name }) => name)).toEqual(['nginx']);
    expect(setOf(shell).metadata.labels).toEqual({ by: 'hand', own: 'label' });
    shell.files['web.yaml'] = setYaml().replace('  name: web\n', '  name: web\n  labels:\n    next: label\n');
    shell.run('apply -f web.yaml');
    expect(setOf(shell).metadata.labels).toEqual({ by: 'hand', next: 'label' });
    // A whole member that is no longer named goes whole, whoever filled it.
    shell.files['web.yaml'] = setYaml();
    shell.run('apply -f web.yaml');
    expect(setOf(shell).metadata.labels).toBeUndefined();
  });

  it('KCTL-1 puts containers into the order of the file', () => {
    const shell = newShell({ 'web.yaml': setYaml({ more: '      - name: side\n        image: busybox\n' }) });
    shell.run('apply -f web.yaml');
    shell.files['web.yaml'] = setYaml().replace(
      '      - name: nginx',
      '      - name: side\n        image: busybox\n      - name: nginx',
    );
    expect(shell.run('apply -f web.yaml').out).toBe('statefulset.apps/web configured\n');
    expect(setOf(shell).spec.template.spec.containers.map(({ name }) => name)).toEqual(['side', 'nginx']);
  });

  it('KCTL-1 notes what was applied, as kubectl writes it', () => {
    const shell = newShell({ 'web.yaml': setYaml() });
    shell.run('apply -f web.yaml');
    const text = setOf(shell).metadata.annotations?.[LAST_APPLIED] ?? '';
    expect(
      text.startsWith(
        '{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"annotations":{},"name":"web","namespace":"default"},"spec":{"replicas":3,',
      ),
    ).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('KCTL-1 warns of an object that was not applied before, and patches it', () => {
    const shell = newShell({ 'web.yaml': setYaml() });
    expect(shell.run('create -f web.yaml').out).toBe('statefulset.apps/web created\n');
    const { out, err } = shell.run('apply -f web.yaml');
    expect(out).toBe('statefulset.apps/web configured\n');
    expect(err).toMatch(/^Warning: resource statefulsets\/web is missing the kubectl\.kubernetes\.io\/last-applied/);
    expect(shell.run('create -f web.yaml').err).toBe(
      'Error from server (AlreadyExists): error when creating "web.yaml": statefulsets.apps "web" already exists\n',
    );
  });
});

describe('what is refused', () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: nginx\nspec:\n  ports:\n  - port: 80\n';

  it('KCTL-2 applies the good parts when others fail', () => {
    const shell = newShell({
      'a.yaml': `${setYaml({ replicas: -1 })}---\n${service}---\nkind: X\napiVersion: y/v1\nmetadata: {name: z}\n`,
    });
    const { out, err, code } = shell.run('apply -f a.yaml');
    expect({ out, code }).toEqual({ out: 'service/nginx created\n', code: 1 });
    expect(err).toBe(
      'resource mapping not found for name: "z" namespace: "" from "a.yaml": no matches for kind "X" in version "y/v1"\nensure CRDs are installed first\n' +
        'Error from server (Invalid): error when creating "a.yaml": StatefulSet.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0\n',
    );
  });

  it('KCTL-11 tells each error at the line that caused it', () => {
    const shell = newShell({ 'a.yaml': `${service}---\n${setYaml({ replicas: -1 })}` });
    const { err, problems } = shell.run('apply -f a.yaml');
    expect(err).toBe(
      'The StatefulSet "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0\n',
    );
    expect(problems).toEqual([
      {
        file: 'a.yaml',
        from: { line: 14, column: 3 },
        to: { line: 14, column: 15 },
        severity: 'error',
        message: 'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      },
    ]);
  });

  it('KCTL-11 finds unknown fields and wrong types in the text', () => {
    const shell = newShell({
      'a.yaml': setYaml().replace('replicas: 3', 'replica: 3'),
      'b.yaml': setYaml().replace('replicas: 3', 'replicas: three'),
    });
    const unknown = shell.run('apply -f a.yaml');
    expect(unknown.err).toBe(
      'Error from server (BadRequest): error when creating "a.yaml": StatefulSet in version "v1" cannot be handled as a StatefulSet: strict decoding error: unknown field "spec.replica"\n',
    );
    expect(unknown.problems[0]?.from).toEqual({ line: 6, column: 3 });
    expect(shell.run('apply -f b.yaml').problems[0]?.from).toEqual({ line: 6, column: 3 });
  });

  it('KCTL-11 tells of a broken text where it broke', () => {
    const shell = newShell({ 'a.yaml': 'a:\n  b: 1\n c: 2\n' });
    const { err, problems } = shell.run('apply -f a.yaml');
    expect(err).toBe(
      'error: error parsing a.yaml: error converting YAML to JSON: yaml: line 2: did not find expected key\n',
    );
    expect(problems.map(({ from, severity }) => ({ from, severity }))).toEqual([
      { from: { line: 3, column: 2 }, severity: 'error' },
    ]);
  });

  it('KCTL-4 refuses a set that is too large, whichever command asks for it', () => {
    const shell = newShell({ 'a.yaml': setYaml({ replicas: 10_001 }), 'web.yaml': setYaml() });
    const { err, problems } = shell.run('apply -f a.yaml');
    expect(err).toBe(
      'error: a.yaml: spec.replicas: 10001 is more than Ordinal simulates: a set may have at most 10000 replicas\n',
    );
    expect(problems[0]?.from).toEqual({ line: 6, column: 3 });
    shell.run('apply -f web.yaml');
    expect(shell.run('scale sts web --replicas=20000').err).toContain('at most 10000 replicas');
    expect(shell.run(`patch sts web -p '{"spec":{"replicas":20000}}'`).err).toContain('at most 10000 replicas');
    expect(setOf(shell).spec.replicas).toBe(3);
  });

  it('KCTL-4 refuses what all sets together would make too large', () => {
    const shell = newShell({
      'a.yaml': ['a', 'b', 'c'].map((name) => setYaml({ name, replicas: 8000 })).join('---\n'),
    });
    const { out, err } = shell.run('apply -f a.yaml');
    expect(out).toBe('statefulset.apps/a created\nstatefulset.apps/b created\n');
    expect(err).toContain('at most 20000 replicas together');
    expect(shell.run('scale sts a --replicas=10000').code).toBe(0);
    expect(shell.run('scale sts b --replicas=10000').code).toBe(0);
    expect(shell.run('scale sts a --replicas=9999').code).toBe(0);
  });

  it.each([
    [
      '- a\n',
      'error: error validating "a.yaml": error validating data: invalid object to validate; if you choose to ignore these errors, turn validation off with --validate=false\n',
    ],
    [
      'a: 1\n',
      'error: error validating "a.yaml": error validating data: [apiVersion not set, kind not set]; if you choose to ignore these errors, turn validation off with --validate=false\n',
    ],
    ['# nothing\n', 'error: no objects passed to apply\n'],
    [
      service.replace('metadata:\n', 'metadata:\n  namespace: x\n'),
      'Error from server (NotFound): error when creating "a.yaml": namespaces "x" not found\n',
    ],
  ])('says what kubectl says of %j', (text, err) => {
    expect(newShell({ 'a.yaml': text }).run('apply -f a.yaml').err).toBe(err);
  });
});

describe('what is kept', () => {
  it('KCTL-3 stores kinds that are not simulated, and says so', () => {
    const ingress =
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  defaultBackend:\n    service: {name: web, port: {number: 80}}\n';
    const shell = newShell({ 'a.yaml': ingress });
    const result = shell.run('apply -f a.yaml');
    expect(result.out).toBe('ingress.networking.k8s.io/web created\n');
    expect(result.notSimulated).toEqual(['ingress.networking.k8s.io/web']);
    expect(result.problems).toMatchObject([
      { severity: 'info', message: 'ingress.networking.k8s.io/web is kept, not simulated', from: { line: 2 } },
    ]);
    expect(shell.run('get ing -o name').out).toBe('ingress.networking.k8s.io/web\n');
    expect(shell.run('apply -f a.yaml').out).toBe('ingress.networking.k8s.io/web unchanged\n');
  });

  it('takes Lists apart and leaves the version of a saved object out', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a, resourceVersion: "12", uid: x}\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: b}\n';
    expect(newShell({ 'a.yaml': list }).run('apply -f a.yaml').out).toBe('configmap/a created\nconfigmap/b created\n');
  });

  it('KCTL-2 tells of a refused change what was sent, and to what', () => {
    const claim = (storage: string) =>
      `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: {storageClassName: s, accessModes: [ReadWriteOnce], resources: {requests: {storage: ${storage}}}}\n`;
    const shell = newShell({ 'one.yaml': claim('1Gi'), 'two.yaml': claim('2Gi') });
    shell.run('apply -f one.yaml');
    actNow(shell.cluster, 'test', 'bind', (turn) => {
      const found = turn.view.get('PersistentVolumeClaim', 'default', 'c') as PersistentVolumeClaim;
      turn.updateStatus<PersistentVolumeClaim>({ ...found, status: { phase: 'Bound', capacity: { storage: '1Gi' } } });
      return done;
    });
    const { err } = shell.run('apply -f two.yaml');
    expect(err).toMatch(
      /^Error from server \(Forbidden\): error when applying patch:\n\{"metadata":\{"annotations":\{/,
    );
    expect(err).toContain(
      '"spec":{"resources":{"requests":{"storage":"2Gi"}}}}\nto:\nResource: "/v1, Resource=persistentvolumeclaims", GroupVersionKind: "/v1, Kind=PersistentVolumeClaim"\nName: "c", Namespace: "default"\nfor: "two.yaml": error when patching "two.yaml": persistentvolumeclaims "c" is forbidden: only dynamically provisioned pvc can be resized',
    );
  });

  it('KCTL-1 says of an object on its way out that it is, changed or not', () => {
    const shell = newShell({ 'web.yaml': setYaml(), 'two.yaml': setYaml().replace('replicas: 3', 'replicas: 2') });
    shell.run('apply -f web.yaml');
    shell.run('delete sts web --cascade=foreground --wait=false');
    const err = 'Warning: Detected changes to resource web which is currently being deleted.\n';
    expect(shell.run('apply -f web.yaml')).toMatchObject({ out: 'statefulset.apps/web unchanged\n', err });
    expect(shell.run('apply -f two.yaml')).toMatchObject({ out: 'statefulset.apps/web configured\n', err });
  });

  it('asks the server nothing in a dry run of the client', () => {
    const shell = newShell({ 'web.yaml': setYaml(), 'bad.yaml': setYaml().replace('replicas: 3', 'replicas: -1') });
    expect(shell.run('create --dry-run=client -f bad.yaml')).toMatchObject({
      out: 'statefulset.apps/web created (dry run)\n',
      code: 0,
    });
    shell.run('apply -f web.yaml');
    expect(shell.run('create --dry-run=client -f web.yaml').out).toBe('statefulset.apps/web created (dry run)\n');
    expect(shell.run('create --dry-run=server -f web.yaml').err).toContain('already exists');
    // The client works out by itself whether there is anything to do.
    expect(shell.run('apply --dry-run=client -f web.yaml').out).toBe('statefulset.apps/web unchanged (dry run)\n');
    expect(shell.run('apply --dry-run=server -f web.yaml').out).toBe(
      'statefulset.apps/web unchanged (server dry run)\n',
    );
  });

  it('says that a dry run is one', () => {
    const result = newShell({ 'web.yaml': setYaml() }).run('apply --dry-run=server -f web.yaml');
    expect(result.out).toBe('statefulset.apps/web created (server dry run)\n');
    expect(result.isDryRun).toBe(true);
  });
});
