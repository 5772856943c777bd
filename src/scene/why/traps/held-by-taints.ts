// Taints or a cordon keep a pod from every node (SCHED-7, SCHED-6).
import type { Node, Pod, Taint } from '#kube';
import type { WhyInput } from '../input.ts';
import { kubectl, undoFaults } from '../steps.ts';
import type { WhyStep } from '../types.ts';
import { list } from '../words.ts';
import { holdOf } from './hold.ts';
import type { Trap } from './trap.ts';

/** Taints of the cluster's own: they go when the node's condition does. */
const OWN = 'node.kubernetes.io/';

const isHard = ({ effect }: Taint): boolean => effect === 'NoSchedule' || effect === 'NoExecute';

const isTolerated = ({ spec }: Pod, taint: Taint): boolean =>
  spec.tolerations?.some(
    ({ key, operator, value, effect }) =>
      (!effect || effect === taint.effect) &&
      (!key || key === taint.key) &&
      (operator === 'Exists' || (value ?? '') === (taint.value ?? '')),
  ) === true;

const shown = ({ key, value, effect }: Taint): string => `${key}${value ? `=${value}` : ''}:${effect}`;

/** What would open a node to a pod again. */
export function openingSteps(input: WhyInput, pod: Pod, node: Node): WhyStep[] {
  const { name } = node.metadata;
  const taint = node.spec.taints?.find((one) => isHard(one) && !one.key.startsWith(OWN) && !isTolerated(pod, one));
  return [
    ...undoFaults(input, `Node//${name}`),
    ...(node.spec.unschedulable ? [kubectl(`Uncordon ${name}`, `uncordon ${name}`)] : []),
    ...(taint
      ? [
          kubectl(
            `Remove the taint ${taint.key} from ${name}`,
            `taint node ${name} ${taint.key}:${taint.effect}-`,
            'Every other pod may be placed there, too.',
          ),
        ]
      : []),
  ];
}

const NODES_MAX = 3;

export const heldByTaints: Trap = {
  id: 'held-by-taints',
  title: 'Taints leave no node',
  kinds: ['Pod'],
  applies: (input, object) => {
    const hold = holdOf(input, object);
    if (hold?.kind !== 'taint' && hold?.kind !== 'cordon') return undefined;
    const { pod } = hold;
    const nodes = input.view.list('Node');
    const taints = new Set(
      nodes.flatMap((node) =>
        (node.spec.taints ?? []).filter((taint) => isHard(taint) && !isTolerated(pod, taint)).map(shown),
      ),
    );
    const name = pod.metadata.name;
    return {
      sentence:
        hold.kind === 'cordon' && hold.reason.rule === 'SCHED-6'
          ? `${name} has no node: all nodes are cordoned.`
          : `${name} does not tolerate the taints of the nodes that could take it: ${list([...taints])}.`,
      rule: hold.kind === 'cordon' ? 'SCHED-6' : 'SCHED-7',
      fixes: nodes.flatMap((node) => openingSteps(input, pod, node)).slice(0, NODES_MAX),
    };
  },
};
