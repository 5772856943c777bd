// Things one could do, as acts with their commands. The kubectl ones hold on a real cluster as they are.
import { faults, faultsFor } from '#engine';
import { type KubeObject, partsOfKey } from '#kube';
import type { SceneInput } from '../pod-facts.ts';
import type { WhyStep } from './types.ts';

/** Risks that are told in the same words everywhere. */
export const RISK = {
  force: 'Unsafe: the old process may still run, and two pods of one name could write to one volume.',
  outOfService: 'Only for a node that is really down: its pods are removed and its volumes detached at once.',
  data: 'The data on the volume goes with it, if the reclaim policy of the volume is Delete.',
} as const;

/** `-n team`, for namespaces other than the default one. */
export const inNamespace = ({ metadata }: KubeObject): string =>
  metadata.namespace === undefined || metadata.namespace === 'default' ? '' : ` -n ${metadata.namespace}`;

/** A kubectl command. `command` is what follows the word kubectl. */
export const kubectl = (label: string, command: string, risk?: string): WhyStep => ({
  label,
  command: `kubectl ${command}`,
  act: { type: 'kubectl', command },
  ...(risk !== undefined && { risk }),
});

/** `kubectl apply` of a manifest that is given with it. */
export const applyFile = (label: string, file: string, text: string, risk?: string): WhyStep => ({
  label,
  command: `kubectl apply -f ${file}`,
  act: { type: 'kubectl', command: `apply -f ${file}`, files: { [file]: text } },
  ...(risk !== undefined && { risk }),
});

/** A merge patch. */
export const patch = (label: string, kind: string, object: KubeObject, change: object, risk?: string): WhyStep =>
  kubectl(
    label,
    `patch ${kind} ${object.metadata.name} --type merge -p '${JSON.stringify(change)}'${inNamespace(object)}`,
    risk,
  );

const UNDO_FAULTS = new Set(faults.flatMap(({ undo }) => undo ?? []));

/** The faults that can be taken back where a person points at an object: a node that answers again, an image put back. */
export const undoFaults = (input: SceneInput, id: string): WhyStep[] =>
  faultsFor(input.view, input.moment.memory, id)
    .filter(({ id: fault }) => UNDO_FAULTS.has(fault))
    .map(({ id: fault, title, target, risk }) => ({
      label: title,
      command: `${fault} ${partsOfKey(target).name}`,
      act: { type: 'fault', fault, target },
      ...(risk !== undefined && { risk }),
    }));

/** Steps without repetition: of equal commands the first. */
export function distinct(steps: readonly WhyStep[]): WhyStep[] {
  const seen = new Set<string>();
  return steps.filter(({ command }) => !seen.has(command) && seen.add(command));
}
