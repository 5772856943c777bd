// Compares what the simulator answered to a trace with what a real control plane did, step by step and part by part.
import { comingsAndGoings, hashNumbers, quietEvent, quietState, quietText } from './noise.ts';
import type { Trace, TraceStep } from './trace.ts';

/** What is compared: every object, the Events, the order of coming and going, kubectl's words, and its whole objects. */
export const PARTS = ['state', 'events', 'order', 'text', 'yaml'] as const;
export type Part = (typeof PARTS)[number];

/** How many steps agree in a part, of how many. */
export interface Score {
  readonly agreed: number;
  readonly all: number;
}

export interface Difference {
  readonly part: Part;
  readonly step: number;
  readonly act: string;
  readonly recorded: unknown;
  readonly replayed: unknown;
}

export interface Comparison {
  readonly scores: Readonly<Record<Part, Score>>;
  readonly differences: readonly Difference[];
}

/**
 * Compares two traces of the same acts.
 * Steps that only write a file, or that could not be played, are passed over, and so is what two recordings of the same
 * step did not agree on.
 */
export function compareTraces(recorded: Trace, replayed: Trace): Comparison {
  const scores = Object.fromEntries(PARTS.map((part) => [part, { agreed: 0, all: 0 }])) as Record<
    Part,
    { agreed: number; all: number }
  >;
  const differences: Difference[] = [];
  const renames = [hashNumbers(recorded), hashNumbers(replayed)] as const;
  const nodes = recorded.cluster.nodes.map((node) => node.name);
  const isOrderChance = Object.values(recorded.files).some((text) =>
    /podManagementPolicy: Parallel|kind: Deployment/.test(text),
  );
  const past = [newPast(), newPast()] as const;

  recorded.steps.forEach((step, index) => {
    if (step.write || step.skipped) return;
    const other = replayed.steps[index] ?? {};
    const check = (part: Part, of: (one: TraceStep, side: 0 | 1) => unknown): void => {
      const values = [of(step, 0), of(other, 1)] as const;
      if (step.chance?.includes(part)) return;
      scores[part].all += 1;
      if (JSON.stringify(values[0]) === JSON.stringify(values[1])) scores[part].agreed += 1;
      else differences.push({ part, step: index, act: actOf(step), recorded: values[0], replayed: values[1] });
    };
    check('state', (one, side) => {
      past[side].state = one.state ?? past[side].state;
      return quietState(past[side].state, renames[side]);
    });
    if (step.kubectl !== undefined) {
      const command = step.kubectl;
      const isWhole = /-o (?:yaml|json)/.test(command) && step.code === 0;
      check(isWhole ? 'yaml' : 'text', (one, side) => ({
        code: one.code,
        out: quietText(one.out, command, renames[side], nodes),
        err: quietText(one.err, command, renames[side], nodes),
      }));
    }
    check('events', (one, side) => newEvents(one, past[side].events, renames[side]));
    check('order', (one, side) => comingsAndGoings(one, renames[side], past[side].dying, isOrderChance));
  });
  return { scores, differences };
}

/** What one side has shown so far. */
interface Past {
  state: TraceStep['state'];
  readonly events: Set<string>;
  readonly dying: Set<string>;
}

const newPast = (): Past => ({ state: undefined, events: new Set(), dying: new Set() });

/** Events that this step shows for the first time. Repetitions are counted by time, so they are chance. */
function newEvents(step: TraceStep, seen: Set<string>, rename: (text: string) => string): readonly string[] {
  const fresh: string[] = [];
  for (const event of step.events ?? []) {
    const line = quietEvent(event, rename);
    if (seen.has(line)) continue;
    seen.add(line);
    fresh.push(line);
  }
  return fresh.sort();
}

const actOf = ({ kubectl, kubelet, provision, node, wait }: TraceStep): string => {
  if (kubectl !== undefined) return `kubectl ${kubectl}`;
  if (kubelet !== undefined) return `kubelet ${kubelet}`;
  if (provision !== undefined) return `provision ${provision}`;
  return node !== undefined ? `node ${node}` : `wait ${String(wait)}`;
};
