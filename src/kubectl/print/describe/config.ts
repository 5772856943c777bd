// describe for namespaces and ConfigMaps.
import { compareBytes, type KubeObject } from '#kube';
import { isMap, type JsonMap } from '../../patch/json.ts';
import { metadataLines, nameLines } from './parts.ts';

/** A namespace. Quotas and limits are not simulated: there are none. */
export const namespaceLines = (namespace: KubeObject & { readonly status?: { readonly phase?: string } }): string[] => [
  `Name:\t${namespace.metadata.name}`,
  ...metadataLines(namespace),
  `Status:\t${namespace.status?.phase ?? ''}`,
  '',
  'No resource quota.',
  '',
  'No LimitRange resource.',
];

/** Every entry with its text; of bytes only how many there are. */
export function configMapLines(configMap: KubeObject): string[] {
  const { data, binaryData } = configMap as unknown as JsonMap;
  const entries = (map: unknown) =>
    Object.entries(isMap(map) ? map : {}).sort(([a], [b]) => compareBytes(a, b)) as [string, string][];
  return [
    ...nameLines(configMap),
    ...metadataLines(configMap),
    '',
    'Data',
    '====',
    ...entries(data).flatMap(([key, text]) => [`${key}:`, '----', ...text.split('\n'), '']),
    '',
    'BinaryData',
    '====',
    ...entries(binaryData).map(([key, text]) => `${key}: ${byteCount(text)} bytes`),
    '',
  ];
}

/** How many bytes a Base64 text stands for. */
const byteCount = (text: string): number => Math.floor((text.replace(/[\s=]/g, '').length * 3) / 4);
