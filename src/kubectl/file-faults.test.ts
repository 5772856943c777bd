import { describe, expect, it } from 'vitest';
import { actNow, done, newSimulation } from '#engine';
import { type KubectlResult, runKubectl } from './index.ts';

function apply(text: string): KubectlResult {
  const cluster = newSimulation({});
  let result: KubectlResult | undefined;
  actNow(cluster, 'kubectl', 'apply', (turn) => {
    result = runKubectl(turn, 'apply -f a.yaml', { 'a.yaml': text });
    return done;
  });
  if (!result) throw new Error('no answer');
  return result;
}

const errorOf = (text: string): string => apply(text).err;
const map = (metadata: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:${metadata}\n`;
const invalid = (fault: string): string =>
  `error: error validating "a.yaml": error validating data: ${fault}; if you choose to ignore these errors, turn validation off with --validate=false\n`;

describe('kubectl itself refuses', () => {
  it.each([
    [
      ' {name: a, labels: {n: 1}}',
      'cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ],
    [
      ' {name: a, annotations: {n: true}}',
      'cannot unmarshal bool into Go struct field ObjectMeta.metadata.annotations of type string',
    ],
    [' {name: 1}', 'cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string'],
    [' a', 'cannot unmarshal string into Go struct field metadataOnlyObject.metadata of type v1.ObjectMeta'],
  ])('KCTL-8 metadata of a wrong type, whatever the kind: %s', (metadata, words) => {
    expect(errorOf(map(metadata))).toBe(`error: unable to decode "a.yaml": json: ${words}\n`);
    expect(errorOf(map(metadata).replace('ConfigMap', 'Foo'))).toBe(
      `error: unable to decode "a.yaml": json: ${words}\n`,
    );
  });

  it('KCTL-8 such metadata at its place', () => {
    const { problems } = apply('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    n: 1\n');
    expect(problems.find(({ severity }) => severity === 'error')?.from.line).toBe(5);
  });

  it('KCTL-8 what does not say what it is', () => {
    expect(errorOf('apiVersion: 1\nkind: [x]\n')).toBe(
      invalid("[apiVersion isn't string type, kind isn't string type]"),
    );
    expect(errorOf('apiVersion: a/b/c\nkind: Foo\n')).toBe(invalid('unexpected GroupVersion string: a/b/c'));
    expect(errorOf('apiVersion: v1\nkind: ""\n')).toBe(
      `error: unable to decode "a.yaml": Object 'Kind' is missing in '{"apiVersion":"v1","kind":""}'\n`,
    );
  });

  it('KCTL-8 a List with items that are no objects, and one List inside of another', () => {
    expect(errorOf('apiVersion: v1\nkind: List\nitems: {}\n')).toBe(invalid('invalid object to validate'));
    expect(errorOf('apiVersion: v1\nkind: List\nitems: [{}]\n')).toBe(invalid('[apiVersion not set, kind not set]'));
    expect(errorOf('apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: List, items: []}]\n')).toBe(
      'error: *unstructured.Unstructured is not a list: no Items field in this object\n',
    );
  });
});

describe('kubectl looks into a List by itself', () => {
  const list = (...items: readonly string[]): string =>
    `apiVersion: v1\nkind: List\nitems:\n${items.map((item) => `- ${item}\n`).join('')}`;
  const good = '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}';

  it('KCTL-8 and sends nothing of it where one item has an unknown field', () => {
    const answer = apply(list(good, '{apiVersion: v1, kind: Service, metadata: {name: b}, spec: {port: 1}}'));
    expect(answer.err).toBe(
      invalid('ValidationError(Service.spec): unknown field "port" in io.k8s.api.core.v1.ServiceSpec'),
    );
    expect(answer.out).toBe('');
  });

  it('KCTL-8 and tells what is missing and what is of a wrong type', () => {
    const set =
      '{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: b}, spec: {replicas: "3", template: {spec: {containers: [{image: c}]}}}}';
    expect(errorOf(list(set))).toBe(
      invalid(
        '[ValidationError(StatefulSet.spec.replicas): invalid type for io.k8s.api.apps.v1.StatefulSetSpec.replicas: got "string", expected "integer", ValidationError(StatefulSet.spec.template.spec.containers[0]): missing required field "name" in io.k8s.api.core.v1.Container, ValidationError(StatefulSet.spec): missing required field "selector" in io.k8s.api.apps.v1.StatefulSetSpec]',
      ),
    );
  });

  it('KCTL-8 and leaves numbers where texts belong to the server', () => {
    expect(errorOf(list('{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: 1}}'))).toContain(
      'Error from server (BadRequest)',
    );
    expect(apply(list(good)).out).toBe('configmap/a created\n');
  });
});

describe('kubectl takes', () => {
  it('KCTL-8 items of a typed list that do not say what they are', () => {
    expect(apply('apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: a}\n').out).toBe(
      'configmap/a created\n',
    );
  });

  it('KCTL-8 a kind in small letters, which the server refuses', () => {
    expect(errorOf('apiVersion: apps/v1\nkind: statefulset\nmetadata: {name: a}\n')).toBe(
      'Error from server (BadRequest): error when creating "a.yaml": statefulset in version "v1" cannot be handled as a StatefulSet: no kind "statefulset" is registered for version "apps/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"\n',
    );
  });

  it('KCTL-1 members that are null for members that are not there', () => {
    const { out } = apply('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: null, y: z}\n');
    expect(out).toBe('configmap/a created\n');
  });
});
