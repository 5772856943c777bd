// Why a pod is as it is.
import type { ReasonRecord } from '#engine';
import { keyOf, type Pod } from '#kube';
import { podFacts } from '../../pod-facts.ts';
import { sentenceOf } from '../../thought.ts';
import type { PodFacts } from '../../types.ts';
import { faultSinceMs, hasOlderRevision, idOf, isNodeSilent, reasonFor, setOf, type WhyInput } from '../input.ts';
import { inNamespace, kubectl, undoFaults } from '../steps.ts';
import type { WhyLink, WhyRule, WhyStep } from '../types.ts';
import { asideOf, asSentence, clock, count, reasonSentence, ruleOf } from '../words.ts';
import { type Account, faultLinks } from './account.ts';
import { containerLink } from './container.ts';
import { terminatingAccount } from './terminating-pod.ts';

/** Faults that explain a state. */
const FAULTS: { readonly [S in PodFacts['state']]?: readonly string[] } = {
  creating: ['image-pull-slow'],
  init: ['image-pull-slow'],
  'pull-failed': ['image-pull-fails'],
  'crash-loop': ['pod-crash-loop', 'image-crashes', 'pod-hang'],
  'not-ready': ['pod-not-ready', 'pod-hang', 'pod-crash-loop', 'image-crashes'],
};

const HEADINGS: { readonly [S in PodFacts['state']]: (name: string) => string } = {
  pending: (name) => `Why is ${name} pending?`,
  unschedulable: (name) => `Why does ${name} get no node?`,
  creating: (name) => `Why is ${name} not running yet?`,
  init: (name) => `Why is ${name} not running yet?`,
  'not-ready': (name) => `Why is ${name} not ready?`,
  'ready-not-available': (name) => `Why is ${name} not available yet?`,
  ready: (name) => `How is ${name}?`,
  terminating: (name) => `Why is ${name} terminating?`,
  'crash-loop': (name) => `Why is ${name} crashing?`,
  'pull-failed': (name) => `Why does ${name} not start?`,
  completed: (name) => `Why has ${name} ended?`,
  unknown: (name) => `Why is ${name} unknown?`,
};

/** The account of a pod. O(containers). */
export function podAccount(input: WhyInput, pod: Pod): Account {
  const facts = podFacts(input, pod);
  if (facts.state === 'terminating') return terminatingAccount(input, pod, facts);
  const account = accountByState(input, pod, facts);
  return { ...account, heading: HEADINGS[facts.state](facts.name) };
}

