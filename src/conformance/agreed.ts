// What the simulator and the recordings agree on, trace by trace. A trace that agrees in more is moved up; none goes down.
import type { Part } from './compare.ts';

/** By the name of a trace: the parts in which every step agrees. */
export const agreed: Readonly<Record<string, readonly Part[]>> = {
  'seed-broken-yaml': ['state', 'events', 'order'],
};
