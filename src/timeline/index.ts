// History: acts, branches, ticks, checkpoints.
export * from './types.ts';
