// Why a name is not in the DNS, as one rule with the object that decides.
import { isPodReady, isTerminating, keyOf, matchesLabels, type Pod, type Service } from '#kube';
import type { Reason, ReasonArgs, View } from '../kernel/index.ts';
import { isHeadless, slicesOf } from './records.ts';

const because = (rule: string, about: string | undefined, args: ReasonArgs): Reason => ({
  rule,
  acting: false,
  args,
  ...(about !== undefined && { about }),
});

const podKey = (pod: Pod): string => keyOf('Pod', pod.metadata.namespace, pod.metadata.name);

/** The pod that a host name in a Service's domain means: the one that has the host name, or is called so. */
function podNamed(view: View, namespace: string, host: string): Pod | undefined {
  const pod = view.get('Pod', namespace, host);
  if (pod) return pod;
  return view.list('Pod', namespace).find(({ spec }) => spec.hostname === host);
}

/** Why a Service that is there has no ready pods to answer with. */
function serviceProblem(view: View, service: Service): Reason {
  const { namespace = '', name } = service.metadata;
  const about = keyOf('Service', namespace, name);
  const args = { service: name };
  const { selector } = service.spec;
  if (selector === undefined || Object.keys(selector).length === 0) return because('DNS-9', about, args);
  const endpoints = slicesOf(view, namespace, name).flatMap((slice) => slice.endpoints);
  if (endpoints.length > 0) return because('DNS-19', about, { ...args, endpoints: endpoints.length });
  const isMatched = view.list('Pod', namespace).some((pod) => matchesLabels(selector, pod.metadata.labels));
  return because(isMatched ? 'DNS-19' : 'DNS-13', about, { ...args, endpoints: 0, pod: 'any pod' });
}

/** Why a Service's own name has no answer. */
export function whyNoService(view: View, namespace: string, name: string): Reason {
  const service = view.get('Service', namespace, name);
  if (service) return serviceProblem(view, service);
  const pod = view.get('Pod', namespace, name);
  if (pod) return because('DNS-18', podKey(pod), { pod: name, subdomain: pod.spec.subdomain ?? '' });
  return because('DNS-7', keyOf('Service', namespace, name), { service: name, namespace });
}

/** Why a pod that is meant by a name is not in the Service's domain. */
export function whyNotPublished(view: View, namespace: string, serviceName: string, pod: Pod): Reason {
  const service = view.get('Service', namespace, serviceName);
  const args = { pod: pod.metadata.name, service: serviceName, namespace };
  const { subdomain } = pod.spec;
  if (!subdomain) return because('DNS-11', podKey(pod), args);
  if (!service) return because('DNS-7', keyOf('Service', namespace, serviceName), args);
  if (service.spec.type === 'ExternalName') return because('DNS-8', keyOf('Service', namespace, serviceName), args);
  if (subdomain !== serviceName) return because('DNS-12', podKey(pod), { ...args, subdomain });
  return whyNoEndpoint(service, pod, args);
}

/** The pod and the Service belong together, and yet there is no ready endpoint. */
function whyNoEndpoint(service: Service, pod: Pod, args: ReasonArgs): Reason {
  const { selector } = service.spec;
  const about = keyOf('Service', service.metadata.namespace, service.metadata.name);
  if (selector === undefined || Object.keys(selector).length === 0) return because('DNS-9', about, args);
  if (!matchesLabels(selector, pod.metadata.labels)) return because('DNS-13', about, args);
  const isOver = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
  if (!pod.status.podIP || isOver) return because('DNS-14', podKey(pod), { ...args, phase: pod.status.phase });
  const isPatient = service.spec.publishNotReadyAddresses === true;
  if (isTerminating(pod) && !isPatient) return because('DNS-15', podKey(pod), args);
  if (!isPodReady(pod) && !isPatient) return because('DNS-16', podKey(pod), args);
  return because('DNS-17', podKey(pod), args);
}

/** Why a name in a Service's domain has no answer. */
export function whyNoEndpointName(view: View, namespace: string, serviceName: string, host: string): Reason {
  const service = view.get('Service', namespace, serviceName);
  const pod = podNamed(view, namespace, host);
  if (pod) return whyNotPublished(view, namespace, serviceName, pod);
  const about = keyOf('Service', namespace, serviceName);
  if (!service) return because('DNS-7', about, { service: serviceName, namespace });
  return because('DNS-10', keyOf('Pod', namespace, host), { pod: host, service: serviceName, namespace });
}

/** Why a service record has no answer. */
export function whyNoPort(view: View, namespace: string, serviceName: string, port: string, protocol: string): Reason {
  const service = view.get('Service', namespace, serviceName);
  if (!service) return because('DNS-7', keyOf('Service', namespace, serviceName), { service: serviceName, namespace });
  const isThere = service.spec.ports?.some(
    (given) => given.name === port && (given.protocol ?? 'TCP').toLowerCase() === protocol,
  );
  if (isThere && isHeadless(service)) return serviceProblem(view, service);
  return because('DNS-22', keyOf('Service', namespace, serviceName), { service: serviceName, port, protocol });
}

/** Names and addresses that belong to nobody here. */
export const whyOutside = (name: string): Reason => because('DNS-20', undefined, { name });
