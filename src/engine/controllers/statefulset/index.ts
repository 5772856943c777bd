// The StatefulSet controller and its rules.
export { statefulSetController } from './controller.ts';
export { statefulSetRules } from './rules.ts';
