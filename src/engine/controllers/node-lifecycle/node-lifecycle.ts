// The node lifecycle controller: what follows from a node's silence or its conditions. In its events it calls itself
// `node-controller`. k8s: pkg/controller/nodelifecycle/node_lifecycle_controller.go
import {
  type Condition,
  conditionOf,
  type KubeObject,
  keyOf,
  type Node,
  type ObjectKey,
  type Pod,
  parseTime,
  partsOfKey,
  type Taint,
} from '#kube';
import { isSame } from '#lib';
import { type Actor, act, done, type Outcome, type Turn, wait } from '../../kernel/index.ts';
import { faultKey, nodeConditions, silentSinceMs } from '../../kubelet/index.ts';
import {
  hasTaint,
  isNodeReady,
  isOwnNoSchedule,
  NOT_READY,
  noExecuteTaints,
  readyStatusOf,
  UNREACHABLE,
  withNoScheduleTaints,
  writeTaints,
} from './taints.ts';
import {
  isAnyDisrupted,
  keepZones,
  withDisruption,
  withoutQueued,
  withoutToken,
  withQueued,
  type Zone,
  type Zones,
  zoneNameOf,
  zoneOf,
  zonesOf,
} from './zones.ts';

const NAME = 'node-controller';
const LATENCY_MS = 10;
/** A node that has said nothing for this long counts as unreachable. k8s: node-monitor-grace-period */
const MONITOR_GRACE_MS = 50_000;
/** How often the health of all nodes is looked at. k8s: node-monitor-period */
const MONITOR_PERIOD_MS = 5000;

const MONITOR = 'monitor';
const ZONE_PREFIX = 'zone/';
/** Before the name and the uid of a node that came or went. */
const NEW_PREFIX = 'new/';
const GONE_PREFIX = 'gone/';

/** Conditions that nobody vouches for when the kubelet is silent. */
const SILENT_CONDITIONS = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

export const nodeLifecycleController: Actor = {
  name: NAME,
  latencyMs: LATENCY_MS,
  watches: {
    Node: (change, enqueue) => {
      const before = change.before as Node | undefined;
      const after = change.after as Node | undefined;
      if (!after || !before || before.spec !== after.spec || before.status !== after.status) enqueue(change.key);
      if (after && !before) enqueue(`${NEW_PREFIX}${after.metadata.name}/${after.metadata.uid}`);
      if (before && !after) enqueue(`${GONE_PREFIX}${before.metadata.name}/${before.metadata.uid}`);
    },
  },
  reconcile: (turn, key) => {
    if (key === MONITOR) return monitor(turn);
    if (key.startsWith(ZONE_PREFIX)) return taintNext(turn, key.slice(ZONE_PREFIX.length));
    if (key.startsWith(NEW_PREFIX) || key.startsWith(GONE_PREFIX)) return tell(turn, key);
    return syncNode(turn, key);
  },
};

const nodeKey = (node: Node): ObjectKey => keyOf('Node', '', node.metadata.name);

/** One node: its NoSchedule taints at once, its silence after the grace period. */
function syncNode(turn: Turn, key: ObjectKey): Outcome {
  const { name } = partsOfKey(key);
  const node = turn.view.get('Node', '', name);
  if (!node) {
    // FAULT-2: a fault of a machine ends with it; another one of its name is sound.
    for (const id of ['node-down', 'node-unready'])
      if (turn.recall(faultKey(id, key)) !== undefined) turn.remember(faultKey(id, key), undefined);
    if (isPaceWrong(turn)) wakeMonitor(turn);
    return done;
  }
  const silentMs = silentSinceMs(turn, name);
  const leftMs = silentMs === undefined ? undefined : silentMs + MONITOR_GRACE_MS - turn.nowMs;
  if (leftMs !== undefined && leftMs <= 0 && readyStatusOf(node) !== 'Unknown') return markUnknown(turn, key, node);
  if (needsMonitor(turn, node)) wakeMonitor(turn);
  const taints = withNoScheduleTaints(node, turn.now);
  if (taints) {
    const result = writeTaints(turn, node, taints);
    if (!result.ok) return { failed: true };
    const again = leftMs !== undefined && leftMs > 0 ? { againMs: leftMs } : {};
    return act(
      'NODE-1',
      key,
      { node: name, taints: ownTaints(taints), isCordoned: node.spec.unschedulable ? 1 : 0 },
      again,
    );
  }
  if (leftMs !== undefined && leftMs > 0)
    return wait('NODE-2', key, { node: name, seconds: MONITOR_GRACE_MS / 1000 }, { againMs: leftMs });
  return whyNotReady(turn, key, node);
}

/** The taints that keep new pods away because of a condition or the cordon, in words. */
const ownTaints = (taints: readonly Taint[]): string =>
  taints
    .filter(isOwnNoSchedule)
    .map(({ key }) => key)
    .join(', ');

