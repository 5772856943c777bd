// Patches: what they make of an object, and that the three-way patch leads where it should.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEqualJson, type JsonMap } from './json.ts';
import { applyMergePatch, threeWayMergePatch } from './json-merge.ts';
import { applyJsonPatch } from './json-patch.ts';
import { patchStructOf } from './schema.ts';
import { applyStrategicPatch, PatchError } from './strategic-apply.ts';
import { threeWayStrategicPatch } from './strategic-diff.ts';

const POD = patchStructOf('v1', 'Pod');
const pod = (spec: JsonMap): JsonMap => ({ spec });
const apply = (target: JsonMap, patch: JsonMap): unknown =>
  (applyStrategicPatch(pod(target), pod(patch), POD) as { spec: unknown }).spec;

describe('strategic merge patch', () => {
  it('merges lists of named items and replaces all others', () => {
    const target = {
      containers: [
        { name: 'a', image: '1', args: ['x'] },
        { name: 'b', image: '1' },
      ],
      tolerations: [{ key: 'k' }],
    };
    expect(
      apply(target, { containers: [{ name: 'a', image: '2', args: ['y'] }], tolerations: [{ key: 'l' }] }),
    ).toEqual({
      containers: [
        { name: 'a', image: '2', args: ['y'] },
        { name: 'b', image: '1' },
      ],
      tolerations: [{ key: 'l' }],
    });
  });

  it('obeys its directives', () => {
    const target = { containers: [{ name: 'a' }, { name: 'b' }, { name: 'c' }], nodeSelector: { x: '1', y: '2' } };
    expect(apply(target, { containers: [{ name: 'b', $patch: 'delete' }] })).toMatchObject({
      containers: [{ name: 'a' }, { name: 'c' }],
    });
    expect(apply(target, { containers: [{ $patch: 'replace' }, { name: 'z' }] })).toMatchObject({
      containers: [{ name: 'z' }],
    });
    expect(apply(target, { nodeSelector: { $patch: 'replace', z: '3' } })).toMatchObject({ nodeSelector: { z: '3' } });
    expect(apply(target, { nodeSelector: null })).toEqual({ containers: target.containers });
    expect(
      apply(target, {
        '$setElementOrder/containers': [{ name: 'c' }, { name: 'd' }, { name: 'a' }],
        containers: [{ name: 'd' }],
      }),
    ).toMatchObject({ containers: [{ name: 'c' }, { name: 'd' }, { name: 'a' }, { name: 'b' }] });
    const meta = { metadata: { finalizers: ['a', 'b'] } };
    expect(
      applyStrategicPatch(meta, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'], finalizers: ['c'] } }, POD),
    ).toEqual({
      metadata: { finalizers: ['b', 'c'] },
    });
    expect(
      apply(
        { volumes: [{ name: 'v', emptyDir: {} }] },
        { volumes: [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/x' } }] },
      ),
    ).toEqual({
      volumes: [{ name: 'v', hostPath: { path: '/x' } }],
    });
  });

  it('refuses items without their key and directives it does not know', () => {
    expect(() => apply({}, { containers: [{ image: 'x' }] })).toThrow(PatchError);
    expect(() => apply({}, { $patch: 'nope' })).toThrow('unrecognized type: "nope"');
  });
});

const image = fc.constantFrom('1', '2', '3');
const container = fc.record({ name: fc.constantFrom('a', 'b', 'c'), image }, { requiredKeys: ['name'] });
const containers = fc.uniqueArray(container, { selector: (one) => one.name, maxLength: 3 });
const spec = fc.record(
  {
    containers,
    nodeSelector: fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), image, { maxKeys: 2 }),
    tolerations: fc.array(fc.record({ key: image }), { maxLength: 2 }),
    hostname: image,
  },
  { requiredKeys: ['containers'] },
);

describe('three-way patch', () => {
  it('KCTL-1 brings what is stored to what is applied, and then there is nothing left to do', () => {
    fc.assert(
      fc.property(spec, spec, spec, (original, modified, current) => {
        for (const kind of ['strategic', 'merge'] as const) {
          const patchFor = (from: JsonMap, to: JsonMap, stored: JsonMap): JsonMap =>
            kind === 'strategic' ? threeWayStrategicPatch(from, to, stored, POD) : threeWayMergePatch(from, to, stored);
          const patch = patchFor(pod(original), pod(modified), pod(current));
          const result = (
            kind === 'strategic' ? applyStrategicPatch(pod(current), patch, POD) : applyMergePatch(pod(current), patch)
          ) as { spec: typeof modified };
          for (const [key, value] of Object.entries(modified))
            if (key === 'tolerations' || key === 'hostname') expect(result.spec[key]).toEqual(value);
          for (const one of modified.containers)
            expect(result.spec.containers).toContainEqual(expect.objectContaining(one));
          for (const one of original.containers)
            if (!modified.containers.some(({ name }) => name === one.name))
              expect(result.spec.containers.some(({ name }) => name === one.name)).toBe(false);
          expect(patchFor(pod(modified), pod(modified), result)).toEqual({});
        }
      }),
    );
  });

  it('KCTL-1 keeps list items of others behind the ones they stood behind', () => {
    const stored = pod({ containers: [{ name: 'a' }, { name: 'injected' }, { name: 'b' }] });
    const wanted = pod({ containers: [{ name: 'b' }, { name: 'a' }] });
    const patch = threeWayStrategicPatch(wanted, wanted, stored, POD);
    expect(applyStrategicPatch(stored, patch, POD)).toEqual(
      pod({ containers: [{ name: 'b' }, { name: 'a' }, { name: 'injected' }] }),
    );
  });
});

describe('JSON patch', () => {
  it('knows its six operations', () => {
    const document = { a: [1, 2], b: { 'c/d': 1 } };
    const run = (...operations: JsonMap[]): unknown => applyJsonPatch(document, operations);
    expect(run({ op: 'add', path: '/a/-', value: 3 })).toMatchObject({ a: [1, 2, 3] });
    expect(run({ op: 'add', path: '/a/0', value: 0 })).toMatchObject({ a: [0, 1, 2] });
    expect(run({ op: 'remove', path: '/b/c~1d' })).toEqual({ a: [1, 2], b: {} });
    expect(run({ op: 'replace', path: '/a/1', value: 9 })).toMatchObject({ a: [1, 9] });
    expect(run({ op: 'move', from: '/a', path: '/b/e' })).toEqual({ b: { 'c/d': 1, e: [1, 2] } });
    expect(run({ op: 'copy', from: '/a/0', path: '/c' })).toMatchObject({ c: 1 });
    expect(run({ op: 'test', path: '/a', value: [1, 2] })).toEqual(document);
    expect(() => run({ op: 'test', path: '/a', value: [1] })).toThrow('test failed');
    expect(() => run({ op: 'replace', path: '/x', value: 1 })).toThrow('missing path: /x');
    expect(() => run({ op: 'add', path: '/a/9', value: 1 })).toThrow('invalid index');
    expect(() => applyJsonPatch(document, {})).toThrow(PatchError);
  });
});

it('compares JSON without regard to the order of members', () => {
  expect(isEqualJson({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 })).toBe(true);
  expect(isEqualJson({ a: undefined }, { b: 1 })).toBe(false);
  expect(isEqualJson([1, 2], [2, 1])).toBe(false);
});
