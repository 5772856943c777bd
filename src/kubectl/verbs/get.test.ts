// kubectl get and describe.

import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { runUntil } from '#engine';
import { parseManifest } from '#manifest';
import { alignColumns, alignTabbed } from '../print/columns.ts';
import { toYaml } from '../print/to-yaml.ts';
import { newShell, type Shell, setYaml } from '../testing/index.ts';

const CLAIMS =
  '  volumeClaimTemplates:\n  - metadata:\n      name: www\n    spec:\n      accessModes: [ReadWriteOnce]\n      resources:\n        requests:\n          storage: 1Gi\n';
const SERVICE =
  '---\napiVersion: v1\nkind: Service\nmetadata:\n  name: nginx\nspec:\n  clusterIP: None\n  selector:\n    app: nginx\n  ports:\n  - port: 80\n    name: web\n';

let shell: Shell;
beforeAll(() => {
  shell = newShell({ 'web.yaml': setYaml({ more: CLAIMS }) + SERVICE }, { actors: undefined as never });
  shell.run('apply -f web.yaml');
  runUntil(shell.cluster, 120_000);
});

/** What a command prints, with ages and names of chance put out of the way. */
const lines = (command: string): string[] =>
  shell
    .run(command)
    .out.replace(/pvc-\S+/g, 'PV')
    .replace(/\b(?:\d+m)?(?:\d+s)\b|\b\d+m\b/g, 'AGE')
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, '  '))
    .filter(Boolean);

it.each([
  ['get sts', ['NAME  READY  AGE', 'web  3/3  AGE']],
  ['get sts -o wide', ['NAME  READY  AGE  CONTAINERS  IMAGES', 'web  3/3  AGE  nginx  nginx:1.27']],
  [
    'get pods',
    [
      'NAME  READY  STATUS  RESTARTS  AGE',
      'web-0  1/1  Running  0  AGE',
      'web-1  1/1  Running  0  AGE',
      'web-2  1/1  Running  0  AGE',
    ],
  ],
  ['get pod web-1 --no-headers', ['web-1  1/1  Running  0  AGE']],
  [
    'get pvc www-web-0',
    [
      'NAME  STATUS  VOLUME  CAPACITY  ACCESS MODES  STORAGECLASS  VOLUMEATTRIBUTESCLASS  AGE',
      'www-web-0  Bound  PV  1Gi  RWO  standard  <unset>  AGE',
    ],
  ],
  [
    'get svc',
    [
      'NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE',
      'kubernetes  ClusterIP  10.96.0.1  <none>  443/TCP  AGE',
      'nginx  ClusterIP  None  <none>  80/TCP  AGE',
    ],
  ],
  ['get node node-a --no-headers', ['node-a  Ready  <none>  AGE  v1.36.2']],
  [
    'get sc',
    [
      'NAME  PROVISIONER  RECLAIMPOLICY  VOLUMEBINDINGMODE  ALLOWVOLUMEEXPANSION  AGE',
      'standard (default)  sim.example/provisioner  Delete  WaitForFirstConsumer  true  AGE',
    ],
  ],
  ['get sts,svc -o name', ['statefulset.apps/web', 'service/kubernetes', 'service/nginx']],
  ['get pods -l app=other', []],
  ['get pods --field-selector metadata.name=web-2 -o name', ['pod/web-2']],
  ['get sts -A', ['NAMESPACE  NAME  READY  AGE', 'default  web  3/3  AGE']],
  ['get sts --show-labels', ['NAME  READY  AGE  LABELS', 'web  3/3  AGE  <none>']],
  ['get pod web-0 -L app --no-headers', ['web-0  1/1  Running  0  AGE  nginx']],
])("%s prints the server's columns", (command, expected) => {
  expect(lines(command)).toEqual(expected);
});

it('groups several kinds, each with its headers', () => {
  const { out } = shell.run('get all');
  expect(out.split('\n\n').map((block) => block.split(/\s/)[0])).toEqual(['NAME', 'NAME', 'NAME']);
  expect(out).toContain('pod/web-0 ');
  expect(out).toContain('service/nginx ');
  expect(out).toContain('statefulset.apps/web ');
});

it('names the kind where several were asked for, be there objects of them or not', () => {
  expect(shell.run('get sts,deploy').out).toMatch(/\nstatefulset\.apps\/web /);
  expect(shell.run('get sts/web deploy/web').out).toMatch(/\nweb /);
});

