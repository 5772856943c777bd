// The simulated cluster: synchronous, deterministic, without a page. Other layers enter here.
export * from './bootstrap.ts';
export * from './dns/index.ts';
export * from './faults/index.ts';
export * from './kernel/index.ts';
export * from './rules.ts';
export * from './rules-list.ts';
