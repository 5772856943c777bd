// Rule KCTL-9: the values of Secrets are dropped on the way in: nothing that Ordinal simulates needs them, so nothing can leak them
// into a link, a file or a picture. Their keys stay.
import { base64Error } from '#kube';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A document without the values of its Secrets, those in Lists too.
 * Whatever makes a value wrong for the API server stays wrong, so that the answer is still the server's.
 */
export function withoutSecretValues(value: unknown): unknown {
  if (!isObject(value)) return value;
  if (value.kind === 'Secret' && value.apiVersion === 'v1') return withoutValues(value);
  if (Array.isArray(value.items)) return { ...value, items: value.items.map(withoutSecretValues) };
  return value;
}

function withoutValues(secret: Members): Members {
  return {
    ...secret,
    ...('metadata' in secret && { metadata: withoutAppliedCopy(secret.metadata) }),
    ...('data' in secret && { data: mapValues(secret.data, emptyBase64) }),
    ...('stringData' in secret && { stringData: mapValues(secret.stringData, () => '') }),
  };
}

/** The copy that kubectl keeps of an applied Secret holds its values as well. */
function withoutAppliedCopy(metadata: unknown): unknown {
  if (!isObject(metadata) || !isObject(metadata.annotations)) return metadata;
  const { [LAST_APPLIED]: _copy, ...annotations } = metadata.annotations;
  return { ...metadata, annotations };
}

const mapValues = (value: unknown, empty: (text: string) => string): unknown =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, emptied(member, empty)]))
    : emptied(value, empty);

/** Nothing of the value but its JSON type. */
function emptied(value: unknown, empty: (text: string) => string): unknown {
  if (typeof value === 'string') return empty(value);
  if (typeof value === 'number') return 0;
  if (typeof value === 'boolean') return false;
  if (Array.isArray(value)) return [];
  return value === null ? null : {};
}

/** Good base64 becomes none at all; bad base64 stays bad at the same byte. */
function emptyBase64(text: string): string {
  const error = base64Error(text);
  if (error === undefined) return '';
  const byte = Number(/\d+$/.exec(error)?.[0] ?? 0);
  return `${'A'.repeat(byte)}*`;
}
