// The taint eviction controller.
export { evictionRules } from './rules.ts';
export { taintEvictionController } from './taint-eviction.ts';
