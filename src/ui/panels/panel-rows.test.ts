import { describe, expect, it } from 'vitest';
import type { Facts } from '#scene';
import { ageWord, hasText, newDnsFilter, objectWord } from './panel-rows.ts';

const SET = 'StatefulSet/default/web';
const FACTS = [
  { type: 'pod', id: 'Pod/default/web-0', setId: SET, ordinal: 0, nodeName: 'node-a' },
  { type: 'pod', id: 'Pod/default/web-1', setId: SET, ordinal: 1, nodeName: 'node-b' },
  {
    type: 'slot',
    id: 'Slot/default/web/0',
    podId: 'Pod/default/web-0',
    claimIds: ['PersistentVolumeClaim/default/www-web-0'],
  },
  { type: 'slot', id: 'Slot/default/web/1', podId: 'Pod/default/web-1', claimIds: [] },
  { type: 'set', id: SET },
  { type: 'node', id: 'Node//node-b', name: 'node-b' },
  { type: 'claim', id: 'PersistentVolumeClaim/default/www-web-0' },
  { type: 'service', id: 'Service/default/nginx' },
] as unknown as readonly Facts[];
const getFacts = (id: string) => FACTS.find((one) => one.id === id);
const ABOUTS = ['Pod/default/web-0', 'Pod/default/web-1', 'Service/default/nginx'];
const shown = (selectedId: string) => {
  const isOf = newDnsFilter(selectedId, getFacts);
  return ABOUTS.filter((about) => isOf(about, 'Service/default/nginx')).map((id) => id.split('/').at(-1));
};

describe('the records of what is selected', () => {
  it('are those of a pod, and a slot stands for its pod', () => {
    expect(shown('Pod/default/web-1')).toEqual(['web-1']);
    expect(shown('Slot/default/web/1')).toEqual(['web-1']);
  });

  it('are those of all pods of a set, and of all pods on a node', () => {
    expect(shown(SET)).toEqual(['web-0', 'web-1']);
    expect(shown('Node//node-b')).toEqual(['web-1']);
  });

  it('are all of a Service, and those of the pod that a claim is for', () => {
    expect(shown('Service/default/nginx')).toEqual(['web-0', 'web-1', 'nginx']);
    expect(shown('PersistentVolumeClaim/default/www-web-0')).toEqual(['web-0']);
  });

  it('are none of what has no name', () => {
    expect(shown('StorageClass//standard')).toEqual([]);
  });
});

describe('words of rows', () => {
  it('name objects as kubectl does', () => {
    expect(objectWord('Pod/default/web-0')).toBe('pod/web-0');
    expect(objectWord('Node//node-a')).toBe('node/node-a');
  });

  it('KUBE-22 tell ages with two figures at most', () => {
    const minute = 60_000;
    const ages = [
      -5,
      84_999,
      2 * minute,
      3.5 * minute,
      25.5 * minute,
      185 * minute,
      9.5 * 60 * minute,
      76 * 60 * minute,
    ];
    expect(ages.map(ageWord)).toEqual(['0s', '84s', '2m', '3m30s', '25m', '3h5m', '9h', '3d4h']);
  });

  it('are found whatever their case', () => {
    expect(hasText('BackOff on web-1', ' backoff ')).toBe(true);
    expect(hasText('BackOff on web-1', 'web-2')).toBe(false);
    expect(hasText('anything', '')).toBe(true);
  });
});
