// kubectl get: tables and whole objects.
import {
  formatLabels,
  formatSelector,
  type KindInfo,
  type KubeObject,
  type LabelSelector,
  parseTime,
  qualifiedName,
} from '#kube';
import type { Call } from '../call.ts';
import { valueAt } from '../change-object.ts';
import { CommandError, serverFault } from '../errors.ts';
import { ENDPOINTS_WARNING } from '../legacy-endpoints.ts';
import { type Found, findObjects, findTarget, notFoundFault, readQuery } from '../objects.ts';
import { alignColumns, oneLine } from '../print/columns.ts';
import { customColumns } from '../print/custom-columns.ts';
import { OUTPUT_FLAGS, type Printer, printerOf } from '../print/printer.ts';
import { tableOf } from '../print/tables.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { chosen } from './get-fields.ts';
import { sorted } from './get-sort.ts';
import { watchObjects } from './get-watch.ts';
import { SELECTOR_FLAGS, type Verb } from './verb.ts';

const NO_TYPE = `You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.

error: Required resource not specified.
Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).
See 'kubectl get -h' for help and examples
`;

const OWN_FORMATS = ['custom-columns', 'custom-columns-file', 'wide'];

export const get: Verb = {
  name: 'get',
  flags: {
    selector: SELECTOR_FLAGS.selector,
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
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
    'server-print': { type: 'bool', default: 'true' },
    subresource: { type: 'string' },
    'chunk-size': { type: 'int' },
    raw: { type: 'string' },
  },
  run(call) {
    if (call.flags.has('raw'))
      throw new CommandError(
        'Ordinal does not simulate "kubectl get --raw": kubectl get … -o yaml shows what the API server holds',
      );
    const isWatch = call.flags.isOn('watch') || call.flags.isOn('watch-only');
    if (call.args.length === 0 && !call.flags.has('filename')) {
      call.refuse(NO_TYPE);
      return;
    }
    checkFlags(call, isWatch);
    const printer = printerFor(call);
    const found = chosen(call, foundOf(call)).flatMap((one) => subresourceOf(call, one));
    if (isOfEndpoints(call, found)) call.warnOnce(ENDPOINTS_WARNING);
    if (isWatch) watch(call, found);
    else if (printer) printWhole(call, found, printer);
    else printTables(call, found);
  },
};

function checkFlags({ flags, warn }: Call, isWatch: boolean): void {
  const output = flags.text('output') ?? '';
  if (isWatch && flags.text('sort-by'))
    warn(
      flags.isOn('watch')
        ? 'warning: --watch requested, --sort-by will be ignored for watch events received'
        : 'warning: --watch-only requested, --sort-by will be ignored',
    );
  if (flags.isOn('show-labels') && output !== '' && output !== 'wide')
    throw new CommandError(`--show-labels option cannot be used with ${output} printer`);
  if (flags.isOn('output-watch-events') && !isWatch)
    throw new CommandError('--output-watch-events option can only be used with --watch or --watch-only');
}

const isWideOf = ({ flags }: Call): boolean => flags.text('output') === 'wide';

/** Undefined for tables. */
const printerFor = (call: Call): Printer | undefined =>
  isWideOf(call) ? undefined : (customColumns(call) ?? printerOf(call, OWN_FORMATS));

/** Rule KCTL-20: what is there, and then each change of it. */
function watch(call: Call, first: readonly Found[]): void {
  const kinds = new Set(first.map(({ info }) => info));
  if (kinds.size > 1 || (call.args.length > 0 && readQuery(call.args, call.namespace).kinds.length > 1))
    throw new CommandError('you may only specify a single resource type');
  if (call.hasFailed()) return;
  let text = '';
  const write = (piece: string): void => {
    text += piece;
  };
  const sink = printerFor({ ...call, write, print: (line) => write(`${line}\n`) });
  watchObjects(call, sorted(call, first), {
    find: (own) => chosen(own, foundOf(own)),
    rowOf: (own, { info, object }) => {
      if (sink) return undefined;
      const [header = [], row = []] = rowsOf(own, info, [object], own.flags.isOn('show-kind'));
      return [header, row];
    },
    textOf: (_own, { object }) => {
      text = '';
      sink?.print(object);
      return text;
    },
  });
}

const isOfEndpoints = (call: Call, found: readonly Found[]): boolean =>
  found.some(({ info }) => info.kind === 'Endpoints') ||
  (call.args.length > 0 && readQuery(call.args, call.namespace).kinds.some(({ kind }) => kind === 'Endpoints'));

function foundOf(call: Call): readonly Found[] {
  const isForgiving = call.flags.isOn('ignore-not-found');
  const subresource = call.flags.text('subresource') ?? '';
  if (call.flags.has('filename'))
    return readFileObjects(call).flatMap(({ info, namespace, name }) => {
      const object = findTarget(call.turn.view, { info, namespace, name });
      if (!object && !isForgiving) call.fail(notFoundFault(info, name));
      return object ? [{ info, object }] : [];
    });
  const query = readQuery(call.args, call.namespace);
  if (subresource !== '' && !query.targets)
    throw new CommandError('subresource cannot be used when bulk resources are specified');
  if (query.targets && call.flags.isOn('all-namespaces'))
    throw new CommandError('a resource cannot be retrieved by name across all namespaces');
  if (query.targets && isForgiving)
    return query.targets.flatMap((target) => {
      const object = findTarget(call.turn.view, target);
      return object ? [{ info: target.info, object }] : [];
    });
  return findObjects(call, query, { isAllNamespaces: call.flags.isOn('all-namespaces') });
}

