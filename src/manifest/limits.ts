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
} as const;

/** Kinds whose `spec.replicas` become pods. */
const SCALED_KINDS: ReadonlySet<string> = new Set(['StatefulSet', 'Deployment', 'ReplicaSet']);

/**
 * Why an object is larger than Ordinal simulates; undefined when it is not.
 * @returns the field and a plain sentence that names the limit
 */
export function limitError(object: unknown): { readonly path: string; readonly message: string } | undefined {
  const { kind, spec } = (object ?? {}) as { kind?: unknown; spec?: { replicas?: unknown } | null };
  if (typeof kind !== 'string' || !SCALED_KINDS.has(kind)) return undefined;
  const replicas = spec?.replicas;
  if (typeof replicas !== 'number' || replicas <= LIMITS.replicasMax) return undefined;
  return {
    path: 'spec.replicas',
    message: `spec.replicas: ${replicas} is more than Ordinal simulates: a set may have at most ${LIMITS.replicasMax} replicas`,
  };
}
