// From the cluster at a moment to what the page draws.
export * from './types.ts';