/** What is to be said of a node while it is not ready. */
function whyNotReady(turn: Turn, key: ObjectKey, node: Node): Outcome {
  if (isNodeReady(node) || readyStatusOf(node) === undefined) return done;
  const args = { node: node.metadata.name, status: readyStatusOf(node) ?? 'Unknown' };
  const zone = zoneOf(zonesOf(turn), zoneNameOf(node));
  return zone.ratePerSecond === 0 ? wait('NODE-5', key, args) : wait('NODE-4', key, args);
}

/** Whether a zone goes on at another pace than its nodes give reason for. O(nodes), and only while something fails. */
function isPaceWrong(turn: Turn): boolean {
  const zones = zonesOf(turn);
  return isAnyDisrupted(zones) && !isSame(withDisruption(zones, turn.view.list('Node'), turn.nowMs).zones, zones);
}

/** Whether the next look at all nodes has something to do for this one. */
function needsMonitor(turn: Turn, node: Node): boolean {
  const status = readyStatusOf(node);
  if (status === undefined) return false;
  if (isPaceWrong(turn)) return true;
  if (status === 'True') return noExecuteTaints(node).some(({ key }) => key === NOT_READY || key === UNREACHABLE);
  return !hasTaint(node, status === 'False' ? NOT_READY : UNREACHABLE, 'NoExecute');
}

/** How long it is to the next look at all nodes, which come on a grid of five seconds; 0 during one. */
const msToLook = (turn: Turn): number => (MONITOR_PERIOD_MS - (turn.nowMs % MONITOR_PERIOD_MS)) % MONITOR_PERIOD_MS;

/** Queues the next look at all nodes, while there is something to look at. */
function wakeMonitor(turn: Turn): void {
  turn.wake(NAME, MONITOR, msToLook(turn) || MONITOR_PERIOD_MS);
}

const isFromTheBeginning = (turn: Turn, { metadata }: Node): boolean =>
  (parseTime(metadata.creationTimestamp) ?? 0) <= turn.config.epochMs;

/** NODE-10: at the next look a node that came or went is told of. One that did both since the last look is not. */
function tell(turn: Turn, key: string): Outcome {
  const [what = '', name = '', uid = ''] = key.split('/');
  const known = turn.view.get('Node', '', name);
  const isNew = `${what}/` === NEW_PREFIX;
  const isNews = isNew ? known?.metadata.uid === uid && !isFromTheBeginning(turn, known) : !known;
  if (!isNews) return done;
  if (msToLook(turn) > 0) return { againMs: msToLook(turn) };
  const reason = isNew ? 'RegisteredNode' : 'RemovingNode';
  const words = isNew ? `Registered Node ${name} in Controller` : `Removing Node ${name} from Controller`;
  const about = { apiVersion: 'v1', kind: 'Node', metadata: { name, uid } } as KubeObject;
  turn.event(about, { type: 'Normal', reason, message: `Node ${name} event: ${words}` });
  return act('NODE-10', keyOf('Node', '', name), { node: name, isNew: isNew ? 1 : 0 });
}

/** NODE-2, NODE-3: nobody has heard of the node for the grace period: its health is Unknown, its pods are not ready. */
function markUnknown(turn: Turn, key: ObjectKey, node: Node): Outcome {
  const { now } = turn;
  const kept = nodeConditions(node).map((condition): Condition => {
    if (!SILENT_CONDITIONS.includes(condition.type) || condition.status === 'Unknown') return condition;
    return {
      ...condition,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastTransitionTime: now,
    };
  });
  const missing = SILENT_CONDITIONS.filter((type) => !conditionOf(node.status, type)).map(
    (type): Condition => ({
      type,
      status: 'Unknown',
      reason: 'NodeStatusNeverUpdated',
      message: 'Kubelet never posted node status.',
      lastHeartbeatTime: node.metadata.creationTimestamp,
      lastTransitionTime: now,
    }),
  );
  const wasReady = isNodeReady(node);
  const result = turn.updateStatus<Node>({ ...node, status: { ...node.status, conditions: [...kept, ...missing] } });
  if (!result.ok) return { failed: true };
  const { name } = node.metadata;
  if (wasReady) {
    turn.event(node, { type: 'Normal', reason: 'NodeNotReady', message: `Node ${name} status is now: NodeNotReady` });
    markPodsNotReady(turn, turn.view.podsOnNode(name));
  }
  return act('NODE-3', key, { node: name, seconds: MONITOR_GRACE_MS / 1000, pods: turn.view.podsOnNode(name).length });
}

/** NODE-3: the pods of a node that does not answer are not ready; nothing else of their status changes. */
function markPodsNotReady(turn: Turn, pods: readonly Pod[]): void {
  for (const pod of pods) {
    const ready = conditionOf(pod.status, 'Ready');
    if (ready?.status !== 'True') continue;
    const conditions = (pod.status.conditions ?? []).map(
      (condition): Condition =>
        condition === ready ? { ...ready, status: 'False', lastTransitionTime: turn.now } : condition,
    );
    const result = turn.updateStatus<Pod>({ ...pod, status: { ...pod.status, conditions } });
    if (result.ok) turn.event(pod, { type: 'Warning', reason: 'NodeNotReady', message: 'Node is not ready' });
  }
}

