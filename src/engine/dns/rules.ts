// The rules of the cluster's DNS in the words that the page shows: why a name resolves, and why not.
import type { ReasonArgs } from '../kernel/index.ts';
import type { Rule } from '../rules.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/';
const SERVICES = `${DOCS}#services`;
const HOSTNAMES = `${DOCS}#pod-s-hostname-and-subdomain-fields`;
const SPEC = 'https://github.com/kubernetes/dns/blob/master/docs/specification.md';

const rule = (id: string, title: string, docs: string, sentence: (args: ReasonArgs) => string): Rule => ({
  id,
  title,
  docs,
  sentence,
});

export const dnsRules: readonly Rule[] = [
  rule(
    'DNS-1',
    'A headless Service stands for its ready pods',
    SERVICES,
    ({ service, answers }) =>
      `${service} is headless: its name gives the addresses of its ready pods, ${answers} of them`,
  ),
  rule(
    'DNS-2',
    'A pod has a name in its Service',
    HOSTNAMES,
    ({ host, service }) => `${host} is a ready pod behind the headless Service ${service}, its sub-domain`,
  ),
  rule(
    'DNS-3',
    'Named ports have service records',
    SPEC,
    ({ name, answers }) => `${name} lists the named port of ${answers} ready targets`,
  ),
  rule(
    'DNS-4',
    'A Service with an address stands for itself',
    SERVICES,
    ({ service }) => `${service} has a cluster IP: its name gives that address, whatever pods are behind it`,
  ),
  rule('DNS-5', 'An address leads back to its name', SPEC, ({ target }) => `the address belongs to ${target}`),
  rule(
    'DNS-6',
    'Short names are tried in the search domains',
    `${DOCS}#namespaces-of-services`,
    ({ name }) => `${name} has fewer than five dots: the search domains are tried first`,
  ),
  rule(
    'DNS-7',
    'The Service does not exist',
    HOSTNAMES,
    ({ service, namespace }) =>
      `there is no Service ${service} in namespace ${namespace}: a StatefulSet does not create the one it names`,
  ),
  rule(
    'DNS-8',
    'The Service is an alias',
    SERVICES,
    ({ service }) => `${service} is of type ExternalName: it leads elsewhere and knows no pods`,
  ),
  rule(
    'DNS-9',
    'The Service has no selector',
    SERVICES,
    ({ service }) => `${service} has no selector: nobody puts pods behind it`,
  ),
  rule(
    'DNS-10',
    'There is no such pod',
    HOSTNAMES,
    ({ pod, service }) => `no pod is called ${pod}, so ${service} has no such name`,
  ),
  rule(
    'DNS-11',
    'The pod has no sub-domain',
    HOSTNAMES,
    ({ pod }) => `${pod} has no sub-domain: its StatefulSet has no serviceName`,
  ),
  rule(
    'DNS-12',
    'The pod belongs to another sub-domain',
    HOSTNAMES,
    ({ pod, service, subdomain }) => `${pod} has its name under ${subdomain}, not under ${service}`,
  ),
  rule(
    'DNS-13',
    'The selector does not match',
    SERVICES,
    ({ pod, service }) => `the selector of ${service} does not match the labels of ${pod}`,
  ),
  rule('DNS-14', 'The pod has no address', HOSTNAMES, ({ pod, phase }) => `${pod} has no address: it is ${phase}`),
  rule(
    'DNS-15',
    'The pod is terminating',
    HOSTNAMES,
    ({ pod }) => `${pod} is terminating: its name goes when its deletion begins`,
  ),
  rule(
    'DNS-16',
    'The pod is not ready',
    HOSTNAMES,
    ({ pod, service }) => `${pod} is not ready, and ${service} does not publish addresses that are not ready`,
  ),
  rule(
    'DNS-17',
    'The endpoints are not up to date',
    SERVICES,
    ({ pod, service }) => `${pod} is ready, and the EndpointSlices of ${service} do not know it yet`,
  ),
  rule('DNS-18', 'A pod name alone is no DNS name', HOSTNAMES, ({ pod, subdomain }) =>
    subdomain
      ? `${pod} is a pod: its DNS name is ${pod}.${subdomain}`
      : `${pod} is a pod, and a pod name alone is no DNS name`,
  ),
  rule('DNS-19', 'No pod of the Service is ready', SERVICES, ({ service, endpoints }) =>
    endpoints === 0
      ? `no pod behind ${service} has an address yet`
      : `none of the ${endpoints} pods behind ${service} is ready`,
  ),
  rule('DNS-20', 'The name is not in the cluster', DOCS, ({ name }) => `${name} belongs to nothing in this cluster`),
  rule(
    'DNS-21',
    'An address has a name of its own',
    `${DOCS}#pods`,
    ({ name }) => `${name} is an address written as a name: it is answered without looking`,
  ),
  rule(
    'DNS-22',
    'There is no such named port',
    SPEC,
    ({ service, port, protocol }) => `${service} has no ready port named ${port} for ${protocol}`,
  ),
  rule(
    'DNS-23',
    'A pod behind a Service that is not headless',
    SPEC,
    ({ host, service }) =>
      `${host} is a ready pod behind ${service}; CoreDNS answers, though only headless Services promise it`,
  ),
];
