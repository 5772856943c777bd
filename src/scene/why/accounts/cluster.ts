// Why a node, a Service, or any other object is as it is.
import { type ReasonRecord, resolve, type View } from '#engine';
import {
  conditionOf,
  controllerOf,
  isTerminating,
  type KubeObject,
  keyOf,
  type Node,
  partsOfKey,
  type Service,
  type StatefulSet,
} from '#kube';
import { partsOfSlotId } from '../../set-facts.ts';
import { sentenceOf } from '../../thought.ts';
import { evictionMs, idOf, isNodeSilent, reasonFor, type WhyInput } from '../input.ts';
import { kubectl, undoFaults } from '../steps.ts';
import { isDraining, refusedOn } from '../traps/budgets.ts';
import { serviceStep } from '../traps/governing-service.ts';
import type { WhyLink, WhyStep } from '../types.ts';
import { asideOf, asSentence, clock, count, reasonSentence, ruleOf, shortName } from '../words.ts';
import { type Account, faultLinks } from './account.ts';

/** The account of a node. O(pods on it). */
export function nodeAccount(input: WhyInput, node: Node): Account {
  const { name } = node.metadata;
  const id = idOf(node);
  const ready = conditionOf(node.status, 'Ready')?.status;
  const isSilent = isNodeSilent(input, name);
  const faults = faultLinks(input, ['node-down', 'node-unready'], id, id);
  const eviction = evictionLink(input, node);
  const inner = [...(eviction ? [eviction] : []), ...faults];
  if (ready === 'True' && !isSilent) return wellNode(input, node);
  const reason = reasonFor(input, 'node-controller', node);
  const isWaiting = reason !== undefined && reason.rule !== 'NODE-1' && reason.rule !== 'NODE-6';
  const rule = ruleOf(isWaiting ? reason.rule : 'NODE-3');
  const sentence = isWaiting ? reasonSentence(reason, sentenceOf(reason)) : `${name} is not Ready.`;
  const aside = isWaiting ? asideOf(reason) : undefined;
  return {
    heading: isSilent ? `Why is ${name} silent?` : `Why is ${name} not ready?`,
    sentences: eviction ? [sentence, eviction.sentence] : [sentence],
    rule,
    link: { id, sentence: isSilent ? `${name} does not answer.` : `${name} is not Ready.`, rule },
    inner,
    steps: undoFaults(input, id),
    until: isSilent ? `${name} answers again` : `${name} is Ready again`,
    ...(aside !== undefined && { aside }),
  };
}

/** When the pods of a tainted node are deleted. */
function evictionLink(input: WhyInput, node: Node): WhyLink | undefined {
  const { name } = node.metadata;
  const times = input.view.podsOnNode(name).flatMap((pod) => evictionMs(input, pod) ?? []);
  if (times.length === 0) return undefined;
  const atMs = Math.min(...times);
  const subject = times.length === 1 ? '1 pod on it is' : `${times.length} pods on it are`;
  const sentence = `${subject} deleted at ${clock(atMs)}, unless its NoExecute taint goes.`;
  return { id: idOf(node), sentence, rule: ruleOf('EVICT-1') };
}

/** A node that is Ready. */
function wellNode(input: WhyInput, node: Node): Account {
  const { name } = node.metadata;
  const pods = input.view.podsOnNode(name).length;
  const isCordoned = node.spec.unschedulable === true;
  const first = `${name} is Ready and runs ${count(pods, 'pod')}.`;
  return {
    heading: isCordoned ? `Why does ${name} take no new pods?` : `How is ${name}?`,
    sentences: isCordoned ? [`${name} is cordoned and takes no new pods.`, `It runs ${count(pods, 'pod')}.`] : [first],
    link: { id: idOf(node), sentence: isCordoned ? `${name} is cordoned.` : first },
    inner: [],
    steps: isCordoned ? [...drainSteps(input, node), kubectl(`Uncordon ${name}`, `uncordon ${name}`)] : [],
    ...(isCordoned && { rule: ruleOf('NODE-1') }),
  };
}

/** A drain that was refused something asks again while it runs; here it is asked again by hand. */
function drainSteps(input: WhyInput, node: Node): WhyStep[] {
  const { name } = node.metadata;
  const left = input.view.podsOnNode(name).filter((pod) => !isTerminating(pod));
  // A drain does not begin with pods that nobody would create again.
  const isLeft = left.length > 0 && left.every(controllerOf);
  if (!isLeft || !isDraining(input, name) || refusedOn(input, name)) return [];
  return [kubectl(`Drain ${name} again`, `drain ${name} --ignore-daemonsets --delete-emptydir-data`)];
}

