import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { decodeBase64Url, encodeBase64Url } from './base64url.ts';
import { CHAT_LENGTH_MAX, decodeFile, decodeLink, encodeFile, encodeLink, INFLATED_BYTES_MAX } from './codec.ts';
import { DICTIONARY_D } from './dictionary.ts';
import { LIMITS, packSession } from './pack.ts';
import type { Session } from './types.ts';

const MANIFEST = 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n  replicas: 3\n';

const session = (more: Partial<Session> = {}): Session => ({
  cluster: {
    seed: 7,
    gates: { MaxUnavailableStatefulSet: true },
    nodes: [{ name: 'node-a', zone: 'a' }],
    manifest: '',
    timing: {},
  },
  files: { 'web.yaml': MANIFEST },
  branches: [
    {
      id: 0,
      name: 'main',
      acts: [
        { atMs: 0, act: { type: 'kubectl', command: 'apply -f web.yaml', files: { 'web.yaml': MANIFEST } } },
        { atMs: 1500, act: { type: 'fault', fault: 'node-down', target: 'Node//node-a' } },
      ],
      reachedMs: 9000,
    },
    { id: 1, name: 'branch A', fork: { parent: 0, atMs: 500 }, acts: [], reachedMs: 700 },
  ],
  at: { branch: 1, atMs: 600 },
  view: { layout: 'nodes', selected: 'Pod/default/db-0' },
  ...more,
});
const FINGERPRINT = '0123456789abcdef';

/** A link around any JSON, as a stranger could make it. */
function linkOf(json: string, checksum?: number): string {
  const bytes = strToU8(json);
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  const deflated = deflateSync(bytes, { dictionary: strToU8(DICTIONARY_D) });
  const whole = new Uint8Array(4 + deflated.length);
  new DataView(whole.buffer).setUint32(0, checksum ?? hash >>> 0);
  whole.set(deflated, 4);
  return `#v1:d${encodeBase64Url(whole)}`;
}
const problemOf = (hash: string) => {
  const decoded = decodeLink(hash);
  return decoded.type === 'problem' ? decoded.problem : undefined;
};

describe('the link', () => {
  it('carries a session there and back, with its fingerprint', () => {
    expect(decodeLink(encodeLink(session(), FINGERPRINT))).toEqual({
      type: 'session',
      session: session(),
      fingerprint: FINGERPRINT,
    });
    expect(decodeFile(encodeFile(session(), FINGERPRINT))).toEqual({
      type: 'session',
      session: session(),
      fingerprint: FINGERPRINT,
    });
  });
  it('stays short enough for a chat with a small manifest', () => {
    expect(encodeLink(session(), FINGERPRINT).length).toBeLessThan(CHAT_LENGTH_MAX / 4);
  });
  it('reads a link that was made when version 1 began', () => {
    const old = linkOf(JSON.stringify(packSession(session(), FINGERPRINT)));
    expect(decodeLink(old).type).toBe('session');
  });
  it('is nothing where the address has no hash', () => {
    expect(decodeLink('')).toEqual({ type: 'none' });
    expect(decodeLink('#')).toEqual({ type: 'none' });
  });
  it('says so when a letter was changed or lost', () => {
    const whole = encodeLink(session(), FINGERPRINT);
    expect(problemOf(whole.slice(0, -3))?.kind).toBe('damaged');
    const at = Math.floor(whole.length / 2);
    const letter = whole[at] === 'A' ? 'B' : 'A';
    expect(problemOf(whole.slice(0, at) + letter + whole.slice(at + 1))?.kind).toBe('damaged');
    expect(problemOf('#hello')?.kind).toBe('damaged');
    expect(problemOf(linkOf('{}', 1))?.kind).toBe('damaged');
  });
  it('says so when it is of a later version or codec', () => {
    expect(problemOf('#v2:dAAAA')?.kind).toBe('too-new');
    expect(problemOf('#v1:zAAAA')?.kind).toBe('too-new');
  });
  it('stops a bomb at the limit', () => {
    expect(problemOf(linkOf(' '.repeat(INFLATED_BYTES_MAX + 1)))?.kind).toBe('too-large');
  });
  it('refuses more acts and longer manifests than it states', () => {
    const acts = Array.from({ length: LIMITS.acts + 1 }, () => [0, 'k', 'x']);
    const base = packSession(session(), FINGERPRINT);
    expect(
      problemOf(linkOf(JSON.stringify({ ...base, branches: [{ id: 0, name: 'm', acts, reachedMs: 0 }] })))?.kind,
    ).toBe('too-large');
    expect(
      problemOf(linkOf(JSON.stringify({ ...base, texts: ['x'.repeat(LIMITS.manifestCharacters), 'y'] })))?.kind,
    ).toBe('too-large');
  });
  it('refuses branches that are out of order', () => {
    const base = packSession(session(), FINGERPRINT);
    for (const branches of [
      [],
      [
        {
          id: 0,
          name: 'm',
          acts: [
            [5, 'k', 'a'],
            [4, 'k', 'b'],
          ],
          reachedMs: 9,
        },
      ],
      [{ id: 0, name: 'm', acts: [[5, 'k', 'a']], reachedMs: 4 }],
      [{ id: 0, name: 'm', acts: [], reachedMs: 0, fork: { parent: 0, atMs: 0 } }],
      [
        { id: 0, name: 'm', acts: [], reachedMs: 0 },
        { id: 2, name: 'x', fork: { parent: 1, atMs: 0 }, acts: [], reachedMs: 0 },
      ],
    ])
      expect(problemOf(linkOf(JSON.stringify({ ...base, branches })))?.kind).toBe('damaged');
  });
  it('never throws, whatever JSON it holds', () => {
    fc.assert(
      fc.property(fc.json(), (json) => ['session', 'problem'].includes(decodeLink(linkOf(json)).type)),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => decodeLink(`#v1:d${text}`).type === 'problem'),
      { numRuns: 200 },
    );
  });
  it('carries a pasted cluster along, within its limit, and needs none', () => {
    const pasted = JSON.stringify([{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', uid: 'u' } }]);
    const living = session({ cluster: { ...session().cluster, pasted } });
    expect(decodeLink(encodeLink(living, FINGERPRINT))).toMatchObject({ session: living });
    const decoded = decodeLink(encodeLink(session(), FINGERPRINT));
    expect(decoded.type === 'session' && 'pasted' in decoded.session.cluster).toBe(false);
    const large = session({ cluster: { ...session().cluster, pasted: ' '.repeat(LIMITS.pastedCharacters + 1) } });
    expect(problemOf(encodeLink(large, FINGERPRINT))?.kind).toBe('too-large');
    expect(
      problemOf(encodeLink(session({ cluster: { ...session().cluster, pasted: 1 as never } }), FINGERPRINT))?.kind,
    ).toBe('damaged');
  });
  it('survives a session with one field replaced by anything', () => {
    const base = packSession(session(), FINGERPRINT);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(base)), fc.jsonValue(), (key, value) => {
        decodeLink(linkOf(JSON.stringify({ ...base, [key]: value })));
        return true;
      }),
      { numRuns: 300 },
    );
  });
});

describe('base64url', () => {
  it('gives back the bytes it was given', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64Url(encodeBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });
  it('refuses letters that it does not have', () => {
    expect(decodeBase64Url('a+b=')).toBeUndefined();
    expect(decodeBase64Url('aaaaa')).toBeUndefined();
  });
});
