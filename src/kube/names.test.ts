import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byteLength,
  claimNameOf,
  configKeyErrors,
  dns1035LabelErrors,
  dnsLabelErrors,
  dnsSubdomainErrors,
  envNameErrors,
  isMemberName,
  ordinalOf,
  parentNameOf,
  pathSegmentErrors,
  podNameOf,
  podNameOfClaim,
  portNameErrors,
} from './names.ts';

describe('what may be a name', () => {
  it.each(['a', 'abc-123', '3xui', 'a'.repeat(63)])('KUBE-1 takes %s as a label', (name) => {
    expect(dnsLabelErrors(name)).toEqual([]);
  });
  it('KUBE-1 explains a label with an example', () => {
    expect(dnsLabelErrors('Web_1')).toEqual([
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ]);
  });
  it('KUBE-1 tells dots and length apart', () => {
    expect(dnsLabelErrors('a.b')).toEqual(['must not contain dots']);
    expect(dnsLabelErrors('a'.repeat(64))).toEqual(['must be no more than 63 bytes']);
  });
  it('KUBE-1 explains a subdomain', () => {
    expect(dnsSubdomainErrors('a.b-c.d')).toEqual([]);
    expect(dnsSubdomainErrors('<name>')).toEqual([
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ]);
    expect(dnsSubdomainErrors('a'.repeat(254))).toEqual(['must be no more than 253 bytes']);
  });
  it('KUBE-1 lets an old label begin with a letter only', () => {
    expect(dns1035LabelErrors('a1')).toEqual([]);
    expect(dns1035LabelErrors('1a')).toHaveLength(1);
  });
  it('KUBE-1 checks names of ports, keys, variables and path segments', () => {
    expect(portNameErrors('http')).toEqual([]);
    expect(portNameErrors('8080')).toEqual(['must contain at least one letter (a-z)']);
    expect(portNameErrors('a--b')).toEqual(['must not contain consecutive hyphens']);
    expect(configKeyErrors('..x')).toEqual(["must not start with '..'"]);
    expect(envNameErrors('1.any thing')).toEqual([]);
    expect(envNameErrors('a=b')).toHaveLength(1);
    expect(pathSegmentErrors('system:node')).toEqual([]);
    expect(pathSegmentErrors('a/b%')).toEqual(["may not contain '/'", "may not contain '%'"]);
  });
  it('KUBE-1 answers at once however long and strange the text is', () => {
    for (const text of [
      'a'.repeat(1e6),
      '-'.repeat(1e6),
      `${'a-'.repeat(5e5)}!`,
      'é'.repeat(1e5),
      `${'a.'.repeat(2000)}!`,
    ])
      expect(dnsLabelErrors(text).length + dnsSubdomainErrors(text).length).toBeGreaterThan(0);
  });
  it('KUBE-1 counts bytes as UTF-8 has them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});

describe('ordinals', () => {
  it.each([
    ['web-0', 0, 'web'],
    ['web-10', 10, 'web'],
    ['foo-1', 1, 'foo'],
    ['my-app-007', 7, 'my-app'],
    ['web-1-2', 2, 'web-1'],
    ['web-2147483647', 2147483647, 'web'],
    ['web-2147483648', -1, 'web'],
    ['1-bar', -1, ''],
    ['web', -1, ''],
    ['web-', -1, ''],
    ['-5', 5, ''],
    ['', -1, ''],
    ['12', -1, ''],
  ])('KUBE-2 reads %j as ordinal %d of %j', (name, ordinal, parent) => {
    expect([ordinalOf(name), parentNameOf(name)]).toEqual([ordinal, parent]);
  });
  it('KUBE-2 takes only names of this set for its members', () => {
    expect(isMemberName('foo', 'foo-1')).toBe(true);
    expect(isMemberName('foo2', 'foo-1')).toBe(false);
    expect(isMemberName('foo', 'foo-1-1')).toBe(false);
    expect(isMemberName('foo-1', 'foo-1-1')).toBe(true);
    expect(isMemberName('foo', 'bar-1')).toBe(false);
  });
  it('KUBE-2 reads back every name it makes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), fc.nat(2 ** 31 - 1), (set, ordinal) => {
        const pod = podNameOf(set, ordinal);
        expect([ordinalOf(pod), parentNameOf(pod), isMemberName(set, pod)]).toEqual([ordinal, set, true]);
        expect(podNameOfClaim(set, claimNameOf('data', set, ordinal))).toBe(pod);
      }),
    );
  });
  it.each([
    ['volume-my-set-2', 'my-set-2'],
    ['long-volume-my-set-20', 'my-set-20'],
    ['volume-2-my-set', undefined],
    ['volume-pod-2', undefined],
    ['my-set-2', undefined],
    ['-my-set-2', 'my-set-2'],
  ])('KUBE-2 finds the pod of claim %s: %s', (claim, pod) => {
    expect(podNameOfClaim('my-set', claim)).toBe(pod);
  });
});
