// Rules KCTL-4 and KCTL-10: how much of a manifest is read. Ordinal's own limits: they keep a hostile or mistaken text from taking the page down.

export const LIMITS = {
  /** Of the text as UTF-8. */
  bytesMax: 1024 * 1024,
  documentsMax: 1000,
  depthMax: 100,
  /** Values in all documents of a file after aliases are written out. */
  nodesMax: 500_000,
  /** Pods of one set: the largest set that stays usable. */
  replicasMax: 10_000,
  /** Pods of all sets of a cluster together. */
  replicasTotalMax: 20_000,
} as const;

/** Kinds whose `spec.replicas` become pods. */
export const SCALED_KINDS = ['StatefulSet', 'Deployment', 'ReplicaSet'] as const;

/**
 * Why an object is larger than Ordinal simulates; undefined when it is not.
 * @param others replicas of all other sets of the cluster
 * @returns the field and a plain sentence that names the limit
 */
export function limitError(
  object: unknown,
  others = 0,
): { readonly path: string; readonly message: string } | undefined {
  const { kind, spec } = (object ?? {}) as { kind?: unknown; spec?: { replicas?: unknown } | null };
  if (!SCALED_KINDS.some((scaled) => scaled === kind)) return undefined;
  const replicas = spec?.replicas;
  if (typeof replicas !== 'number') return undefined;
  const isSetTooLarge = replicas > LIMITS.replicasMax;
  if (!isSetTooLarge && replicas + others <= LIMITS.replicasTotalMax) return undefined;
  const limit = isSetTooLarge
    ? `a set may have at most ${LIMITS.replicasMax} replicas`
    : `all sets of a cluster may have at most ${LIMITS.replicasTotalMax} replicas together`;
  return { path: 'spec.replicas', message: `spec.replicas: ${replicas} is more than Ordinal simulates: ${limit}` };
}
