// Holds the simulator against recordings of a real control plane. For developers; no part of the page.
export { type Comparison, compareTraces, PARTS } from './compare.ts';
export { replay } from './replay.ts';
export type { Trace } from './trace.ts';
