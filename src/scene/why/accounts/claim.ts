// Why a claim is as it is.
import { type ReasonRecord, taskId } from '#engine';
import { isTerminating, keyOf, type PersistentVolumeClaim, type Pod } from '#kube';
import { sentenceOf } from '../../thought.ts';
import { idOf, reasonFor, type WhyInput } from '../input.ts';
import { undoFaults } from '../steps.ts';
import type { WhyLink } from '../types.ts';
import { asideOf, clock, nameIn, reasonSentence, ruleOf, shortName } from '../words.ts';
import type { Account } from './account.ts';

/** Actors that speak of a claim that is not bound: the latest word counts. */
const BINDERS = ['persistentvolume-controller', 'sim.example/provisioner'];

/** Rules that say that the provisioner was asked. */
const ASKED = new Set(['PV-5', 'PV-21', 'FAULT-5']);

/** The account of a claim. O(pods that use it). */
export function claimAccount(input: WhyInput, claim: PersistentVolumeClaim): Account {
  if (isTerminating(claim)) return leaving(input, claim);
  if (claim.status.phase === 'Bound') return bound(input, claim);
  const { name } = claim.metadata;
  const reason = latest(input, claim);
  const rule = ruleOf(reason?.rule ?? 'PV-1');
  const sentence = reason ? reasonSentence(reason, sentenceOf(reason)) : `${name} waits for a volume.`;
  const cause = causeOf(input, claim, reason);
  const aside = reason && asideOf(reason);
  const until = hopeOf(input, reason);
  return {
    heading: `Why is ${name} ${claim.status.phase}?`,
    sentences: [sentence],
    rule,
    link: { id: idOf(claim), sentence: reason?.rule === 'PV-12' ? sentence : `${name} is not bound.`, rule },
    inner: [
      ...(cause === undefined ? [{ id: idOf(claim), sentence, rule }] : []),
      ...(ASKED.has(reason?.rule ?? '') ? stoppedProvisioner(input, claim) : []),
    ],
    steps: undoFaults(input, idOf(claim)),
    ...(until !== undefined && { until }),
    ...(aside !== undefined && { aside }),
    ...(cause !== undefined && { cause }),
  };
}

/** What a claim waits for that only comes when somebody acts. */
function hopeOf(input: WhyInput, reason: ReasonRecord | undefined): string | undefined {
  switch (reason?.rule) {
    case 'PV-6':
    case 'PV-9':
      return 'a volume for it is created';
    case 'PV-8':
      return `the StorageClass ${reason.args?.class} is created`;
    case 'PV-10':
      return `the volume ${reason.args?.volume} suits it`;
    case 'PV-5':
    case 'FAULT-5':
      return input.moment.memory.has('fault/provisioner') ? 'the provisioner goes on' : undefined;
    default:
      return undefined;
  }
}

function latest(input: WhyInput, claim: PersistentVolumeClaim): ReasonRecord | undefined {
  const found = BINDERS.flatMap((actor) => reasonFor(input, actor, claim) ?? []);
  return found.reduce<ReasonRecord | undefined>((a, b) => (a && a.sinceMs >= b.sinceMs ? a : b), undefined);
}

/** The pod whose place a claim waits for. */
function causeOf(input: WhyInput, claim: PersistentVolumeClaim, reason: ReasonRecord | undefined): string | undefined {
  if (reason?.rule !== 'PV-3' && reason?.rule !== 'PV-4') return undefined;
  if (reason.about?.startsWith('Pod/')) return reason.about;
  const [pod] = input.view.podsUsingClaim(claim.metadata.namespace ?? '', claim.metadata.name);
  return pod && idOf(pod);
}

/** FAULT-5 */
function stoppedProvisioner(input: WhyInput, claim: PersistentVolumeClaim): WhyLink[] {
  const value = input.moment.memory.get('fault/provisioner');
  if (value === undefined) return [];
  const since = typeof value === 'object' && value !== null && 'sinceMs' in value ? Number(value.sinceMs) : undefined;
  const words = since === undefined ? '' : ` since ${clock(since)}`;
  return [{ id: idOf(claim), sentence: `The provisioner makes no volumes${words}.`, rule: ruleOf('FAULT-5') }];
}

/** A claim that was deleted: it stays while a pod uses it. */
function leaving(input: WhyInput, claim: PersistentVolumeClaim): Account {
  const { name, namespace = '' } = claim.metadata;
  const reason = input.moment.reasons.get(taskId('pvc-protection-controller', idOf(claim)));
  const users: readonly Pod[] = input.view.podsUsingClaim(namespace, name);
  const user = users.find((pod) => pod.spec.nodeName !== undefined) ?? users[0];
  const rule = ruleOf(reason?.rule ?? 'PV-17');
  const sentence = user
    ? `${name} is deleted and stays until ${user.metadata.name}, which uses it, is gone.`
    : `${name} is deleted and goes at once: no pod uses it.`;
  return {
    heading: `Why is ${name} terminating?`,
    sentences: [sentence],
    rule,
    link: { id: idOf(claim), sentence: `${name} is being deleted.`, rule },
    inner: [],
    steps: [],
    ...(reason && asideOf(reason) !== undefined && { aside: asideOf(reason) as string }),
    ...(user && { cause: idOf(user), until: `${user.metadata.name} is gone` }),
  };
}

/** A bound claim: in use, or kept. */
function bound(input: WhyInput, claim: PersistentVolumeClaim): Account {
  const { name, namespace = '' } = claim.metadata;
  const users = input.view.podsUsingClaim(namespace, name).map(idOf);
  const volume = shortName(claim.spec.volumeName ?? 'its volume');
  const isKept = users.length === 0;
  const rule = ruleOf(isKept ? 'CLAIM-5' : 'PV-2');
  const sentence = `${name} is Bound to ${volume}.`;
  return {
    heading: isKept ? `Why is ${name} kept?` : `How is ${name}?`,
    sentences: [
      sentence,
      isKept
        ? 'No pod uses it: it stays until somebody deletes it, or a pod of its name comes back.'
        : `${nameIn(users[0] ?? '')} uses it.`,
    ],
    rule,
    link: { id: keyOf('PersistentVolumeClaim', namespace, name), sentence, rule },
    inner: [],
    steps: [],
  };
}
