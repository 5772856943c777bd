// LINT-16 and LINT-17: update strategies that do not do what they say.
import { isGateOn } from '#kube';
import { fixes, fixOf, removeEntry, replaceScalar } from '../edits.ts';
import { counted, findingAt } from '../finding.ts';
import type { LintRule } from '../types.ts';

const GATE = 'MaxUnavailableStatefulSet';

export const partitionTooHigh: LintRule = {
  id: 'LINT-16',
  title: 'Partition at or above the replicas',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#partitions',
  *check({ sets }) {
    for (const { written, set } of sets) {
      const { replicas, updateStrategy } = set.spec;
      const partition = updateStrategy?.rollingUpdate?.partition;
      if (updateStrategy?.type !== 'RollingUpdate' || partition === undefined) continue;
      if (partition === 0 || replicas === 0 || partition < replicas) continue;
      const path = ['spec', 'updateStrategy', 'rollingUpdate', 'partition'];
      yield findingAt(
        written,
        path,
        'warning',
        `partition is ${partition} and there ${replicas === 1 ? 'is' : 'are'} ${counted(replicas, 'replica')}: a changed template reaches no pod until the partition is lowered.`,
        fixes(
          replicas > 1
            ? fixOf(written.file, `Let an update reach the last pod alone (partition: ${replicas - 1})`, [
                replaceScalar(written, path, String(replicas - 1)),
              ])
            : undefined,
          fixOf(written.file, 'Let an update reach all pods (partition: 0)', [replaceScalar(written, path, '0')]),
        ),
      );
    }
  },
};

export const maxUnavailableIgnored: LintRule = {
  id: 'LINT-17',
  title: 'maxUnavailable without its feature gate',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#maximum-unavailable-pods',
  *check({ sets, cluster }) {
    if (isGateOn(cluster.gates, GATE)) return;
    for (const { written, set, stored } of sets) {
      const value = set.spec.updateStrategy?.rollingUpdate?.maxUnavailable;
      if (value === undefined || stored?.spec.updateStrategy.rollingUpdate?.maxUnavailable !== undefined) continue;
      const path = ['spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable'];
      yield findingAt(
        written,
        path,
        'warning',
        `maxUnavailable of a StatefulSet only counts with the feature gate ${GATE}, which is off here as it is by default in v1.36: the field is dropped without a word, and pods are updated one at a time.`,
        fixes(fixOf(written.file, 'Remove maxUnavailable', [removeEntry(written, path)])),
      );
    }
  },
};
