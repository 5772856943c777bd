import { describe, expect, it } from 'vitest';
import { CLUSTER_LIMITS, choiceOf, setupOf } from './cluster.ts';
import { newDefaultSession } from './session.ts';

const { cluster } = newDefaultSession();

describe('the choice of a cluster', () => {
  it('comes from a setup and leads back to it', () => {
    expect(setupOf(choiceOf(cluster), cluster)).toEqual(cluster);
  });

  it('says only which gates differ from v1.36', () => {
    const choice = choiceOf(cluster);
    expect(choice.gates).toEqual({ MaxUnavailableStatefulSet: false, StatefulSetSemanticRevisionComparison: true });
    const gates = { ...choice.gates, MaxUnavailableStatefulSet: true };
    expect(setupOf({ ...choice, gates }, cluster).gates).toEqual({ MaxUnavailableStatefulSet: true });
    expect(choiceOf(setupOf({ ...choice, gates }, cluster)).gates).toEqual(gates);
  });

  it('spreads nodes over zones in turn, each with a name of its own', () => {
    const { nodes } = setupOf({ ...choiceOf(cluster), nodes: 40, zones: 3 }, cluster);
    expect(new Set(nodes.map(({ name }) => name)).size).toBe(40);
    expect(nodes.slice(0, 4).map(({ zone }) => zone)).toEqual(['zone-a', 'zone-b', 'zone-c', 'zone-a']);
  });

  it('keeps numbers within their bounds, whatever was typed', () => {
    const wild = { ...choiceOf(cluster), nodes: 1e9, zones: -4, podsMax: Number.NaN, seed: -1 };
    const setup = setupOf(wild, cluster);
    expect(setup.nodes).toHaveLength(CLUSTER_LIMITS.nodes);
    expect(new Set(setup.nodes.map(({ zone }) => zone))).toEqual(new Set(['zone-a']));
    expect(setup.nodes[0]?.pods).toBe(1);
    expect(setup.seed).toBe(0);
  });
});
