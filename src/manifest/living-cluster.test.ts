// Telling a living cluster from a manifest.
import { expect, it } from 'vitest';
import { looksLikeCluster } from './living-cluster.ts';

const LIVE = {
  metadata: {
    creationTimestamp: '2025-01-01T00:00:00Z',
    name: 'web-0',
    resourceVersion: '17',
    uid: '0a5d7f67-e227-4c15-a9c4-b3fec11cf826',
  },
  spec: {},
  status: { phase: 'Running' },
};

const list = (kind: string) => ({ apiVersion: 'v1', items: [{ apiVersion: 'v1', kind, ...LIVE }], kind: 'List' });

it('knows the output of kubectl get, as JSON of one line or many, and as YAML', () => {
  expect(looksLikeCluster(JSON.stringify(list('Pod')))).toBe(true);
  expect(looksLikeCluster(JSON.stringify(list('Node'), undefined, 4))).toBe(true);
  const yaml = `apiVersion: v1
items:
- apiVersion: v1
  kind: PersistentVolumeClaim
  metadata:
    creationTimestamp: "2025-01-01T00:00:00Z"
    name: www-web-0
    resourceVersion: "17"
    uid: 0a5d7f67-e227-4c15-a9c4-b3fec11cf826
  spec: {}
  status:
    phase: Bound
kind: List
`;
  expect(looksLikeCluster(yaml)).toBe(true);
  expect(looksLikeCluster(yaml.replaceAll('\n', '\r\n'))).toBe(true);
});

it('takes a single set for a manifest, and so what a person wrote', () => {
  expect(looksLikeCluster(JSON.stringify(list('StatefulSet')))).toBe(false);
  expect(looksLikeCluster('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nstatus: {}\n')).toBe(false);
  expect(looksLikeCluster('')).toBe(false);
});

it('KCTL-10 answers at once, whatever the text', () => {
  for (const text of [
    '-'.repeat(2_000_000),
    '{'.repeat(2_000_000),
    ' \n'.repeat(1_000_000),
    '"uid":'.repeat(300_000),
  ]) {
    const start = performance.now();
    expect(looksLikeCluster(text)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1500);
  }
});
