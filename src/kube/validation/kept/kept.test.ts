import { describe, expect, it } from 'vitest';
import { kindByApi } from '../../kinds.ts';
import type { Loose } from '../../loose.ts';
import { validateCreate, validateUpdate } from '../index.ts';
import { scheduleError } from './cron.ts';

interface Given {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: Loose;
  readonly [key: string]: unknown;
}

/** `path: words` of each error, with a name and a namespace given where there are none. */
function errorsOf(given: Given, previous?: Given): string[] {
  const info = kindByApi(given.apiVersion, given.kind);
  if (!info) throw new Error(`no kind ${given.kind}`);
  const complete = (object: Given): Loose => ({
    ...object,
    metadata: {
      name: 'a',
      resourceVersion: '1',
      ...(info.namespaced && { namespace: 'default' }),
      ...object.metadata,
    },
  });
  const faults = previous
    ? validateUpdate(info, complete(given), complete(previous))
    : validateCreate(info, complete(given));
  return faults.map(({ path, body }) => `${path}: ${body}`);
}

const CONTAINERS = [{ name: 'c', image: 'nginx' }];

describe('ConfigMaps and Secrets', () => {
  const map = { apiVersion: 'v1', kind: 'ConfigMap' };
  const secret = { apiVersion: 'v1', kind: 'Secret' };

  it('have keys that can be file names, each in one bag', () => {
    expect(errorsOf({ ...map, data: { 'a b': '', 'c.yaml': '' } })).toEqual([
      `data[a b]: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    ]);
    expect(errorsOf({ ...map, data: { x: '' }, binaryData: { x: '' } })).toEqual([
      'data[x]: Invalid value: "x": duplicate of key present in binaryData',
      'binaryData[x]: Invalid value: "x": duplicate of key present in data',
    ]);
  });

  it('hold what their type asks for, as data or as text', () => {
    expect(errorsOf({ ...secret, type: 'kubernetes.io/tls', stringData: { 'tls.crt': '' } })).toEqual([
      'data[tls.key]: Required value',
    ]);
    expect(errorsOf({ ...secret, type: 'kubernetes.io/basic-auth' })).toHaveLength(2);
    expect(errorsOf({ ...secret, type: 'kubernetes.io/basic-auth', data: { username: '' } })).toEqual([]);
  });

  it('stay as they are once they are immutable', () => {
    const sealed = { ...map, immutable: true, data: { a: '1' } };
    expect(errorsOf({ ...sealed, data: { a: '2' } }, sealed)).toEqual([
      'data: Forbidden: field is immutable when `immutable` is set',
    ]);
    expect(errorsOf(sealed, sealed)).toEqual([]);
  });
});

describe('roles and bindings', () => {
  const api = 'rbac.authorization.k8s.io/v1';

  it('say what may be done with what', () => {
    const role = { apiVersion: api, kind: 'Role' };
    expect(
      errorsOf({ ...role, rules: [{ resources: ['pods'] }, { verbs: ['get'], nonResourceURLs: ['/x'] }] }),
    ).toEqual([
      'rules[0].verbs: Required value: verbs must contain at least one value',
      'rules[0].apiGroups: Required value: resource rules must supply at least one api group',
      'rules[1].nonResourceURLs: Invalid value: ["/x"]: namespaced rules cannot apply to non-resource URLs',
    ]);
  });

  it('bind a role to somebody', () => {
    const binding = {
      apiVersion: api,
      kind: 'ClusterRoleBinding',
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' },
      subjects: [
        { kind: 'ServiceAccount', name: 'a' },
        { kind: 'Robot', name: 'b' },
      ],
    };
    expect(errorsOf(binding)).toEqual([
      'roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole"',
      'subjects[0].namespace: Required value',
      'subjects[1].kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"',
    ]);
    expect(errorsOf({ ...binding, kind: 'RoleBinding', subjects: [{ kind: 'ServiceAccount', name: 'a' }] })).toEqual(
      [],
    );
  });
});

describe('Ingresses and NetworkPolicies', () => {
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' };
  const rule = (path: Loose): Loose => ({ host: 'a.example', http: { paths: [path] } });
  const backend = { service: { name: 'web', port: { number: 80 } } };

  it('lead somewhere', () => {
    expect(errorsOf({ ...ingress, spec: {} })).toEqual([
      'spec: Invalid value: null: either `defaultBackend` or `rules` must be specified',
    ]);
    expect(errorsOf({ ...ingress, spec: { rules: [rule({ path: '/', backend })] } })).toEqual([
      'spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified',
    ]);
    expect(errorsOf({ ...ingress, spec: { rules: [rule({ path: 'x', pathType: 'Prefix', backend: {} })] } })).toEqual([
      'spec.rules[0].http.paths[0].path: Invalid value: "x": must be an absolute path',
      'spec.rules[0].http.paths[0].backend: Invalid value: "": resource or service backend is required',
    ]);
    const named = { service: { name: 'web', port: {} } };
    expect(errorsOf({ ...ingress, spec: { rules: [rule({ path: '/', pathType: 'Exact', backend: named })] } })).toEqual(
      ['spec.rules[0].http.paths[0].backend: Required value: port name or number is required'],
    );
    expect(
      errorsOf({
        ...ingress,
        spec: { rules: [{ ...rule({ path: '/', pathType: 'Exact', backend }), host: '*.a.b' }] },
      }),
    ).toEqual([]);
  });

  it('let peers in that say who they are', () => {
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };
    const spec = {
      podSelector: {},
      ingress: [{ from: [{}, { ipBlock: { cidr: '10.0.0.0' } }], ports: [{ port: 'web_' }] }],
      policyTypes: ['In'],
    };
    expect(errorsOf({ ...policy, spec }).map((error) => error.split(': ').slice(0, 2).join(': '))).toEqual([
      'spec.ingress[0].ports[0].port: Invalid value',
      'spec.ingress[0].from[0]: Required value',
      'spec.ingress[0].from[1].ipBlock.cidr: Invalid value',
      'spec.policyTypes[0]: Unsupported value',
    ]);
  });
});

describe('Jobs, CronJobs, DaemonSets', () => {
  const template = (restartPolicy?: string): Loose => ({
    metadata: { labels: { app: 'a' } },
    spec: { containers: CONTAINERS, ...(restartPolicy !== undefined && { restartPolicy }) },
  });

  it('run pods that end', () => {
    const job = { apiVersion: 'batch/v1', kind: 'Job' };
    expect(errorsOf({ ...job, spec: { template: template() } })).toEqual([
      'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ]);
    expect(errorsOf({ ...job, spec: { template: template('Never'), parallelism: -1 } })).toEqual([
      'spec.parallelism: Invalid value: -1: must be greater than or equal to 0',
    ]);
  });

  it('run at a time that there is', () => {
    const cron = { apiVersion: 'batch/v1', kind: 'CronJob' };
    const spec = { schedule: '*/5 * * *', jobTemplate: { spec: { template: template('OnFailure') } } };
    expect(errorsOf({ ...cron, spec })).toEqual([
      'spec.schedule: Invalid value: "*/5 * * *": expected exactly 5 fields, found 4: [*/5 * * *]',
    ]);
    expect(errorsOf({ ...cron, spec: { ...spec, schedule: '@daily' } })).toEqual([]);
  });

  it.each([
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['* * * foo *', 'failed to parse int from foo: strconv.Atoi: parsing "foo": invalid syntax'],
    ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['@never', 'unrecognized descriptor: @never'],
    ['0 0 1 JAN-MAR mon,FRI', undefined],
    ['5/15 * * * *', undefined],
    ['@every 1h30m', undefined],
  ])('read a schedule as the server does: %s', (schedule, error) => {
    expect(scheduleError(schedule)).toBe(error);
  });

  it('run on every node', () => {
    const set = { apiVersion: 'apps/v1', kind: 'DaemonSet' };
    expect(errorsOf({ ...set, spec: { selector: { matchLabels: { app: 'b' } }, template: template() } })).toEqual([
      'spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`',
    ]);
    const selector = { matchLabels: { app: 'a' } };
    expect(errorsOf({ ...set, spec: { selector, template: template() } })).toEqual([]);
  });
});

