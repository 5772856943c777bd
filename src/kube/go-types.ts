// The Go structs behind the API objects of v1.36: which fields they have, of which types, and when JSON leaves them out.
// Everything that must agree with Go to the byte (decoding, serialising, hashing) is driven by this one table.
import table from './schema/go-types.json' with { type: 'json' };

/** A Go type. `text` is how Go prints it in error messages and dumps. */
export type GoType =
  | {
      readonly kind: 'string' | 'bool' | 'float' | 'quantity' | 'intOrString' | 'time' | 'microTime' | 'bytes' | 'raw';
      readonly text: string;
    }
  | { readonly kind: 'int'; readonly text: string; readonly bits: 32 | 64 }
  | { readonly kind: 'pointer' | 'slice' | 'map'; readonly text: string; readonly of: GoType }
  | { readonly kind: 'struct'; readonly text: string; readonly name: string };

/** A field of a struct. */
export interface GoField {
  readonly goName: string;
  readonly type: GoType;
  /** Its JSON name; '' where JSON never shows it. */
  readonly json: string;
  readonly omitEmpty: boolean;
  /** Left out when it is a struct with zero value (`omitzero`). */
  readonly omitZero: boolean;
  /** An embedded struct: its fields stand in the JSON of the outer one. */
  readonly inline: boolean;
}

export interface GoStruct {
  /** Name in the table, e.g. `v1.PodSpec`. */
  readonly name: string;
  /** Name without the package, as in error messages. */
  readonly shortName: string;
  readonly fields: readonly GoField[];
  /** The fields that JSON knows, those of embedded structs included, in declaration order. */
  readonly flat: readonly GoField[];
  readonly byJson: ReadonlyMap<string, GoField>;
}

const TABLE: Readonly<Record<string, string>> = table;
const types = new Map<string, GoType>();
const structs = new Map<string, GoStruct>();

const SPECIAL: Readonly<Record<string, GoType>> = {
  string: { kind: 'string', text: 'string' },
  bool: { kind: 'bool', text: 'bool' },
  int32: { kind: 'int', text: 'int32', bits: 32 },
  int64: { kind: 'int', text: 'int64', bits: 64 },
  float64: { kind: 'float', text: 'float64' },
  'resource.Quantity': { kind: 'quantity', text: 'resource.Quantity' },
  'intstr.IntOrString': { kind: 'intOrString', text: 'intstr.IntOrString' },
  'v1.Time': { kind: 'time', text: 'v1.Time' },
  'v1.MicroTime': { kind: 'microTime', text: 'v1.MicroTime' },
  'v1.FieldsV1': { kind: 'raw', text: 'v1.FieldsV1' },
  'runtime.RawExtension': { kind: 'raw', text: 'runtime.RawExtension' },
  '[]uint8': { kind: 'bytes', text: '[]uint8' },
};

/** A name as Go prints it: without the API group that keeps names apart in the table. */
const printed = (name: string): string => name.replace(/[a-z]+\/(?=v\d)/g, '');

function readType(name: string): GoType {
  const special = SPECIAL[name];
  if (special !== undefined) return special;
  const text = printed(name);
  if (name === 'v1.ResourceList') return { kind: 'map', text, of: goType('resource.Quantity') };
  if (name.startsWith('*')) return { kind: 'pointer', text, of: goType(name.slice(1)) };
  if (name.startsWith('[]')) return { kind: 'slice', text, of: goType(name.slice(2)) };
  if (name.startsWith('map[')) return { kind: 'map', text, of: goType(name.slice(name.indexOf(']') + 1)) };
  if (Object.hasOwn(TABLE, name)) return { kind: 'struct', text, name };
  // Every other named type of the API is a string by another name.
  return { kind: 'string', text };
}

/** The type of that name, read once. */
export function goType(name: string): GoType {
  const known = types.get(name);
  if (known !== undefined) return known;
  const type = readType(name);
  types.set(name, type);
  return type;
}

/** One field is `GoName:type[=json][?][0]`, or `&type` when embedded; ? is omitempty, 0 is omitzero. */
function readField(text: string): GoField {
  if (text.startsWith('&')) {
    const type = goType(text.slice(1));
    const goName = text.slice(text.lastIndexOf('.') + 1);
    return { goName, type, json: '', omitEmpty: false, omitZero: false, inline: true };
  }
  const omitZero = text.endsWith('0') && text.endsWith('?0');
  const withoutZero = omitZero ? text.slice(0, -1) : text;
  const omitEmpty = withoutZero.endsWith('?');
  const bare = omitEmpty ? withoutZero.slice(0, -1) : withoutZero;
  const colon = bare.indexOf(':');
  const equals = bare.indexOf('=');
  const goName = bare.slice(0, colon);
  const type = goType(bare.slice(colon + 1, equals < 0 ? undefined : equals));
  const json = equals < 0 ? goName.charAt(0).toLowerCase() + goName.slice(1) : bare.slice(equals + 1);
  return { goName, type, json: json === '-' ? '' : json, omitEmpty, omitZero, inline: false };
}

/** The struct of that name; undefined when the table has none. */
export function goStruct(name: string): GoStruct | undefined {
  const known = structs.get(name);
  if (known !== undefined) return known;
  const text = Object.hasOwn(TABLE, name) ? TABLE[name] : undefined;
  if (text === undefined) return undefined;
  const fields = text === '' ? [] : text.split(' ').map(readField);
  const flat = fields.flatMap((field): readonly GoField[] => {
    if (!field.inline) return field.json === '' ? [] : [field];
    return field.type.kind === 'struct' ? (goStruct(field.type.name)?.flat ?? []) : [];
  });
  const struct: GoStruct = {
    name,
    shortName: name.slice(name.lastIndexOf('.') + 1),
    fields,
    flat,
    byJson: new Map(flat.map((field) => [field.json, field])),
  };
  structs.set(name, struct);
  return struct;
}

/** Structs whose table name is not simply `v1.` and the kind. */
const STRUCT_OF: Readonly<Record<string, string>> = {
  'events.k8s.io/v1 Event': 'events/v1.Event',
  'autoscaling/v2 HorizontalPodAutoscaler': 'v2.HorizontalPodAutoscaler',
};
/** Groups whose v1 kinds are in the table. */
const GROUPS: ReadonlySet<string> = new Set([
  'v1',
  'apps/v1',
  'batch/v1',
  'policy/v1',
  'storage.k8s.io/v1',
  'discovery.k8s.io/v1',
  'networking.k8s.io/v1',
  'rbac.authorization.k8s.io/v1',
  'coordination.k8s.io/v1',
  'scheduling.k8s.io/v1',
  'node.k8s.io/v1',
  'autoscaling/v1',
  'admissionregistration.k8s.io/v1',
  'apiextensions.k8s.io/v1',
  'apiregistration.k8s.io/v1',
  'certificates.k8s.io/v1',
  'flowcontrol.apiserver.k8s.io/v1',
]);

/** The struct that an object of this kind decodes into; undefined for kinds whose fields are not known here. */
export function structOfKind(apiVersion: string, kind: string): GoStruct | undefined {
  const special = STRUCT_OF[`${apiVersion} ${kind}`];
  if (special !== undefined) return goStruct(special);
  return GROUPS.has(apiVersion) ? goStruct(`v1.${kind}`) : undefined;
}
