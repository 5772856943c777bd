// Plain JSON into the form in which Go would write the same object: fields in declaration order, nulls and unknown
// fields gone, empty ones gone or present as the json tags say, amounts and times in canonical form. One walk serves
// both the quiet reader (`toGo`) and the strict decoder, which listens to what goes wrong.
import { base64Error } from './base64.ts';
import { canonicalJson, compareBytes } from './canonical-json.ts';
import { type GoField, type GoStruct, type GoType, goStruct, goType } from './go-types.ts';
import { isObject, type Loose } from './loose.ts';
import { canonicalQuantity, parseQuantity } from './quantity.ts';
import { formatMicroTime, formatTime, parseTimeStrictly } from './time.ts';

/** What a strict reading found. */
export interface Findings {
  /** `unknown field "spec.replica"`, in document order; at most 100, each once. */
  readonly strict: Set<string>;
  /** The first value of a wrong type. Reading goes on after it. */
  mismatch: string | undefined;
  /** A value that its own parser refused (amount, time). Reading ends there. */
  fatal: string | undefined;
}

interface Walk {
  readonly findings: Findings | undefined;
  /** JSON names of the fields being read, without list positions. */
  readonly stack: string[];
  /** The struct whose field is being read, for error texts. */
  struct: string;
}

const STRICT_MAX = 100;
/** Stands for Go's nil, which is neither an empty list nor an empty object. */
const NIL = undefined;

const NUMBER_LIMIT: Readonly<Record<32 | 64, bigint>> = { 32: 2n ** 31n, 64: 2n ** 63n };

function describe(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  return Array.isArray(value) ? 'array' : 'object';
}

/** Records a wrong type in the words of Go's encoding/json; only the first one counts. */
function mismatch(walk: Walk, what: string, type: string, isFatal = false): void {
  const { findings } = walk;
  if (findings === undefined) return;
  const where = walk.stack.length > 0 ? `struct field ${walk.struct}.${walk.stack.join('.')}` : 'value';
  const text = `json: cannot unmarshal ${what} into Go ${where} of type ${type}`;
  if (isFatal) findings.fatal ??= text;
  else findings.mismatch ??= text;
}

/** The value a Go variable of this type has before anything is put in it, as JSON. */
function zeroOf(type: GoType): unknown {
  switch (type.kind) {
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'int':
    case 'float':
    case 'intOrString':
      return 0;
    case 'quantity':
      return '0';
    case 'time':
    case 'microTime':
    case 'raw':
      return null;
    case 'struct':
      return assemble(goStruct(type.name), new Map());
    default:
      return NIL;
  }
}

const isNil = (type: GoType, value: unknown): boolean =>
  value === NIL && (type.kind === 'pointer' || type.kind === 'slice' || type.kind === 'map' || type.kind === 'bytes');

/** Whether `omitempty` leaves the value out. It never does so with a struct, whatever is in it. */
function isLeftOut({ type, omitEmpty, omitZero }: GoField, value: unknown): boolean {
  if (omitZero && (value === null || value === NIL)) return true;
  if (!omitEmpty) return false;
  if (isNil(type, value)) return true;
  switch (type.kind) {
    case 'string':
    case 'bytes':
      return value === '';
    case 'bool':
      return value === false;
    case 'int':
    case 'float':
      return value === 0;
    case 'slice':
      return (value as readonly unknown[]).length === 0;
    case 'map':
      return Object.keys(value as object).length === 0;
    default:
      return false;
  }
}

/** Sets a member even where its name means something to JavaScript. */
function setMember(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

function assemble(struct: GoStruct | undefined, values: ReadonlyMap<GoField, unknown>): Loose {
  const out: Record<string, unknown> = {};
  for (const field of struct?.flat ?? []) {
    const value = values.has(field) ? values.get(field) : zeroOf(field.type);
    if (!isLeftOut(field, value)) out[field.json] = value === NIL ? null : value;
  }
  return out;
}

function readStruct(struct: GoStruct, value: Loose, walk: Walk, path: string): Loose {
  const values = new Map<GoField, unknown>();
  const outer = walk.struct;
  // Go reports in document order, and kubectl sends its documents with sorted keys.
  for (const key of Object.keys(value).sort(compareBytes)) {
    const field = struct.byJson.get(key);
    const at = path === '' ? key : `${path}.${key}`;
    if (field === undefined) {
      if (walk.findings !== undefined && walk.findings.strict.size < STRICT_MAX)
        walk.findings.strict.add(`unknown field ${JSON.stringify(at)}`);
      continue;
    }
    walk.stack.push(key);
    walk.struct = struct.shortName;
    values.set(field, read(field.type, value[key], walk, at));
    if (walk.findings?.fatal !== undefined) break;
    walk.stack.pop();
    walk.struct = outer;
  }
  return assemble(struct, values);
}

function readMap(of: GoType, value: Loose, walk: Walk, path: string): Loose {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort(compareBytes)) {
    const member = read(of, value[key], walk, `${path}.${key}`);
    setMember(out, key, member === NIL ? zeroOf(of) : member);
    if (walk.findings?.fatal !== undefined) break;
  }
  return out;
}

