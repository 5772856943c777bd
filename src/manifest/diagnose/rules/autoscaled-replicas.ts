// LINT-18: replicas in a manifest next to an autoscaler that sets them.
import { objectOr } from '#kube';
import { fixes, fixOf, removeEntry } from '../edits.ts';
import { findingAt } from '../finding.ts';
import { autoscalerOf } from '../pods.ts';
import type { LintRule } from '../types.ts';

export const autoscaledReplicas: LintRule = {
  id: 'LINT-18',
  title: 'replicas next to an autoscaler',
  docs: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling',
  *check(context) {
    for (const one of context.sets) {
      const { written, stored } = one;
      const replicas = objectOr(written.raw, 'spec').replicas;
      const autoscaler = replicas === undefined || replicas === null ? undefined : autoscalerOf(context, one);
      if (!autoscaler) continue;
      yield findingAt(
        written,
        ['spec', 'replicas'],
        'warning',
        `The HorizontalPodAutoscaler "${autoscaler.name}" sets the replicas of this set. Each apply of this file puts them back to ${replicas}, until the autoscaler changes them again.`,
        // Taken out of a file that was applied before, the field would go back to 1.
        stored
          ? []
          : fixes(
              fixOf(written.file, 'Leave replicas to the autoscaler', [removeEntry(written, ['spec', 'replicas'])]),
            ),
      );
    }
  },
};
