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
