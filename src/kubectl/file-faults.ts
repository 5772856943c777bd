// What kubectl itself refuses in a document of a file, before the server is asked, in its words. Rule KCTL-8.
// k8s: kubectl pkg/validation, cli-runtime metadata_decoder.go, apimachinery unstructured helpers.go
import { canonicalJson, KINDS, type KindInfo, kindByApi, metadataFault, splitApiVersion } from '#kube';
import { isMap, type JsonMap } from './patch/json.ts';
import { schemaFaults } from './schema-faults.ts';

/**
 * What makes a document none that could be sent; undefined when nothing does.
 * @param value what the document holds
 */
export function validationFault(value: unknown): string | undefined {
  const own = kindFaults(value);
  if (own.length > 0) return together(own);
  if (!isMap(value) || value.apiVersion !== 'v1' || value.kind !== 'List') return undefined;
  // Of a List the items are looked at as well.
  if (!Array.isArray(value.items)) return INVALID;
  return together(
    value.items.flatMap((item) => {
      const faults = kindFaults(item);
      return faults.length > 0 ? faults : schemaFaults(item);
    }),
  );
}

const INVALID = 'invalid object to validate';

/** k8s: getObjectKind */
function kindFaults(value: unknown): string[] {
  if (!isMap(value)) return [INVALID];
  const { apiVersion, kind } = value;
  const faults: string[] = [];
  if (apiVersion === undefined || apiVersion === null) faults.push('apiVersion not set');
  else if (typeof apiVersion !== 'string') faults.push("apiVersion isn't string type");
  else if (apiVersion.split('/').length > 2) faults.push(`unexpected GroupVersion string: ${apiVersion}`);
  if (kind === undefined || kind === null) faults.push('kind not set');
  else if (typeof kind !== 'string') faults.push("kind isn't string type");
  return faults;
}

/** Several errors as one: each once, in brackets. k8s: errors.NewAggregate */
function together(faults: readonly string[]): string | undefined {
  const each = [...new Set(faults)];
  return each.length > 1 ? `[${each.join(', ')}]` : each[0];
}

/**
 * Why a document cannot be decoded: lists without a list, no kind, metadata of a wrong type.
 * @param value an object that {@link validationFault} has let pass
 */
export function decodingFault(value: JsonMap): string | undefined {
  if ('items' in value) {
    const { items } = value;
    if (items !== null && !Array.isArray(items))
      return `json: cannot unmarshal ${jsonTypeOf(items)} into Go struct field decodeList.items of type []json.RawMessage`;
    const odd = (items ?? []).find((item: unknown) => item !== null && !isMap(item));
    if (odd !== undefined)
      return `json: cannot unmarshal ${jsonTypeOf(odd)} into Go value of type map[string]interface {}`;
  }
  if (value.kind === '') return `Object 'Kind' is missing in '${canonicalJson(value)}'`;
  return metadataFault(value);
}

/** Why an item of a list has no type; undefined when it has one. */
export function typingFault({ apiVersion, kind }: JsonMap): string | undefined {
  const missing = (what: string, where: string): string =>
    `unable to get type info from the object "*unstructured.Unstructured": Object '${what}' is missing in '${where}'`;
  if (typeof kind !== 'string' || kind === '') return missing('Kind', 'object has no kind field ');
  if (typeof apiVersion !== 'string' || apiVersion === '')
    return missing('apiVersion', 'object has no apiVersion field');
  return undefined;
}

/** The items of a list; those of a typed list need not say what they are. */
export function itemsOf(list: JsonMap): JsonMap[] {
  const items: readonly unknown[] = Array.isArray(list.items) ? list.items : [];
  const kind = String(list.kind).replace(/List$/, '');
  return items.map((item) => {
    const map = isMap(item) ? item : {};
    const isTyped = [map.kind, map.apiVersion].some((word) => typeof word === 'string' && word !== '');
    return isTyped ? map : { ...map, kind, apiVersion: list.apiVersion };
  });
}

/**
 * The kind that a file means. kubectl also finds kinds in small letters, which the server then refuses.
 * @returns undefined when the server has no such kind
 */
export const kindOfWords = (apiVersion: string, kind: string): KindInfo | undefined =>
  kindByApi(apiVersion, kind) ??
  KINDS.find((info) => info.kind.toLowerCase() === kind && kindByApi(apiVersion, info.kind) === info);

/** Whether a group has lists of this kind: `List`, or the name of one of its kinds and `List`. */
export function isListKind(apiVersion: string, kind: string): boolean {
  const { group, version } = splitApiVersion(apiVersion);
  return KINDS.some(
    (info) =>
      info.group === group &&
      [info.version, ...info.otherVersions].includes(version) &&
      (kind === 'List' || kind === `${info.kind}List`),
  );
}

/** A value's type as Go's JSON reader names it. */
function jsonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}
