// What the API server fills into a StorageClass. k8s: storage/v1 SetDefaults_StorageClass
import { type Loose, withDefault } from '../loose.ts';

/** Fills a StorageClass. */
export const defaultStorageClass = (storageClass: Loose): Loose =>
  withDefault(withDefault(storageClass, 'reclaimPolicy', 'Delete'), 'volumeBindingMode', 'Immediate');
