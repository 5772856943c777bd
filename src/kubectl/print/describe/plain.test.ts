import { expect, it } from 'vitest';
import type { KubeObject } from '#kube';
import { plainLines } from './plain.ts';

it('makes titles of names: capitals stay with the word behind them', () => {
  const titles = plainLines({
    apiVersion: 'a/v1',
    kind: 'Odd',
    metadata: { name: 'o', uid: 'u', resourceVersion: '1', creationTimestamp: 't' },
    podCIDRs: ['x'],
    clusterIP: 'None',
    selfURL: 'x',
    'a.b/c': 1,
  } as unknown as KubeObject);
  expect(titles).toEqual(
    expect.arrayContaining([
      'Pod CIDRs:',
      'Cluster IP:\tNone',
      'Self URL:\tx',
      'a.b/c:\t1',
      'API Version:\ta/v1',
      '  UID:\tu',
    ]),
  );
});
