// The columns of kinds that are kept and not simulated: what they say of themselves, and the empty state of what nobody
// works on. k8s: pkg/printers/internalversion/printers.go
import {
  compareBytes,
  formatLabels,
  formatSelector,
  humanDuration,
  type KubeObject,
  type LabelSelector,
  type PodTemplateSpec,
  parseTime,
  type StringMap,
} from '#kube';
import { valueAt } from '../change-object.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { age, ageText, type Column, containerColumns, NONE, name } from './table-parts.ts';

type Path = readonly string[];

const textAt = (object: KubeObject, path: Path, absent = ''): string => {
  const value = valueAt(object, path);
  return value === undefined || value === null || value === '' ? absent : String(value);
};
const listAt = (object: KubeObject, path: Path): readonly JsonMap[] => {
  const value = valueAt(object, path);
  return Array.isArray(value) ? value.filter(isMap) : [];
};

const column = (header: string, path: string, absent = ''): Column<KubeObject> => ({
  header,
  cell: (object) => textAt(object, path.split('.'), absent),
});
const wide = (header: string, cell: (object: KubeObject) => string): Column<KubeObject> => ({
  header,
  cell,
  isWide: true,
});
const createdAt: Column<KubeObject> = {
  header: 'CREATED AT',
  cell: ({ metadata }) => metadata.creationTimestamp ?? '',
};
const selector = wide('SELECTOR', (object) => formatSelector(valueAt(object, ['spec', 'selector']) as LabelSelector));

const templateAt = (path: Path) =>
  containerColumns<KubeObject>((object) => valueAt(object, path) as PodTemplateSpec | undefined);
const templates = templateAt(['spec', 'template']);

/** `cpu: <unknown>/80%`: nothing is measured. k8s: formatHPAMetrics */
function targetsText(object: KubeObject): string {
  const texts = listAt(object, ['spec', 'metrics']).map(({ resource, type }) => {
    if (!isMap(resource) || !isMap(resource.target)) return `<unknown>/${String(type ?? '')}`;
    const { averageUtilization, averageValue } = resource.target;
    return `${String(resource.name)}: <unknown>/${averageUtilization === undefined ? String(averageValue ?? '<auto>') : `${String(averageUtilization)}%`}`;
  });
  // The server sets this where nothing is said.
  if (texts.length === 0) return 'cpu: <unknown>/80%';
  return texts.slice(0, 2).join(', ') + (texts.length > 2 ? ` + ${texts.length - 2} more...` : '');
}

const JOB_CONDITIONS = ['Complete', 'Failed', 'Suspended', 'FailureTarget', 'SuccessCriteriaMet'];

function jobStatus(job: KubeObject): string {
  const met = listAt(job, ['status', 'conditions'])
    .filter(({ status }) => status === 'True')
    .map(({ type }) => String(type));
  if (met.includes('Complete') || met.includes('Failed')) return met.includes('Complete') ? 'Complete' : 'Failed';
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
  return JOB_CONDITIONS.find((type) => met.includes(type)) ?? 'Running';
}

