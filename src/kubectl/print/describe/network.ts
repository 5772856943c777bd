// describe for endpoint slices, and for the Endpoints that there were before.
import type { EndpointSlice } from '#kube';
import type { EndpointSubset, Endpoints } from '../../legacy-endpoints.ts';
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

/** k8s: EndpointsDescriber */
export const endpointsLines = (endpoints: Endpoints): string[] => [
  ...nameLines(endpoints),
  ...metadataLines(endpoints),
  'Subsets:',
  ...(endpoints.subsets ?? []).flatMap(subsetLines),
];

const subsetLines = ({ addresses, notReadyAddresses, ports }: EndpointSubset): string[] => [
  `  Addresses:\t${addresses?.map(({ ip }) => ip).join(',') || NONE}`,
  `  NotReadyAddresses:\t${notReadyAddresses?.map(({ ip }) => ip).join(',') || NONE}`,
  ...(ports?.length
    ? [
        '  Ports:',
        '    Name\tPort\tProtocol',
        '    ----\t----\t--------',
        ...ports.map(({ name, port, protocol }) => `    ${name || UNSET}\t${port}\t${protocol ?? 'TCP'}`),
      ]
    : []),
  '',
];
