// What admission adds to the spec of a new pod: the service account's token, tolerations of a lost node, its priority.
// k8s: plugin/pkg/admission/{serviceaccount,defaulttolerationseconds,priority}

import {
  type Container,
  fnv1a,
  type KubeObject,
  keyOf,
  type PodSpec,
  SAFE_ALPHABET,
  type Toleration,
  type Volume,
} from '#kube';
import type { View } from '../../kernel/store.ts';
import type { ClusterConfig } from '../../kernel/world.ts';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const LOST_NODE_SECONDS = 300;

/**
 * Whether pods get a service account and its token. A cluster whose kubelets are played by hand has no service accounts
 * either, like the clusters that were recorded.
 */
export const hasServiceAccounts = (config: ClusterConfig): boolean => config.kubelet === 'auto';

const tolerationOf = (key: string): Toleration => ({
  effect: 'NoExecute',
  key,
  operator: 'Exists',
  tolerationSeconds: LOST_NODE_SECONDS,
});
const NOT_READY = tolerationOf('node.kubernetes.io/not-ready');
const UNREACHABLE = tolerationOf('node.kubernetes.io/unreachable');
const BOTH: readonly Toleration[] = [NOT_READY, UNREACHABLE];

/** Rule POD-2: pods tolerate a lost node for five minutes, unless they say otherwise. */
export function withTolerations(tolerations: readonly Toleration[] | undefined): readonly Toleration[] {
  if (!tolerations || tolerations.length === 0) return BOTH;
  const missing = BOTH.filter(
    ({ key }) =>
      !tolerations.some(
        (given) => (!given.key || given.key === key) && (!given.effect || given.effect === 'NoExecute'),
      ),
  );
  return missing.length > 0 ? [...tolerations, ...missing] : tolerations;
}

/** Five letters that follow from the containers: pods of one template share the volume, and so its memory. */
function suffixOf(containers: readonly Container[]): string {
  let hash = fnv1a(JSON.stringify(containers));
  let suffix = '';
  for (let i = 0; i < 5; i += 1) {
    suffix += SAFE_ALPHABET[hash % SAFE_ALPHABET.length];
    hash = Math.floor(hash / SAFE_ALPHABET.length);
  }
  return suffix;
}

const tokenVolume = (name: string): Volume => ({
  name,
  projected: {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
      {
        downwardAPI: {
          items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }],
        },
      },
    ],
  },
});

/** Rule POD-1: the token of the pod's service account, mounted in every container that does not mount that path itself. */
export function withServiceAccount(spec: PodSpec): PodSpec {
  const serviceAccountName = (spec.serviceAccountName as string | undefined) || 'default';
  const named = { ...spec, serviceAccountName, serviceAccount: serviceAccountName };
  if (spec.automountServiceAccountToken === false) return named;
  const name = `kube-api-access-${suffixOf(spec.containers ?? [])}`;
  const mount = { mountPath: TOKEN_PATH, name, readOnly: true };
  const mounted = (container: Container): Container =>
    container.volumeMounts?.some(({ mountPath }) => mountPath === TOKEN_PATH)
      ? container
      : { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] };
  return {
    ...named,
    containers: (spec.containers ?? []).map(mounted),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(mounted) }),
    volumes: [...(spec.volumes ?? []), tokenVolume(name)],
  };
}

interface PriorityClass extends KubeObject {
  readonly value?: number;
  readonly globalDefault?: boolean;
  readonly preemptionPolicy?: string;
}

const BUILT_IN: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** Rule POD-4: the fields by which a pod ranks among others; undefined for a class that is not there. */
export function priorityOf(
  view: View,
  className: string | undefined,
): { readonly priority: number; readonly preemptionPolicy: string } | undefined {
  const policy = 'PreemptLowerPriority';
  if (!className) return { priority: 0, preemptionPolicy: policy };
  const builtIn = BUILT_IN[className];
  if (builtIn !== undefined) return { priority: builtIn, preemptionPolicy: policy };
  const found = view.find(keyOf('PriorityClass.scheduling.k8s.io', '', className)) as PriorityClass | undefined;
  return found && { priority: found.value ?? 0, preemptionPolicy: found.preemptionPolicy ?? policy };
}
