// The disruption controller.
export { disruptionController } from './disruption.ts';
export { disruptionRules } from './rules.ts';
