// kubectl get: tables and whole objects.
import {
  formatLabels,
  type KindInfo,
  type KubeObject,
  matchesFields,
  parseFieldSelector,
  parseTime,
  qualifiedName,
  splitApiVersion,
} from '#kube';
import type { Call } from '../call.ts';
import { valueAt } from '../change-object.ts';
import { CommandError, type Fault, serverFault } from '../errors.ts';
import { ENDPOINTS_WARNING } from '../legacy-endpoints.ts';
import { type Found, findObjects, findTarget, notFoundFault, readQuery } from '../objects.ts';
import { alignColumns, oneLine } from '../print/columns.ts';
import { goTemplateText } from '../print/go-template.ts';
import { jsonPathText, pathText } from '../print/json-path.ts';
import { tableOf } from '../print/tables.ts';
import { jsonText } from '../print/to-json.ts';
import { toYaml } from '../print/to-yaml.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { watchObjects } from './get-watch.ts';
import { SELECTOR_FLAGS, type Verb } from './verb.ts';

const NO_TYPE = `You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.

error: Required resource not specified.
Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).
See 'kubectl get -h' for help and examples
`;

export const get: Verb = {
  name: 'get',
  flags: {
    ...SELECTOR_FLAGS,
    ...FILE_FLAGS,
    output: { type: 'string', short: 'o' },
    'all-namespaces': { type: 'bool', short: 'A' },
    'field-selector': { type: 'string' },
    'ignore-not-found': { type: 'bool' },
    'no-headers': { type: 'bool' },
    'show-labels': { type: 'bool' },
    'label-columns': { type: 'strings', short: 'L' },
    'sort-by': { type: 'string' },
    'show-kind': { type: 'bool' },
    watch: { type: 'bool', short: 'w' },
    'watch-only': { type: 'bool' },
    'output-watch-events': { type: 'bool' },
    'chunk-size': { type: 'int' },
    template: { type: 'string' },
  },
  run(call) {
    if (call.args.length === 0 && !call.flags.has('filename')) {
      call.refuse(NO_TYPE);
      return;
    }
    const found = sorted(call, chosen(call, foundOf(call)));
    if (isOfEndpoints(call, found)) call.warnOnce(ENDPOINTS_WARNING);
    if (call.flags.isOn('watch') || call.flags.isOn('watch-only')) watch(call, found);
    else printAll(call, found);
  },
};

/** `-o`; `--template` alone means a Go template, and so does `-o jsonpath` with it. */
function outputOf({ flags }: Call): string {
  const output = flags.text('output') ?? '';
  const template = flags.text('template');
  if (template === undefined) return output;
  if (output === '' || output === 'go-template' || output === 'template') return `go-template=${template}`;
  return output === 'jsonpath' ? `jsonpath=${template}` : output;
}

/** Rule KCTL-20: what is there, and then each change of it. */
function watch(call: Call, first: readonly Found[]): void {
  const kinds = new Set(first.map(({ info }) => info));
  if (kinds.size > 1 || (call.args.length > 0 && readQuery(call.args, call.namespace).kinds.length > 1))
    throw new CommandError('you may only specify a single resource type');
  if (call.hasFailed()) return;
  const output = outputOf(call);
  watchObjects(call, first, {
    find: (own) => chosen(own, foundOf(own)),
    rowOf: (own, { info, object }) => {
      if (output !== '' && output !== 'wide') return undefined;
      const [header = [], row = []] = rowsOf(own, info, [object], output === 'wide', own.flags.isOn('show-kind'));
      return [header, row];
    },
    textOf: (own, found) => {
      let text = '';
      const write = (piece: string): void => {
        text += piece;
      };
      printAll({ ...own, write, print: (line) => write(`${line}\n`) }, [found]);
      return text;
    },
  });
}

function printAll(call: Call, found: readonly Found[]): void {
  const output = outputOf(call);
  if (output === 'yaml' || output === 'json') printWhole(call, found, output);
  else if (output === 'name')
    for (const { info, object } of found) call.print(qualifiedName(info, object.metadata.name));
  else if (output === '' || output === 'wide') printTables(call, found, output === 'wide');
  else if (/^(?:go-)?template=/.test(output))
    call.write(goTemplateText(output.slice(output.indexOf('=') + 1), wholeOf(call, found)));
  else if (output.startsWith('jsonpath='))
    call.write(jsonPathText(output.slice('jsonpath='.length), wholeOf(call, found)));
  else if (output.startsWith('custom-columns=')) printCustom(call, found, output.slice('custom-columns='.length));
  else
    throw new CommandError(
      `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: custom-columns,go-template,json,jsonpath,name,wide,yaml`,
    );
}

const isOfEndpoints = (call: Call, found: readonly Found[]): boolean =>
  found.some(({ info }) => info.kind === 'Endpoints') ||
  (call.args.length > 0 && readQuery(call.args, call.namespace).kinds.some(({ kind }) => kind === 'Endpoints'));

function foundOf(call: Call): readonly Found[] {
  if (call.flags.has('filename'))
    return readFileObjects(call).flatMap(({ info, namespace, name }) => {
      const object = findTarget(call.turn.view, { info, namespace, name });
      if (!object) call.fail(notFoundFault(info, name));
      return object ? [{ info, object }] : [];
    });
  const query = readQuery(call.args, call.namespace);
  if (query.targets && call.flags.isOn('ignore-not-found'))
    return query.targets.flatMap((target) => {
      const object = findTarget(call.turn.view, target);
      return object ? [{ info: target.info, object }] : [];
    });
  return findObjects(call, query, { isAllNamespaces: call.flags.isOn('all-namespaces') });
}

