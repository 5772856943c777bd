// describe for endpoint slices.
import type { EndpointSlice } from '#kube';
import { metadataLines, NONE, nameLines } from './parts.ts';

const UNSET = '<unset>';

/** k8s: describeEndpointSliceV1 */
export const endpointSliceLines = (slice: EndpointSlice): string[] => [
  ...nameLines(slice),
  ...metadataLines(slice),
  `AddressType:\t${slice.addressType}`,
  ...(slice.ports?.length
    ? [
        'Ports:',
        '  Name\tPort\tProtocol',
        '  ----\t----\t--------',
        ...slice.ports.map(({ name, port, protocol }) => `  ${name || UNSET}\t${port ?? UNSET}\t${protocol ?? ''}`),
      ]
    : [`Ports: ${UNSET}`]),
  ...(slice.endpoints.length > 0 ? ['Endpoints:', ...slice.endpoints.flatMap(endpointLines)] : [`Endpoints: ${NONE}`]),
];

const endpointLines = ({
  addresses,
  conditions,
  hostname,
  targetRef,
  nodeName,
  zone,
}: EndpointSlice['endpoints'][number]): string[] => [
  `  - Addresses:\t${addresses.join(', ') || NONE}`,
  '    Conditions:',
  `      Ready:\t${conditions.ready ?? UNSET}`,
  `    Hostname:\t${hostname ?? UNSET}`,
  ...(targetRef ? [`    TargetRef:\t${targetRef.kind}/${targetRef.name}`] : []),
  `    NodeName:\t${nodeName ?? UNSET}`,
  `    Zone:\t${zone ?? UNSET}`,
];
