// A node that does not answer: what runs there is not known, so its pods are neither ended nor replaced (KUBELET-18).
import { isTerminating, type Node } from '#kube';
import { isNodeSilent } from '../input.ts';
import { inNamespace, kubectl, RISK, undoFaults } from '../steps.ts';
import { list } from '../words.ts';
import type { Trap } from './trap.ts';

const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

export const silentNode: Trap = {
  id: 'silent-node',
  title: 'A silent node',
  kinds: ['Node'],
  applies: (input, object) => {
    const node = object as Node;
    const { name } = node.metadata;
    if (!isNodeSilent(input, name)) return undefined;
    const pods = input.view.podsOnNode(name);
    const leaving = pods.filter(isTerminating);
    const first = leaving[0] ?? pods[0];
    const isOut = node.spec.taints?.some(({ key }) => key === OUT_OF_SERVICE) === true;
    const names = list((leaving.length > 0 ? leaving : pods).map(({ metadata }) => metadata.name));
    const rest =
      pods.length === 0
        ? 'It holds no pods.'
        : leaving.length > 0
          ? `Nobody confirms that the containers of ${names} have stopped, so no new pod of that name is created.`
          : `What runs on it is not known: ${names} may run on unseen, and no pod takes that name before the old one is gone.`;
    return {
      sentence: `${name} does not answer. ${rest}`,
      rule: 'KUBELET-18',
      fixes: [
        ...undoFaults(input, `Node//${name}`),
        ...(isOut || pods.length === 0
          ? []
          : [
              kubectl(
                `Taint ${name} out-of-service`,
                `taint node ${name} ${OUT_OF_SERVICE}=nodeshutdown:NoExecute`,
                RISK.outOfService,
              ),
            ]),
        ...(first
          ? [
              kubectl(
                `Force delete ${first.metadata.name}`,
                `delete pod ${first.metadata.name} --force --grace-period=0${inNamespace(first)}`,
                RISK.force,
              ),
            ]
          : []),
      ],
    };
  },
};