/** Objects that `--field-selector` lets through. */
function chosen(call: Call, found: readonly Found[]): readonly Found[] {
  const text = call.flags.text('field-selector');
  if (!text) return found;
  const parsed = parseFieldSelector(text);
  if (parsed.error !== undefined) throw new CommandError(parsed.error);
  const kinds = call.args.length > 0 ? readQuery(call.args, call.namespace).kinds : [];
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

/** `--sort-by=.metadata.creationTimestamp`: a path of plain members. */
function sorted(call: Call, found: readonly Found[]): readonly Found[] {
  const text = call.flags.text('sort-by');
  if (!text) return found;
  const path = text
    .replace(/^\{|\}$/g, '')
    .split('.')
    .filter(Boolean);
  const sortKeyOf = ({ object }: Found): string | number => {
    const value = valueAt(object, path);
    return typeof value === 'number' ? value : String(value ?? '');
  };
  return [...found].sort((a, b) => {
    const [x, y] = [sortKeyOf(a), sortKeyOf(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  });
}

function printWhole(call: Call, found: readonly Found[], output: 'yaml' | 'json'): void {
  if (found.length === 0 && call.hasFailed()) return;
  const value = wholeOf(call, found);
  call.write(output === 'yaml' ? toYaml(value) : jsonText(value));
}

/** One named object as it is, others as a List. */
function wholeOf(call: Call, found: readonly Found[]): unknown {
  const targets = call.args.length > 0 ? readQuery(call.args, call.namespace).targets : undefined;
  if (found.length === 1 && targets?.length === 1) return found[0]?.object;
  return {
    apiVersion: 'v1',
    items: found.map(({ object }) => object),
    kind: 'List',
    metadata: { resourceVersion: '' },
  };
}

/** `NAME:.metadata.name,IMAGE:.spec.containers[*].image` */
function printCustom(call: Call, found: readonly Found[], spec: string): void {
  const columns = spec.split(',').map((column) => {
    const colon = column.indexOf(':');
    if (colon < 0)
      throw new CommandError(`unexpected custom-columns spec: ${column}, expected <header>:<json-path-expr>`);
    return { header: column.slice(0, colon), path: column.slice(colon + 1) };
  });
  const rows = found.map(({ object }) => columns.map(({ path }) => pathText(path, object)));
  const header = columns.map((column) => column.header);
  call.write(alignColumns(call.flags.isOn('no-headers') ? rows : [header, ...rows]));
}

function printTables(call: Call, found: readonly Found[], isWide: boolean): void {
  const groups = new Map<KindInfo, KubeObject[]>();
  for (const { info, object } of found) groups.set(info, [...(groups.get(info) ?? []), object]);
  if (groups.size === 0) {
    if (!call.hasFailed() && !call.flags.isOn('ignore-not-found')) call.warn(nothingFound(call));
    return;
  }
  const asked = call.args.length > 0 ? readQuery(call.args, call.namespace) : undefined;
  // Kinds that were asked for count, be there objects of them or not; of names those that were found.
  const kinds = asked && !asked.targets ? asked.kinds.length : groups.size;
  const isMixed = kinds > 1 || call.flags.isOn('show-kind');
  let isFirst = true;
  for (const [info, objects] of groups) {
    if (!isFirst) call.write('\n');
    isFirst = false;
    const rows = rowsOf(call, info, objects, isWide, isMixed);
    call.write(alignColumns(call.flags.isOn('no-headers') ? rows.slice(1) : rows));
  }
}

function nothingFound(call: Call): string {
  const kinds = call.args.length > 0 ? readQuery(call.args, call.namespace).kinds : [];
  const isNamespaced = kinds.length === 0 || kinds.some((info) => info.namespaced);
  return call.flags.isOn('all-namespaces') || !isNamespaced
    ? 'No resources found'
    : `No resources found in ${call.namespace} namespace.`;
}

/** The header and a row for each object. */
function rowsOf(
  call: Call,
  info: KindInfo,
  objects: readonly KubeObject[],
  isWide: boolean,
  isMixed: boolean,
): readonly (readonly string[])[] {
  const nowMs = parseTime(call.turn.now) ?? 0;
  const rows = tableOf(info, objects, nowMs, isWide);
  const isAll = call.flags.isOn('all-namespaces') && info.namespaced;
  const labels = call.flags.list('label-columns');
  return rows.map((cells, index) => {
    const object = objects[index - 1];
    const row = cells.map(oneLine);
    if (object && isMixed && info.storeKind !== 'Event') row[0] = qualifiedName(info, row[0] ?? '');
    for (const label of labels)
      row.push(object ? (object.metadata.labels?.[label] ?? '') : (label.split('/').pop() ?? '').toUpperCase());
    if (call.flags.isOn('show-labels')) row.push(object ? formatLabels(object.metadata.labels) : 'LABELS');
    return isAll ? [object ? (object.metadata.namespace ?? '') : 'NAMESPACE', ...row] : row;
  });
}
