// Fields of the pod that containers may see as variables or files. k8s: core/validation validateObjectFieldSelector,
// core/pods ConvertDownwardAPIFieldLabel
import { labelKeyErrors } from '../labels.ts';
import { type Loose, textAt } from '../loose.ts';
import { canonicalQuantityText, compareQuantityTexts } from '../quantity.ts';
import { type FieldError, invalid, invalidAll, notSupported, required } from './field-error.ts';

/** Fields a variable may show. */
export const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
/** Fields a file may show. */
export const VOLUME_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...ENV_FIELDS,
  ...VOLUME_FIELDS,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
  'spec.host',
]);

/** `metadata.labels['app']` taken apart; undefined without a subscript. */
function subscriptOf(path: string): { map: string; key: string } | undefined {
  if (!path.endsWith("']")) return undefined;
  const start = path.indexOf("['");
  if (start < 0 || path.indexOf("['", start + 1) >= 0) return undefined;
  return { map: path.slice(0, start), key: path.slice(start + 2, -2) };
}

export function validateFieldSelector(path: string, selector: Loose, allowed: readonly string[]): FieldError[] {
  const version = textAt(selector, 'apiVersion');
  const field = textAt(selector, 'fieldPath');
  if (version === '') return [required(`${path}.apiVersion`)];
  if (field === '') return [required(`${path}.fieldPath`)];
  const convert = (reason: string) => [invalid(`${path}.fieldPath`, field, `error converting fieldPath: ${reason}`)];
  if (version !== 'v1') return convert(`unsupported pod version: ${version}`);
  const subscript = subscriptOf(field);
  if (subscript === undefined) {
    if (!KNOWN_FIELDS.has(field)) return convert(`field label not supported: ${field}`);
    const internal = field === 'spec.host' ? 'spec.nodeName' : field;
    return allowed.includes(internal) ? [] : [notSupported(`${path}.fieldPath`, internal, allowed)];
  }
  if (subscript.map === 'metadata.annotations')
    return invalidAll(path, subscript.key.toLowerCase(), labelKeyErrors(subscript.key.toLowerCase()));
  if (subscript.map === 'metadata.labels') return invalidAll(path, subscript.key, labelKeyErrors(subscript.key));
  return convert(`field label does not support subscript: ${field}`);
}

const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const HUGE_PAGES = /^(?:requests|limits)\.hugepages-/;
const BYTE_DIVISORS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** @param isVolume in a volume the container must be named */
export function validateResourceSelector(path: string, selector: Loose, isVolume: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const resource = textAt(selector, 'resource');
  if (isVolume && textAt(selector, 'containerName') === '') errors.push(required(`${path}.containerName`));
  else if (resource === '') errors.push(required(`${path}.resource`));
  else if (!RESOURCES.includes(resource) && !HUGE_PAGES.test(resource))
    errors.push(notSupported(`${path}.resource`, resource, RESOURCES));
  const divisor = selector.divisor;
  if ((typeof divisor !== 'string' && typeof divisor !== 'number') || compareQuantityTexts(divisor, 0) === 0)
    return errors;
  const text = canonicalQuantityText(divisor) ?? '';
  const refuse = (list: string, what: string) =>
    errors.push(invalid(`${path}.divisor`, resource, `only divisor's values ${list} are supported with the ${what}`));
  if (resource.endsWith('.cpu')) {
    if (text !== '1m' && text !== '1') refuse('1m and 1', 'cpu resource');
  } else if (!BYTE_DIVISORS.includes(text)) {
    if (resource.endsWith('.memory')) refuse(BYTE_DIVISORS.join(', '), 'memory resource');
    else if (resource.endsWith('.ephemeral-storage'))
      refuse(BYTE_DIVISORS.join(', '), 'local ephemeral storage resource');
    else if (HUGE_PAGES.test(resource)) refuse(BYTE_DIVISORS.join(', '), 'hugepages resource');
  }
  return errors;
}
