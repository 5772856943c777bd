import { describe, expect, it } from 'vitest';
import { decodeObject } from '../decode.ts';
import { applyDefaults } from '../defaults.ts';
import { kindByApi } from '../kinds.ts';
import type { Loose } from '../loose.ts';
import {
  renderInvalid,
  renderInvalidForKubectl,
  validateCreate,
  validateStatefulSetStatus,
  validateUpdate,
} from './index.ts';

const info = (() => {
  const found = kindByApi('apps/v1', 'StatefulSet');
  if (found === undefined) throw new Error('no StatefulSet');
  return found;
})();

const TEMPLATE = {
  metadata: { labels: { app: 'nginx' } },
  spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }] },
};
const SPEC = { serviceName: 'nginx', selector: { matchLabels: { app: 'nginx' } }, template: TEMPLATE };
const CLAIM = {
  metadata: { name: 'www' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

/** A set as it would be stored, with some of its spec replaced. */
const stored = (spec: object, metadata: object = {}, gates = {}): Loose =>
  applyDefaults(
    'StatefulSet',
    decodeObject('apps/v1', 'StatefulSet', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'web', namespace: 'default', resourceVersion: '1', ...metadata },
      spec: { ...SPEC, ...spec },
    }).object,
    gates,
  );
const lines = (errors: readonly { path: string; body: string }[]): string[] =>
  errors.map(({ path, body }) => `${path}: ${body}`);
const errorsOf = (spec: object, metadata: object = {}): string[] => lines(validateCreate(info, stored(spec, metadata)));
const withContainer = (...containers: object[]): object => ({ template: { ...TEMPLATE, spec: { containers } } });
const withTemplate = (spec: object): object => ({ template: { ...TEMPLATE, spec: { ...TEMPLATE.spec, ...spec } } });
const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const MISMATCH = '`selector` does not match template `labels`';

