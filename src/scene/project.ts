// From a moment to its facts: all of them, or those that a move along the timeline may have changed.
import { type Moment, type View, viewOf } from '#engine';
import {
  controllerOf,
  type EndpointSlice,
  keyOf,
  ordinalOf,
  type Pod,
  parentNameOf,
  partsOfKey,
  podNameOf,
  podNameOfClaim,
  type Service,
  type StatefulSet,
} from '#kube';
import { claimFacts } from './claim-facts.ts';
import { nodeFacts, otherFacts, serviceFacts } from './cluster-facts.ts';
import { podFacts, type SceneInput } from './pod-facts.ts';
import { partsOfSlotId, setFacts, slotFacts, slotIdOf } from './set-facts.ts';
import type { Facts } from './types.ts';

/** The facts of one moment by id, kept to tell what the next one changes. */
export type Scene = Map<string, Facts>;

export interface SceneChange {
  readonly set: readonly Facts[];
  readonly gone: readonly string[];
}

/** Kinds that have no facts: they are parts of others, or of the inspector. */
const HIDDEN = new Set(['Event', 'ControllerRevision', 'EndpointSlice', 'Namespace', 'PersistentVolume']);

/** Kinds that are simulated but have no picture of their own. */
const PLAIN_KINDS = new Set(['StorageClass', 'Deployment', 'ReplicaSet', 'PodDisruptionBudget']);

function factsOf(input: SceneInput, id: string): Facts | undefined {
  const slot = partsOfSlotId(id);
  if (slot) {
    const set = input.view.get('StatefulSet', slot.namespace, slot.setName);
    return set && slotFacts(input, set, slot.ordinal);
  }
  const object = input.view.find(id);
  if (!object || HIDDEN.has(object.kind)) return undefined;
  switch (object.kind) {
    case 'Pod':
      return podFacts(input, object as Pod);
    case 'StatefulSet':
      return setFacts(input, object as StatefulSet);
    case 'PersistentVolumeClaim':
      return claimFacts(input, object as Parameters<typeof claimFacts>[1]);
    case 'Service':
      return serviceFacts(input, object as Service);
    case 'Node':
      return nodeFacts(input, object as Parameters<typeof nodeFacts>[1]);
    default:
      return otherFacts(object, PLAIN_KINDS.has(object.kind));
  }
}

const inputOf = (moment: Moment, epochMs: number): SceneInput => ({ moment, view: viewOf(moment.store), epochMs });

/** Every fact of a moment. O(objects). */
export function projectAll(moment: Moment, epochMs: number): Scene {
  const input = inputOf(moment, epochMs);
  const scene: Scene = new Map();
  for (const [key, object] of moment.store.objects) {
    const facts = factsOf(input, key);
    if (facts) scene.set(key, facts);
    if (facts?.type === 'set')
      for (const ordinal of facts.ordinals) {
        const slot = slotFacts(input, object as StatefulSet, ordinal);
        scene.set(slot.id, slot);
      }
  }
  return scene;
}

/** The set that an object of that kind and name may belong to, with its ordinal there. */
function slotOfPod(view: View, namespace: string, podName: string): string | undefined {
  const setName = parentNameOf(podName);
  return setName && view.get('StatefulSet', namespace, setName)
    ? slotIdOf(namespace, setName, ordinalOf(podName))
    : undefined;
}

