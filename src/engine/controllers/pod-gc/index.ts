// The pod garbage collector. Its rules stand with those of nodes.
export { podGarbageCollector } from './pod-gc.ts';
