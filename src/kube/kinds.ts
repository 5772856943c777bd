// KUBE-26: every kind that a v1.36 server knows, by all the names a person may type for it. Data, and look-ups in it.
import type { KubeObject, SimulatedKind } from './types.ts';

/** One kind of object the server serves. */
export interface KindInfo {
  readonly kind: string;
  /** Its resource name, e.g. `statefulsets`. */
  readonly plural: string;
  readonly singular: string;
  /** API group; '' for the core group. */
  readonly group: string;
  /** The version the server stores and prints. */
  readonly version: string;
  /** Group and version as in `apiVersion`. */
  readonly apiVersion: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly string[];
  /** True where Ordinal models what the kind does; others are kept and shown. */
  readonly simulated: boolean;
  /** The kind as object keys name it: unique over all groups. */
  readonly storeKind: string;
  /** Versions that are served beside `version`, newest first. */
  readonly otherVersions: readonly string[];
}

const ALL_VERBS = 'create,delete,deletecollection,get,list,patch,update,watch';

// kind, plural, apiVersion, scope, short names, categories, verbs (* = all). Order as the server lists them.
const TABLE = `
Binding bindings v1 namespaced - - create
ComponentStatus componentstatuses v1 cluster cs - get,list
ConfigMap configmaps v1 namespaced cm - *
Endpoints endpoints v1 namespaced ep - *
Event events v1 namespaced ev - *
LimitRange limitranges v1 namespaced limits - *
Namespace namespaces v1 cluster ns - create,delete,get,list,patch,update,watch
Node nodes v1 cluster no - *
PersistentVolumeClaim persistentvolumeclaims v1 namespaced pvc - *
PersistentVolume persistentvolumes v1 cluster pv - *
Pod pods v1 namespaced po all *
PodTemplate podtemplates v1 namespaced - - *
ReplicationController replicationcontrollers v1 namespaced rc all *
ResourceQuota resourcequotas v1 namespaced quota - *
Secret secrets v1 namespaced - - *
ServiceAccount serviceaccounts v1 namespaced sa - *
Service services v1 namespaced svc all *
MutatingAdmissionPolicy mutatingadmissionpolicies admissionregistration.k8s.io/v1 cluster - api-extensions *
MutatingAdmissionPolicyBinding mutatingadmissionpolicybindings admissionregistration.k8s.io/v1 cluster - api-extensions *
MutatingWebhookConfiguration mutatingwebhookconfigurations admissionregistration.k8s.io/v1 cluster - api-extensions *
ValidatingAdmissionPolicy validatingadmissionpolicies admissionregistration.k8s.io/v1 cluster - api-extensions *
ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings admissionregistration.k8s.io/v1 cluster - api-extensions *
ValidatingWebhookConfiguration validatingwebhookconfigurations admissionregistration.k8s.io/v1 cluster - api-extensions *
CustomResourceDefinition customresourcedefinitions apiextensions.k8s.io/v1 cluster crd,crds api-extensions *
APIService apiservices apiregistration.k8s.io/v1 cluster - api-extensions *
ControllerRevision controllerrevisions apps/v1 namespaced - - *
DaemonSet daemonsets apps/v1 namespaced ds all *
Deployment deployments apps/v1 namespaced deploy all *
ReplicaSet replicasets apps/v1 namespaced rs all *
StatefulSet statefulsets apps/v1 namespaced sts all *
SelfSubjectReview selfsubjectreviews authentication.k8s.io/v1 cluster - - create
TokenReview tokenreviews authentication.k8s.io/v1 cluster - - create
LocalSubjectAccessReview localsubjectaccessreviews authorization.k8s.io/v1 namespaced - - create
SelfSubjectAccessReview selfsubjectaccessreviews authorization.k8s.io/v1 cluster - - create
SelfSubjectRulesReview selfsubjectrulesreviews authorization.k8s.io/v1 cluster - - create
SubjectAccessReview subjectaccessreviews authorization.k8s.io/v1 cluster - - create
HorizontalPodAutoscaler horizontalpodautoscalers autoscaling/v2 namespaced hpa all *
CronJob cronjobs batch/v1 namespaced cj all *
Job jobs batch/v1 namespaced - all *
CertificateSigningRequest certificatesigningrequests certificates.k8s.io/v1 cluster csr - *
Lease leases coordination.k8s.io/v1 namespaced - - *
EndpointSlice endpointslices discovery.k8s.io/v1 namespaced - - *
Event events events.k8s.io/v1 namespaced ev - *
FlowSchema flowschemas flowcontrol.apiserver.k8s.io/v1 cluster - - *
PriorityLevelConfiguration prioritylevelconfigurations flowcontrol.apiserver.k8s.io/v1 cluster - - *
IngressClass ingressclasses networking.k8s.io/v1 cluster - - *
Ingress ingresses networking.k8s.io/v1 namespaced ing - *
IPAddress ipaddresses networking.k8s.io/v1 cluster ip - *
NetworkPolicy networkpolicies networking.k8s.io/v1 namespaced netpol - *
ServiceCIDR servicecidrs networking.k8s.io/v1 cluster - - *
RuntimeClass runtimeclasses node.k8s.io/v1 cluster - - *
PodDisruptionBudget poddisruptionbudgets policy/v1 namespaced pdb - *
ClusterRoleBinding clusterrolebindings rbac.authorization.k8s.io/v1 cluster - - *
ClusterRole clusterroles rbac.authorization.k8s.io/v1 cluster - - *
RoleBinding rolebindings rbac.authorization.k8s.io/v1 namespaced - - *
Role roles rbac.authorization.k8s.io/v1 namespaced - - *
DeviceClass deviceclasses resource.k8s.io/v1 cluster - - *
ResourceClaim resourceclaims resource.k8s.io/v1 namespaced - - *
ResourceClaimTemplate resourceclaimtemplates resource.k8s.io/v1 namespaced - - *
ResourceSlice resourceslices resource.k8s.io/v1 cluster - - *
PriorityClass priorityclasses scheduling.k8s.io/v1 cluster pc - *
CSIDriver csidrivers storage.k8s.io/v1 cluster - - *
CSINode csinodes storage.k8s.io/v1 cluster - - *
CSIStorageCapacity csistoragecapacities storage.k8s.io/v1 namespaced - - *
StorageClass storageclasses storage.k8s.io/v1 cluster sc - *
VolumeAttachment volumeattachments storage.k8s.io/v1 cluster - - *
VolumeAttributesClass volumeattributesclasses storage.k8s.io/v1 cluster vac - *
`;

