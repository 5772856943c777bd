// Lint: what is wrong with manifests, or will not do what their author means.
export { type DiagnoseInput, diagnose } from './diagnose.ts';
export { applyFix } from './edits.ts';
export { codeOfProblem } from './refusal-code.ts';
export { lintRules } from './rules/index.ts';
export type { ClusterNotes, LintRule } from './types.ts';
