// What a plain scalar means to Kubernetes, which reads YAML 1.1 through Go: `yes` is true, `0755` is octal, `1:30` is a
// text, a date is a text. Quoted scalars never come here. k8s: sigs.k8s.io/yaml, goyaml.v2 resolve

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);

const INFINITE = /^[+-]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const DOTTED_FLOAT = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;
const INT64_SIZE = 2 ** 63;
/** Floats of more digits before the point are written with an exponent. */
const EXPONENT_FROM = 6;

/** What a plain scalar stands for. NaN and infinities come back as numbers; JSON cannot hold them. */
export function plainScalar(text: string): string | number | boolean | null {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  const isDigitOrSign = (first >= 48 && first <= 57) || first === 43 || first === 45;
  if (first === 46) {
    if (NOT_A_NUMBER.test(text)) return Number.NaN;
    if (INFINITE.test(text)) return Number.POSITIVE_INFINITY;
    return DOTTED_FLOAT.test(text) ? (finiteNumber(text) ?? text) : text;
  }
  if (!isDigitOrSign) return text;
  if (INFINITE.test(text)) return first === 45 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return numberOf(text.replaceAll('_', '')) ?? text;
}

function numberOf(plain: string): number | undefined {
  const found = INTEGER.exec(plain);
  if (found) {
    const [, sign, hex, binary, octal, decimal] = found;
    const digits = hex ? `0x${hex}` : binary ? `0b${binary}` : octal ? `0o${octal}` : (decimal ?? '0');
    const size = BigInt(digits);
    const value = sign === '-' ? -size : size;
    if (value >= INT64_MIN && value <= UINT64_MAX) return Number(value);
  }
  return FLOAT.test(plain) ? finiteNumber(plain) : undefined;
}

/** What is out of the range of numbers stays a text. */
function finiteNumber(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** A scalar as the key of a JSON object; undefined where Kubernetes refuses it. */
export function keyText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value !== 'number') return undefined;
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  if (Number.isInteger(value) && Math.abs(value) < INT64_SIZE) return String(BigInt(value));
  return floatText(value);
}

/** A float as Go writes it with the digits that 32 bits hold: what it makes of a key. k8s: strconv.FormatFloat 'g' */
function floatText(value: number): string {
  const narrow = Math.fround(value);
  const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((count) => Math.fround(Number(narrow.toPrecision(count))) === narrow);
  const [mantissa = '', exponent = '0'] = narrow.toExponential((digits ?? 9) - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < EXPONENT_FROM) return String(Number(`${mantissa}e${exponent}`));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