/** The account of a Service: what its name is answered with. O(its endpoints). */
export function serviceAccount(input: WhyInput, service: Service): Account {
  const { name, namespace = '' } = service.metadata;
  const { sentence, reason } = resolve(input.view, { name: `${name}.${namespace}.svc.cluster.local.` });
  const rule = ruleOf(reason.rule);
  const told = asSentence(sentence, [name]);
  const cause = reason.rule === 'DNS-19' ? firstUnready(input.view, service) : undefined;
  return {
    heading: reason.acting ? `What does ${name} answer?` : `Why does ${name} answer nothing?`,
    sentences: [told],
    rule,
    link: { id: idOf(service), sentence: told, rule },
    inner: [],
    steps: [],
    ...(cause !== undefined && { cause }),
  };
}

/** The lowest pod that a set of the Service would put behind it. */
function firstUnready(view: View, service: Service): string | undefined {
  const { namespace = '', name } = service.metadata;
  const set = view.list('StatefulSet', namespace).find(({ spec }) => spec.serviceName === name && spec.replicas > 0);
  if (!set) return undefined;
  const first = keyOf('Pod', namespace, `${set.metadata.name}-${set.spec.ordinals?.start ?? 0}`);
  return view.find(first) && first;
}

/** Who speaks of objects of a kind. */
const SPEAKERS: Readonly<Record<string, readonly string[]>> = {
  PersistentVolume: ['persistentvolume-controller', 'sim.example/provisioner', 'pv-protection-controller'],
  PodDisruptionBudget: ['disruption-controller'],
  Deployment: ['deployment-controller'],
  ReplicaSet: ['replicaset-controller'],
  Namespace: ['namespace-controller'],
};

/** The account of an object of any other kind. */
export function otherAccount(input: WhyInput, object: KubeObject): Account {
  const name = shortName(object.metadata.name);
  const id = idOf(object);
  const said = [...(SPEAKERS[object.kind] ?? []), 'garbage-collector'].flatMap(
    (actor) => reasonFor(input, actor, object) ?? [],
  );
  const reason = said.reduce<ReasonRecord | undefined>((a, b) => (a && a.sinceMs >= b.sinceMs ? a : b), undefined);
  if (!reason) {
    const sentence = `${object.kind} ${name} is there, and nothing is being done about it.`;
    return { heading: `How is ${name}?`, sentences: [sentence], link: { id, sentence }, inner: [], steps: [] };
  }
  const sentence = reasonSentence(reason, sentenceOf(reason));
  const rule = ruleOf(reason.rule);
  const aside = asideOf(reason);
  const isElse = !reason.acting && reason.about !== undefined && reason.about !== id;
  return {
    heading: reason.acting ? `What happens to ${name}?` : `Why is ${name} waiting?`,
    sentences: [sentence],
    rule,
    link: { id, sentence, rule },
    inner: [],
    steps: [],
    ...(aside !== undefined && { aside }),
    ...(isElse && { cause: reason.about as string }),
  };
}

/** The account of something that is not there. */
export function absentAccount(input: WhyInput, id: string): Account {
  const { kind, namespace, name } = partsOfKey(id);
  const set =
    kind === 'Service' && input.view.list('StatefulSet', namespace).find((one) => one.spec.serviceName === name);
  if (set) return missingService(set, id, name);
  const slot = partsOfSlotId(id);
  if (slot) return withoutSet(id, slot.setName, `${slot.setName}-${slot.ordinal}`);
  const goneMs = input.moment.memory.get(`gone/${id}`);
  const words = typeof goneMs === 'number' ? `: the last one went at ${clock(goneMs)}` : '';
  const sentence = `There is no ${kind} ${name} at this moment${words}.`;
  return { heading: `Where is ${name}?`, sentences: [sentence], link: { id, sentence }, inner: [], steps: [] };
}

/** A slot whose set is not there. */
function withoutSet(id: string, setName: string, name: string): Account {
  const sentence = `There is no ${name}: its StatefulSet ${setName} is not there at this moment.`;
  return { heading: `Where is ${name}?`, sentences: [sentence], link: { id, sentence }, inner: [], steps: [] };
}

/** A Service that a set names and that nobody has created (DNS-7). */
function missingService(set: StatefulSet, id: string, name: string): Account {
  const rule = ruleOf('DNS-7');
  const sentence = `${set.metadata.name} names the Service ${name}, and nobody has created it: a set does not do so.`;
  return {
    heading: `Why is there no Service ${name}?`,
    sentences: [sentence],
    rule,
    link: { id, sentence, rule },
    inner: [],
    steps: [serviceStep({ set, name, service: undefined })],
  };
}
