// The cluster that a session runs on, as a person sets it up: how many nodes of which size, and the feature gates. A
// different cluster is a different history, so setting one up begins a new session with the manifests as they stand.
import type { ClusterSetup, NodeSetup, Session } from '#share';
import { editor } from './editor.ts';
import { openSession } from './session.ts';
import { play } from './transport.ts';

/** A feature gate that changes what a StatefulSet does. */
export interface Gate {
  readonly name: string;
  /** Whether v1.36 has it on by itself. */
  readonly isDefault: boolean;
  readonly about: string;
}

/** The gates that can be set. */
export const GATES: readonly Gate[] = [
  {
    name: 'MaxUnavailableStatefulSet',
    isDefault: false,
    about: 'rollingUpdate.maxUnavailable is kept, and a roll-out replaces that many pods at a time.',
  },
  {
    name: 'StatefulSetSemanticRevisionComparison',
    isDefault: true,
    about: 'A template that differs only by defaults is no new revision.',
  },
];

/** What can be chosen of a cluster. */
export interface ClusterChoice {
  readonly nodes: number;
  readonly zones: number;
  readonly cpu: string;
  readonly memory: string;
  readonly podsMax: number;
  /** Gate name to on or off. */
  readonly gates: Readonly<Record<string, boolean>>;
  readonly seed: number;
}

/** Bounds of the choice. */
export const CLUSTER_LIMITS = { nodes: 200, zones: 9, podsMax: 250, seed: 0x7fffffff } as const;

const letterOf = (index: number): string => String.fromCharCode(97 + index);

/**
 * The choice that a setup comes from.
 *
 * @param setup - a session's cluster
 * @returns what the dialog shows for it
 */
export function choiceOf(setup: ClusterSetup): ClusterChoice {
  const [first] = setup.nodes;
  return {
    nodes: Math.max(1, setup.nodes.length),
    zones: Math.max(1, new Set(setup.nodes.map(({ zone }) => zone)).size),
    cpu: first?.cpu ?? '4',
    memory: first?.memory ?? '16Gi',
    podsMax: first?.pods ?? 110,
    gates: Object.fromEntries(GATES.map(({ name, isDefault }) => [name, setup.gates[name] ?? isDefault])),
    seed: setup.seed,
  };
}

/** Nodes are named after letters while these suffice, and are spread over the zones in turn. */
function nodeOf(index: number, { nodes, zones, cpu, memory, podsMax }: ClusterChoice): NodeSetup {
  return {
    name: nodes <= 26 ? `node-${letterOf(index)}` : `node-${index + 1}`,
    zone: `zone-${letterOf(index % zones)}`,
    cpu,
    memory,
    pods: podsMax,
  };
}

/**
 * The setup of a choice. Gates that stand as v1.36 has them are left out, so that links stay short.
 *
 * @param choice - what a person chose; numbers are brought within their bounds
 * @param before - the setup that is changed: its manifest and timing stay
 * @returns the new setup
 */
export function setupOf(choice: ClusterChoice, before: ClusterSetup): ClusterSetup {
  const within = (value: number, max: number, min = 1): number =>
    Number.isFinite(value) ? Math.min(max, Math.max(min, Math.trunc(value))) : min;
  const nodes = within(choice.nodes, CLUSTER_LIMITS.nodes);
  const kept: ClusterChoice = {
    ...choice,
    nodes,
    zones: Math.min(nodes, within(choice.zones, CLUSTER_LIMITS.zones)),
    podsMax: within(choice.podsMax, CLUSTER_LIMITS.podsMax),
  };
  return {
    ...before,
    seed: within(choice.seed, CLUSTER_LIMITS.seed, 0),
    gates: Object.fromEntries(
      GATES.filter(({ name, isDefault }) => (choice.gates[name] ?? isDefault) !== isDefault).map(
        ({ name, isDefault }) => [name, !isDefault],
      ),
    ),
    nodes: Array.from({ length: nodes }, (_, index) => nodeOf(index, kept)),
  };
}

/**
 * Begins a new session on a cluster: the manifests of the editor are applied at time 0.
 *
 * @param cluster - its setup
 * @returns whether it could be begun
 */
export async function startCluster(cluster: ClusterSetup): Promise<boolean> {
  const files = editor.getState().files;
  const command = `apply ${Object.keys(files)
    .map((name) => `-f '${name}'`)
    .join(' ')}`;
  const next: Session = {
    cluster,
    files,
    branches: [{ id: 0, name: 'main', acts: [{ atMs: 0, act: { type: 'kubectl', command, files } }], reachedMs: 0 }],
    at: { branch: 0, atMs: 0 },
    view: { layout: 'identity' },
  };
  const isOpen = await openSession(next);
  if (isOpen) play();
  return isOpen;
}