describe('a new StatefulSet', () => {
  it('KUBE-7 may be as small as this', () => {
    expect(errorsOf({})).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    [
      'no selector',
      { selector: undefined },
      ['spec.selector: Required value', `spec.template.metadata.labels: Invalid value: {"app":"nginx"}: ${MISMATCH}`],
    ],
    [
      'an empty selector',
      { selector: {} },
      ['spec.selector: Invalid value: {}: empty selector is invalid for statefulset'],
    ],
    [
      'another selector',
      { selector: { matchLabels: { app: 'x' } } },
      [`spec.template.metadata.labels: Invalid value: {"app":"nginx"}: ${MISMATCH}`],
    ],
    [
      'a template without labels',
      { template: { spec: TEMPLATE.spec } },
      [`spec.template.metadata.labels: Invalid value: null: ${MISMATCH}`],
    ],
    [
      'an unknown operator',
      { selector: { matchExpressions: [{ key: 'app', operator: 'Foo' }] } },
      [
        'spec.selector.matchExpressions[0].operator: Invalid value: "Foo": not a valid selector operator',
        'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"Foo"}]}',
      ],
    ],
    [
      'In without values',
      { selector: { matchExpressions: [{ key: 'app', operator: 'In' }] } },
      [
        "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
        'spec.selector: Invalid value: {"matchExpressions":[{"key":"app","operator":"In"}]}',
      ],
    ],
    ['negative replicas', { replicas: -1 }, ['spec.replicas: Invalid value: -1: must be greater than or equal to 0']],
    [
      'negative minReadySeconds',
      { minReadySeconds: -1 },
      ['spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      'a negative start',
      { ordinals: { start: -1 } },
      ['spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      'a negative partition',
      { updateStrategy: { rollingUpdate: { partition: -1 } } },
      ['spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      'an unknown policy',
      { podManagementPolicy: 'Foo' },
      [`spec.podManagementPolicy: Invalid value: "Foo": must be 'OrderedReady' or 'Parallel'`],
    ],
    [
      'a strategy of Deployments',
      { updateStrategy: { type: 'Recreate' } },
      [
        `spec.updateStrategy: Invalid value: {"Type":"Recreate","RollingUpdate":null}: must be 'RollingUpdate' or 'OnDelete'`,
      ],
    ],
    [
      'OnDelete with a block left over',
      { updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 0 } } },
      [
        `spec.updateStrategy.rollingUpdate: Invalid value: {"Partition":0,"MaxUnavailable":null}: only allowed for updateStrategy 'RollingUpdate'`,
      ],
    ],
    [
      'unknown retention',
      { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Foo', whenScaled: 'Bar' } },
      [
        'spec.persistentVolumeClaimRetentionPolicy.whenDeleted: Unsupported value: "Foo": supported values: "Retain", "Delete"',
        'spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported value: "Bar": supported values: "Retain", "Delete"',
      ],
    ],
    ['a bad service name', { serviceName: 'My_Svc' }, [`spec.serviceName: Invalid value: "My_Svc": ${LABEL}`]],
    ['no service name', { serviceName: '' }, []],
    [
      'pods that end',
      withTemplate({ restartPolicy: 'OnFailure', activeDeadlineSeconds: 5 }),
      [
        'spec.template.spec.restartPolicy: Unsupported value: "OnFailure": supported values: "Always"',
        'spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in StatefulSet is not Supported',
      ],
    ],
    ['no containers', withContainer(), ['spec.template.spec.containers: Required value']],
    [
      'a container without anything',
      withContainer({}),
      [
        'spec.template.spec.containers[0].name: Required value',
        'spec.template.spec.containers[0].image: Required value',
      ],
    ],
    [
      'two containers of one name',
      withContainer({ name: 'a', image: 'a' }, { name: 'a', image: 'a' }),
      ['spec.template.spec.containers[1].name: Duplicate value: "a"'],
    ],
    [
      'a mount of nothing',
      withContainer({ name: 'a', image: 'a', volumeMounts: [{ name: 'data', mountPath: '/d' }] }),
      ['spec.template.spec.containers[0].volumeMounts[0].name: Not found: "data"'],
    ],
    [
      'a mount of a claim',
      {
        ...withContainer({ name: 'a', image: 'a', volumeMounts: [{ name: 'www', mountPath: '/d' }] }),
        volumeClaimTemplates: [CLAIM],
      },
      [],
    ],
    [
      'two mounts in one place',
      {
        ...withContainer({
          name: 'a',
          image: 'a',
          volumeMounts: [
            { name: 'www', mountPath: '/d' },
            { name: 'www', mountPath: '/d' },
          ],
        }),
        volumeClaimTemplates: [CLAIM],
      },
      ['spec.template.spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/d": must be unique'],
    ],
    [
      'an empty claim template',
      { volumeClaimTemplates: [{ metadata: { name: 'www' } }] },
      [
        'spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required',
        'spec.volumeClaimTemplates[0].spec.resources[storage]: Required value',
      ],
    ],
    [
      'a claim of nothing',
      { volumeClaimTemplates: [{ ...CLAIM, spec: { ...CLAIM.spec, resources: { requests: { storage: '0' } } } }] },
      ['spec.volumeClaimTemplates[0].spec.resources[storage]: Invalid value: "0": must be greater than zero'],
    ],
    [
      'an abbreviated mode',
      { volumeClaimTemplates: [{ ...CLAIM, spec: { ...CLAIM.spec, accessModes: ['RWO'] } }] },
      [
        'spec.volumeClaimTemplates[0].spec.accessModes: Unsupported value: "RWO": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
      ],
    ],
    [
      'a mode that wants to be alone',
      {
        volumeClaimTemplates: [
          { ...CLAIM, spec: { ...CLAIM.spec, accessModes: ['ReadWriteOncePod', 'ReadOnlyMany'] } },
        ],
      },
      [
        'spec.volumeClaimTemplates[0].spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes',
      ],
    ],
    ['a negative history', { revisionHistoryLimit: -1 }, []],
    ['hostname and subdomain in the template', withTemplate({ hostname: 'x', subdomain: 'y' }), []],
    ['host names in the template that no pod could have', withTemplate({ hostname: 'Bad_', subdomain: 'a.b' }), []],
  ])('KUBE-7 with %s', (_, spec, expected) => {
    expect(errorsOf(spec)).toEqual(expected);
  });

  it.each<[object, string[]]>([
    [{ name: 'Web_1' }, [`metadata.name: Invalid value: "Web_1": ${LABEL}`]],
    [{ name: 'a.b' }, ['metadata.name: Invalid value: "a.b": must not contain dots']],
    [{ name: '' }, ['metadata.name: Required value: name or generateName is required']],
    [{ name: 'a'.repeat(64) }, [`metadata.name: Invalid value: "${'a'.repeat(64)}": must be no more than 63 bytes`]],
    [{ namespace: '' }, ['metadata.namespace: Required value']],
    [
      { labels: { a: 'x'.repeat(64) } },
      [`metadata.labels: Invalid value: "${'x'.repeat(64)}": must be no more than 63 bytes`],
    ],
    [
      { finalizers: ['mine'] },
      [
        'metadata.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
      ],
    ],
    [
      { annotations: { 'a/b/c': '' } },
      [
        expect.stringMatching(
          /^metadata.annotations: Invalid value: "a\/b\/c": a valid label key/,
        ) as unknown as string,
      ],
    ],
  ])('KUBE-7 with metadata %j', (metadata, expected) => {
    expect(errorsOf({}, metadata)).toEqual(expected);
  });

  it('KUBE-7 reports in upstream order: metadata, policy, strategy, replicas, selector, template', () => {
    const spec = {
      replicas: -1,
      podManagementPolicy: 'X',
      updateStrategy: { type: 'Y' },
      selector: undefined,
      ...withContainer(),
    };
    expect(errorsOf(spec, { name: 'A' }).map((line) => line.slice(0, line.indexOf(':')))).toEqual([
      'metadata.name',
      'spec.podManagementPolicy',
      'spec.updateStrategy',
      'spec.replicas',
      'spec.selector',
      'spec.template.metadata.labels',
      'spec.template.spec.containers',
    ]);
  });

  it('KUBE-7 checks maxUnavailable when its gate lets it through', () => {
    const at = 'spec.updateStrategy.rollingUpdate.maxUnavailable';
    const check = (maxUnavailable: unknown) =>
      lines(
        validateCreate(
          info,
          stored({ updateStrategy: { rollingUpdate: { maxUnavailable } } }, {}, { MaxUnavailableStatefulSet: true }),
        ),
      );
    expect(check(0)).toEqual([`${at}: Invalid value: 0: cannot be 0`]);
    expect(check('101%')).toEqual([`${at}: Invalid value: "101%": must not be greater than 100%`]);
    expect(check('some')).toEqual([
      `${at}: Invalid value: "some": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')`,
      `${at}: Invalid value: "some": cannot be 0`,
    ]);
    expect(check('50%')).toEqual([]);
  });

  it('KUBE-8 accepts claim templates of one name, unused ones, and ones that hide a volume', () => {
    const volume = { volumes: [{ name: 'www', emptyDir: {} }] };
    expect(errorsOf({ volumeClaimTemplates: [CLAIM, CLAIM] })).toEqual([]);
    expect(errorsOf({ ...withTemplate(volume), volumeClaimTemplates: [CLAIM] })).toEqual([]);
  });
});

describe('an update of a StatefulSet', () => {
  const update = (spec: object, old: object = {}): string[] => lines(validateUpdate(info, stored(spec), stored(old)));
  const FORBIDDEN =
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

  it.each<[string, object]>([
    ['replicas', { replicas: 5 }],
    ['ordinals', { ordinals: { start: 2 } }],
    ['template', withContainer({ name: 'a', image: 'b' })],
    ['updateStrategy', { updateStrategy: { type: 'OnDelete' } }],
    ['revisionHistoryLimit', { revisionHistoryLimit: 1 }],
    ['retention', { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } }],
    ['minReadySeconds', { minReadySeconds: 3 }],
  ])('KUBE-9 may change %s', (_, spec) => {
    expect(update(spec)).toEqual([]);
  });
  it.each<[string, object]>([
    ['serviceName', { serviceName: 'other' }],
    ['podManagementPolicy', { podManagementPolicy: 'Parallel' }],
    ['claim templates', { volumeClaimTemplates: [CLAIM] }],
    [
      'selector',
      { selector: { matchLabels: { app: 'nginx' }, matchExpressions: [{ key: 'x', operator: 'DoesNotExist' }] } },
    ],
  ])('KUBE-9 may not change %s', (_, spec) => {
    expect(update(spec)).toEqual([FORBIDDEN]);
  });
  it('KUBE-9 sees no change where the same thing is written in another way', () => {
    const claim = (storage: string, labels?: object) => ({
      volumeClaimTemplates: [
        { ...CLAIM, metadata: { name: 'www', labels }, spec: { ...CLAIM.spec, resources: { requests: { storage } } } },
      ],
    });
    expect(update(claim('1Gi'), claim('1024Mi', {}))).toEqual([]);
    expect(update(claim('2Gi'), claim('1Gi'))).toEqual([FORBIDDEN]);
  });
  it('KUBE-9 reports bad values beside the forbidden change, last', () => {
    expect(update({ replicas: -1, serviceName: 'x' })).toEqual([
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
      FORBIDDEN,
    ]);
  });
  it('KUBE-9 lets pass what was already wrong: service name and template', () => {
    expect(update({ serviceName: 'Bad_Name', replicas: 3 }, { serviceName: 'Bad_Name' })).toEqual([]);
    expect(update({ ...withContainer(), replicas: 3 }, withContainer())).toEqual([]);
    expect(update(withContainer())).toEqual(['spec.template.spec.containers: Required value']);
  });
  it('KUBE-9 keeps name and namespace, and needs a version', () => {
    const next = stored({}, { name: 'other', resourceVersion: '' });
    expect(lines(validateUpdate(info, next, stored({})))).toEqual([
      'metadata.resourceVersion: Invalid value: "": must be specified for an update',
      'metadata.name: Invalid value: "other": field is immutable',
    ]);
  });
  it('KUBE-9 lets no finalizer be added to what is being deleted', () => {
    const old = stored({}, { deletionTimestamp: '2026-01-01T00:00:00Z' });
    const next = stored({}, { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['a.b/c'] });
    expect(lines(validateUpdate(info, next, old))).toEqual([
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"a.b/c"}',
    ]);
  });
  it('KUBE-9 checks counters of the status against each other', () => {
    const withStatus = (status: object): Loose => ({ ...stored({}), status });
    const next = withStatus({ replicas: 1, readyReplicas: 2, availableReplicas: 3, collisionCount: 0 });
    expect(lines(validateStatefulSetStatus(next, withStatus({ collisionCount: 1 })))).toEqual([
      'status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas',
      'status.availableReplicas: Invalid value: 3: cannot be greater than status.replicas',
      'status.availableReplicas: Invalid value: 3: cannot be greater than status.readyReplicas',
      'status.collisionCount: Invalid value: 0: cannot be decremented',
    ]);
  });
});

describe('messages', () => {
  const one = validateCreate(info, stored({ replicas: -1 }));
  const two = validateCreate(info, stored({ replicas: -1, minReadySeconds: -1 }));

  it('KUBE-27 are those of the API server', () => {
    expect(renderInvalid(info, 'web', one)).toBe(
      'StatefulSet.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    );
    expect(renderInvalid(info, 'web', [...two, ...one])).toBe(
      'StatefulSet.apps "web" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, ' +
        'spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0]',
    );
  });
  it('KUBE-27 are worded anew by kubectl, one line each', () => {
    expect(renderInvalidForKubectl('StatefulSet', 'web', one)).toBe(
      'The StatefulSet "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    );
    expect(renderInvalidForKubectl('StatefulSet', 'web', [...two, ...one])).toBe(
      'The StatefulSet "web" is invalid: \n' +
        '* spec.replicas: Invalid value: -1: must be greater than or equal to 0\n' +
        '* spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0',
    );
  });
});
