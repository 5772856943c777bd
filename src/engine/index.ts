// The simulated cluster: synchronous, deterministic, without a page. Other layers enter here.
export * from './kernel/index.ts';
export * from './rules.ts';
