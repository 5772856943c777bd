// Holds the simulator against recordings of a real control plane. For developers; no part of the page.
export { replay } from './replay.ts';
export type { Trace, TraceStep } from './trace.ts';