/** Ids whose facts may differ because an object was touched: the object's own, and those that are drawn from it. */
function idsTouchedBy(input: SceneInput, scene: Scene, key: string, dirty: Set<string>): void {
  const { kind, namespace, name } = partsOfKey(key);
  const { view } = input;
  const object = view.find(key);
  if (!HIDDEN.has(kind)) dirty.add(key);
  switch (kind) {
    case 'Pod': {
      const pod = object as Pod | undefined;
      const before = scene.get(key);
      const slot = slotOfPod(view, namespace, name);
      if (slot !== undefined) dirty.add(slot);
      const owner = pod && controllerOf(pod);
      const setId = owner?.kind === 'StatefulSet' ? keyOf('StatefulSet', namespace, owner.name) : undefined;
      if (before?.type === 'pod') {
        if (before.nodeName !== pod?.spec.nodeName && before.nodeName !== undefined)
          dirty.add(keyOf('Node', '', before.nodeName));
        if (!pod && before.setId !== undefined) dirty.add(before.setId);
      } else if (setId !== undefined) dirty.add(setId);
      if (pod?.spec.nodeName !== undefined && (before?.type !== 'pod' || before.nodeName !== pod.spec.nodeName))
        dirty.add(keyOf('Node', '', pod.spec.nodeName));
      const node = pod?.spec.nodeName === undefined ? undefined : scene.get(keyOf('Node', '', pod.spec.nodeName));
      // A pod that is deleted is evicted no more, and one whose deletion is taken back is again.
      if (node?.type === 'node' && node.taints.length > 0) dirty.add(node.id);
      const slotBefore = slot === undefined ? undefined : scene.get(slot);
      if (slotBefore?.type === 'slot' && (slotBefore.podId === undefined) !== (pod === undefined))
        for (const claim of slotBefore.claimIds) dirty.add(claim);
      return;
    }
    case 'PersistentVolumeClaim':
      for (const set of view.list('StatefulSet', namespace)) {
        const podName = podNameOfClaim(set.metadata.name, name);
        if (podName === undefined) continue;
        dirty.add(slotIdOf(namespace, set.metadata.name, ordinalOf(podName)));
        if ((object === undefined) === scene.has(key)) dirty.add(keyOf('StatefulSet', namespace, set.metadata.name));
      }
      return;
    case 'PersistentVolume': {
      const claim = (object as { spec?: { claimRef?: { namespace?: string; name?: string } } } | undefined)?.spec
        ?.claimRef;
      if (claim?.name !== undefined) dirty.add(keyOf('PersistentVolumeClaim', claim.namespace, claim.name));
      return;
    }
    case 'EndpointSlice': {
      const slice = object as EndpointSlice | undefined;
      const serviceName = slice?.metadata.labels?.['kubernetes.io/service-name'];
      if (serviceName === undefined) return;
      dirty.add(keyOf('Service', namespace, serviceName));
      for (const endpoint of slice?.endpoints ?? []) {
        const slot =
          endpoint.targetRef?.name === undefined ? undefined : slotOfPod(view, namespace, endpoint.targetRef.name);
        if (slot !== undefined) dirty.add(slot);
      }
      return;
    }
    case 'Service':
      for (const set of view.list('StatefulSet', namespace)) {
        if (set.spec.serviceName !== name) continue;
        const id = keyOf('StatefulSet', namespace, set.metadata.name);
        dirty.add(id);
        addSlots(scene, id, dirty);
      }
      return;
    case 'StatefulSet': {
      addSlots(scene, key, dirty);
      const serviceName = (object as StatefulSet | undefined)?.spec.serviceName;
      if (serviceName) dirty.add(keyOf('Service', namespace, serviceName));
      return;
    }
    case 'Node': {
      for (const pod of view.podsOnNode(name)) dirty.add(keyOf('Pod', pod.metadata.namespace, pod.metadata.name));
      return;
    }
    case 'ControllerRevision': {
      const owner = object && controllerOf(object);
      if (owner) dirty.add(keyOf('StatefulSet', namespace, owner.name));
      return;
    }
    default:
  }
}

function addSlots(scene: Scene, setId: string, dirty: Set<string>): void {
  const facts = scene.get(setId);
  if (facts?.type === 'set')
    for (const ordinal of facts.ordinals) dirty.add(slotIdOf(facts.namespace, facts.name, ordinal));
}

/** A set's own status changes with every pod; its slots only need another look when one of these changed. */
const slotShape = (set: Extract<Facts, { type: 'set' }>): string =>
  `${set.replicas} ${set.start} ${set.serviceName} ${set.serviceId} ${set.updateRevision?.name} ${set.claimTemplates.join()}`;

/**
 * Brings a scene to a new moment.
 * @param touched keys of objects, and ids of reasons (`actor key`), that may differ from the moment before
 * @returns what changed; the scene is changed in place
 */
