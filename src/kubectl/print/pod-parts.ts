// What stands at the end of pods and of pod templates in describe. Cells are separated by tabs.
// k8s: kubectl pkg/describe/describe.go
import { compareBytes, formatSelector, type PodSpec, type Toleration } from '#kube';
import { labelLines, multiline } from './label-lines.ts';

/** What stands behind the volumes of a template: spread, priority, node selectors and tolerations. */
export function podSpecTailLines(spec: PodSpec, indent: string): string[] {
  const priorityClass = typeof spec.priorityClassName === 'string' ? spec.priorityClassName : '';
  return [
    ...spreadLines(spec, indent),
    ...(priorityClass ? [`${indent}Priority Class Name:\t${priorityClass}`] : []),
    ...labelLines(indent, 'Node-Selectors', spec.nodeSelector),
    ...tolerationLines(spec.tolerations, indent),
  ];
}

/** Spread constraints by their topology; nothing when there are none. k8s: describeTopologySpreadConstraints */
export function spreadLines(spec: PodSpec, indent: string): string[] {
  const constraints = spec.topologySpreadConstraints ?? [];
  if (constraints.length === 0) return [];
  const ordered = [...constraints].sort((a, b) => compareBytes(a.topologyKey, b.topologyKey));
  return multiline(
    indent,
    'Topology Spread Constraints',
    ordered.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
      const selector = labelSelector ? ` for selector ${formatSelector(labelSelector)}` : '';
      return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`;
    }),
  );
}

/** `node.kubernetes.io/not-ready:NoExecute op=Exists for 300s`. k8s: printTolerationsMultilineWithIndent */
export function tolerationLines(tolerations: readonly Toleration[] | undefined, indent: string): string[] {
  const ordered = [...(tolerations ?? [])].sort((a, b) => compareBytes(a.key ?? '', b.key ?? ''));
  return multiline(indent, 'Tolerations', ordered.map(tolerationText));
}

function tolerationText({ key = '', value, effect, operator, tolerationSeconds }: Toleration): string {
  const what = `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`;
  const exists = operator === 'Exists' && !value ? `${what === '' ? '' : ' '}op=Exists` : '';
  return `${what}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`;
}