describe('autoscalers, priorities, webhooks, custom kinds', () => {
  it('scale something by something', () => {
    const autoscaler = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };
    const metrics = [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization' } } },
      { type: 'Pods' },
    ];
    const spec = { scaleTargetRef: { kind: 'StatefulSet' }, minReplicas: 3, maxReplicas: 2, metrics };
    expect(errorsOf({ ...autoscaler, spec })).toEqual([
      'spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`',
      'spec.scaleTargetRef.name: Required value',
      'spec.metrics[0].resource.target.averageUtilization: Required value: must set either a target raw value or a target utilization',
      'spec.metrics[1].pods: Required value: must populate information for the given metric source',
    ]);
  });

  it('leave the highest priorities to the system', () => {
    expect(errorsOf({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 2_000_000_000 })).toEqual([
      'value: Forbidden: maximum allowed value of a user defined priority is 1000000000',
    ]);
  });

  it('count what can be counted', () => {
    const hard = { pods: '3', 'requests.cpu': '2', 'count/jobs.batch': '1', foo: '1' };
    expect(errorsOf({ apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard } })).toEqual([
      'spec.hard[foo]: Invalid value: "foo": must be a standard resource type or fully qualified',
      'spec.hard[foo]: Invalid value: "foo": must be a standard resource for quota',
    ]);
  });

  it('tell what a webhook does besides', () => {
    const hooks = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration' };
    expect(errorsOf({ ...hooks, webhooks: [{ name: 'a.b.c', clientConfig: { service: {} } }] })).toEqual([
      'webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun',
      'webhooks[0].admissionReviewVersions: Required value: must specify one of v1, v1beta1',
    ]);
  });

  it('name a kind by its plural and its group', () => {
    const definition = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };
    const spec = {
      group: 'x.io',
      scope: 'Namespaced',
      names: { plural: 'foos', kind: 'Foo' },
      versions: [{ name: 'v1' }],
    };
    expect(errorsOf({ ...definition, metadata: { name: 'foo.x.io' }, spec })).toEqual([
      'metadata.name: Invalid value: "foo.x.io": must be spec.names.plural+"."+spec.group',
      'spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required',
    ]);
  });
});
