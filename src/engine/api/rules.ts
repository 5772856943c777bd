// What the API server does to everything that is written, in the words that the page shows.
import type { Rule } from '../rules.ts';

const CONCEPTS = 'https://kubernetes.io/docs/concepts';
const REFERENCE = 'https://kubernetes.io/docs/reference';

const named = (name: string | number | undefined, other: string): string => String(name ?? other);

export const apiRules: readonly Rule[] = [
  {
    id: 'API-1',
    title: 'A namespace must be there',
    sentence: ({ namespace }) => `namespace ${named(namespace, '')} is not there, or is being deleted`,
    docs: `${CONCEPTS}/overview/working-with-objects/namespaces/`,
    upstream: 'NamespaceLifecycle',
  },
  {
    id: 'API-2',
    title: 'A name can be used once',
    sentence: ({ name }) => `the name ${named(name, '')} is taken until its object is gone`,
    docs: `${CONCEPTS}/overview/working-with-objects/names/`,
    upstream: 'rest.CheckGeneratedNameError',
  },
  {
    id: 'API-3',
    title: 'A write means the version it read',
    sentence: ({ name }) => `${named(name, 'the object')} changed since it was read`,
    docs: `${REFERENCE}/using-api/api-concepts/#resource-versions`,
    upstream: 'registry.Store.Update',
  },
  {
    id: 'API-4',
    title: 'An object on its way out takes no new finalizers',
    sentence: ({ name }) => `${named(name, 'the object')} is being deleted and takes no new finalizers`,
    docs: `${CONCEPTS}/overview/working-with-objects/finalizers/`,
    upstream: 'validation.ValidateObjectMetaAccessorUpdate',
  },
  {
    id: 'API-5',
    title: 'A deleted pod has its grace period',
    sentence: ({ name, seconds }) => `pod ${named(name, '')} has ${named(seconds, '30')} s to end`,
    aside: () => 'a pod without a node, or one that ended, goes at once',
    docs: `${CONCEPTS}/workloads/pods/pod-lifecycle/#pod-termination`,
    upstream: 'podStrategy.CheckGracefulDelete',
  },
  {
    id: 'API-6',
    title: 'A second deletion can only shorten the time',
    sentence: ({ name }) => `pod ${named(name, '')} is being deleted already`,
    docs: `${CONCEPTS}/workloads/pods/pod-lifecycle/#pod-termination-forced`,
    upstream: 'rest.BeforeDelete',
  },
  {
    id: 'API-7',
    title: 'Finalizers hold an object',
    sentence: ({ name, finalizer }) =>
      `${named(name, 'the object')} stays until ${named(finalizer, 'its finalizers')} is removed`,
    docs: `${CONCEPTS}/overview/working-with-objects/finalizers/`,
    upstream: 'registry.deletionFinalizersForGarbageCollection',
  },
  {
    id: 'API-8',
    title: 'Fields of features that are off are dropped',
    sentence: ({ field, gate }) =>
      `${named(field, 'the field')} is dropped: the feature gate ${named(gate, '')} is off`,
    docs: `${REFERENCE}/command-line-tools-reference/feature-gates/`,
    upstream: 'statefulset.dropStatefulSetDisabledFields',
  },
  {
    id: 'API-9',
    title: 'A pod is bound to its node once',
    sentence: ({ name, node }) => `pod ${named(name, '')} is bound to ${named(node, 'a node')}`,
    docs: `${CONCEPTS}/scheduling-eviction/kube-scheduler/`,
    upstream: 'BindingREST.setPodHostAndAnnotations',
  },
  {
    id: 'API-10',
    title: 'Equal events are counted, similar ones combined',
    sentence: ({ reason }) => `event ${named(reason, '')} came again`,
    aside: () => 'and floods are held back',
    docs: `${REFERENCE}/kubernetes-api/cluster-resources/event-v1/`,
    upstream: 'record.EventCorrelator',
  },
  {
    id: 'API-11',
    title: 'Claims and volumes are protected from the beginning',
    sentence: ({ name }) => `${named(name, 'the claim')} gets the finalizer that protects it while it is in use`,
    docs: `${CONCEPTS}/storage/persistent-volumes/#storage-object-in-use-protection`,
    upstream: 'StorageObjectInUseProtection',
  },
  {
    id: 'API-12',
    title: 'A claim without a class gets the default one',
    sentence: ({ name, className }) => `claim ${named(name, '')} gets the default StorageClass ${named(className, '')}`,
    docs: `${CONCEPTS}/storage/storage-classes/#default-storageclass`,
    upstream: 'DefaultStorageClass',
  },
  {
    id: 'API-13',
    title: 'Only bound claims of classes that allow it can grow',
    sentence: ({ name }) => `claim ${named(name, '')} cannot be expanded`,
    docs: `${CONCEPTS}/storage/persistent-volumes/#expanding-persistent-volumes-claims`,
    upstream: 'PersistentVolumeClaimResize',
  },
  {
    id: 'API-14',
    title: 'A Service has an address of its own',
    sentence: ({ name, address }) => `Service ${named(name, '')} gets the address ${named(address, '')}`,
    aside: () => 'headless ones none',
    docs: `${CONCEPTS}/services-networking/cluster-ip-allocation/`,
    upstream: 'service Allocators.allocateClusterIPs',
  },
  {
    id: 'API-15',
    title: 'A namespace goes when it is empty',
    sentence: ({ namespace }) => `namespace ${named(namespace, '')} is being deleted`,
    docs: `${CONCEPTS}/overview/working-with-objects/namespaces/`,
    upstream: 'namespace strategy',
  },
  {
    id: 'API-16',
    title: 'Events live for an hour',
    sentence: () => 'events that are older than an hour are forgotten',
    docs: `${REFERENCE}/command-line-tools-reference/kube-apiserver/`,
    upstream: '--event-ttl',
  },
  {
    id: 'API-17',
    title: 'An eviction asks the disruption budgets',
    sentence: ({ name, budget }) => `evicting pod ${named(name, '')} would violate ${named(budget, 'its budget')}`,
    docs: `${CONCEPTS}/scheduling-eviction/api-eviction/`,
    upstream: 'EvictionREST.Create',
  },
  {
    id: 'API-18',
    title: 'A generation counts what is asked for',
    sentence: ({ name }) => `${named(name, 'the object')} asks for something new`,
    docs: `${REFERENCE}/using-api/api-concepts/`,
    upstream: 'rest.BeforeUpdate',
  },
  {
    id: 'API-19',
    title: 'What is wrong is refused with every fault',
    sentence: ({ name }) => `${named(name, 'the object')} is invalid`,
    docs: `${REFERENCE}/using-api/api-concepts/`,
    upstream: 'apierrors.NewInvalid',
  },
  {
    id: 'POD-1',
    title: 'Pods carry the token of their service account',
    sentence: ({ name }) => `pod ${named(name, '')} mounts the token of its service account`,
    docs: `${CONCEPTS}/security/service-accounts/`,
    upstream: 'admission ServiceAccount',
  },
  {
    id: 'POD-2',
    title: 'Pods tolerate a lost node for five minutes',
    sentence: ({ name }) => `pod ${named(name, '')} stays on a lost node for 300 s`,
    docs: `${CONCEPTS}/scheduling-eviction/taint-and-toleration/#taint-based-evictions`,
    upstream: 'DefaultTolerationSeconds',
  },
  {
    id: 'POD-3',
    title: 'Quality of service follows from requests and limits',
    sentence: ({ name, qos }) => `pod ${named(name, '')} is ${named(qos, 'BestEffort')}`,
    docs: `${CONCEPTS}/workloads/pods/pod-qos/`,
    upstream: 'qos.ComputePodQOS',
  },
  {
    id: 'POD-4',
    title: 'A pod ranks by its PriorityClass',
    sentence: ({ name, priority }) => `pod ${named(name, '')} has priority ${named(priority, '0')}`,
    docs: `${CONCEPTS}/scheduling-eviction/pod-priority-preemption/`,
    upstream: 'admission Priority',
  },
];
