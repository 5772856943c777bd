// Tables and descriptions of kinds that are kept.
import { expect, it } from 'vitest';
import { newShell, setYaml } from '../testing/index.ts';

const KEPT = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ds}
spec:
  selector: {matchLabels: {a: b}}
  template: {metadata: {labels: {a: b}}, spec: {nodeSelector: {disk: ssd}, containers: [{name: c, image: i}]}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ing}
spec:
  ingressClassName: nginx
  tls: [{hosts: [a.b]}]
  rules: [{host: a.b}, {host: c.d}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: rb}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
subjects: [{kind: ServiceAccount, name: sa, namespace: default}, {kind: User, name: u, apiGroup: rbac.authorization.k8s.io}]
---
apiVersion: v1
kind: LimitRange
metadata: {name: lr}
spec:
  limits: [{type: Container, max: {memory: 1Gi}, default: {cpu: 500m}, defaultRequest: {cpu: 100m}}]
---
apiVersion: v1
kind: Secret
metadata: {name: s}
data: {pass: YWJj}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: sa}
imagePullSecrets: [{name: x}, {name: z}]
`;

const shell = newShell({ 'kept.yaml': KEPT, 'web.yaml': setYaml() });
shell.run('apply -f web.yaml -f kept.yaml');
shell.run('create job j --image=busybox');
shell.run("create cronjob c --image=busybox --schedule='* * * * *'");
shell.run('autoscale sts web --min=1 --max=5 --cpu=80%');
shell.run('create priorityclass p --value=7');
const table = (command: string): readonly string[] =>
  shell
    .run(command)
    .out.trimEnd()
    .split('\n')
    .map((line) => line.replace(/ {3,}/g, ' | ').replace(/\b\d+s\b/g, 'T'));

it('show the columns of their kind', () => {
  expect(table('get ds -o wide')).toEqual([
    'NAME | DESIRED | CURRENT | READY | UP-TO-DATE | AVAILABLE | NODE SELECTOR | AGE | CONTAINERS | IMAGES | SELECTOR',
    'ds | 0 | 0 | 0 | 0 | 0 | disk=ssd | T | c | i | a=b',
  ]);
  expect(table('get ing')).toEqual([
    'NAME | CLASS | HOSTS | ADDRESS | PORTS | AGE',
    expect.stringMatching(/^ing \| nginx \| a\.b,c\.d \| +80, 443 \| T$|^ing \| nginx \| a\.b,c\.d \| 80, 443 \| T$/),
  ]);
  expect(table('get job')[0]).toBe('NAME | STATUS | COMPLETIONS | DURATION | AGE');
  expect(table('get job')[1]).toMatch(/^j \| Running \| 0\/1 \| T$/);
  expect(table('get cj')).toEqual([
    'NAME | SCHEDULE | TIMEZONE | SUSPEND | ACTIVE | LAST SCHEDULE | AGE',
    expect.stringMatching(/^c \| \* \* \* \* \* \| <none> \| False \| 0 \| <none> \| T$/),
  ]);
  expect(table('get hpa')).toEqual([
    'NAME | REFERENCE | TARGETS | MINPODS | MAXPODS | REPLICAS | AGE',
    'web | StatefulSet/web | cpu: <unknown>/80% | 1 | 5 | 0 | T',
  ]);
  shell.run('create deploy d --image=x');
  shell.run('autoscale deploy d --max=2');
  expect(table('get hpa d')[1]).toBe('d | Deployment/d | cpu: <unknown>/80% | 1 | 2 | 0 | T');
  expect(table('get rolebindings -o wide')[1]).toBe('rb | Role/r | T | u |  | default/sa'.replace('|  |', '|'));
  expect(table('get sa')[0]).toBe('NAME | AGE');
  expect(table('get pc')[0]).toBe('NAME | VALUE | GLOBAL-DEFAULT | AGE | PREEMPTIONPOLICY');
});

it('are described as their kind is', () => {
  expect(shell.run('describe sa sa').out).toMatch(/\nImage pull secrets: {2}x\n +z\nEvents: +<none>\n$/);
  expect(shell.run('describe secret s').out).toMatch(/\n\nType: {2}Opaque\n\nData\n====\npass: {2}\d bytes\n$/);
  expect(shell.run('describe hpa web').out).toMatch(
    /Reference: +StatefulSet\/web\nMetrics: +\( current \/ target \)\n {2}resource cpu on pods {2}\(as a percentage of request\): +<unknown> \/ 80%\nMin replicas: +1\nMax replicas: +5\n/,
  );
  expect(shell.run('describe ds ds').out).toContain('\nDesired Number of Nodes Scheduled: 0\n');
});

it('tell the bounds and the rights that they give', () => {
  expect(table('describe limitrange lr')).toEqual([
    'Name: | lr',
    'Namespace:  default',
    'Type | Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio',
    '---- | --------  ---  ---  ---------------  -------------  -----------------------',
    'Container | cpu | - | - | 100m | 500m | -',
    'Container | memory | - | 1Gi  - | - | -',
  ]);
  expect(shell.run('describe rolebinding rb').out).toMatch(
    /^Name: {9}rb\nLabels: {7}<none>\nAnnotations: {2}.*\nRole:\n {2}Kind: {2}Role\n {2}Name: {2}r\nSubjects:\n {2}Kind {12}Name {2}Namespace\n {2}---- {12}---- {2}-{9}\n {2}ServiceAccount {2}sa {4}default\n {2}User {12}u {5}\n$/,
  );
});
