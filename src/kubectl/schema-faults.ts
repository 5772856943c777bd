// What kubectl finds wrong with the items of a List before it sends them. It asks the server to check the fields of single
// objects, and of Lists checks them itself, in words of its own. Rule KCTL-8.
// k8s: kubectl pkg/validation validateList, kube-openapi util/proto/validation
import { compareBytes, type GoStruct, type GoType, goStruct, splitApiVersion, structOfKind } from '#kube';
import { isMap } from './patch/json.ts';

/** Packages of the API by the beginnings of the names of their types; types of no other are of the core. */
const PACKAGES: readonly (readonly [pkg: string, names: RegExp])[] = [
  [
    'apimachinery.pkg.apis.meta',
    /^(?:ObjectMeta|LabelSelector|LabelSelectorRequirement|ManagedFieldsEntry|OwnerReference|Condition)$/,
  ],
  ['api.apps', /^(?:StatefulSet|Deployment|DaemonSet|ReplicaSet|RollingUpdate|ControllerRevision)/],
  ['api.batch', /^(?:CronJob|Job|PodFailurePolicy|SuccessPolicy|UncountedTerminatedPods)/],
  ['api.policy', /^PodDisruptionBudget/],
  ['api.rbac', /^(?:AggregationRule|ClusterRole|PolicyRule|Role|Subject)/],
  ['api.networking', /^(?:HTTPIngress|IPBlock|Ingress|NetworkPolicy|ServiceBackendPort)/],
  [
    'api.storage',
    /^(?:CSIDriver|CSINode|CSIStorageCapacity|StorageClass|TokenRequest|VolumeAttachment|VolumeAttributesClass|VolumeError)/,
  ],
  [
    'api.autoscaling',
    /^(?:CrossVersionObjectReference|HorizontalPodAutoscaler|HPA|Metric|\w+Metric(?:Source|Status)$)/,
  ],
  ['api.scheduling', /^PriorityClass/],
  ['api.coordination', /^Lease/],
  ['api.discovery', /^(?:Endpoint(?:Slice|Conditions|Hints)?$|For(?:Node|Zone)$)/],
];

/** Fields that Go writes even when they are empty, and that nobody must write. */
const OPTIONAL: ReadonlySet<string> = new Set([
  'TypedObjectReference.apiGroup',
  'TypedLocalObjectReference.apiGroup',
  'AzureFilePersistentVolumeSource.secretNamespace',
  'ProjectedVolumeSource.sources',
  'GRPCAction.service',
  'NodeRuntimeHandler.name',
  'ContainerImage.names',
  'Event.reportingComponent',
  'Event.reportingInstance',
  'StatefulSetOrdinals.start',
  'StatefulSetSpec.serviceName',
  'StatefulSetStatus.availableReplicas',
  'PodFailurePolicyOnPodConditionsPattern.status',
  'PodDisruptionBudgetStatus.disruptionsAllowed',
  'PodDisruptionBudgetStatus.currentHealthy',
  'PodDisruptionBudgetStatus.desiredHealthy',
  'PodDisruptionBudgetStatus.expectedPods',
  'EndpointSlice.endpoints',
  'EndpointSlice.ports',
  'NetworkPolicySpec.podSelector',
  'RoleRef.apiGroup',
  'Role.rules',
  'ClusterRole.rules',
  'HorizontalPodAutoscalerStatus.currentMetrics',
]);

/** Groups of which it is not known here which fields they need. */
const UNCHECKED: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'certificates.k8s.io',
  'flowcontrol.apiserver.k8s.io',
]);

/** Most faults of one object that are told. */
const FAULTS_MAX = 100;

/**
 * The faults of an item of a List, each `ValidationError(Pod.spec): unknown field "x" in io.k8s.api.core.v1.PodSpec`.
 * @param item an object with an apiVersion and a kind
 * @returns nothing for kinds whose fields are not known
 */
export function schemaFaults(item: unknown): readonly string[] {
  if (!isMap(item) || UNCHECKED.has(splitApiVersion(String(item.apiVersion)).group)) return [];
  const kind = String(item.kind);
  const struct = structOfKind(String(item.apiVersion), kind);
  const faults: string[] = [];
  if (struct) visitStruct(struct, item, kind, faults);
  return faults.slice(0, FAULTS_MAX);
}

/** The name of a struct in the published schema. */
function modelOf({ name, shortName }: GoStruct): string {
  const pkg = PACKAGES.find(([, names]) => names.test(shortName))?.[0] ?? 'api.core';
  return `io.k8s.${pkg}.${/v\d/.exec(name)?.[0] ?? 'v1'}.${shortName}`;
}

function visitStruct(struct: GoStruct, value: Readonly<Record<string, unknown>>, path: string, faults: string[]): void {
  const model = modelOf(struct);
  for (const key of Object.keys(value).sort(compareBytes)) {
    if (faults.length >= FAULTS_MAX) return;
    // What is null is not looked at, not even its name.
    if (value[key] === null) continue;
    const field = struct.byJson.get(key);
    if (field) visit(field.type, value[key], `${path}.${key}`, `${model}.${key}`, faults);
    else faults.push(`ValidationError(${path}): unknown field ${JSON.stringify(key)} in ${model}`);
  }
  const needed = struct.flat.filter(
    ({ json, omitEmpty, omitZero }) => !omitEmpty && !omitZero && !OPTIONAL.has(`${struct.shortName}.${json}`),
  );
  for (const json of needed.map((field) => field.json).sort(compareBytes))
    if (value[json] === undefined || value[json] === null)
      faults.push(`ValidationError(${path}): missing required field ${JSON.stringify(json)} in ${model}`);
}

function visit(type: GoType, value: unknown, path: string, model: string, faults: string[]): void {
  const wrong = (expected: string): void => {
    faults.push(
      `ValidationError(${path}): invalid type for ${model}: got ${JSON.stringify(typeOf(value))}, expected ${JSON.stringify(expected)}`,
    );
  };
  switch (type.kind) {
    case 'pointer':
      visit(type.of, value, path, model, faults);
      return;
    case 'struct': {
      const struct = goStruct(type.name);
      if (!isMap(value)) faults.push(...mapWanted(value, path, struct ? modelOf(struct) : model));
      else if (struct) visitStruct(struct, value, path, faults);
      return;
    }
    case 'map':
      if (!isMap(value)) wrong('map');
      else
        for (const key of Object.keys(value).sort(compareBytes))
          if (value[key] !== null) visit(type.of, value[key], `${path}.${key}`, model, faults);
      return;
    case 'slice':
      if (!Array.isArray(value)) wrong('array');
      else
        for (const [i, entry] of value.entries())
          if (entry === null) faults.push(`unknown object type "nil" in ${path}[${i}]`);
          else visit(type.of, entry, `${path}[${i}]`, model, faults);
      return;
    case 'bool':
      if (typeof value !== 'boolean') wrong('boolean');
      return;
    case 'int':
    case 'float':
      if (typeof value !== 'number') wrong(type.kind === 'int' ? 'integer' : 'number');
      return;
    case 'raw':
      return;
    default:
      // Every single value can be a text.
      if (typeof value === 'object') wrong('string');
  }
}

const mapWanted = (value: unknown, path: string, model: string): string[] => [
  `ValidationError(${path}): invalid type for ${model}: got ${JSON.stringify(typeOf(value))}, expected "map"`,
];

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'object' ? 'map' : typeof value;
}
