// Clusters in which the scheduler is under test, and questions about pods that it placed or refused.
import { conditionOf, keyOf, type Node } from '#kube';
import type { SimulationSetup } from '../../bootstrap.ts';
import type { Cluster } from '../../kernel/index.ts';
import { getObject, newTestCluster, reasonFor, updateObject } from '../../testing/scenario.ts';
import { defaultScheduler } from '../default-scheduler.ts';

/** Three nodes, each in a zone of its own. */
const NODES = ['node-a', 'node-b', 'node-c'].map((name) => ({ name, zone: name.replace('node', 'zone') }));

/** Words of FailedScheduling about preemption. */
export const NO_VICTIMS = 'No preemption victims found for incoming pod';
export const NO_HELP = 'Preemption is not helpful for scheduling';
export const AFTER = 'no new claims to deallocate, preemption:';

/** A cluster with the scheduler alone and no StorageClass. */
export const newSchedulerCluster = ({ nodes = NODES }: Pick<SimulationSetup, 'nodes'> = {}): Cluster =>
  newTestCluster({ nodes, hasDefaultClass: false, actors: [defaultScheduler] });

/** The key of a pod of the default namespace. */
export const podKey = (name: string): string => keyOf('Pod', 'default', name);

/** The node a pod got, if any. */
export const nodeOf = (cluster: Cluster, name: string): string | undefined =>
  getObject(cluster, 'Pod', name).spec.nodeName;

/** The rule that the scheduler gave last for a pod. */
export const ruleFor = (cluster: Cluster, name: string): string | undefined =>
  reasonFor(cluster, 'default-scheduler', podKey(name))?.rule;

/** What the pod's condition says about its scheduling. */
export const refusalTextOf = (cluster: Cluster, name: string): string | undefined =>
  conditionOf(getObject(cluster, 'Pod', name).status, 'PodScheduled')?.message;

/** Cordons a node, or (`false`) takes that back. */
export const cordon = (cluster: Cluster, name: string, unschedulable = true): Node =>
  updateObject<Node>(cluster, keyOf('Node', '', name), (node) => ({ ...node, spec: { ...node.spec, unschedulable } }));

/** Gives a node these taints and no others. */
export const taint = (cluster: Cluster, name: string, taints: Node['spec']['taints'] & object): Node =>
  updateObject<Node>(cluster, keyOf('Node', '', name), (node) => ({ ...node, spec: { ...node.spec, taints } }));
