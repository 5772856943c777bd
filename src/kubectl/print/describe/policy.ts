// describe for kept kinds that set bounds or give rights. k8s: kubectl pkg/describe/describe.go
import { compareBytes, type KubeObject } from '#kube';
import { valueAt } from '../../change-object.ts';
import { isMap, type JsonMap } from '../../patch/json.ts';
import { metadataLines, nameLines } from './parts.ts';

const mapsAt = (object: KubeObject, path: readonly string[]): JsonMap[] => {
  const value = valueAt(object, path);
  return Array.isArray(value) ? value.filter(isMap) : [];
};

/** The bounds that a limit has for a resource, in the order of their columns. */
const BOUNDS = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio'];

/** What containers, pods and claims may ask for: a line for each resource. */
export const limitRangeLines = (range: KubeObject): string[] => [
  ...nameLines(range),
  'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio',
  '----\t--------\t---\t---\t---------------\t-------------\t-----------------------',
  ...mapsAt(range, ['spec', 'limits']).flatMap((limit) => {
    const maps = BOUNDS.map((bound) => (isMap(limit[bound]) ? (limit[bound] as JsonMap) : {}));
    const resources = [...new Set(maps.flatMap((map) => Object.keys(map)))].sort(compareBytes);
    return resources.map((name) =>
      [limit.type, name, ...maps.map((map) => (Object.hasOwn(map, name) ? map[name] : '-'))].map(String).join('\t'),
    );
  }),
];

/** Who has the rights of a role. */
export const bindingLines = (binding: KubeObject): string[] => [
  `Name:\t${binding.metadata.name}`,
  ...metadataLines(binding),
  'Role:',
  `  Kind:\t${valueAt(binding, ['roleRef', 'kind'])}`,
  `  Name:\t${valueAt(binding, ['roleRef', 'name'])}`,
  'Subjects:',
  '  Kind\tName\tNamespace',
  '  ----\t----\t---------',
  ...mapsAt(binding, ['subjects']).map((one) => `  ${one.kind}\t${one.name}\t${one.namespace ?? ''}`),
];
