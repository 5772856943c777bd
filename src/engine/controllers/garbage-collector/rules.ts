// What the garbage collector says about what it does and waits for.
import type { Rule } from '../../rules.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/architecture/garbage-collection/';

const objects = (count: string | number | undefined): string => (count === 1 ? '1 dependent' : `${count} dependents`);

export const garbageCollectorRules: readonly Rule[] = [
  {
    id: 'GC-1',
    title: 'Dependents follow their owner',
    sentence: ({ owner, count }) => `deleting ${objects(count)} of ${owner}: the owner is gone`,
    aside: () => 'background cascade, in no order',
    docs: DOCS,
    upstream: 'garbagecollector.attemptToDeleteItem',
  },
  {
    id: 'GC-2',
    title: 'Foreground deletion waits for dependents',
    sentence: ({ owner, count }) => `waiting for ${objects(count)} to be gone before ${owner} goes`,
    aside: () => 'foreground cascade, blockOwnerDeletion',
    docs: DOCS,
    upstream: 'garbagecollector.processDeletingDependentsItem',
  },
  {
    id: 'GC-3',
    title: 'Orphaning sets dependents free',
    sentence: ({ owner, count }) => `removing ${owner} from the owners of ${objects(count)}`,
    aside: () => 'cascade=orphan',
    docs: DOCS,
    upstream: 'garbagecollector.orphanDependents',
  },
  {
    id: 'GC-4',
    title: 'Foreground deletion reaches all dependents',
    sentence: ({ owner, count }) => `deleting ${objects(count)} of ${owner}, which waits for them`,
    aside: () => 'foreground cascade, in no order',
    docs: DOCS,
    upstream: 'garbagecollector.attemptToDeleteItem',
  },
  {
    id: 'GC-5',
    title: 'One living owner is enough',
    sentence: ({ name }) => `removing owners that are gone from ${name}, which another owner keeps`,
    docs: DOCS,
    upstream: 'garbagecollector.attemptToDeleteItem',
  },
  {
    id: 'GC-6',
    title: 'An owner is one object, in the same namespace',
    sentence: ({ name }) => `deleting ${name}: none of its owners exists`,
    docs: DOCS,
    upstream: 'garbagecollector.classifyReferences',
  },
  {
    id: 'GC-7',
    title: 'A namespace is emptied before it goes',
    sentence: ({ namespace, count }) => `namespace ${namespace} goes when its ${count} objects are gone`,
    aside: () => 'owners do not matter',
    docs: 'https://kubernetes.io/docs/tasks/administer-cluster/namespaces/#deleting-a-namespace',
    upstream: 'namespacedResourcesDeleter.Delete',
  },
];
