import { describe, expect, it } from 'vitest';
import { warningsFor } from './warnings.ts';

describe('warnings', () => {
  it('KUBE-28 speak of what is accepted but will not do what it says', () => {
    const zone = { key: 'failure-domain.beta.kubernetes.io/zone', operator: 'Exists' };
    const required = 'requiredDuringSchedulingIgnoredDuringExecution';
    const spec = {
      revisionHistoryLimit: -1,
      template: {
        metadata: { annotations: { 'scheduler.alpha.kubernetes.io/critical-pod': '' } },
        spec: {
          nodeSelector: { 'beta.kubernetes.io/os': 'linux' },
          affinity: { nodeAffinity: { [required]: { nodeSelectorTerms: [{ matchExpressions: [zone] }] } } },
          imagePullSecrets: [{}],
          containers: [{ ports: [{ name: 'healthz' }] }, { ports: [{ name: 'healthz' }] }],
        },
      },
    };
    expect(warningsFor('StatefulSet', { spec })).toEqual([
      'spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
      `spec.template.spec.affinity.nodeAffinity.${required}.nodeSelectorTerms[0].matchExpressions[0].key: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead`,
      'spec.template.metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the "priorityClassName" field instead',
      'spec.template.spec.imagePullSecrets[0].name: invalid empty name ""',
      'spec.template.spec.containers[1].ports[0]: duplicate port name "healthz" with spec.template.spec.containers[0].ports[0], services and probes that select ports by name will use spec.template.spec.containers[0].ports[0]',
      'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended',
    ]);
  });
  it('KUBE-28 are silent about ordinary objects', () => {
    expect(warningsFor('StatefulSet', { spec: {} })).toEqual([]);
    expect(warningsFor('Pod', { spec: { terminationGracePeriodSeconds: -1 } })).toEqual([
      'spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1',
    ]);
  });
});
