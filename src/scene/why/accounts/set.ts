// Why a set is as it is, and why a slot of it has no pod.
import type { ReasonRecord } from '#engine';
import { claimNameOf, controllerOf, isTerminating, keyOf, podNameOf, type StatefulSet } from '#kube';
import { slotIdOf } from '../../set-facts.ts';
import { sentenceOf } from '../../thought.ts';
import { idOf, reasonFor, type WhyInput } from '../input.ts';
import { inNamespace, kubectl } from '../steps.ts';
import type { WhyLink } from '../types.ts';
import { asideOf, count, doingSentence, list, reasonSentence, ruleOf } from '../words.ts';
import type { Account } from './account.ts';

const CONTROLLER = 'statefulset-controller';

/** The reason that the controller gives for a set. */
export const reasonOfSet = (input: WhyInput, set: StatefulSet): ReasonRecord | undefined =>
  reasonFor(input, CONTROLLER, set);

/** The account of a set. O(1). */
export function setAccount(input: WhyInput, set: StatefulSet): Account {
  const { name } = set.metadata;
  if (isTerminating(set)) return leaving(input, set);
  const reason = reasonOfSet(input, set);
  if (!reason) return resting(input, set);
  const words = sentenceOf(reason);
  const sentence = doingSentence(name, reason, words);
  const rule = ruleOf(reason.rule);
  const cause = causeOf(input, set, reason);
  const aside = asideOf(reason);
  const stranger = strangerOf(input, reason);
  return {
    heading: reason.acting ? `What is ${name} doing?` : `Why is ${name} waiting?`,
    sentences: [sentence],
    rule,
    link: { id: idOf(set), sentence, rule },
    inner: stranger ? [stranger] : [],
    steps: [],
    ...(aside !== undefined && { aside }),
    ...(cause !== undefined && { cause }),
  };
}

/** What the controller waits for: the pod of its reason, or the claim that its error names. */
function causeOf(input: WhyInput, set: StatefulSet, reason: ReasonRecord): string | undefined {
  if (reason.acting) return undefined;
  const { namespace } = set.metadata;
  const claim = /pvc (\S+) is being deleted/.exec(String(reason.args?.message ?? ''))?.[1];
  if (claim !== undefined) return keyOf('PersistentVolumeClaim', namespace, claim);
  // STS-26: nothing waits for these pods, and the first of them tells what ails them.
  if (reason.rule === 'STS-26' && reason.args?.fromPod !== undefined)
    return keyOf('Pod', namespace, String(reason.args.fromPod));
  const isHeldBack = reason.rule === 'STS-13' || reason.rule === 'STS-14' || reason.rule === 'STS-22';
  if (reason.about === undefined || reason.about === idOf(set) || isHeldBack) return undefined;
  return input.view.find(reason.about) ? reason.about : undefined;
}

/** STS-22: whose the pod is that has the name. */
function strangerOf(input: WhyInput, reason: ReasonRecord): WhyLink | undefined {
  const pod = reason.rule === 'STS-22' && reason.about !== undefined ? input.view.find(reason.about) : undefined;
  if (!pod) return undefined;
  const owner = controllerOf(pod);
  const whose = owner
    ? `is one of ${owner.kind} ${owner.name}`
    : 'has no controller, and labels that the set does not select';
  return { id: idOf(pod), sentence: `The ${pod.metadata.name} that is there ${whose}.`, rule: ruleOf('STS-22') };
}

/** A set that is being deleted. */
function leaving(input: WhyInput, set: StatefulSet): Account {
  const { name } = set.metadata;
  const collector = reasonFor(input, 'garbage-collector', set);
  const rule = ruleOf(collector?.rule ?? 'STS-17');
  const sentence = collector
    ? reasonSentence(collector, sentenceOf(collector))
    : `${name} is being deleted: its pods are counted, nothing else is done for them.`;
  const pods = input.view.ownedBy(set.metadata.uid).filter(({ kind }) => kind === 'Pod');
  const [first] = pods;
  return {
    heading: `Why is ${name} terminating?`,
    sentences: [sentence],
    rule,
    link: { id: idOf(set), sentence: `${name} is being deleted.`, rule },
    inner: [],
    steps: [],
    ...(first && { cause: idOf(first) }),
  };
}

