// The annotation in which `kubectl apply` keeps what it applied. k8s: kubectl pkg/util/apply.go
import { canonicalJson } from '#kube';
import { isMap, type JsonMap } from './patch/json.ts';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What was applied last, as the object carries it; undefined when it carries nothing. */
export function lastAppliedOf(object: JsonMap): string | undefined {
  const annotations = isMap(object.metadata) && isMap(object.metadata.annotations) ? object.metadata.annotations : {};
  const text = annotations[LAST_APPLIED];
  return typeof text === 'string' ? text : undefined;
}

/** The object from a file with the annotation that tells of it. */
export function withLastApplied(value: JsonMap, namespace: string): JsonMap {
  const metadata = isMap(value.metadata) ? value.metadata : {};
  const { [LAST_APPLIED]: _old, ...annotations } = isMap(metadata.annotations) ? metadata.annotations : {};
  const meant = { ...value, metadata: { ...metadata, annotations, ...(namespace && { namespace }) } };
  const text = `${canonicalJson(meant)}\n`;
  return { ...meant, metadata: { ...meant.metadata, annotations: { ...annotations, [LAST_APPLIED]: text } } };
}
