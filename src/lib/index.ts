// Words without a domain, for every layer.
export * from './equal.ts';
export * from './heap.ts';
export * from './invariant.ts';
export * from './random.ts';
export * from './text-of-bytes.ts';