it('KCTL-14 shows the Endpoints of a Service, made of its slices', () => {
  const ready = shell.run('get ep nginx');
  expect(ready.out).toMatch(/^NAME {4}ENDPOINTS +AGE\nnginx {3}(?:10\.\S+:80,){2}10\.\S+:80 +\S+\n$/);
  expect(ready.err).toBe('Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n');
  expect(shell.run('get endpoints nginx -o jsonpath={.subsets[0].addresses[0].hostname}').out).toBe('web-0');
  expect(shell.run('describe ep nginx').out).toMatch(
    /\nSubsets:\n {2}Addresses: +\S+,\S+,\S+\n {2}NotReadyAddresses: {2}<none>\n {2}Ports:\n {4}Name {2}Port {2}Protocol\n {4}---- {2}---- {2}-{8}\n {4}web {3}80 {4}TCP\n\nEvents: {2}<none>\n$/,
  );
  expect(shell.run('get ep nope').err).toContain('Error from server (NotFound): endpoints "nope" not found\n');
  expect(shell.run('get all').out).not.toContain('endpoints/');
});

it('shows an amount of nothing as Go does', () => {
  const claim =
    'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: {volumeName: nope, storageClassName: "", accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n';
  const own = newShell({ 'claim.yaml': claim });
  own.run('apply -f claim.yaml');
  expect(own.run('get pvc c').out).toMatch(/\nc +Pending +nope +0 +<unset> /);
  expect(own.run('describe pvc c').out).toMatch(/\nCapacity: +0\n/);
});

it('says what is missing', () => {
  expect(shell.run('get deploy').err).toBe('No resources found in default namespace.\n');
  expect(shell.run('get deploy -A').err).toBe('No resources found\n');
  expect(shell.run('get sts nope')).toMatchObject({
    err: 'Error from server (NotFound): statefulsets.apps "nope" not found\n',
    code: 1,
  });
  expect(shell.run('get nope').err).toBe('error: the server doesn\'t have a resource type "nope"\n');
  expect(shell.run('get').err).toMatch(/^You must specify the type of resource to get\./);
  expect(shell.run('get pods -o xml').err).toContain('unable to match a printer suitable for the output format "xml"');
});

it('KCTL-13 selects by the fields that the server knows, and no others', () => {
  expect(shell.run('get pods --field-selector metadata.name=web-1').out.trim().split('\n')).toHaveLength(2);
  expect(shell.run('get pods --field-selector=status.phase!=Running').err).toBe(
    'No resources found in default namespace.\n',
  );
  expect(shell.run('get pods --field-selector foo=bar').err).toBe(
    'Error from server (BadRequest): Unable to find "/v1, Resource=pods" that match label selector "", field selector "foo=bar": field label not supported: foo\n',
  );
  expect(shell.run('get sts -l a=b --field-selector spec.replicas=3').err).toBe(
    'Error from server (BadRequest): Unable to find "apps/v1, Resource=statefulsets" that match label selector "a=b", field selector "spec.replicas=3": "spec.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"\n',
  );
});

