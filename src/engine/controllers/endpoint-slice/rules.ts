// The rules of EndpointSlices in the words that the page shows.
import type { Rule } from '../../rules.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/services-networking';
const SLICES = `${DOCS}/endpoint-slices/`;
const RECONCILER = 'staging/src/k8s.io/endpointslice/reconciler.go';
const UTILS = 'staging/src/k8s.io/endpointslice/utils.go';

export const endpointSliceRules: readonly Rule[] = [
  {
    id: 'EP-1',
    title: 'A Service with a selector gets slices',
    sentence: ({ service, endpoints }) => `${service} gets an EndpointSlice for its ${endpoints} endpoints`,
    docs: SLICES,
    upstream: `syncService in pkg/controller/endpointslice`,
  },
  {
    id: 'EP-2',
    title: 'A pod with an address becomes an endpoint',
    sentence: ({ pod, service, address }) => `${pod} (${address}) is behind ${service} now, but not ready`,
    docs: SLICES,
    upstream: `ShouldPodBeInEndpoints in ${UTILS}`,
  },
  {
    id: 'EP-3',
    title: 'Endpoints follow readiness',
    sentence: ({ pod, service, state }) => `${service} counts ${pod} as ${state}`,
    docs: `${SLICES}#conditions`,
    upstream: `podToEndpoint in ${UTILS}`,
  },
  {
    id: 'EP-4',
    title: 'A terminating pod is not ready for traffic',
    sentence: ({ pod, service }) => `${service} sends nothing to ${pod} any more: it is terminating`,
    docs: `${SLICES}#conditions`,
    upstream: `podToEndpoint in ${UTILS}`,
  },
  {
    id: 'EP-5',
    title: 'A pod that is gone is no endpoint',
    sentence: ({ pod, service }) => `${service} forgets ${pod}`,
    docs: SLICES,
    upstream: RECONCILER,
  },
  {
    id: 'EP-6',
    title: 'Host names belong to one Service',
    sentence: () => 'an endpoint carries its host name when the Service is the sub-domain of the pod',
    docs: `${DOCS}/dns-pod-service/#pod-s-hostname-and-subdomain-fields`,
    upstream: `podToEndpoint in ${UTILS}`,
  },
  {
    id: 'EP-7',
    title: 'Addresses are published before pods are ready',
    sentence: ({ pod, service }) => `${service} publishes ${pod} whether it is ready or not`,
    aside: () => 'publishNotReadyAddresses',
    docs: `${SLICES}#conditions`,
    upstream: `podToEndpoint in ${UTILS}`,
  },
  {
    id: 'EP-8',
    title: 'A slice holds 100 endpoints',
    sentence: () => 'an endpoint goes into the fullest slice with room; a slice holds 100',
    docs: SLICES,
    upstream: `reconcileByPortMapping in ${RECONCILER}`,
  },
  {
    id: 'EP-9',
    title: 'Ports are those of the pod',
    sentence: () => 'a named target port is looked up in each pod; pods with other ports get slices of their own',
    docs: `${DOCS}/service/#field-spec-ports`,
    upstream: `getEndpointPorts in ${UTILS}`,
  },
  {
    id: 'EP-10',
    title: 'A changed Service is looked at anew',
    sentence: ({ service, endpoints }) => `${service} changed: ${endpoints} pods are behind it now`,
    docs: SLICES,
    upstream: `syncService in pkg/controller/endpointslice`,
  },
  {
    id: 'EP-11',
    title: 'A slice says since when',
    sentence: ({ service }) => `the slice of ${service} says when what changed came about`,
    docs: SLICES,
    upstream: `addTriggerTimeAnnotation in ${RECONCILER}`,
  },
];
