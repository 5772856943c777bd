// How the inspector names an object, and what it asks about it. Pure words.
import type { Facts, PodFacts, PodState, SlotFacts, Thought } from '#scene';
import { ordinalWord } from '../graph/words.ts';
import { nameOfId } from './use-selected.ts';

/** Kinds as people read them. */
const KINDS: Readonly<Record<Exclude<Facts['type'], 'other'>, string>> = {
  pod: 'Pod',
  claim: 'PersistentVolumeClaim',
  slot: 'Slot',
  set: 'StatefulSet',
  service: 'Service',
  node: 'Node',
};

/** States in the middle of a question. */
const ASKED: Readonly<Record<PodState, string>> = {
  pending: 'pending',
  unschedulable: 'on no node',
  creating: 'being created',
  init: 'initializing',
  'not-ready': 'not ready',
  'ready-not-available': 'not available yet',
  ready: 'ready',
  terminating: 'terminating',
  'crash-loop': 'crashing',
  'pull-failed': 'without its image',
  completed: 'completed',
  unknown: 'unknown',
};

/** The title of the inspector and the line under it. */
export interface Head {
  readonly title: string;
  readonly line: string;
}

/**
 * How an object is announced.
 *
 * @param id - its fact id
 * @param object - its facts; undefined where it is not there at the moment shown
 * @param slot - the slot that it fills
 * @returns title and line
 */
export function headOf(id: string, object: Facts | undefined, slot: SlotFacts | undefined): Head {
  const title = nameOfId(id);
  if (!object) return { title, line: 'not there at this moment' };
  switch (object.type) {
    case 'pod':
      return { title, line: podLine(object, slot) };
    case 'slot':
      return { title, line: `slot ${object.ordinal}, ${object.isInRange ? 'no pod yet' : 'outside replicas'}` };
    case 'set':
      return { title, line: `StatefulSet, ${object.podManagementPolicy}, ${object.updateStrategy}` };
    case 'service':
      return { title, line: object.isHeadless ? 'Headless Service' : `Service ${object.clusterIP}` };
    case 'node':
      return { title, line: object.zone === '' ? 'Node' : `Node in ${object.zone}` };
    case 'claim':
      return { title, line: `${KINDS.claim}, ${object.phase}` };
    case 'other':
      return { title, line: object.isSimulated ? object.kind : `${object.kind}, kept, not simulated` };
  }
}

function podLine(pod: PodFacts, slot: SlotFacts | undefined): string {
  const where = pod.nodeName === undefined ? 'on no node' : `on ${pod.nodeName}`;
  const ordinal = slot?.ordinal ?? pod.ordinal;
  if (ordinal === undefined) return `Pod ${where}`;
  return `${ordinalWord(pod.incarnation)} pod in slot ${ordinal}, ${where}`;
}

/**
 * The question that a thought answers.
 *
 * @param object - what it is about
 * @param thought - the answer
 * @returns such as `Why is web-2 terminating?`
 */
export function questionOf(object: Facts, thought: Thought): string {
  const name = nameOfId(object.id);
  if (object.type === 'pod') return `Why is ${name} ${ASKED[object.state]}?`;
  if (object.type === 'claim')
    return `Why is ${name} ${object.isTerminating ? 'terminating' : object.phase.toLowerCase()}?`;
  return thought.acting ? `What is ${name} doing?` : `Why is ${name} waiting?`;
}
