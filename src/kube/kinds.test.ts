import { describe, expect, it } from 'vitest';
import {
  groupKind,
  KINDS,
  kindByApi,
  kindByStoreKind,
  kindByWord,
  kindsInCategory,
  qualifiedName,
  resourceName,
} from './kinds.ts';

describe('kinds', () => {
  it.each(['sts', 'statefulset', 'StatefulSets', 'statefulsets.apps', 'sts.apps', 'statefulsets.v1.apps'])(
    'KUBE-26 %s means StatefulSet',
    (word) => {
      expect(kindByWord(word)?.kind).toBe('StatefulSet');
    },
  );
  it.each([
    ['po', 'Pod'],
    ['pvc', 'PersistentVolumeClaim'],
    ['pv', 'PersistentVolume'],
    ['svc', 'Service'],
    ['sc', 'StorageClass'],
    ['pdb', 'PodDisruptionBudget'],
    ['no', 'Node'],
    ['ns', 'Namespace'],
    ['cm', 'ConfigMap'],
    ['deploy', 'Deployment'],
    ['crds', 'CustomResourceDefinition'],
    ['ev', 'Event'],
  ])('KUBE-26 %s means %s', (word, kind) => {
    expect(kindByWord(word)?.kind).toBe(kind);
  });
  it('KUBE-26 unknown words mean nothing, not even those of the language', () => {
    expect([kindByWord('foo'), kindByWord('constructor'), kindByWord('sts.batch')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
  it('KUBE-26 finds a kind by apiVersion only where the server serves it', () => {
    expect(kindByApi('apps/v1', 'StatefulSet')?.plural).toBe('statefulsets');
    expect(kindByApi('apps/v1beta1', 'StatefulSet')).toBeUndefined();
    expect(kindByApi('v1', 'StatefulSet')).toBeUndefined();
    expect(kindByApi('autoscaling/v1', 'HorizontalPodAutoscaler')?.version).toBe('v2');
    expect(kindByApi('events.k8s.io/v1', 'Event')?.simulated).toBe(false);
    expect(kindByApi('v1', 'Event')?.simulated).toBe(true);
  });
  it('KUBE-26 knows all 67 kinds, each under its own store name', () => {
    expect(KINDS).toHaveLength(67);
    expect(new Set(KINDS.map((info) => info.storeKind)).size).toBe(67);
    expect(KINDS.every((info) => kindByStoreKind(info.storeKind) === info)).toBe(true);
  });
  it('KUBE-26 lists the category all', () => {
    expect(kindsInCategory('all').map((info) => info.plural)).toEqual([
      'pods',
      'replicationcontrollers',
      'services',
      'daemonsets',
      'deployments',
      'replicasets',
      'statefulsets',
      'horizontalpodautoscalers',
      'cronjobs',
      'jobs',
    ]);
  });
  it('KUBE-26 writes names as messages have them', () => {
    const [sts, pod] = [kindByWord('sts'), kindByWord('pod')];
    if (sts === undefined || pod === undefined) throw new Error('kinds are missing');
    expect([resourceName(sts), resourceName(pod)]).toEqual(['statefulsets.apps', 'pods']);
    expect([qualifiedName(sts, 'web'), qualifiedName(pod, 'web-0')]).toEqual(['statefulset.apps/web', 'pod/web-0']);
    expect([groupKind(sts), groupKind(pod)]).toEqual(['StatefulSet.apps', 'Pod']);
  });
});
