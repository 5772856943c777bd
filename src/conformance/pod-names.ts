// Pods of a ReplicaSet have names of chance, so a recorded name must be led to a pod of the simulator: one of the same
// template that is in the same condition, and always the same one while that holds.
import type { View } from '#engine';
import { isPodReady, isTerminating, type Pod } from '#kube';
import type { Digest, Trace, TraceStep } from './trace.ts';

const HASH_LABEL = 'pod-template-hash';
/** What the server adds to a `generateName`. */
const SUFFIX = /-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

/** True for a pod of a ReplicaSet, be it one of a Deployment or not. */
const isOfChance = (name: string, digest: Digest): boolean => digest.templateHash !== undefined || SUFFIX.test(name);

/** Leads recorded pod names to the simulator's. */
export interface PodNames {
  /** The simulator's name for a recorded one. Names that do not depend on chance stay. */
  nameOf(recorded: string, view: View): string;
  /** A command with every recorded name in it replaced. */
  inCommand(command: string, view: View): string;
  /** Notes how the recording stands after a step. */
  pass(step: TraceStep): void;
}

/** Names of one replay. */
export function newPodNames(trace: Trace): PodNames {
  const hashes = hashesOf(trace);
  const names = new Map<string, string>();
  const allRecorded = namesOf(trace);
  const ownHashes = new Set<string>();
  let recordedPods: Readonly<Record<string, Digest>> = {};

  const nameOf = (recorded: string, view: View): string => {
    const digest = recordedPods[recorded];
    if (!digest || !isOfChance(recorded, digest)) return recorded;
    const known = names.get(recorded);
    const like =
      digest.templateHash === undefined
        ? view.list('Pod', 'default').filter((pod) => pod.metadata.generateName === recorded.replace(SUFFIX, '-'))
        : podsOfTemplate(view, ownHashes, hashes.indexOf(digest.templateHash));
    const candidates = like.filter((pod) => isAlike(pod, digest));
    const taken = new Set(
      [...names].filter(([other]) => other !== recorded && other in recordedPods).map(([, name]) => name),
    );
    const chosen =
      candidates.find((pod) => pod.metadata.name === known) ??
      candidates.find((pod) => !taken.has(pod.metadata.name)) ??
      candidates[0];
    if (!chosen) return known ?? recorded;
    names.set(recorded, chosen.metadata.name);
    return chosen.metadata.name;
  };

  return {
    nameOf,
    inCommand: (command, view) =>
      allRecorded.reduce(
        (text, name) => (text.includes(name) ? text.replaceAll(name, nameOf(name, view)) : text),
        command,
      ),
    pass(step) {
      if (step.state) recordedPods = step.state.Pod ?? {};
    },
  };
}

/** Template hashes of the recording in order of appearance. */
function hashesOf(trace: Trace): readonly unknown[] {
  const hashes = new Set<unknown>();
  for (const step of trace.steps)
    for (const entry of step.log ?? []) if (entry.kind === 'ReplicaSet') hashes.add(entry.hash);
  return [...hashes];
}

function namesOf(trace: Trace): readonly string[] {
  const names = new Set<string>();
  for (const step of trace.steps)
    for (const entry of step.log ?? [])
      if (entry.kind === 'Pod' && isOfChance(entry.name, entry)) names.add(entry.name);
  return [...names];
}

/**
 * The simulator's pods of the template that appeared as the `index`-th.
 * @param seen template hashes in order of appearance, also of ReplicaSets that are gone by now; grows
 */
function podsOfTemplate(view: View, seen: Set<string>, index: number): readonly Pod[] {
  for (const set of view.list('ReplicaSet')) {
    const hash = set.metadata.labels?.[HASH_LABEL];
    if (hash !== undefined) seen.add(hash);
  }
  const hash = [...seen][index];
  return hash === undefined ? [] : view.podsWithLabel('default', HASH_LABEL, hash);
}

const isAlike = (pod: Pod, digest: Digest): boolean =>
  pod.status.phase === digest.phase &&
  isPodReady(pod) === digest.ready &&
  isTerminating(pod) === (digest.terminating === true);
