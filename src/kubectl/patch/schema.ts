// Which lists of API objects are merged item by item, and by which member; all others are replaced whole. Driven by the
// Go structs. k8s: the patchStrategy and patchMergeKey tags of k8s.io/api
import { type GoType, goStruct, structOfKind } from '#kube';

/** How a member is patched. */
export interface MemberPlan {
  /** The struct of the member, or of the items of a list. */
  readonly struct?: string;
  /** Lists: `merge` item by item. Maps: `replace` whole instead of member by member. */
  readonly strategy: 'merge' | 'replace' | 'default';
  /** The member that tells items apart; lists of plain values are merged as sets without one. */
  readonly mergeKey?: string;
  /** Of the member only those keys stay that the patch names. */
  readonly retainKeys: boolean;
}

const CONTAINER = {
  ports: 'containerPort',
  env: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
};

/** Members of lists that tell their items apart, by struct and list; '' for sets of plain values. */
const MERGE_KEYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'v1.ObjectMeta': { ownerReferences: 'uid', finalizers: '' },
  'v1.PodSpec': {
    volumes: 'name',
    initContainers: 'name',
    containers: 'name',
    ephemeralContainers: 'name',
    imagePullSecrets: 'name',
    hostAliases: 'ip',
    topologySpreadConstraints: 'topologyKey',
    resourceClaims: 'name',
    schedulingGates: 'name',
  },
  'v1.Container': CONTAINER,
  'v1.EphemeralContainer': CONTAINER,
  'v1.EphemeralContainerCommon': CONTAINER,
  'v1.PodStatus': { conditions: 'type', podIPs: 'ip', hostIPs: 'ip', resourceClaimStatuses: 'name' },
  'v1.ServiceSpec': { ports: 'port' },
  'v1.ServiceAccount': { secrets: 'name' },
  'v1.NodeSpec': { podCIDRs: '' },
};

const RETAIN_KEYS: ReadonlySet<string> = new Set([
  'v1.PodSpec.volumes',
  'v1.PodSpec.resourceClaims',
  'v1.PodStatus.resourceClaimStatuses',
  'v1.DeploymentSpec.strategy',
]);

const REPLACED: ReadonlySet<string> = new Set(['v1.PodDisruptionBudgetSpec.selector']);

/** Conditions of every status are told apart by type, except where a struct says otherwise above. */
const CONDITION_STRUCT = /Condition$/;

const PLAIN: MemberPlan = { strategy: 'default', retainKeys: false };

/** The struct that objects of a kind decode into; undefined for kinds that are patched as plain JSON. */
export const patchStructOf = (apiVersion: string, kind: string): string | undefined =>
  structOfKind(apiVersion, kind)?.name;

/** How the member of a struct is patched. */
export function planOf(struct: string | undefined, member: string): MemberPlan {
  const type = struct === undefined ? undefined : goStruct(struct)?.byJson.get(member)?.type;
  if (struct === undefined || type === undefined) return PLAIN;
  const path = `${struct}.${member}`;
  const inner = structIn(type);
  const mergeKey =
    MERGE_KEYS[struct]?.[member] ??
    (member === 'conditions' && inner && CONDITION_STRUCT.test(inner) ? 'type' : undefined);
  return {
    ...(inner !== undefined && { struct: inner }),
    strategy: mergeKey !== undefined ? 'merge' : REPLACED.has(path) ? 'replace' : 'default',
    ...(mergeKey && { mergeKey }),
    retainKeys: RETAIN_KEYS.has(path),
  };
}

/** The struct inside pointers and lists. Maps hold plain values everywhere in the API. */
function structIn(type: GoType): string | undefined {
  if (type.kind === 'struct') return type.name;
  return type.kind === 'pointer' || type.kind === 'slice' ? structIn(type.of) : undefined;
}
