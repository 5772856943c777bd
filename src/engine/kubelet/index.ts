// The kubelet: what runs on the nodes. Faults and the nodes' controllers enter here.
export * from './fault-state.ts';
export { kubelet } from './kubelet.ts';
export { wakeNode } from './left-over.ts';
export { healthyConditions } from './node-report.ts';
export { type PodRecord, RECORD_PREFIX, recordKey } from './record.ts';
export { kubeletRules } from './rules.ts';
export { nodeKeyOf } from './session.ts';
export { KUBELET_TIMING, type KubeletTiming, timingOf } from './timing.ts';
