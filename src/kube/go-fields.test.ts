import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, compareBytes, goJsonString } from './canonical-json.ts';
import { decodeErrorMessage, decodeObject } from './decode.ts';
import { fnv1, fnv1a } from './fnv.ts';
import { goJson, toGo } from './go-fields.ts';
import { goQuote } from './go-quote.ts';
import { goStruct, structOfKind } from './go-types.ts';

const decode = (raw: unknown) => decodeObject('apps/v1', 'StatefulSet', raw);
const message = (raw: unknown): string | undefined => decodeErrorMessage('apps/v1', 'StatefulSet', decode(raw));
const REFUSED = 'StatefulSet in version "v1" cannot be handled as a StatefulSet: ';
const withContainer = (container: object) => ({
  spec: { template: { spec: { containers: [{ name: 'a', ...container }] } } },
});

describe('texts as Go writes them', () => {
  it('KUBE-19 escapes what HTML and JavaScript could stumble over, and nothing else', () => {
    expect(goJsonString('a<b>&"\\/é\u2028\u2029\n\u0001\u007f😀')).toBe(
      '"a\\u003cb\\u003e\\u0026\\"\\\\/é\\u2028\\u2029\\n\\u0001\u007f😀"',
    );
    expect(goJsonString('\ud800x')).toBe('"\\ufffdx"');
  });
  it('KUBE-19 sorts keys by their bytes', () => {
    expect(canonicalJson({ b: 1, $patch: 2, B: 3, '😀': 4, '\uffff': 5, c: undefined })).toBe(
      '{"$patch":2,"B":3,"b":1,"\uffff":5,"😀":4}',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(bytes));
      }),
    );
  });
  it('KUBE-19 agrees with the language wherever Go does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
  it('KUBE-27 quotes as %q does', () => {
    expect(goQuote('a"b\\c\n\u0007\u0001é\u200b😀')).toBe('"a\\"b\\\\c\\n\\a\\x01é\\u200b😀"');
  });
  it('KUBE-19 computes both kinds of FNV over UTF-8', () => {
    expect([fnv1(''), fnv1('a'), fnv1('foobar')]).toEqual([0x811c9dc5, 0x050c5d7e, 0x31f0b262]);
    expect([fnv1a(''), fnv1a('a'), fnv1a('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
    expect(fnv1a('é😀')).toBe(0x039d63cc);
    expect(fnv1('b', fnv1('a'))).toBe(fnv1('ab'));
  });
});

describe('Go types', () => {
  it('KUBE-21 knows the fields of a pod spec in the order of v1.36', () => {
    const names = goStruct('v1.PodSpec')?.flat.map((field) => field.json) ?? [];
    expect(names).toHaveLength(42);
    expect([names[0], names[2], names.at(-1)]).toEqual(['volumes', 'containers', 'schedulingGroup']);
  });
  it('KUBE-21 tells kinds of one name apart by their group', () => {
    expect(structOfKind('v1', 'Event')?.byJson.has('involvedObject')).toBe(true);
    expect(structOfKind('events.k8s.io/v1', 'Event')?.byJson.has('regarding')).toBe(true);
    expect(structOfKind('example.com/v1', 'Event')).toBeUndefined();
  });
  it('KUBE-21 reads fields of embedded structs where JSON has them', () => {
    expect(goStruct('v1.Volume')?.byJson.has('emptyDir')).toBe(true);
    expect(goStruct('v1.Probe')?.byJson.has('httpGet')).toBe(true);
  });
});

describe('the form Go gives to an object', () => {
  it('KUBE-21 leaves out what is empty, keeps structs and pointers to empty ones', () => {
    const template = toGo('v1.PodTemplateSpec', {
      metadata: { labels: {}, creationTimestamp: null },
      spec: {
        containers: [{ name: 'a', image: '', command: [], stdin: false, env: [{ name: 'X', value: '' }] }],
        volumes: [
          { name: 'v', emptyDir: {} },
          { name: 'w', configMap: { name: 'c', optional: false, defaultMode: 0 } },
        ],
        nodeSelector: {},
        securityContext: {},
        hostNetwork: false,
      },
    });
    expect(template).toEqual({
      metadata: {},
      spec: {
        volumes: [
          { name: 'v', emptyDir: {} },
          { name: 'w', configMap: { name: 'c', optional: false, defaultMode: 0 } },
        ],
        containers: [{ name: 'a', env: [{ name: 'X' }], resources: {} }],
        securityContext: {},
      },
    });
  });
  it('KUBE-21 shows required fields even when nothing was given', () => {
    expect(toGo('v1.StatefulSetSpec', {})).toEqual({
      selector: null,
      template: { metadata: {}, spec: { containers: null } },
      serviceName: '',
      updateStrategy: {},
    });
    expect(toGo('v1.StatefulSetStatus', {})).toEqual({ replicas: 0, availableReplicas: 0 });
  });
  it('KUBE-21 writes amounts and times in one form', () => {
    expect(toGo('v1.ResourceRequirements', { requests: { cpu: 0.5, memory: '1024Mi' } })).toEqual({
      requests: { cpu: '500m', memory: '1Gi' },
    });
    expect(toGo('v1.ObjectMeta', { creationTimestamp: '2026-01-02T03:04:05.9+01:00' })).toEqual({
      creationTimestamp: '2026-01-02T02:04:05Z',
    });
  });
  it('KUBE-27 shows structs in declaration order', () => {
    expect(
      goJson('v1.LabelSelector', {
        matchExpressions: [{ operator: 'Foo', key: 'a' }],
        matchLabels: { b: 'x', a: 'y' },
      }),
    ).toBe('{"matchLabels":{"a":"y","b":"x"},"matchExpressions":[{"key":"a","operator":"Foo"}]}');
  });
  it('KUBE-21 keeps hostile keys as data', () => {
    const raw = JSON.parse('{"data":{"__proto__":"x","constructor":"y"},"__proto__":{"polluted":true}}');
    const { object, strictErrors } = decodeObject('v1', 'ConfigMap', raw);
    expect(Object.keys(object.data as object)).toEqual(['__proto__', 'constructor']);
    expect(strictErrors).toEqual(['unknown field "__proto__"']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('strict decoding', () => {
  it('KUBE-21 names unknown fields by their path, sorted, each once', () => {
    expect(
      message({
        spec: {
          strategy: {},
          PodManagementPolicy: 'Parallel',
          template: { spec: { containers: [{ x: 1 }, { x: 2 }] } },
        },
      }),
    ).toBe(
      `${REFUSED}strict decoding error: unknown field "spec.PodManagementPolicy", unknown field "spec.strategy", ` +
        'unknown field "spec.template.spec.containers[0].x", unknown field "spec.template.spec.containers[1].x"',
    );
    expect(message({ diff: {} })).toBe(`${REFUSED}strict decoding error: unknown field "diff"`);
  });
  it('KUBE-21 stops counting unknown fields at a hundred', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x${i}`, i]));
    expect(decode({ spec: many }).strictErrors).toHaveLength(100);
  });
  it.each([
    [
      { spec: { replicas: '3' } },
      'json: cannot unmarshal string into Go struct field StatefulSetSpec.spec.replicas of type int32',
    ],
    [
      { spec: { replicas: 1.5 } },
      'json: cannot unmarshal number 1.5 into Go struct field StatefulSetSpec.spec.replicas of type int32',
    ],
    [
      { spec: { replicas: 2 ** 31 } },
      'json: cannot unmarshal number 2147483648 into Go struct field StatefulSetSpec.spec.replicas of type int32',
    ],
    [{ spec: 'x' }, 'json: cannot unmarshal string into Go struct field StatefulSet.spec of type v1.StatefulSetSpec'],
    [{ spec: [] }, 'json: cannot unmarshal array into Go struct field StatefulSet.spec of type v1.StatefulSetSpec'],
    [
      { metadata: { labels: { a: 1 } } },
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ],
    [
      { metadata: { labels: 'a' } },
      'json: cannot unmarshal string into Go struct field ObjectMeta.metadata.labels of type map[string]string',
    ],
    [
      withContainer({ env: [{ name: 'A', value: true }] }),
      'json: cannot unmarshal bool into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
    ],
    [
      withContainer({ command: 'sh' }),
      'json: cannot unmarshal string into Go struct field Container.spec.template.spec.containers.command of type []string',
    ],
    [
      { spec: { template: { spec: { containers: { name: 'a' } } } } },
      'json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container',
    ],
    [
      withContainer({ livenessProbe: { httpGet: { port: true } } }),
      'json: cannot unmarshal bool into Go struct field HTTPGetAction.spec.template.spec.containers.livenessProbe.httpGet.port of type int32',
    ],
    [
      withContainer({ resources: { limits: { cpu: 'lots' } } }),
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [
      { metadata: { creationTimestamp: 'now' } },
      'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"',
    ],
    [
      { metadata: { creationTimestamp: 5 } },
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.creationTimestamp of type string',
    ],
    ['x', 'json: cannot unmarshal string into Go value of type v1.StatefulSet'],
  ])('KUBE-21 %j does not fit', (raw, reason) => {
    expect(message(raw)).toBe(REFUSED + reason);
  });
  it('KUBE-21 a wrong type hides unknown fields, and the first one in the document wins', () => {
    expect(message({ spec: { x: 1, replicas: 'a', minReadySeconds: 'b' } })).toContain(
      'spec.minReadySeconds of type int32',
    );
  });
  it('KUBE-21 a refused amount wins over a wrong type before it', () => {
    const raw = { spec: { replicas: 'a', template: { spec: { overhead: { cpu: '?' } } } } };
    expect(message(raw)).toContain('quantities must match');
  });
  it('KUBE-21 takes null for nothing, and whole floats for integers', () => {
    expect(
      message({ metadata: null, spec: { replicas: 3, selector: null, template: { spec: { volumes: null } } } }),
    ).toBeUndefined();
  });
  it('KUBE-21 checks base64 of Secrets', () => {
    const secret = (value: string) =>
      decodeErrorMessage('v1', 'Secret', decodeObject('v1', 'Secret', { data: { k: value } }));
    expect(secret('<token>')).toBe(
      'Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 0',
    );
    expect(secret('YWI=')).toBeUndefined();
    expect(secret('YWJjZ')).toContain('illegal base64 data at input byte 4');
    expect(secret('YW=I')).toContain('illegal base64 data');
  });
  it('KUBE-21 puts errors of the YAML reader first', () => {
    expect(decodeErrorMessage('apps/v1', 'StatefulSet', decode({ y: 1 }), ['duplicate field "spec.replicas"'])).toBe(
      `${REFUSED}strict decoding error: duplicate field "spec.replicas", unknown field "y"`,
    );
  });
  it('KUBE-21 never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(() => decode({ spec: value, metadata: value })).not.toThrow();
      }),
    );
  });
});
