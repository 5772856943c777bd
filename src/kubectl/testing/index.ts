// A small cluster for tests of kubectl: no actor moves in it unless a test says so.
import { actNow, type Cluster, newSimulation, type SimulationSetup, type Turn } from '#engine';
import type { KubectlResult } from '../index.ts';
import { runKubectl } from '../run.ts';
import type { Surroundings } from '../types.ts';

export interface Shell {
  readonly cluster: Cluster;
  readonly files: Record<string, string>;
  /** Runs a command as one turn. */
  run(command: string): KubectlResult;
  /** Does something else as one turn. */
  act(change: (turn: Turn) => void): void;
}

/** A shell beside a cluster. `setup.actors` is empty unless given. */
export function newShell(
  files: Readonly<Record<string, string>> = {},
  setup: SimulationSetup = {},
  surroundings?: Surroundings,
): Shell {
  const cluster = newSimulation({ actors: [], ...setup });
  const own: Record<string, string> = { ...files };
  return {
    cluster,
    files: own,
    run(command) {
      let result: KubectlResult | undefined;
      actNow(cluster, 'kubectl', command, (turn) => {
        result = runKubectl(turn, command, own, surroundings);
        return result.outcome;
      });
      if (!result) throw new Error('no answer');
      return result;
    },
    act(change) {
      actNow(cluster, 'test', 'act', (turn) => {
        change(turn);
        return {};
      });
    },
  };
}

/** A small StatefulSet as YAML. */
export const setYaml = (spec: { name?: string; replicas?: number; image?: string; more?: string } = {}): string => {
  const { name = 'web', replicas = 3, image = 'nginx:1.27', more = '' } = spec;
  return `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  serviceName: nginx
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - name: nginx
        image: ${image}
${more}`;
};