function jobCompletions(job: KubeObject): string {
  const succeeded = textAt(job, ['status', 'succeeded'], '0');
  const completions = valueAt(job, ['spec', 'completions']);
  if (completions !== undefined) return `${succeeded}/${String(completions)}`;
  const parallelism = Number(valueAt(job, ['spec', 'parallelism']) ?? 0);
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration(job: KubeObject, nowMs: number): string {
  const startMs = parseTime(textAt(job, ['status', 'startTime']));
  if (startMs === undefined) return '';
  return humanDuration((parseTime(textAt(job, ['status', 'completionTime'])) ?? nowMs) - startMs);
}

/** The first three hosts of the rules. k8s: formatHosts */
function hostsText(ingress: KubeObject): string {
  const hosts = listAt(ingress, ['spec', 'rules'])
    .map(({ host }) => String(host ?? ''))
    .filter(Boolean);
  if (hosts.length === 0) return '*';
  return hosts.slice(0, 3).join(',') + (hosts.length > 3 ? ` + ${hosts.length - 3} more...` : '');
}

/** `cpu: 1/2`, requests and limits apart. k8s: printResourceQuota */
const quotaText = (quota: KubeObject, isLimit: boolean): string => {
  const hard = valueAt(quota, ['status', 'hard']);
  const used = valueAt(quota, ['status', 'used']);
  return Object.keys(isMap(hard) ? hard : {})
    .filter((resource) => resource.startsWith('limits.') === isLimit)
    .sort(compareBytes)
    .map(
      (resource) =>
        `${resource}: ${isMap(used) ? String(used[resource] ?? 0) : '0'}/${String((hard as JsonMap)[resource])}`,
    )
    .join(', ');
};

const subjects = (header: string, kind: string): Column<KubeObject> =>
  wide(header, (object) =>
    listAt(object, ['subjects'])
      .filter((subject) => subject.kind === kind)
      .map(({ name: own, namespace }) => (namespace ? `${String(namespace)}/${String(own)}` : String(own)))
      .join(', '),
  );

const bindingColumns: readonly Column<KubeObject>[] = [
  name,
  { header: 'ROLE', cell: (object) => `${textAt(object, ['roleRef', 'kind'])}/${textAt(object, ['roleRef', 'name'])}` },
  age,
  subjects('USERS', 'User'),
  subjects('GROUPS', 'Group'),
  subjects('SERVICEACCOUNTS', 'ServiceAccount'),
];

const labelsCell = (path: Path) => (object: KubeObject) => formatLabels(valueAt(object, path) as StringMap | undefined);

/** By the kind as it is stored. */
export const KEPT_COLUMNS: Readonly<Record<string, readonly Column<KubeObject>[] | undefined>> = {
  ReplicationController: [
    name,
    column('DESIRED', 'spec.replicas', '1'),
    column('CURRENT', 'status.replicas', '0'),
    column('READY', 'status.readyReplicas', '0'),
    age,
    ...templates,
    wide('SELECTOR', labelsCell(['spec', 'selector'])),
  ],
  'DaemonSet.apps': [
    name,
    column('DESIRED', 'status.desiredNumberScheduled', '0'),
    column('CURRENT', 'status.currentNumberScheduled', '0'),
    column('READY', 'status.numberReady', '0'),
    column('UP-TO-DATE', 'status.updatedNumberScheduled', '0'),
    column('AVAILABLE', 'status.numberAvailable', '0'),
    { header: 'NODE SELECTOR', cell: labelsCell(['spec', 'template', 'spec', 'nodeSelector']) },
    age,
    ...templates,
    selector,
  ],
  'Job.batch': [
    name,
    { header: 'STATUS', cell: jobStatus },
    { header: 'COMPLETIONS', cell: jobCompletions },
    { header: 'DURATION', cell: jobDuration },
    age,
    ...templates,
    selector,
  ],
  'CronJob.batch': [
    name,
    column('SCHEDULE', 'spec.schedule'),
    column('TIMEZONE', 'spec.timeZone', NONE),
    {
      header: 'SUSPEND',
      cell: (object) => ({ true: 'True', false: 'False' })[textAt(object, ['spec', 'suspend'], 'false')] ?? '',
    },
    { header: 'ACTIVE', cell: (object) => String(listAt(object, ['status', 'active']).length) },
    {
      header: 'LAST SCHEDULE',
      cell: (object, nowMs) => {
        const time = textAt(object, ['status', 'lastScheduleTime']);
        return time === '' ? NONE : ageText(time, nowMs);
      },
    },
    age,
    ...templateAt(['spec', 'jobTemplate', 'spec', 'template']),
    wide('SELECTOR', (object) =>
      formatSelector(valueAt(object, ['spec', 'jobTemplate', 'spec', 'selector']) as LabelSelector | undefined),
    ),
  ],
  'HorizontalPodAutoscaler.autoscaling': [
    name,
    {
      header: 'REFERENCE',
      cell: (object) =>
        `${textAt(object, ['spec', 'scaleTargetRef', 'kind'])}/${textAt(object, ['spec', 'scaleTargetRef', 'name'])}`,
    },
    { header: 'TARGETS', cell: targetsText },
    column('MINPODS', 'spec.minReplicas', '1'),
    column('MAXPODS', 'spec.maxReplicas'),
    column('REPLICAS', 'status.currentReplicas', '0'),
    age,
  ],
  'Ingress.networking.k8s.io': [
    name,
    column('CLASS', 'spec.ingressClassName', NONE),
    { header: 'HOSTS', cell: hostsText },
    {
      header: 'ADDRESS',
      cell: (object) =>
        listAt(object, ['status', 'loadBalancer', 'ingress'])
          .map(({ ip, hostname }) => String(ip || hostname || ''))
          .join(','),
    },
    { header: 'PORTS', cell: (object) => (listAt(object, ['spec', 'tls']).length > 0 ? '80, 443' : '80') },
    age,
  ],
  'IngressClass.networking.k8s.io': [
    name,
    column('CONTROLLER', 'spec.controller'),
    {
      header: 'PARAMETERS',
      cell: (object) => {
        const parameters = valueAt(object, ['spec', 'parameters']);
        if (!isMap(parameters)) return NONE;
        const { kind, apiGroup, name: own } = parameters;
        return `${String(kind)}${apiGroup ? `.${String(apiGroup)}` : ''}/${String(own)}`;
      },
    },
    age,
  ],
  'NetworkPolicy.networking.k8s.io': [
    name,
    {
      header: 'POD-SELECTOR',
      cell: (object) => formatSelector(valueAt(object, ['spec', 'podSelector']) as LabelSelector | undefined),
    },
    age,
  ],
  ResourceQuota: [
    name,
    { header: 'REQUEST', cell: (quota) => quotaText(quota, false) },
    { header: 'LIMIT', cell: (quota) => quotaText(quota, true) },
    age,
  ],
  LimitRange: [name, createdAt],
  'Role.rbac.authorization.k8s.io': [name, createdAt],
  'ClusterRole.rbac.authorization.k8s.io': [name, createdAt],
  'RoleBinding.rbac.authorization.k8s.io': bindingColumns,
  'ClusterRoleBinding.rbac.authorization.k8s.io': bindingColumns,
  'CustomResourceDefinition.apiextensions.k8s.io': [name, createdAt],
  'PriorityClass.scheduling.k8s.io': [
    name,
    column('VALUE', 'value', '0'),
    column('GLOBAL-DEFAULT', 'globalDefault', 'false'),
    age,
    column('PREEMPTIONPOLICY', 'preemptionPolicy'),
  ],
  'Scale.autoscaling': [
    name,
    column('DESIRED', 'spec.replicas', '0'),
    column('AVAILABLE', 'status.replicas', '0'),
    age,
  ],
  'RuntimeClass.node.k8s.io': [name, column('HANDLER', 'handler'), age],
  'Lease.coordination.k8s.io': [name, column('HOLDER', 'spec.holderIdentity'), age],
  'VolumeAttachment.storage.k8s.io': [
    name,
    column('ATTACHER', 'spec.attacher'),
    column('PV', 'spec.source.persistentVolumeName'),
    column('NODE', 'spec.nodeName'),
    column('ATTACHED', 'status.attached', 'false'),
    age,
  ],
  'VolumeAttributesClass.storage.k8s.io': [name, column('DRIVERNAME', 'driverName'), age],
  PodTemplate: [
    name,
    ...templateAt(['template']).map(({ header, cell }) => ({ header, cell })),
    { header: 'POD LABELS', cell: labelsCell(['template', 'metadata', 'labels']) },
  ],
};
