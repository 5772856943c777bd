// Lint: what is wrong with manifests, or will not do what their author means.
export { diagnose } from './diagnose.ts';
export { applyFix } from './edits.ts';
export { codeOfProblem } from './refusal-code.ts';
export type { ClusterNotes } from './types.ts';
