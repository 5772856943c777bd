// What the API server fills into a volume. k8s: core/v1 SetDefaults_PersistentVolume
import { isObject, type Loose, mapObject, objectOr, withDefault, withMember } from '../loose.ts';
import { defaultAmounts, VOLUME_DEFAULTS } from './pod-spec.ts';

const SOURCES = ['hostPath', 'rbd', 'iscsi', 'azureDisk', 'scaleIO'];

/** Fills a PersistentVolume. One that is made by hand is retained after its claim. */
export function defaultVolumeObject(volume: Loose): Loose {
  let spec = withDefault(isObject(volume.spec) ? volume.spec : {}, 'persistentVolumeReclaimPolicy', 'Retain');
  spec = withDefault(spec, 'volumeMode', 'Filesystem');
  spec = mapObject(spec, 'capacity', defaultAmounts);
  for (const source of SOURCES) {
    const fill = VOLUME_DEFAULTS[source];
    if (fill !== undefined) spec = mapObject(spec, source, fill);
  }
  const status = withDefault(objectOr(volume, 'status'), 'phase', 'Pending');
  return withMember(withMember(volume, 'spec', spec), 'status', status);
}