/**
 * NODE-4 to NODE-6: one look at the health of all nodes. Those that are not ready queue for their NoExecute taint, those
 * that are ready again lose it, and each zone gets its pace. k8s: monitorNodeHealth
 */
function monitor(turn: Turn): Outcome {
  let zones: Zones = zonesOf(turn);
  let why: Outcome = done;
  const change = (name: string, to: (zone: Zone) => Zone): void => {
    zones = { ...zones, [name]: to(zoneOf(zones, name)) };
  };
  const nodes = turn.view.list('Node');
  for (const node of nodes) {
    const zone = zoneNameOf(node);
    const { name } = node.metadata;
    const status = readyStatusOf(node);
    if (status === undefined) continue;
    if (status === 'True') {
      change(zone, (before) => withoutQueued(before, name));
      if (removeNoExecute(turn, node)) why = act('NODE-6', nodeKey(node), { node: name });
      continue;
    }
    const [wanted, other] = status === 'False' ? [NOT_READY, UNREACHABLE] : [UNREACHABLE, NOT_READY];
    if (hasTaint(node, other, 'NoExecute')) {
      swapNoExecute(turn, node, wanted);
      why = act('NODE-4', nodeKey(node), { node: name, status: status ?? 'Unknown' });
    } else if (!hasTaint(node, wanted, 'NoExecute')) change(zone, (before) => withQueued(before, name));
  }
  const paced = withDisruption(zones, nodes, turn.nowMs);
  if (paced.isStopping) {
    for (const { metadata } of nodes) {
      const node = turn.view.get('Node', '', metadata.name);
      if (node) removeNoExecute(turn, node);
    }
    why = act('NODE-5', undefined, { nodes: nodes.length });
  }
  const before = zonesOf(turn);
  keepZones(turn, paced.zones);
  // Upstream looks at its queues every 100 ms: a node whose turn it is need not wait for the next look.
  for (const name of Object.keys(paced.zones)) {
    const outcome = taintNext(turn, name);
    if (outcome.why) why = outcome;
  }
  // What is said of a node that is not ready depends on the pace of its zone.
  for (const node of nodes) {
    const zone = zoneNameOf(node);
    const isOtherPace = zoneOf(before, zone).ratePerSecond !== zoneOf(paced.zones, zone).ratePerSecond;
    if (isOtherPace && !isNodeReady(node)) turn.wake(NAME, nodeKey(node), LATENCY_MS);
  }
  return why;
}

/** Queues the next taint of a zone for when its token is there. */
function wakeZone(turn: Turn, name: string, zone: Zone): void {
  if (zone.queue.length > 0) turn.wake(NAME, `${ZONE_PREFIX}${name}`, Math.max(0, zone.freeMs - turn.nowMs));
}

/** NODE-4: taints the node that has waited longest in a zone, at the zone's pace. k8s: doNoExecuteTaintingPass */
function taintNext(turn: Turn, name: string): Outcome {
  const zones = zonesOf(turn);
  const zone = zoneOf(zones, name);
  const [first] = zone.queue;
  if (first === undefined || zone.ratePerSecond === 0) return done;
  if (zone.freeMs > turn.nowMs) {
    wakeZone(turn, name, zone);
    return done;
  }
  const after = withoutToken(withoutQueued(zone, first), turn.nowMs);
  keepZones(turn, { ...zones, [name]: after });
  wakeZone(turn, name, after);
  const node = turn.view.get('Node', '', first);
  if (!node || isNodeReady(node)) return done;
  const status = readyStatusOf(node) ?? 'Unknown';
  swapNoExecute(turn, node, status === 'False' ? NOT_READY : UNREACHABLE);
  return act('NODE-4', nodeKey(node), { node: first, status });
}

/** Gives a node the NoExecute taint of its condition, and takes the other one away. */
function swapNoExecute(turn: Turn, node: Node, key: string): void {
  const kept = (node.spec.taints ?? []).filter((taint) => !isOwnNoExecute(taint) || taint.key === key);
  const taint: Taint = { key, effect: 'NoExecute', timeAdded: turn.now };
  writeTaints(turn, node, hasTaint(node, key, 'NoExecute') ? kept : [...kept, taint]);
}

const isOwnNoExecute = ({ key, effect }: Taint): boolean =>
  effect === 'NoExecute' && (key === NOT_READY || key === UNREACHABLE);

/** NODE-6: takes a node's NoExecute taints away. @returns whether it had any. k8s: markNodeAsReachable */
function removeNoExecute(turn: Turn, node: Node): boolean {
  const before = node.spec.taints ?? [];
  const kept = before.filter((taint) => !isOwnNoExecute(taint));
  if (kept.length === before.length) return false;
  return writeTaints(turn, node, kept).ok;
}