/** The faults that explain the state of a pod, as causes. */
function podFaults(input: WhyInput, pod: Pod, state: PodFacts['state']): WhyLink[] {
  const ids = FAULTS[state] ?? [];
  const id = idOf(pod);
  const images = new Set([...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(({ image }) => image));
  return [id, ...[...images].map((image) => keyOf('Image', '', image))].flatMap((target) =>
    faultLinks(input, ids, target, id),
  );
}

type Told = Omit<Account, 'heading'>;

function accountByState(input: WhyInput, pod: Pod, facts: PodFacts): Told {
  switch (facts.state) {
    case 'pending':
    case 'unschedulable':
      return unplaced(input, pod, facts);
    case 'ready':
      return ready(input, pod, facts);
    case 'ready-not-available':
      return young(facts);
    case 'completed':
      return ended(facts);
    default:
      if (pod.status.phase === 'Failed') return ended(facts);
      return isNodeSilent(input, facts.nodeName) ? unheard(input, pod, facts) : starting(input, pod, facts);
  }
}

const linkOf = (facts: PodFacts, words: string, rule?: WhyRule): WhyLink => ({
  id: facts.id,
  sentence: asSentence(`${facts.name} ${words}`, [facts.name]),
  ...(rule && { rule }),
});

/** A pod without a node: what the scheduler says. */
function unplaced(input: WhyInput, pod: Pod, facts: PodFacts): Told {
  const reason = reasonFor(input, 'default-scheduler', pod);
  const rule = ruleOf(reason?.rule ?? 'SCHED-1');
  const link = linkOf(facts, 'has no node', rule);
  if (!reason)
    return {
      sentences: [`${facts.name} waits for the scheduler to find it a node.`],
      rule,
      link,
      inner: [],
      steps: [],
    };
  const sentence = reasonSentence(reason, sentenceOf(reason));
  const aside = asideOf(reason);
  const cause = reason.about?.startsWith('PersistentVolumeClaim/') ? reason.about : undefined;
  return {
    sentences: [sentence],
    rule,
    link,
    // Without an object to go on to, what the scheduler says is the root.
    inner: cause === undefined ? [{ id: facts.id, sentence, rule }] : [],
    steps: [],
    ...(isBroken(facts) && { until: `${facts.name} has a node` }),
    ...(aside !== undefined && { aside }),
    ...(cause !== undefined && { cause }),
  };
}

/** A pod of a node that is not heard of. */
function unheard(input: WhyInput, pod: Pod, facts: PodFacts): Told {
  const { nodeName = '' } = facts;
  const reason = reasonFor(input, 'kubelet', pod);
  const rule = ruleOf(reason?.rule ?? 'KUBELET-18');
  return {
    sentences: [
      reason
        ? reasonSentence(reason, sentenceOf(reason))
        : `Nothing new is heard of ${facts.name}: ${nodeName} does not answer.`,
    ],
    rule,
    link: linkOf(facts, 'is not Ready', rule),
    inner: [],
    cause: keyOf('Node', '', nodeName),
    steps: [],
    until: `${nodeName} answers again`,
  };
}

/** A pod on its way to Ready, or one that cannot get there. */
function starting(input: WhyInput, pod: Pod, facts: PodFacts): Told {
  const reason = reasonFor(input, 'kubelet', pod);
  const link = linkOf(facts, 'is not Running and Ready');
  if (!reason) {
    const sentence = `${facts.name} waits for the kubelet of ${facts.nodeName ?? 'its node'}.`;
    return { sentences: [sentence], rule: ruleOf('KUBELET-1'), link, inner: [], steps: [] };
  }
  const rule = ruleOf(reason.rule);
  const own = containerLink(pod, reason);
  const told = own ?? { id: facts.id, sentence: reasonSentence(reason, sentenceOf(reason)), rule };
  const found = podFaults(input, pod, facts.state);
  const aside = asideOf(reason);
  const cause = causeBehind(reason, pod);
  const sentences = own ? [`${facts.name} is not Ready.`, own.sentence] : [told.sentence];
  return {
    sentences: found[0] && !own ? [...sentences, found[0].sentence] : sentences,
    rule,
    link: { ...link, rule },
    inner: [...(cause === undefined || own ? [told] : []), ...found],
    steps: isBroken(facts) ? brokenSteps(input, pod, facts) : undoFaults(input, facts.id),
    ...(isBroken(facts) && { until: `${facts.name} is Running and Ready` }),
    ...(aside !== undefined && { aside }),
    ...(cause !== undefined && { cause }),
  };
}

/** The object that the kubelet waits for. */
function causeBehind(reason: ReasonRecord, pod: Pod): string | undefined {
  if (reason.rule === 'KUBELET-2') return reason.about;
  const first = reason.rule === 'KUBELET-4' ? String(reason.args?.pods ?? '').split(', ')[0] : '';
  return first ? keyOf('Pod', pod.metadata.namespace, first) : undefined;
}

/** Whether a pod does not get well by waiting alone. */
const isBroken = ({ state }: Pick<PodFacts, 'state'>): boolean =>
  state === 'crash-loop' || state === 'pull-failed' || state === 'unschedulable';

/** What one can do for a pod whose containers fail. */
function brokenSteps(input: WhyInput, pod: Pod, facts: PodFacts): WhyStep[] {
  const set = setOf(input, pod);
  const n = inNamespace(pod);
  const isNew =
    set !== undefined &&
    facts.isUpdated &&
    set.status.currentRevision !== set.status.updateRevision &&
    hasOlderRevision(input, set);
  const isOrdered = set?.spec.podManagementPolicy === 'OrderedReady';
  return [
    ...undoFaults(input, facts.id),
    // Of a new revision it would come back as broken as it is.
    ...(isNew
      ? [
          kubectl(
            'Undo the roll-out',
            `rollout undo statefulset ${set.metadata.name}${n}`,
            isOrdered ? `${facts.name} stays as it is: it has to be deleted afterwards.` : undefined,
          ),
        ]
      : [kubectl(`Delete ${facts.name}, so that it is created again`, `delete pod ${facts.name} --wait=false${n}`)]),
  ];
}

/** Ready, and not for long enough. */
function young(facts: PodFacts): Told {
  const rule = ruleOf('STS-5');
  const sentence = `${facts.name} is Ready since ${clock(facts.sinceMs)} and counts as available at ${clock(facts.availableAtMs ?? 0)}.`;
  return { sentences: [sentence], rule, link: { id: facts.id, sentence, rule }, inner: [], steps: [] };
}

/** Phase Succeeded or Failed. */
function ended(facts: PodFacts): Told {
  const isEvicted = facts.kubectlStatus === 'Evicted';
  const rule = ruleOf(isEvicted ? 'KUBELET-17' : 'KUBELET-22');
  const sentence = isEvicted
    ? `${facts.nodeName ?? 'Its node'} evicted ${facts.name} to win back memory.`
    : `${facts.name} has ended: none of its containers is started again.`;
  return {
    sentences: facts.setId === undefined ? [sentence] : [sentence, 'Its set deletes it and creates it again.'],
    rule,
    link: { id: facts.id, sentence, rule },
    inner: [],
    steps: [],
  };
}

/** The node has fallen silent, and its grace period goes on: nobody has noticed yet. */
function lastHeard(input: WhyInput, facts: PodFacts, told: Told): Told {
  const { nodeName = '' } = facts;
  const sinceMs = faultSinceMs(input, 'node-down', keyOf('Node', '', nodeName));
  const since = sinceMs === undefined ? 'does not answer' : `has not answered since ${clock(sinceMs)}`;
  return {
    ...told,
    sentences: [...told.sentences, `That is the last that was heard of it: ${nodeName} ${since}.`],
    rule: ruleOf('NODE-2'),
    cause: keyOf('Node', '', nodeName),
  };
}

/** A pod that is well; it may still be of an old revision. */
function ready(input: WhyInput, pod: Pod, facts: PodFacts): Told {
  const at = facts.revision ? `, at rev ${facts.revision.number}` : '';
  const sentence = `${facts.name} is Running and Ready on ${facts.nodeName ?? 'its node'}${at}.`;
  const link: WhyLink = { id: facts.id, sentence };
  const set = setOf(input, pod);
  const told: Told = { sentences: [sentence], link, inner: [], steps: [] };
  if (isNodeSilent(input, facts.nodeName)) return lastHeard(input, facts, told);
  if (!set || facts.isUpdated || facts.ordinal === undefined) return told;
  const update = input.view.get('ControllerRevision', facts.namespace, set.status.updateRevision ?? '')?.revision;
  const rev = update === undefined ? 'the new revision' : `rev ${update}`;
  const { type, rollingUpdate } = set.spec.updateStrategy;
  const partition = rollingUpdate?.partition ?? 0;
  const hold = (rule: string, words: string, cause?: string): Told => ({
    ...told,
    sentences: [sentence, words],
    rule: ruleOf(rule),
    ...(cause !== undefined && { cause }),
  });
  if (type === 'OnDelete') return hold('STS-14', `It comes back at ${rev} when somebody deletes it (OnDelete).`);
  if (facts.ordinal < (set.spec.ordinals?.start ?? 0) + partition)
    return hold('STS-13', `Partition ${partition} keeps it from ${rev}.`);
  const reason = reasonFor(input, 'statefulset-controller', set);
  const about = reason && !reason.acting && reason.about?.startsWith('Pod/') ? reason.about : undefined;
  const left = Math.max(0, set.spec.replicas - (set.status.updatedReplicas ?? 0));
  return hold(
    'STS-12',
    `It is updated to ${rev} in its turn, highest ordinal first: ${count(left, 'pod is', 'pods are')} still to come.`,
    about === facts.id ? undefined : about,
  );
}
