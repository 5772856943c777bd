// Taints and the pods that tolerate them. k8s: component-helpers/scheduling/corev1 helpers
import type { Pod, Taint, Toleration } from '#kube';

/** True when one toleration covers a taint. k8s: Toleration.ToleratesTaint */
function toleratesTaint(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  if (toleration.operator === 'Exists') return true;
  return (toleration.operator ?? 'Equal') === 'Equal' && (toleration.value ?? '') === (taint.value ?? '');
}

/** True when the pod tolerates a taint. */
export const isTolerated = (pod: Pod, taint: Taint): boolean =>
  pod.spec.tolerations?.some((toleration) => toleratesTaint(toleration, taint)) === true;

/** True when the taint keeps pods away that do not tolerate it. */
export const isHard = ({ effect }: Taint): boolean => effect === 'NoSchedule' || effect === 'NoExecute';
