// LINT-19: a set whose name leaves no room for what is added to it in labels.
import { findingAt } from '../finding.ts';
import type { LintRule } from '../types.ts';

/** Most characters of a label's value. */
const LABEL_MAX = 63;
/** Most characters of a revision's hash, and the dash before it. */
const HASH_MAX = 11;

export const nameTooLong: LintRule = {
  id: 'LINT-19',
  title: 'Name too long for the revision label',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-name-label',
  *check({ sets }) {
    for (const { written, name } of sets) {
      if (name.length <= LABEL_MAX - HASH_MAX || name.length > LABEL_MAX) continue;
      yield findingAt(
        written,
        ['metadata', 'name'],
        'warning',
        `The name has ${name.length} characters. Each pod carries the name and a hash of up to 10 characters in the label controller-revision-hash, which holds ${LABEL_MAX}: with more than ${LABEL_MAX - HASH_MAX} in the name the server may refuse every pod.`,
      );
    }
  },
};