/** A set whose controller has nothing to say. */
function resting(input: WhyInput, set: StatefulSet): Account {
  const { name } = set.metadata;
  const { replicas } = set.spec;
  const { readyReplicas = 0, updateRevision = '' } = set.status;
  const revision = input.view.get('ControllerRevision', set.metadata.namespace ?? '', updateRevision)?.revision;
  const at = revision === undefined ? '' : `, at rev ${revision}`;
  const sentence =
    replicas === 0
      ? `${name} asks for no pods and has none.`
      : readyReplicas >= replicas
        ? `${replicas === 1 ? 'The only pod' : `All ${replicas} pods`} of ${name} ${replicas === 1 ? 'is' : 'are'} Running and Ready${at}.`
        : `${readyReplicas} of ${count(replicas, 'pod')} of ${name} are Running and Ready.`;
  return {
    heading: `How is ${name}?`,
    sentences: [sentence],
    link: { id: idOf(set), sentence },
    inner: [],
    steps: [],
  };
}

/** The account of a slot without a pod. O(claim templates). */
export function slotAccount(input: WhyInput, set: StatefulSet, ordinal: number): Account {
  const { name: setName, namespace = '' } = set.metadata;
  const name = podNameOf(setName, ordinal);
  const id = slotIdOf(namespace, setName, ordinal);
  const start = set.spec.ordinals?.start ?? 0;
  const heading = `Why is there no ${name}?`;
  const told = (rule: string, sentences: readonly string[], more: Partial<Account> = {}): Account => {
    const link: WhyLink = { id, sentence: `${name} is not created.`, rule: ruleOf(rule) };
    return { heading, sentences, rule: ruleOf(rule), link, inner: [], steps: [], ...more };
  };
  if (ordinal < start || ordinal >= start + set.spec.replicas) return outside(input, set, ordinal, told);
  if (isTerminating(set)) return told('STS-17', [`${setName} is being deleted: no pod of it is created any more.`]);
  const reason = reasonOfSet(input, set);
  if (!reason) return told('STS-2', [`${name} is created when the controller looks at ${setName} next.`]);
  const { args = {} } = reason;
  const cause = causeOf(input, set, reason);
  const more = cause === undefined ? {} : { cause };
  if (args.ordinal === ordinal || args.pod === undefined) {
    const sentence = doingSentence(setName, reason, sentenceOf(reason));
    return told(reason.rule, [sentence], {
      ...more,
      inner: reason.acting ? [] : [{ id, sentence, rule: ruleOf(reason.rule) }],
    });
  }
  if (set.spec.podManagementPolicy === 'OrderedReady')
    return told(
      reason.rule,
      [`${name} is not created yet: OrderedReady waits until every pod before it is Running and Ready.`],
      cause === undefined && !reason.acting ? { inner: [heldLink(set, reason)] } : more,
    );
  return told('STS-7', [`${name} is created in the next batch.`], more);
}

/** What the set waits for, as the cause of a slot that comes later. */
const heldLink = (set: StatefulSet, reason: ReasonRecord): WhyLink => ({
  id: idOf(set),
  sentence: doingSentence(set.metadata.name, reason, sentenceOf(reason)),
  rule: ruleOf(reason.rule),
});

/** A slot that the set does not ask for. */
function outside(
  input: WhyInput,
  set: StatefulSet,
  ordinal: number,
  told: (rule: string, sentences: readonly string[], more?: Partial<Account>) => Account,
): Account {
  const { name, namespace } = set.metadata;
  const start = set.spec.ordinals?.start ?? 0;
  const range = set.spec.replicas === 0 ? 'no pods' : `the ordinals ${start} to ${start + set.spec.replicas - 1}`;
  const claims = [...new Set((set.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name))]
    .map((template) => claimNameOf(template, name, ordinal))
    .filter((claim) => input.view.find(keyOf('PersistentVolumeClaim', namespace, claim)) !== undefined);
  const steps =
    ordinal >= start + set.spec.replicas
      ? [
          kubectl(
            `Scale ${name} to ${ordinal - start + 1}`,
            `scale statefulset ${name} --replicas=${ordinal - start + 1}${inNamespace(set)}`,
          ),
        ]
      : [];
  const first = `${name} asks for ${range}.`;
  if (claims.length === 0) return told('STS-9', [first], { steps });
  const verb = claims.length === 1 ? 'is' : 'are';
  return told('CLAIM-5', [first, `${list(claims)} ${verb} kept, as whenScaled says, for when the pod comes back.`], {
    steps,
  });
}
