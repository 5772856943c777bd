import { describe, expect, it } from 'vitest';
import { warningsFor, warningsForUpdate } from './index.ts';

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
          containers: [1, 2].map((containerPort) => ({ ports: [{ name: 'healthz', containerPort }] })),
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

  it('KUBE-28 tell of containers that hide, repeat or split what they say', () => {
    const containers = [
      {
        name: 'a',
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
          { name: 'A', value: '$(A)3' },
        ],
        ports: [
          { containerPort: 80, protocol: 'TCP' },
          { containerPort: 80, protocol: 'TCP', hostPort: 8080 },
        ],
        resources: { requests: { memory: '500m' } },
      },
      {
        name: 'b',
        ports: [
          { containerPort: 80, protocol: 'TCP' },
          { containerPort: 81, hostIP: '1.2.3.4' },
        ],
      },
    ];
    expect(warningsFor('Pod', { spec: { containers } })).toEqual([
      'spec.containers[0].resources.requests[memory]: fractional byte value "500m" is invalid, must be an integer',
      'spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
      'spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]',
      'spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]',
      'spec.containers[1].ports[0]: overlapping port definition with spec.containers[0].ports[1]',
      'spec.containers[1].ports[1]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:81 Protocol:TCP HostIP:1.2.3.4}',
    ]);
  });

  it('KUBE-28 tell of volumes that no longer work, and of files at one place', () => {
    const items = [{ path: 'x/y' }, { path: 'x' }];
    const sources = [{ secret: { name: 's', items: [{ path: 'token' }] } }, { serviceAccountToken: { path: 'token' } }];
    const volumes = [
      { name: 'g', gitRepo: {} },
      { name: 'c', configMap: { name: 'cm', items } },
      { name: 'p', projected: { sources: [...sources, {}] } },
    ];
    expect(warningsFor('StatefulSet', { spec: { template: { spec: { volumes } } } })).toEqual([
      'spec.template.spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+',
      'volume "c" (ConfigMap "cm"): overlapping paths: "x" with "x/y"',
      'volume "p" (Projected) has no sources provided',
      'volume "p" (Projected): overlapping paths: "token" (ServiceAccountToken) with "token" (Secret "s")',
    ]);
  });

  it('KUBE-28 tell of company that is nobody, and of annotations in favour of fields', () => {
    const key = 'container.apparmor.security.beta.kubernetes.io/a';
    const required = 'requiredDuringSchedulingIgnoredDuringExecution';
    const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
    const spec = {
      containers: [{ name: 'a' }],
      hostAliases: [{ ip: '10.0.0.1' }, { ip: '10.0.0.1' }],
      topologySpreadConstraints: [{ topologyKey: 'zone' }],
      affinity: {
        nodeAffinity: { [preferred]: [{ preference: { matchExpressions: [{ key: 'a', values: ['-1'] }] } }] },
        podAntiAffinity: { [required]: [{}], [preferred]: [{ podAffinityTerm: { labelSelector: {} } }] },
      },
    };
    const metadata = { annotations: { [key]: 'unconfined' } };
    const invalid =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    expect(warningsFor('Deployment', { spec: { template: { metadata, spec } } })).toEqual([
      `spec.template.spec.affinity.nodeAffinity.${preferred}[0].preference.matchExpressions[0].values[0]: -1 is invalid, ${invalid}`,
      'spec.template.spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
      'spec.template.spec.hostAliases[1].ip: duplicate ip "10.0.0.1"',
      `spec.template.metadata.annotations[${key}]: deprecated since v1.30; use the "appArmorProfile" field instead`,
      `spec.template.spec.affinity.podAntiAffinity.${required}[0].labelSelector: a null labelSelector results in matching no pod`,
    ]);
  });

  it('KUBE-28 tell of names that are none of hosts, of what is new alone', () => {
    const metadata = { name: 'web.v1' };
    const told = (use: string) =>
      `metadata.name: this is used in ${use}, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]`;
    expect(warningsFor('Pod', { metadata })).toEqual([told("the Pod's hostname")]);
    expect(warningsFor('Deployment', { metadata })).toEqual([told('Pod names and hostnames')]);
    expect(warningsFor('StatefulSet', { metadata })).toEqual([]);
    expect(warningsForUpdate('Deployment', { metadata }, true)).toEqual([]);
  });

  it('KUBE-28 tell of Services, claims, volumes, classes and ingresses', () => {
    const annotations = { 'volume.beta.kubernetes.io/storage-class': 'fast' };
    const old = 'deprecated since v1.8; use "storageClassName" attribute instead';
    const service = { clusterIP: 'None', sessionAffinity: 'ClientIP', trafficDistribution: 'PreferClose' };
    expect(warningsFor('Service', { spec: service })).toEqual([
      'spec.SessionAffinity is ignored for headless services',
      'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
    ]);
    expect(warningsFor('Service', { spec: { clusterIP: '10.96.0.9', externalIPs: ['1.2.3.4'] } })).toEqual([
      'spec.externalIPs is deprecated',
    ]);
    expect(
      warningsFor('PersistentVolumeClaim', {
        metadata: { annotations },
        spec: { resources: { requests: { storage: '1500m' } } },
      }),
    ).toEqual([
      `metadata.annotations[volume.beta.kubernetes.io/storage-class]: ${old}`,
      'spec.resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer',
    ]);
    expect(warningsFor('PersistentVolume', { spec: { persistentVolumeReclaimPolicy: 'Recycle', rbd: {} } })).toEqual([
      'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
      'spec.rbd: deprecated in v1.28, non-functional in v1.31+',
    ]);
    const topology = { matchLabelExpressions: [{ key: 'failure-domain.beta.kubernetes.io/zone' }] };
    expect(warningsFor('StorageClass', { allowedTopologies: [topology] })).toEqual([
      'allowedTopologies[0].matchLabelExpressions[0].key: deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
    ]);
    expect(warningsFor('Ingress', { metadata: { annotations: { 'kubernetes.io/ingress.class': 'x' } } })).toEqual([
      `annotation "kubernetes.io/ingress.class" is deprecated, please use 'spec.ingressClassName' instead`,
    ]);
  });

  it('KUBE-28 are repeated by an update: of a template only when what is asked for changed, of a pod never', () => {
    const spec = { revisionHistoryLimit: -1, template: { spec: { terminationGracePeriodSeconds: -1 } } };
    expect(warningsForUpdate('StatefulSet', { spec }, false)).toHaveLength(1);
    expect(warningsForUpdate('StatefulSet', { spec }, true)).toHaveLength(2);
    expect(warningsForUpdate('Pod', spec.template, true)).toEqual([]);
    expect(warningsForUpdate('CronJob', { spec: { jobTemplate: { spec } } }, true)).toHaveLength(1);
  });
});
