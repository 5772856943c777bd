import { describe, expect, it } from 'vitest';
import type { Problem } from '#bridge';
import { EXAMPLES } from './examples.ts';
import { placeProblem } from './place-problem.ts';

const applied = EXAMPLES[0].text;
const specLine = applied.split('\n').lastIndexOf('spec:') + 1;
const forbidden: Problem = {
  file: 'web.yaml',
  from: { line: specLine, column: 1 },
  to: { line: specLine, column: 5 },
  severity: 'error',
  message:
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
};
const lineOf = (text: string, words: string) => text.split('\n').findIndex((line) => line.includes(words)) + 1;

describe('the place of a refused update', () => {
  it('is the changed line, and not one that may be changed', () => {
    const text = applied.replace('replicas: 3', 'replicas: 5').replace('storage: 1Gi', 'storage: 2Gi');
    const { from, to } = placeProblem(forbidden, text, applied);
    expect(from).toEqual({ line: lineOf(text, 'storage: 2Gi'), column: '            storage: '.length + 1 });
    expect(to.column).toBe('            storage: 2Gi'.length + 1);
  });

  it('is found for a field right under spec, and in a list that is not indented', () => {
    const text = applied.replace('serviceName: nginx', 'serviceName: other');
    expect(placeProblem(forbidden, text, applied).from.line).toBe(lineOf(text, 'serviceName: other'));
    const flat = 'kind: StatefulSet\nspec:\n  volumeClaimTemplates:\n  - metadata:\n      name: www\n';
    const changed = flat.replace('www', 'data');
    const problem = { ...forbidden, from: { line: 2, column: 1 } };
    expect(placeProblem(problem, changed, flat).from.line).toBe(5);
  });

  it('stays where it was when only what may change was changed, or in another document', () => {
    expect(placeProblem(forbidden, applied.replace('replicas: 3', 'replicas: 5'), applied)).toBe(forbidden);
    expect(placeProblem(forbidden, `${applied}---\nkind: ConfigMap\nspec:\n  serviceName: x\n`, applied)).toBe(
      forbidden,
    );
  });

  it('stays where it was for every other message', () => {
    const other = { ...forbidden, message: 'spec.replicas: Invalid value: -1' };
    expect(placeProblem(other, applied.replace('1Gi', '2Gi'), applied)).toBe(other);
    expect(placeProblem(forbidden, applied.replace('1Gi', '2Gi'), undefined)).toBe(forbidden);
  });
});