const SIMULATED: ReadonlySet<string> = new Set<SimulatedKind>([
  'Pod',
  'StatefulSet',
  'ControllerRevision',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'Service',
  'EndpointSlice',
  'Node',
  'Namespace',
  'Event',
  'ReplicaSet',
  'Deployment',
  'PodDisruptionBudget',
]);

/** Versions still served beside the preferred one. */
const OTHER_VERSIONS: Readonly<Record<string, readonly string[]>> = { horizontalpodautoscalers: ['v1'] };

const orEmpty = (text: string | undefined): readonly string[] =>
  text === undefined || text === '-' ? [] : text.split(',');

function readRow(row: string): KindInfo {
  const [kind = '', plural = '', apiVersion = '', scope, shortNames, categories, verbs] = row.trim().split(' ');
  const { group, version } = splitApiVersion(apiVersion);
  // Two kinds named Event exist; the one of the core group is the one that is stored.
  const simulated = SIMULATED.has(kind) && group !== 'events.k8s.io';
  return {
    kind,
    plural,
    singular: kind.toLowerCase(),
    group,
    version,
    apiVersion,
    namespaced: scope === 'namespaced',
    shortNames: orEmpty(shortNames),
    categories: orEmpty(categories),
    verbs: (verbs === '*' ? ALL_VERBS : (verbs ?? '')).split(','),
    simulated,
    storeKind: simulated || group === '' ? kind : `${kind}.${group}`,
    otherVersions: OTHER_VERSIONS[plural] ?? [],
  };
}

/** Group and version of an apiVersion; the core group is ''. */
export function splitApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** All kinds, in the order of `kubectl api-resources`. */
export const KINDS: readonly KindInfo[] = TABLE.trim().split('\n').map(readRow);

const byApi = new Map<string, KindInfo>();
const byWord = new Map<string, KindInfo>();
const byStoreKind = new Map<string, KindInfo>();
for (const info of KINDS) {
  byStoreKind.set(info.storeKind, info);
  for (const version of [info.version, ...info.otherVersions])
    byApi.set(`${info.group === '' ? '' : `${info.group}/`}${version} ${info.kind}`, info);
  // The first kind of a name wins, as the core group's Event does over events.k8s.io's.
  for (const word of [info.plural, info.singular, ...info.shortNames]) {
    if (!byWord.has(word)) byWord.set(word, info);
    byWord.set(`${word}.${info.group}`, info);
    byWord.set(`${word}.${info.version}.${info.group}`, info);
  }
}

/** The kind that objects with this apiVersion and kind have; undefined when the server has no such kind. */
export const kindByApi = (apiVersion: string, kind: string): KindInfo | undefined => byApi.get(`${apiVersion} ${kind}`);

/** The kind by its key name: `StatefulSet`, or `Kind.group` where Ordinal only keeps it. */
export const kindByStoreKind = (storeKind: string): KindInfo | undefined => byStoreKind.get(storeKind);

/**
 * The kind a person means by a word.
 * @param word `sts`, `statefulset`, `StatefulSets`, `statefulsets.apps`, `statefulsets.v1.apps`; case does not matter
 */
export const kindByWord = (word: string): KindInfo | undefined => byWord.get(word.toLowerCase());

/** The kinds in a category such as `all`, in the order in which kubectl shows them. */
export const kindsInCategory = (category: string): readonly KindInfo[] =>
  KINDS.filter((info) => info.categories.includes(category));

/** What object messages call a kind: `statefulsets.apps`, `pods`. */
export const resourceName = (info: KindInfo): string =>
  info.group === '' ? info.plural : `${info.plural}.${info.group}`;

/** What kubectl puts before a name: `statefulset.apps/web`, `pod/web-0`. */
export const qualifiedName = (info: KindInfo, name: string): string =>
  `${info.singular}${info.group === '' ? '' : `.${info.group}`}/${name}`;

/** What validation errors call a kind: `StatefulSet.apps`, `Pod`. */
export const groupKind = (info: KindInfo): string => (info.group === '' ? info.kind : `${info.kind}.${info.group}`);

/** The kind of an object. */
export const kindOf = (object: Pick<KubeObject, 'apiVersion' | 'kind'>): KindInfo | undefined =>
  kindByApi(object.apiVersion, object.kind);