function readList(of: GoType, value: readonly unknown[], walk: Walk, path: string): unknown[] {
  const out: unknown[] = [];
  for (let i = 0; i < value.length; i++) {
    const item = read(of, value[i], walk, `${path}[${i}]`);
    out.push(item === NIL ? (zeroOf(of) ?? null) : item);
    if (walk.findings?.fatal !== undefined) break;
  }
  return out;
}

function readInt(type: GoType & { kind: 'int' }, value: unknown, walk: Walk, isFatal = false): number {
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    mismatch(walk, describe(value), type.text, isFatal);
    return 0;
  }
  const limit = NUMBER_LIMIT[type.bits];
  const whole = typeof value === 'bigint' ? value : Number.isInteger(value) ? BigInt(value) : undefined;
  if (whole !== undefined && whole >= -limit && whole < limit) return Number(whole);
  mismatch(walk, `number ${canonicalJson(value)}`, type.text, isFatal);
  return 0;
}

function readTime(type: GoType, value: unknown, walk: Walk): string | null {
  if (typeof value !== 'string') {
    mismatch(walk, describe(value), 'string', true);
    return null;
  }
  const { ms, error } = parseTimeStrictly(value);
  if (ms === undefined) {
    if (walk.findings !== undefined) walk.findings.fatal ??= error;
    return null;
  }
  if (type.kind === 'time') return formatTime(ms);
  return /\.\d{6}Z$/.test(value) ? value : formatMicroTime(ms);
}

const INT32 = goType('int32') as GoType & { kind: 'int' };

/** The value as Go would hold it, or NIL. A value of the wrong type counts as absent. */
function read(type: GoType, value: unknown, walk: Walk, path: string): unknown {
  if (value === null || value === undefined) return zeroOf(type);
  switch (type.kind) {
    case 'pointer':
      return read(type.of, value, walk, path);
    case 'string':
      if (typeof value === 'string') return value;
      mismatch(walk, describe(value), type.text);
      return '';
    case 'bool':
      if (typeof value === 'boolean') return value;
      mismatch(walk, describe(value), type.text);
      return false;
    case 'int':
      return readInt(type, value, walk);
    case 'float':
      if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
      mismatch(walk, describe(value), type.text);
      return 0;
    case 'intOrString':
      return typeof value === 'string' ? value : readInt(INT32, value, walk, true);
    case 'quantity':
      return readQuantity(value, walk);
    case 'time':
    case 'microTime':
      return readTime(type, value, walk);
    case 'bytes':
      return readBytes(value, walk);
    case 'raw':
      return value;
    case 'slice':
      if (Array.isArray(value)) return readList(type.of, value, walk, path);
      mismatch(walk, describe(value), type.text);
      return NIL;
    case 'map':
      if (isObject(value)) return readMap(type.of, value, walk, path);
      mismatch(walk, describe(value), type.text);
      return NIL;
    case 'struct': {
      const struct = goStruct(type.name);
      if (isObject(value) && struct !== undefined) return readStruct(struct, value, walk, path);
      mismatch(walk, describe(value), type.text);
      return zeroOf(type);
    }
  }
}

function readQuantity(value: unknown, walk: Walk): string {
  // Whatever is no text or number fails the pattern, as its JSON text would.
  const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? value : '{';
  const { quantity, error } = parseQuantity(text);
  if (quantity !== undefined) return canonicalQuantity(quantity);
  if (walk.findings !== undefined) walk.findings.fatal ??= error;
  return '0';
}

function readBytes(value: unknown, walk: Walk): string | undefined {
  if (typeof value !== 'string') {
    mismatch(walk, describe(value), '[]uint8');
    return NIL;
  }
  const error = base64Error(value);
  if (error === undefined) return value;
  if (walk.findings !== undefined) walk.findings.mismatch ??= error;
  return NIL;
}

/**
 * Reads a value as a Go struct and tells what is wrong with it.
 * @param struct the struct it should be
 * @param value plain JSON data, e.g. from a manifest
 */
export function readStrictly(struct: GoStruct, value: unknown): { object: Loose; findings: Findings } {
  const findings: Findings = { strict: new Set(), mismatch: undefined, fatal: undefined };
  const walk: Walk = { findings, stack: [], struct: '' };
  if (isObject(value)) return { object: readStruct(struct, value, walk, ''), findings };
  mismatch(walk, describe(value), struct.name);
  return { object: assemble(struct, new Map()), findings };
}

/**
 * A value as Go would write it. What does not fit its type is left out.
 * @param typeName a name of the table, e.g. `v1.PodTemplateSpec`
 */
export function toGo(typeName: string, value: unknown): Loose {
  const struct = goStruct(typeName);
  if (struct === undefined) return isObject(value) ? value : {};
  return readStruct(struct, isObject(value) ? value : {}, { findings: undefined, stack: [], struct: '' }, '');
}

/** The compact JSON Go writes for a struct, fields in declaration order: the form values have in error texts. */
export const goJson = (typeName: string, value: unknown): string => canonicalJson(toGo(typeName, value), 'declared');
