// The node lifecycle controller and what others need of it.
export { nodeLifecycleController } from './node-lifecycle.ts';
export { nodeRules } from './rules.ts';
export { isNodeReady, noExecuteTaints, OUT_OF_SERVICE } from './taints.ts';
