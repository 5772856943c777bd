// Names that fit at a place of a manifest: of Services, classes, volumes and what else one object calls another by.
import { asFacts, editor, facts, getFacts, type ManifestObject } from '#state';
import { manifestObjects } from './objects.ts';
import { pathOfLine } from './yaml-path.ts';

/** A name with where it comes from. */
export interface NameOffer {
  readonly name: string;
  readonly about: string;
}

/** By the end of the way to a field, the kind whose names fit. */
const KIND_OF_FIELD: readonly (readonly [end: RegExp, kind: string])[] = [
  [/(^|\.)serviceName$/, 'Service'],
  [/(^|\.)storageClassName$/, 'StorageClass'],
  [/\.(configMap|configMapRef|configMapKeyRef)\.name$/, 'ConfigMap'],
  [/\.(secretRef|secretKeyRef)\.name$|\.secret\.secretName$|\.imagePullSecrets\.name$/, 'Secret'],
  [/\.persistentVolumeClaim\.claimName$/, 'PersistentVolumeClaim'],
  [/\.serviceAccountName$/, 'ServiceAccount'],
  [/\.scaleTargetRef\.name$/, 'StatefulSet'],
  [/\.nodeName$/, 'Node'],
];

const TOPOLOGY_KEYS: readonly NameOffer[] = [
  { name: 'kubernetes.io/hostname', about: 'each node for itself' },
  { name: 'topology.kubernetes.io/zone', about: 'nodes of one zone together' },
  { name: 'topology.kubernetes.io/region', about: 'nodes of one region together' },
];

/**
 * What may stand as the value of the field in a line.
 *
 * @param lines - of the open file
 * @param line - from 1
 * @returns an empty list where nothing is known to fit
 */
export function namesAt(lines: readonly string[], line: number): readonly NameOffer[] {
  const path = pathOfLine(lines, line);
  const way = path.map(({ key }) => key).join('.');
  if (/\.topologyKey$/.test(way)) return TOPOLOGY_KEYS;
  if (/\.(volumeMounts|volumeDevices)\.name$/.test(way)) return volumesAround(line);
  const kind = KIND_OF_FIELD.find(([end]) => end.test(way))?.[1];
  return kind === undefined ? [] : namesOfKind(kind);
}

function volumesAround(line: number): readonly NameOffer[] {
  const { byFile } = manifestObjects.getState();
  const objects = byFile[editor.getState().fileName] ?? [];
  const around = objects.findLast(({ from }) => from.line <= line);
  return (around?.volumes ?? []).map((name) => ({
    name,
    about: around?.claims[name] ? 'a claim for each pod' : 'a volume of the pod',
  }));
}

/** Those in the files first, then those in the cluster. */
function namesOfKind(kind: string): readonly NameOffer[] {
  const found = new Map<string, string>();
  for (const objects of Object.values(manifestObjects.getState().byFile))
    for (const object of objects as readonly ManifestObject[])
      if (object.kind === kind && object.name !== '') found.set(object.name, `${kind} in ${object.fileName}`);
  for (const type of ['set', 'service', 'claim', 'node', 'other'] as const)
    for (const id of facts.getIds(type)) {
      const [idKind, , name = ''] = id.split('/');
      const isOf = type === 'other' ? asFacts('other', getFacts(id))?.kind === kind : idKind === kind;
      if (isOf && name !== '' && !found.has(name)) found.set(name, `${kind} in the cluster`);
    }
  return [...found].map(([name, about]) => ({ name, about }));
}
