// From the cluster at a moment to what the page draws: facts, small and plain.
export * from './lanes.ts';
export { type LifeCells, lifeCells, lookOfCode, type Outlier, stateOfCode } from './lives.ts';
export * from './project.ts';
export { partsOfSlotId } from './set-facts.ts';
export { sentenceOf } from './thought.ts';
export * from './types.ts';
export * from './why/index.ts';