const SCALABLE: ReadonlySet<string> = new Set(['StatefulSet', 'Deployment', 'ReplicaSet', 'ReplicationController']);

/** `--subresource`: the status is told with the object, the scale is an object of its own. */
function subresourceOf(call: Call, found: Found): readonly Found[] {
  const subresource = call.flags.text('subresource') ?? '';
  const { info, object } = found;
  if (subresource === '' || subresource === 'status') return [found];
  if (subresource !== 'scale' || !SCALABLE.has(info.kind)) {
    call.fail(
      serverFault({ code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' }),
    );
    return [];
  }
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const scale = {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: valueAt(object, ['spec', 'replicas']) },
    status: {
      replicas: valueAt(object, ['status', 'replicas']) ?? 0,
      selector: formatSelector(valueAt(object, ['spec', 'selector']) as LabelSelector | undefined),
    },
  } as unknown as KubeObject;
  const own = { kind: 'Scale', storeKind: 'Scale.autoscaling', singular: 'scale', group: 'autoscaling' };
  return [{ info: { ...info, ...own }, object: scale }];
}

/** One object that was named by itself as it is, others as a List. k8s: GetOptions.printGeneric */
function printWhole(call: Call, found: readonly Found[], printer: Printer): void {
  const targets = call.args.length > 0 ? readQuery(call.args, call.namespace).targets : undefined;
  const isSingle = targets ? targets.length === 1 : call.flags.list('filename').length === 1;
  if (isSingle && call.hasFailed()) return;
  if (found.length === 0 && call.flags.isOn('ignore-not-found')) return;
  const [first] = found;
  if (isSingle && found.length === 1 && first) printer.print(first.object);
  else
    printer.print({
      apiVersion: 'v1',
      items: sorted(call, found).map(({ object }) => object),
      kind: 'List',
      metadata: { resourceVersion: '' },
    });
}

/** Objects of one kind that follow each other share a table. */
function groupsOf(found: readonly Found[]): readonly (readonly Found[])[] {
  const groups: Found[][] = [];
  for (const one of found) {
    const last = groups.at(-1);
    if (last?.[0]?.info === one.info) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

function printTables(call: Call, found: readonly Found[]): void {
  const { flags } = call;
  if (found.length === 0) {
    if (!call.hasFailed() && !flags.isOn('ignore-not-found')) call.warn(nothingFound(call));
    return;
  }
  const asked = call.args.length > 0 ? readQuery(call.args, call.namespace) : undefined;
  // Kinds that were asked for count, be there objects of them or not; of names those that were found.
  const kinds = asked && !asked.targets ? asked.kinds.length : new Set(found.map(({ info }) => info)).size;
  const isMixed = kinds > 1 || flags.isOn('show-kind');
  const hasHeaders = !flags.isOn('no-headers');
  const texts = groupsOf(found).map((group) => {
    const [first] = group;
    const objects = sorted(call, group).map(({ object }) => object);
    const rows = rowsOf(call, (first as Found).info, objects, isMixed);
    return alignColumns(hasHeaders ? rows : rows.slice(1));
  });
  call.write(texts.join(hasHeaders ? '\n' : ''));
}

function nothingFound(call: Call): string {
  const kinds = call.args.length > 0 ? readQuery(call.args, call.namespace).kinds : [];
  return call.flags.isOn('all-namespaces') || !kinds.every((info) => info.namespaced)
    ? 'No resources found'
    : `No resources found in ${call.namespace} namespace.`;
}

/** The header and a row for each object. */
function rowsOf(
  call: Call,
  info: KindInfo,
  objects: readonly KubeObject[],
  isMixed: boolean,
): readonly (readonly string[])[] {
  const nowMs = parseTime(call.turn.now) ?? 0;
  const rows = tableOf(info, objects, nowMs, isWideOf(call));
  const isAll = call.flags.isOn('all-namespaces') && info.namespaced;
  const labels = call.flags.list('label-columns');
  return rows.map((cells, index) => {
    const object = objects[index - 1];
    const row = cells.map(oneLine);
    if (object && isMixed && info.kind !== 'Event') row[0] = qualifiedName(info, row[0] ?? '');
    for (const label of labels)
      row.push(object ? (object.metadata.labels?.[label] ?? '') : (label.split('/').pop() ?? '').toUpperCase());
    if (call.flags.isOn('show-labels')) row.push(object ? formatLabels(object.metadata.labels) : 'LABELS');
    return isAll ? [object ? (object.metadata.namespace ?? '') : 'NAMESPACE', ...row] : row;
  });
}
