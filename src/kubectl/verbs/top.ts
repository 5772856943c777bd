// kubectl top: how much pods and nodes use. Nothing has a load here: the amounts are those of programs at rest, and
// follow from the images alone.
import { milliOfText, type Node, type Pod, unitsOfText } from '#kube';
import type { Call } from '../call.ts';
import { CommandError, serverFault } from '../errors.ts';
import { findObjects, readQuery } from '../objects.ts';
import { alignColumns } from '../print/columns.ts';
import { imageBase } from '../shell/container/index.ts';
import { SELECTOR_FLAGS, type Verb } from './verb.ts';

const MIB = 1024 * 1024;

/** MiB of well-known programs at rest. */
const MEMORY_MIB: Readonly<Record<string, number>> = {
  busybox: 1,
  cassandra: 1200,
  etcd: 30,
  httpd: 8,
  kafka: 420,
  mariadb: 95,
  mongo: 170,
  mysql: 380,
  nginx: 4,
  'nginx-slim': 3,
  postgres: 35,
  redis: 7,
  zookeeper: 110,
};
const OTHER_MIB = 12;

/** What a node's own programs use. */
const NODE_MILLI = 60;
const NODE_MIB = 640;

interface Usage {
  readonly milli: number;
  readonly bytes: number;
}

const FLAGS = {
  ...SELECTOR_FLAGS,
  'no-headers': { type: 'bool' },
  'sort-by': { type: 'string' },
  'use-protocol-buffers': { type: 'bool' },
} as const;

/** What the running containers of a pod use; undefined while none runs. */
function usageOf(pod: Pod): Usage | undefined {
  const running = (pod.status.containerStatuses ?? []).filter(({ state }) => state.running);
  if (running.length === 0) return undefined;
  const bytes = running.reduce((sum, { image }) => sum + (MEMORY_MIB[imageBase(image)] ?? OTHER_MIB) * MIB, 0);
  return { milli: running.length, bytes };
}

/** `cpu` or `memory`, largest first. */
function sorted<T extends { readonly usage: Usage }>(call: Call, rows: readonly T[]): readonly T[] {
  const by = call.flags.text('sort-by');
  if (by === undefined || by === '') return rows;
  if (by !== 'cpu' && by !== 'memory') throw new CommandError('--sort-by accepts only cpu or memory');
  const amount = ({ usage }: T): number => (by === 'cpu' ? usage.milli : usage.bytes);
  return [...rows].sort((a, b) => amount(b) - amount(a));
}

const print = (call: Call, header: readonly string[], rows: readonly (readonly string[])[]): void =>
  call.write(alignColumns(call.flags.isOn('no-headers') ? rows : [header, ...rows]));

const topPodsNamed = (word: string): Verb => ({
  name: `top ${word}`,
  flags: {
    ...FLAGS,
    'all-namespaces': { type: 'bool', short: 'A' },
    containers: { type: 'bool' },
    sum: { type: 'bool' },
  },
  run(call) {
    const isAll = call.flags.isOn('all-namespaces');
    const query = readQuery(['pods', ...call.args], call.namespace);
    const pods = findObjects(call, query, { isAllNamespaces: isAll }).map(({ object }) => object as Pod);
    const used = pods.flatMap((pod) => {
      const usage = usageOf(pod);
      const { name, namespace = '' } = pod.metadata;
      if (!usage && call.args.length > 0)
        call.fail(
          serverFault({
            code: 404,
            reason: 'NotFound',
            message: `podmetrics.metrics.k8s.io "${namespace}/${name}" not found`,
          }),
        );
      return usage ? [{ pod, usage }] : [];
    });
    if (used.length === 0) {
      if (!call.hasFailed())
        call.warn(isAll ? 'No resources found' : `No resources found in ${call.namespace} namespace.`);
      return;
    }
    const isSplit = call.flags.isOn('containers');
    const rows = sorted(call, used).flatMap(({ pod, usage }) => {
      const { name, namespace = '' } = pod.metadata;
      const row = (container: string | undefined, { milli, bytes }: Usage): string[] => [
        ...(isAll ? [namespace] : []),
        name,
        ...(container === undefined ? [] : [container]),
        `${milli}m`,
        `${Math.round(bytes / MIB)}Mi`,
      ];
      if (!isSplit) return [row(undefined, usage)];
      return (pod.status.containerStatuses ?? [])
        .filter(({ state }) => state.running)
        .map((status) =>
          row(status.name, { milli: 1, bytes: (MEMORY_MIB[imageBase(status.image)] ?? OTHER_MIB) * MIB }),
        );
    });
    const first = isSplit ? ['POD', 'NAME'] : ['NAME'];
    print(call, [...(isAll ? ['NAMESPACE'] : []), ...first, 'CPU(cores)', 'MEMORY(bytes)'], rows);
  },
});

const topNodesNamed = (word: string): Verb => ({
  name: `top ${word}`,
  flags: { ...FLAGS, 'show-capacity': { type: 'bool' } },
  run(call) {
    const nodes = findObjects(call, readQuery(['nodes', ...call.args], '')).map(({ object }) => object as Node);
    const used = nodes.map((node) => {
      const pods = call.turn.view.podsOnNode(node.metadata.name).flatMap((pod) => usageOf(pod) ?? []);
      return {
        node,
        usage: {
          milli: pods.reduce((sum, { milli }) => sum + milli, NODE_MILLI),
          bytes: pods.reduce((sum, { bytes }) => sum + bytes, NODE_MIB * MIB),
        },
      };
    });
    const rows = sorted(call, used).map(({ node, usage: { milli, bytes } }) => {
      const { allocatable = {} } = node.status;
      const share = (amount: number, whole: number): string =>
        whole > 0 ? `${Math.floor((amount * 100) / whole)}%` : '<unknown>';
      return [
        node.metadata.name,
        `${milli}m`,
        share(milli, milliOfText(allocatable.cpu)),
        `${Math.round(bytes / MIB)}Mi`,
        share(bytes, unitsOfText(allocatable.memory)),
      ];
    });
    print(call, ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'], rows);
  },
});

/** One for each word of each kind. */
export const top: readonly Verb[] = [
  ...['pod', 'pods', 'po'].map(topPodsNamed),
  ...['node', 'nodes', 'no'].map(topNodesNamed),
];
