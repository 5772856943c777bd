// `--field-selector`: the few fields by which the server can choose objects. Rule KCTL-13.
import { type KindInfo, type KubeObject, matchesFields, parseFieldSelector, splitApiVersion } from '#kube';
import type { Call } from '../call.ts';
import { valueAt } from '../change-object.ts';
import { CommandError, type Fault, serverFault } from '../errors.ts';
import { type Found, readQuery } from '../objects.ts';

/**
 * Objects that `--field-selector` lets through.
 * @throws CommandError for a selector that is none
 */
export function chosen(call: Call, found: readonly Found[]): readonly Found[] {
  const text = call.flags.text('field-selector');
  if (!text) return found;
  const parsed = parseFieldSelector(text);
  if (parsed.error !== undefined) throw new CommandError(parsed.error);
  const kinds = call.args.length > 0 && !call.flags.has('filename') ? readQuery(call.args, call.namespace).kinds : [];
  for (const info of kinds) {
    const unknown = parsed.value.find(({ field }) => !selectableFields(info).includes(field));
    if (unknown) call.fail(fieldFault(call, info, text, unknown.field));
  }
  if (call.hasFailed()) return [];
  return found.filter(({ object }) =>
    matchesFields(parsed.value, (field) => String(valueAt(object, fieldPath(object, field)) ?? '')),
  );
}

const OWN_FIELDS = ['metadata.name', 'metadata.namespace'];

/** Beside name and namespace, by kind. k8s: AddFieldLabelConversionFunc in core/v1/conversion.go */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase'],
  Secret: ['type'],
  Service: ['spec.clusterIP', 'spec.type'],
  Event: [
    ...['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map(
      (field) => `involvedObject.${field}`,
    ),
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
};

const selectableFields = ({ kind }: KindInfo): readonly string[] => [
  ...OWN_FIELDS,
  ...(Object.hasOwn(FIELDS, kind) ? (FIELDS[kind] ?? []) : []),
];

/** Where the value of a field stands; the source of an event is its component. */
const fieldPath = ({ kind }: KubeObject, field: string): readonly string[] =>
  kind === 'Event' && field === 'source' ? ['source', 'component'] : field.split('.');

/** Rule KCTL-13: the server knows few fields of each kind. k8s: resource.Selector.Visit */
function fieldFault(call: Call, info: KindInfo, text: string, field: string): Fault {
  const { group, version } = splitApiVersion(info.apiVersion);
  const reason = Object.hasOwn(FIELDS, info.kind)
    ? `field label not supported: ${field}`
    : `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
  return serverFault({
    code: 400,
    reason: 'BadRequest',
    message: `Unable to find "${group}/${version}, Resource=${info.plural}" that match label selector ${JSON.stringify(call.flags.text('selector') ?? '')}, field selector ${JSON.stringify(text)}: ${reason}`,
  });
}
