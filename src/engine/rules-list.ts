// All rules by id. Each area keeps its own list beside its code; a new area is one line here.

import { apiRules } from './api/rules.ts';
import { deploymentRules } from './controllers/deployment/rules.ts';
import { disruptionRules } from './controllers/disruption/index.ts';
import { endpointSliceRules } from './controllers/endpoint-slice/rules.ts';
import { garbageCollectorRules } from './controllers/garbage-collector/rules.ts';
import { nodeRules } from './controllers/node-lifecycle/index.ts';
import { persistentVolumeRules } from './controllers/persistent-volume/rules.ts';
import { replicaSetRules } from './controllers/replica-set/rules.ts';
import { statefulSetRules } from './controllers/statefulset/index.ts';
import { evictionRules } from './controllers/taint-eviction/index.ts';
import { dnsRules } from './dns/rules.ts';
import { faultRules } from './faults/index.ts';
import { kubeletRules } from './kubelet/index.ts';
import type { Rule } from './rules.ts';
import { schedulerRules } from './scheduler/rules.ts';

const lists: readonly (readonly Rule[])[] = [
  statefulSetRules,
  garbageCollectorRules,
  apiRules,
  deploymentRules,
  replicaSetRules,
  endpointSliceRules,
  persistentVolumeRules,
  schedulerRules,
  dnsRules,
  kubeletRules,
  faultRules,
  nodeRules,
  evictionRules,
  disruptionRules,
];

/** Every rule that the engine cites, by id. */
export const rules: ReadonlyMap<string, Rule> = new Map(lists.flat().map((rule) => [rule.id, rule]));
