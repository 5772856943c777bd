// The text dump of a Go value from which pod-template-hash is computed. k8s: k8s.io/utils/dump (go-spew's %#v with
// sorted keys, no addresses, no capacities). Every field is printed, with its Go type.
import { compareBytes } from './canonical-json.ts';
import { type GoType, goStruct, goType } from './go-types.ts';
import { isObject, type Loose } from './loose.ts';
import { parseQuantity, type Quantity } from './quantity.ts';

const NIL = '<nil>';
const ZERO_TIME = '{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}';

/** Seconds that Go's clock counts from year 1 to 1970. */
const SECONDS_TO_1970 = 62_135_596_800;

function dumpInt64Amount(value: bigint, scale: number, text: string, format: string): string {
  return (
    `{i:(resource.int64Amount){value:(int64)${value} scale:(resource.Scale)${scale}} ` +
    `d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${text} Format:(resource.Format)${format}}`
  );
}

/** The 64-bit words of a big number, least significant first, as Go's math/big holds them. */
function wordsOf(value: bigint): string {
  const words: string[] = [];
  for (let rest = value; rest > 0n; rest >>= 64n) words.push(String(rest & (2n ** 64n - 1n)));
  return words.length === 0 ? NIL : `[${words.join(' ')}]`;
}

/** What is inside a resource.Quantity after parsing its canonical text. k8s: resource.ParseQuantity */
function dumpQuantity(text: string): string {
  if (text === '0') return dumpInt64Amount(0n, 0, '0', 'DecimalSI');
  const { quantity } = parseQuantity(text);
  if (quantity === undefined) return dumpInt64Amount(0n, 0, '', '');
  const match = /^[+-]?0*(\d*)/.exec(text);
  const digits = match?.[1] ?? '';
  const number = BigInt(digits || '0');
  const signed = text.startsWith('-') ? -number : number;
  if (quantity.format !== 'BinarySI') {
    const isKept = quantity.scale % 3 === 0 && !digits.endsWith('000') && digits !== '';
    return dumpInt64Amount(signed, quantity.scale, isKept ? text : '', quantity.format);
  }
  return dumpBinary(quantity, text, digits, number);
}

function dumpBinary(quantity: Quantity, text: string, digits: string, number: bigint): string {
  const exponent = 10 * (['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].indexOf(text.slice(-2)) + 1);
  // Go keeps numbers of about fifteen digits as an int64 and longer ones as an arbitrary decimal.
  const precision = 15 - digits.length - Math.trunc((exponent * 3) / 10) - 1;
  if (precision >= 0) return dumpInt64Amount(quantity.value, 0, number % 8n !== 0n ? text : '', 'BinarySI');
  const abs = quantity.value < 0n ? -quantity.value : quantity.value;
  return (
    '{i:(resource.int64Amount){value:(int64)0 scale:(resource.Scale)0} d:(resource.infDecAmount){Dec:(*inf.Dec)' +
    `{unscaled:(big.Int){neg:(bool)${quantity.value < 0n} abs:(big.nat)${wordsOf(abs)}} scale:(inf.Scale)0}} ` +
    's:(string) Format:(resource.Format)BinarySI}'
  );
}

function dumpTime(value: unknown): string {
  if (typeof value !== 'string') return ZERO_TIME;
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})/.exec(value);
  if (match === null) return ZERO_TIME;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const seconds = daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second + SECONDS_TO_1970;
  return `{Time:(time.Time){wall:(uint64)0 ext:(int64)${seconds} loc:(*time.Location)<nil>}}`;
}

function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + inYear - 719_468;
}

function dump(type: GoType, value: unknown): string {
  switch (type.kind) {
    case 'pointer':
      return value === undefined || value === null ? NIL : dump(type.of, value);
    case 'string':
      return typeof value === 'string' ? value : '';
    case 'bool':
      return value === true ? 'true' : 'false';
    case 'int':
    case 'float':
      return typeof value === 'number' ? String(value) : '0';
    case 'intOrString':
      return typeof value === 'string'
        ? `{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)${value}}`
        : `{Type:(intstr.Type)0 IntVal:(int32)${typeof value === 'number' ? value : 0} StrVal:(string)}`;
    case 'quantity':
      return typeof value === 'string' || typeof value === 'number'
        ? dumpQuantity(String(value))
        : dumpInt64Amount(0n, 0, '', '');
    case 'time':
    case 'microTime':
      return dumpTime(value);
    case 'bytes':
    case 'raw':
      return NIL;
    case 'slice':
      return Array.isArray(value) ? `[${value.map((item) => dump(type.of, item)).join(' ')}]` : NIL;
    case 'map':
      return isObject(value)
        ? `map[${Object.keys(value)
            .sort(compareBytes)
            .map((key) => `${key}:${dump(type.of, value[key])}`)
            .join(' ')}]`
        : NIL;
    case 'struct':
      return dumpStruct(type.name, isObject(value) ? value : undefined);
  }
}

function dumpStruct(name: string, value: Loose | undefined): string {
  const fields = (goStruct(name)?.fields ?? []).map((field) => {
    // An embedded struct reads its fields from the object that it is embedded in.
    const member = field.inline ? value : field.json === '' ? undefined : value?.[field.json];
    return `${field.goName}:(${field.type.text})${dump(field.type, member)}`;
  });
  return `{${fields.join(' ')}}`;
}

/**
 * Dumps a value as a Go struct.
 * @param typeName a name of the table, e.g. `v1.PodTemplateSpec`
 * @param value the object in Go's JSON form (see toGo)
 */
export const dumpGo = (typeName: string, value: unknown): string =>
  `(${goType(typeName).text})${dump(goType(typeName), value)}`;
