// `--field-selector`: the few fields by which the server can choose objects. Rule KCTL-13.
import { type FieldRequirement, type KindInfo, type KubeObject, matchesFields, parseFieldSelector } from '#kube';
import type { Call } from '../call.ts';
import { valueAt } from '../change-object.ts';
import { CommandError } from '../errors.ts';
import { type Found, readQuery, selectorFault } from '../objects.ts';

/**
 * Objects that `--field-selector` lets through.
 * @throws CommandError for a selector that is none
 */
export function chosen(call: Call, found: readonly Found[]): readonly Found[] {
  const text = call.flags.text('field-selector');
  if (!text) return found;
  const parsed = parseFieldSelector(text);
  const kinds = call.args.length > 0 && !call.flags.has('filename') ? readQuery(call.args, call.namespace).kinds : [];
  for (const info of kinds) {
    const why = parsed.error ?? unknownField(info, parsed.value);
    if (why !== undefined) call.fail(selectorFault(call, info, why));
  }
  if (parsed.error !== undefined) {
    if (kinds.length === 0) throw new CommandError(parsed.error);
    return [];
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

/** Rule KCTL-13: the server knows few fields of each kind. */
function unknownField(info: KindInfo, wanted: readonly FieldRequirement[]): string | undefined {
  const unknown = wanted.find(({ field }) => !selectableFields(info).includes(field));
  if (!unknown) return undefined;
  return Object.hasOwn(FIELDS, info.kind)
    ? `field label not supported: ${unknown.field}`
    : `${JSON.stringify(unknown.field)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}
