// The list of actors. A new controller is one file and one line here; the order is that of start-up and of ties.

import { eventTtl } from '../api/event-ttl.ts';
import type { Actor } from '../kernel/index.ts';
import { kubelet } from '../kubelet/index.ts';
import { defaultScheduler } from '../scheduler/default-scheduler.ts';
import { deploymentController } from './deployment/deployment.ts';
import { disruptionController } from './disruption/index.ts';
import { endpointSliceController } from './endpoint-slice/endpoint-slice-controller.ts';
import { garbageCollector } from './garbage-collector/garbage-collector.ts';
import { namespaceController } from './garbage-collector/namespace-controller.ts';
import { nodeLifecycleController } from './node-lifecycle/index.ts';
import { expandController } from './persistent-volume/expand-controller.ts';
import { persistentVolumeController } from './persistent-volume/persistent-volume-controller.ts';
import { podGarbageCollector } from './pod-gc/index.ts';
import { provisioner } from './provisioner/provisioner.ts';
import { resizer } from './provisioner/resizer.ts';
import { replicaSetController } from './replica-set/replica-set.ts';
import { statefulSetController } from './statefulset/index.ts';
import { taintEvictionController } from './taint-eviction/index.ts';
import { pvProtectionController } from './volume-protection/pv-protection-controller.ts';
import { pvcProtectionController } from './volume-protection/pvc-protection-controller.ts';

export const actors: readonly Actor[] = [
  statefulSetController,
  deploymentController,
  replicaSetController,
  garbageCollector,
  namespaceController,
  endpointSliceController,
  persistentVolumeController,
  expandController,
  pvcProtectionController,
  pvProtectionController,
  provisioner,
  resizer,
  defaultScheduler,
  disruptionController,
  nodeLifecycleController,
  taintEvictionController,
  podGarbageCollector,
  kubelet,
  eventTtl,
];