it('prints whole objects', () => {
  expect(shell.run('get sts web -o yaml').out).toMatch(
    /^apiVersion: apps\/v1\nkind: StatefulSet\nmetadata:\n {2}annotations:\n {4}kubectl\.kubernetes\.io\/last-applied-configuration: \|\n {6}\{/,
  );
  const list = JSON.parse(shell.run('get pods -o json').out) as { kind: string; items: unknown[] };
  expect(list.kind).toBe('List');
  expect(list.items).toHaveLength(3);
});

it('describes a set with its claims and events', () => {
  const { out } = shell.run('describe sts web');
  expect(out).toContain(
    'Replicas:           3 desired | 3 total\nUpdate Strategy:    RollingUpdate\n  Partition:        0\nPods Status:        3 Running / 0 Waiting / 0 Succeeded / 0 Failed\n',
  );
  expect(out).toContain('Volume Claims:\n  Name:          www\n');
  expect(out).toMatch(/Events:\n {2}Type {4}Reason/);
});

it.each([
  'pod web-0',
  'pvc www-web-0',
  'pv',
  'svc nginx',
  'node node-a',
  'sc standard',
  'pods',
  'controllerrevisions',
  'endpointslices',
  'ns default',
])('describes %s', (what) => {
  const { out, code } = shell.run(`describe ${what}`);
  expect(code).toBe(0);
  expect(out).toMatch(/^Name: +\S/);
  expect(out).not.toMatch(/undefined|\[object|NaN/);
});

it('describes kinds without a description of their own field by field', () => {
  const { out } = shell.run('describe controllerrevisions');
  expect(out).toContain(
    'API Version:  apps/v1\nData:\n  Spec:\n    Template:\n      $patch:  replace\n      Metadata:\n        Labels:\n          App:  nginx\n',
  );
  expect(out).toMatch(
    /Owner References:\n {4}API Version: +apps\/v1\n {4}Block Owner Deletion: {2}true\n {4}Controller: +true\n/,
  );
  expect(out).toMatch(/ {2}UID: +\S+\nRevision: +1\nEvents: +<none>\n$/);
});

it('describes endpoints, namespaces and configuration', () => {
  expect(shell.run('describe endpointslices').out).toMatch(
    /AddressType: {2}IPv4\nPorts:\n {2}Name {2}Port {2}Protocol\n {2}---- {2}---- {2}-{8}\n {2}web {3}80 {4}TCP\nEndpoints:\n {2}- Addresses: {2}\S+\n {4}Conditions:\n {6}Ready: {4}true\n {4}Hostname: {3}web-0\n {4}TargetRef: {2}Pod\/web-0\n/,
  );
  expect(shell.run('describe ns default').out).toBe(
    'Name:         default\nLabels:       kubernetes.io/metadata.name=default\nAnnotations:  <none>\nStatus:       Active\n\nNo resource quota.\n\nNo LimitRange resource.\n',
  );
  const files = newShell({
    'cm.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\ndata: {b: z, a: "x\\ny\\n"}\nbinaryData: {c: aGk=}\n',
  });
  files.run('apply -f cm.yaml');
  expect(files.run('describe cm cm').out).toContain(
    '\nData\n====\na:\n----\nx\ny\n\n\nb:\n----\nz\n\n\nBinaryData\n====\nc: 2 bytes\n\nEvents:  <none>\n',
  );
});

it('describes objects by the beginning of their name, without events', () => {
  expect(shell.run('describe pod web').out.match(/^Name:/gm)).toHaveLength(3);
  expect(shell.run('describe pod web').out).not.toContain('Events:');
});

it('lays out columns as Go does', () => {
  expect(
    alignColumns([
      ['NAME', 'AGE'],
      ['a', '1s'],
    ]),
  ).toBe('NAME   AGE\na      1s\n');
  expect(alignTabbed('Name:\tx\nLonger:\ty\nplain\n  In:\tz')).toBe('Name:    x\nLonger:  y\nplain\n  In:  z');
});

it.each([
  [{ b: 1, a: [1, { x: 'y', z: [] }] }, 'a:\n- 1\n- x: "y"\n  z: []\nb: 1\n'],
  [
    { a: '', b: 'yes', c: '1', d: null, e: true, f: 'x: y' },
    'a: ""\nb: "yes"\nc: "1"\nd: null\ne: true\nf: \'x: y\'\n',
  ],
  [{ a: 'x\ny\n', b: 'p\nq', c: '2026-01-01' }, 'a: |\n  x\n  y\nb: |-\n  p\n  q\nc: "2026-01-01"\n'],
  [{ a10: 1, a2: 2 }, 'a2: 2\na10: 1\n'],
  [{ a: { b: {}, c: [[1, 2]] } }, 'a:\n  b: {}\n  c:\n  - - 1\n    - 2\n'],
  [
    { a: '-', b: '- x', c: '#x', d: 'a #b', e: '@x', f: "it's", g: '\u0001' },
    "a: '-'\nb: '- x'\nc: '#x'\nd: 'a #b'\ne: '@x'\nf: it's\ng: \"\\x01\"\n",
  ],
])('prints %j as YAML the way Go does', (value, text) => {
  expect(toYaml(value)).toBe(text);
});

it.each([
  ["get pods -o jsonpath='{.items[*].metadata.name}'", 'web-0 web-1 web-2'],
  [
    `get pods -o jsonpath='{range .items[*]}{.metadata.name}={.spec.containers[0].image}{"\\n"}{end}'`,
    'web-0=nginx:1.27\nweb-1=nginx:1.27\nweb-2=nginx:1.27\n',
  ],
  ["get sts web -o jsonpath='{.spec.replicas} of {.metadata.labels}'", '3 of '],
  [`get pod web-0 -o jsonpath="{.metadata.labels['app']} {.spec.containers[-1].name}"`, 'nginx nginx'],
  [
    'get pods -o custom-columns=NAME:.metadata.name,X:.spec.nope --no-headers',
    'web-0   <none>\nweb-1   <none>\nweb-2   <none>\n',
  ],
])('%s picks values', (command, out) => {
  expect(shell.run(command).out).toBe(out);
});

it('prints events in the order of their time', () => {
  const { out } = shell.run('events --for=sts/web');
  expect(out.split('\n')[0]).toMatch(/^LAST SEEN +TYPE +REASON +OBJECT +MESSAGE$/);
  expect([...out.matchAll(/Create Pod (web-\d)/g)].map((match) => match[1])).toEqual(['web-0', 'web-1', 'web-2']);
  expect(shell.run('events -n kube-system').err).toBe('No events found in kube-system namespace.\n');
});

it('prints YAML that reads back as what it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const given = JSON.parse(JSON.stringify({ value })) as unknown;
      expect(parseManifest('a.yaml', toYaml(given)).documents[0]?.value).toEqual(given);
    }),
    { numRuns: 500 },
  );
});