export function projectChanges(
  scene: Scene,
  moment: Moment,
  epochMs: number,
  touched: { readonly objects: Iterable<string>; readonly reasons: Iterable<string> },
): SceneChange {
  const input = inputOf(moment, epochMs);
  const dirty = new Set<string>();
  const sets = new Set<string>();
  for (const key of touched.objects) {
    if (key.startsWith('StatefulSet/')) {
      sets.add(key);
      dirty.add(key);
    } else idsTouchedBy(input, scene, key, dirty);
  }
  for (const id of touched.reasons) {
    const key = id.slice(id.indexOf(' ') + 1);
    if (scene.has(key)) dirty.add(key);
  }
  const set: Facts[] = [];
  const gone: string[] = [];
  const renew = (id: string): Facts | undefined => {
    const before = scene.get(id);
    const after = factsOf(input, id);
    if (!after) {
      if (before) {
        scene.delete(id);
        gone.push(id);
      }
      return undefined;
    }
    if (before && JSON.stringify(before) === JSON.stringify(after)) return before;
    scene.set(id, after);
    set.push(after);
    return after;
  };
  const setIds = [...dirty].filter((id) => id.startsWith('StatefulSet/'));
  for (const id of setIds) {
    const before = scene.get(id);
    const after = renew(id);
    dirty.delete(id);
    if (before?.type !== 'set' && after?.type !== 'set') continue;
    if (after?.type === 'set') addPodsWhoseTimeHasCome(scene, after, input, dirty);
    const isReshaped = before?.type !== 'set' || after?.type !== 'set' || slotShape(before) !== slotShape(after);
    if (isReshaped && sets.has(id)) idsTouchedBy(input, scene, id, dirty);
    const ordinalsAfter = new Set(after?.type === 'set' ? after.ordinals : []);
    const facts = after ?? before;
    if (facts?.type !== 'set') continue;
    if (before?.type === 'set')
      for (const ordinal of before.ordinals)
        if (!ordinalsAfter.has(ordinal)) {
          const slot = slotIdOf(facts.namespace, facts.name, ordinal);
          dirty.delete(slot);
          if (scene.delete(slot)) gone.push(slot);
        }
    if (isReshaped) {
      for (const ordinal of ordinalsAfter) {
        const slot = slotIdOf(facts.namespace, facts.name, ordinal);
        dirty.add(slot);
        const podId = keyOf('Pod', facts.namespace, `${facts.name}-${ordinal}`);
        if (scene.has(podId)) dirty.add(podId);
      }
      if (after?.type === 'set' && after.serviceId) dirty.add(after.serviceId);
    } else if (before?.type === 'set') {
      const had = new Set(before.ordinals);
      for (const ordinal of ordinalsAfter)
        if (!had.has(ordinal)) dirty.add(slotIdOf(facts.namespace, facts.name, ordinal));
    }
  }
  for (const id of dirty) {
    const slot = partsOfSlotId(id);
    if (slot) {
      const owner = scene.get(keyOf('StatefulSet', slot.namespace, slot.setName));
      if (owner?.type !== 'set' || !isSlotOf(owner, slot.ordinal)) continue;
    }
    renew(id);
  }
  return { set, gone };
}

/**
 * Pods that count as available now and did not before, or the other way round: minReadySeconds passes without a change
 * of the pod, and is noticed by the set.
 */
function addPodsWhoseTimeHasCome(
  scene: Scene,
  facts: Extract<Facts, { type: 'set' }>,
  input: SceneInput,
  dirty: Set<string>,
): void {
  const set = input.view.get('StatefulSet', facts.namespace, facts.name);
  if (!set?.spec.minReadySeconds) return;
  for (const ordinal of facts.ordinals) {
    const id = keyOf('Pod', facts.namespace, podNameOf(facts.name, ordinal));
    const pod = scene.get(id);
    if (pod?.type !== 'pod' || pod.availableAtMs === undefined) continue;
    const isAvailable = pod.availableAtMs <= input.moment.counters.nowMs;
    if ((pod.state === 'ready-not-available' && isAvailable) || (pod.state === 'ready' && !isAvailable)) dirty.add(id);
  }
}

/** Whether a set has a slot of that ordinal. Ranges are contiguous but for the few beyond. */
function isSlotOf(set: Extract<Facts, { type: 'set' }>, ordinal: number): boolean {
  if (ordinal >= set.start && ordinal < set.start + set.replicas) return true;
  return set.ordinals.includes(ordinal);
}
