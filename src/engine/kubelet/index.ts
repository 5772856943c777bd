// The kubelet: what runs on the nodes. Faults and the nodes' controllers enter here.
export { adoptNodes } from './adopt.ts';
export * from './fault-state.ts';
export { kubelet } from './kubelet.ts';
export { nodeConditions } from './node-report.ts';
export { kubeletRules } from './rules.ts';
export { nodeKeyOf } from './session.ts';
export { timingOf } from './timing.ts';
