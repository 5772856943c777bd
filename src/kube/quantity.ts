// KUBE-4: amounts such as `500m` and `1Gi`, exact and printed as Kubernetes prints them. k8s: apimachinery resource.Quantity.
// Values are big integers times a power of ten, so nothing is lost; hostile lengths and exponents are refused early.

/** How an amount was written, which decides how it is printed. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** `value` × 10^`scale`. */
export interface Quantity {
  readonly value: bigint;
  readonly scale: number;
  readonly format: QuantityFormat;
}

/** Either an amount, or the API server's words for what is wrong with the text. */
export type QuantityResult =
  | { readonly quantity: Quantity; readonly error?: undefined }
  | { readonly quantity?: undefined; readonly error: string };

export const QUANTITY_FORMAT_ERROR =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const NUMERIC_ERROR = 'unable to parse numeric part of quantity';
const SUFFIX_ERROR = "unable to parse quantity's suffix";

const TEXT_LENGTH_MAX = 256;
const EXPONENT_MAX = 400;
const NANO = -9;
const MILLI = -3;
/** Binary amounts are capped here, as in Kubernetes. */
const BINARY_MAX = 2n ** 63n - 1n;

const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const DECIMAL_SUFFIX: ReadonlyMap<number, string> = new Map(Object.entries(DECIMAL).map(([text, exp]) => [exp, text]));
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

export const ZERO_QUANTITY: Quantity = { value: 0n, scale: 0, format: 'DecimalSI' };

const pow10 = (exponent: number): bigint => 10n ** BigInt(exponent);

/** Divides and rounds away from zero: a little of something is never nothing. */
function divideUp(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  if (value % divisor === 0n) return quotient;
  return value > 0n ? quotient + 1n : quotient - 1n;
}

function rescaleUp(q: Quantity, scale: number): Quantity {
  return q.scale >= scale ? q : { value: divideUp(q.value, pow10(scale - q.scale)), scale, format: q.format };
}

/** `value` as an integer at the given scale, rounded away from zero where it has to be. */
function atScale(q: Quantity, scale: number): bigint {
  return q.scale >= scale ? q.value * pow10(q.scale - scale) : divideUp(q.value, pow10(scale - q.scale));
}

/**
 * Parses an amount.
 * @param input the text, or a plain number as YAML may give it
 * @returns the amount, or the error text of the API server. k8s: resource.ParseQuantity
 */
export function parseQuantity(input: string | number | bigint): QuantityResult {
  const text = String(input).trim();
  if (text.length === 0) return { error: QUANTITY_FORMAT_ERROR };
  if (text.length > TEXT_LENGTH_MAX) return { error: NUMERIC_ERROR };
  const match = /^([+-]?)(\d*)(?:\.(\d*))?/.exec(text);
  const integer = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  const rest = text.slice(match?.[0].length ?? 0);
  // k8s: parseQuantityString splits the suffix into letters, a sign and digits, and refuses anything after them.
  if (!/^[eEinumkKMGTP]*[-+]?\d*$/.test(rest)) return { error: QUANTITY_FORMAT_ERROR };
  const suffix = readSuffix(rest);
  if (suffix === undefined) return { error: SUFFIX_ERROR };
  const digits = BigInt(`${integer}${fraction}` || '0');
  const negative = match?.[1] === '-';
  let value = digits * 2n ** BigInt(suffix.base2);
  let quantity: Quantity = { value, scale: suffix.base10 - fraction.length, format: suffix.format };
  quantity = rescaleUp(quantity, NANO);
  if (quantity.format === 'BinarySI') {
    if (atScale(quantity, 0) > BINARY_MAX) quantity = { value: BINARY_MAX, scale: 0, format: 'BinarySI' };
    if (quantity.value > 0n && compareQuantity(quantity, { value: 1n, scale: 0, format: 'DecimalSI' }) < 0)
      quantity = { ...quantity, format: 'DecimalSI' };
  }
  value = negative ? -quantity.value : quantity.value;
  return { quantity: { value, scale: quantity.scale, format: quantity.format } };
}

function readSuffix(text: string): { base10: number; base2: number; format: QuantityFormat } | undefined {
  const decimal = Object.hasOwn(DECIMAL, text) ? DECIMAL[text] : undefined;
  if (decimal !== undefined) return { base10: decimal, base2: 0, format: 'DecimalSI' };
  const binary = BINARY.indexOf(text);
  if (binary > 0) return { base10: 0, base2: 10 * binary, format: 'BinarySI' };
  if (!/^[eE][-+]?\d+$/.test(text)) return undefined;
  const exponent = Number(text.slice(1));
  if (Math.abs(exponent) > EXPONENT_MAX) return undefined;
  return { base10: exponent, base2: 0, format: 'DecimalExponent' };
}

