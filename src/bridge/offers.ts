// What can be done to an object at the moment shown: each offer is an act with the words it stands for. The kubectl
// ones hold on a real cluster as they are.
import { faultsFor, viewOf } from '#engine';
import { type KubeObject, type Node, partsOfKey, type StatefulSet } from '#kube';
import type { Offer } from './protocol.ts';
import type { Play } from './session.ts';

type KubectlOffer = readonly [
  id: string,
  label: string,
  command: string,
  more?: { risk?: string; isDestructive?: boolean },
];

const kubectl = ([id, label, command, more]: KubectlOffer): Offer => ({
  id,
  label,
  command: `kubectl ${command}`,
  act: { type: 'kubectl', command },
  isDestructive: more?.isDestructive ?? false,
  ...(more?.risk !== undefined && { risk: more.risk }),
});

function setOffers(set: StatefulSet, n: string): KubectlOffer[] {
  const { name } = set.metadata;
  const { replicas } = set.spec;
  return [
    ['scale-up', `Scale to ${replicas + 1}`, `scale statefulset ${name} --replicas=${replicas + 1}${n}`],
    ...(replicas > 0
      ? [
          [
            'scale-down',
            `Scale to ${replicas - 1}`,
            `scale statefulset ${name} --replicas=${replicas - 1}${n}`,
          ] as const,
        ]
      : []),
    ['restart', 'Restart the pods one by one', `rollout restart statefulset ${name}${n}`],
    ['undo', 'Undo the last roll-out', `rollout undo statefulset ${name}${n}`],
    [
      'delete',
      `Delete ${name} and its pods`,
      `delete statefulset ${name} --wait=false${n}`,
      { isDestructive: true, risk: 'All pods go at once, in no order. Claims stay unless whenDeleted is Delete.' },
    ],
    [
      'delete-orphan',
      `Delete ${name}, keep its pods`,
      `delete statefulset ${name} --cascade=orphan${n}`,
      { isDestructive: true, risk: 'The pods run on without a controller until a set adopts them.' },
    ],
  ];
}

const podOffers = (name: string, n: string): KubectlOffer[] => [
  ['delete', `Delete ${name}`, `delete pod ${name} --wait=false${n}`, { isDestructive: true }],
  [
    'delete-force',
    `Force delete ${name}`,
    `delete pod ${name} --force --grace-period=0${n}`,
    {
      isDestructive: true,
      risk: 'Unsafe: the old process may still run, and two pods of one name could write to one volume.',
    },
  ],
];

const claimOffers = (name: string, n: string): KubectlOffer[] => [
  [
    'delete',
    `Delete claim ${name}`,
    `delete pvc ${name} --wait=false${n}`,
    {
      isDestructive: true,
      risk: 'The volume and its data go with the claim, once no pod uses it, if its reclaim policy is Delete.',
    },
  ],
];

const nodeOffers = (node: Node): KubectlOffer[] => {
  const { name } = node.metadata;
  const isOut = node.spec.taints?.some(({ key }) => key === 'node.kubernetes.io/out-of-service') ?? false;
  return [
    node.spec.unschedulable
      ? ['uncordon', `Uncordon ${name}`, `uncordon ${name}`]
      : ['cordon', `Cordon ${name}`, `cordon ${name}`],
    ['drain', `Drain ${name}`, `drain ${name} --ignore-daemonsets --delete-emptydir-data`, { isDestructive: true }],
    isOut
      ? ['back-in-service', 'Remove the out-of-service taint', `taint node ${name} node.kubernetes.io/out-of-service-`]
      : [
          'out-of-service',
          `Taint ${name} out-of-service`,
          `taint node ${name} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`,
          { risk: 'Only for a node that is really down: its pods are removed and its volumes detached at once.' },
        ],
    ['delete', `Delete node ${name}`, `delete node ${name}`, { isDestructive: true }],
  ];
};

/** The kubectl commands that make sense for an object. */
function kubectlOffers(object: KubeObject): KubectlOffer[] {
  const { name, namespace } = object.metadata;
  const n = namespace === undefined || namespace === 'default' ? '' : ` -n ${namespace}`;
  switch (object.kind) {
    case 'StatefulSet':
      return setOffers(object as StatefulSet, n);
    case 'Pod':
      return podOffers(name, n);
    case 'PersistentVolumeClaim':
      return claimOffers(name, n);
    case 'Node':
      return nodeOffers(object as Node);
    default:
      return [
        [
          `delete`,
          `Delete ${name}`,
          `delete ${object.kind.toLowerCase()} ${name} --wait=false${n}`,
          { isDestructive: true },
        ],
      ];
  }
}

/** What can be done to an object right now; nothing where it is not there. */
export function offersFor(play: Play, id: string | undefined): readonly Offer[] {
  if (id === undefined) return [];
  const { moment } = play.player.cursor;
  const object = moment.store.objects.get(id);
  if (!object) return [];
  const faults = faultsFor(viewOf(moment.store), moment.memory, id).map(
    ({ id: fault, title, target, risk }): Offer => ({
      id: `${fault} ${target}`,
      label: title,
      command: `${fault} ${partsOfKey(target).name}`,
      act: { type: 'fault', fault, target },
      isDestructive: false,
      ...(risk !== undefined && { risk }),
    }),
  );
  return [...kubectlOffers(object).map(kubectl), ...faults];
}
