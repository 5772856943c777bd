import { describe, expect, it } from 'vitest';
import { replay } from './replay.ts';
import type { Trace, TraceStep } from './trace.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  revisionHistoryLimit: 0
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: "nginx:1"}]}
`;

const REPLICA_SET = `apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-ac}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: "nginx:1"}]}
`;

const traceOf = (steps: readonly TraceStep[]): Trace => ({
  format: 1,
  name: 'deployment',
  cluster: { nodes: [{ name: 'node-1' }] },
  files: { 'web.yaml': DEPLOYMENT, 'set.yaml': REPLICA_SET },
  steps: steps.map((step, i) => ({ ...step, at: i + 1 })),
});

/** Plays steps; `!ready` and `!terminate` stand for the newest pod and for the one that is on its way out. */
function record(acts: readonly string[]): Trace {
  const steps: TraceStep[] = [];
  for (const act of acts) {
    const pods = Object.entries(replay(traceOf(steps)).steps.at(-1)?.state?.Pod ?? {});
    const [name] = (act === '!terminate' ? pods.find(([, pod]) => pod.terminating) : pods.at(-1)) ?? [];
    steps.push(act.startsWith('!') ? { kubelet: `${act.slice(1)} ${name}` } : { kubectl: act });
  }
  return replay(traceOf(steps));
}

/** A recording in which every pod has another name. */
function renamed(trace: Trace): Trace {
  const text = JSON.stringify(trace).replace(
    /(web-[0-9a-f]+)-([a-z0-9]{5})(?![a-z0-9])/g,
    (_name, set: string, suffix: string) => `${set}-${[...suffix].reverse().join('')}`,
  );
  return JSON.parse(text) as Trace;
}

describe('recorded names of pods', () => {
  it('lead to pods of the same template, also when ReplicaSets of older ones are gone', () => {
    const upgrade = (image: string) => [`set image deploy/web c=nginx:${image}`, '!ready', '!terminate'];
    const recorded = record(['apply -f web.yaml', '!ready', ...upgrade('2'), ...upgrade('3')]);
    const replayed = replay(renamed(recorded));
    expect(replayed.steps.map(({ skipped }) => skipped)).toEqual(recorded.steps.map(() => undefined));
    expect(Object.keys(replayed.steps.at(-1)?.state?.ReplicaSet ?? {})).toHaveLength(1);
    expect(Object.values(replayed.steps.at(-1)?.state?.Deployment ?? {})).toMatchObject([
      { status: { updatedReplicas: 1, readyReplicas: 1 } },
    ]);
  });

  it('lead to pods of a ReplicaSet without a Deployment', () => {
    const recorded = record(['apply -f set.yaml', '!ready', 'delete rs web-ac --cascade=orphan', '!ready']);
    const replayed = replay(renamed(recorded));
    expect(replayed.steps.map(({ skipped }) => skipped)).toEqual(recorded.steps.map(() => undefined));
    expect(Object.values(replayed.steps.at(-1)?.state?.Pod ?? {}).map(({ ready }) => ready)).toEqual(
      Object.values(recorded.steps.at(-1)?.state?.Pod ?? {}).map(({ ready }) => ready),
    );
  });
});