/** -1, 0 or 1. The way the two are written does not matter. */
export function compareQuantity(a: Quantity, b: Quantity): number {
  const scale = Math.min(a.scale, b.scale);
  const x = a.value * pow10(a.scale - scale);
  const y = b.value * pow10(b.scale - scale);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The sum; written like `a` unless `a` is zero. k8s: Quantity.Add */
export function addQuantity(a: Quantity, b: Quantity): Quantity {
  const scale = Math.min(a.scale, b.scale);
  const value = a.value * pow10(a.scale - scale) + b.value * pow10(b.scale - scale);
  return { value, scale, format: a.value === 0n ? b.format : a.format };
}

/** The difference. k8s: Quantity.Sub */
export const subtractQuantity = (a: Quantity, b: Quantity): Quantity =>
  addQuantity(a, { value: -b.value, scale: b.scale, format: b.format });

/** Whole units, rounded away from zero. k8s: Quantity.Value */
export const unitsOf = (q: Quantity): bigint => atScale(q, 0);

/** Thousandths, rounded away from zero. k8s: Quantity.MilliValue */
export const milliOf = (q: Quantity): bigint => atScale(q, MILLI);

/** Rounds away from zero to thousandths, as the API server does with every resource list. */
export const roundUpToMilli = (q: Quantity): Quantity => rescaleUp(q, MILLI);

/**
 * Prints an amount in its one canonical form: no fraction, the largest suffix that keeps it exact.
 * k8s: Quantity.CanonicalizeBytes
 */
export function canonicalQuantity(q: Quantity): string {
  if (q.value === 0n) return '0';
  let format = q.format;
  if (format === 'BinarySI') {
    const whole = atScale(q, 0);
    const isWhole = q.scale >= 0 || q.value % pow10(-q.scale) === 0n;
    if ((whole > -1024n && whole < 1024n) || !isWhole) format = 'DecimalSI';
    else return printBinary(whole);
  }
  let value = q.value;
  let exponent = q.scale;
  while (value % 10n === 0n) {
    value /= 10n;
    exponent++;
  }
  // Suffixes exist for every third power only.
  while (exponent % 3 !== 0) {
    value *= 10n;
    exponent--;
  }
  if (format === 'DecimalExponent') return exponent === 0 ? String(value) : `${value}e${exponent}`;
  return `${value}${DECIMAL_SUFFIX.get(exponent) ?? ''}`;
}

function printBinary(whole: bigint): string {
  let value = whole;
  let power = 0;
  while (value % 1024n === 0n && power < BINARY.length - 1) {
    value /= 1024n;
    power++;
  }
  return `${value}${BINARY[power]}`;
}

// The same few texts are read for every pod and every node, so answers are kept. The limit keeps hostile input bounded.
const KEPT_MAX = 2000;
const kept = new Map<string, { milli: number; units: number; canonical: string } | null>();

function lookUp(input: string | number): { milli: number; units: number; canonical: string } | null {
  const text = String(input);
  const known = kept.get(text);
  if (known !== undefined) return known;
  const { quantity } = parseQuantity(text);
  const answer =
    quantity === undefined
      ? null
      : {
          milli: Number(milliOf(quantity)),
          units: Number(unitsOf(quantity)),
          canonical: canonicalQuantity(quantity),
        };
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(text, answer);
  return answer;
}

/** Thousandths as a plain number, for adding up cpu; 0 when the text is no amount. */
export const milliOfText = (text: string | number | undefined): number =>
  text === undefined ? 0 : (lookUp(text)?.milli ?? 0);

/** Whole units as a plain number, for adding up bytes; 0 when the text is no amount. */
export const unitsOfText = (text: string | number | undefined): number =>
  text === undefined ? 0 : (lookUp(text)?.units ?? 0);

/** The canonical form of a text, or undefined when the text is no amount. */
export const canonicalQuantityText = (text: string | number): string | undefined => lookUp(text)?.canonical;

/** Compares two texts as amounts; a text that is no amount counts as zero. */
export function compareQuantityTexts(a: string | number, b: string | number): number {
  return compareQuantity(parseQuantity(a).quantity ?? ZERO_QUANTITY, parseQuantity(b).quantity ?? ZERO_QUANTITY);
}
