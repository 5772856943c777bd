// The quality of service of a pod, which follows from its requests and limits. k8s: pkg/apis/core/v1/helper/qos
import { type Container, compareQuantityTexts, type PodSpec } from '#kube';

const COUNTED = ['cpu', 'memory'] as const;

/** Amounts that are above zero, of the resources that count. */
function amountsOf(container: Container, part: 'requests' | 'limits'): Map<string, string | number> {
  const found = new Map<string, string | number>();
  for (const name of COUNTED) {
    const amount = container.resources?.[part]?.[name];
    if (amount !== undefined && compareQuantityTexts(amount, 0) > 0) found.set(name, amount);
  }
  return found;
}

/**
 * Rule POD-3: Guaranteed where every container limits cpu and memory and requests as much, BestEffort where none asks
 * for anything, else Burstable.
 */
export function qosClassOf(spec: PodSpec): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  let isAnyAsking = false;
  let isGuaranteed = true;
  for (const container of containers) {
    const requests = amountsOf(container, 'requests');
    const limits = amountsOf(container, 'limits');
    if (requests.size + limits.size > 0) isAnyAsking = true;
    for (const name of COUNTED) {
      const limit = limits.get(name);
      const request = requests.get(name);
      if (limit === undefined || request === undefined || compareQuantityTexts(limit, request) !== 0)
        isGuaranteed = false;
    }
  }
  if (!isAnyAsking) return 'BestEffort';
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
