// Fields that hold a number or a percentage. k8s: apimachinery intstr
import type { IntOrString } from './types.ts';

const PERCENT = /^[+-]?\d+%$/;

/** True for texts such as `25%`. */
export const isPercent = (value: IntOrString): value is string => typeof value === 'string' && PERCENT.test(value);

/**
 * KUBE-23: resolves a number or a percentage against a total.
 * @param value an int32 or a text such as `25%`
 * @param total what a percentage is taken of
 * @param rounding which way a fraction goes
 * @returns the number, or undefined when the text is no percentage. k8s: GetScaledValueFromIntOrPercent
 */
export function resolveIntOrPercent(value: IntOrString, total: number, rounding: 'up' | 'down'): number | undefined {
  if (typeof value === 'number') return value;
  if (!isPercent(value)) return undefined;
  const part = (Number(value.slice(0, -1)) * total) / 100;
  return rounding === 'up' ? Math.ceil(part) : Math.floor(part);
}

/** The plain number in a value: of a percentage the part before the sign, of any other text its number or 0. */
export function plainValue(value: IntOrString): number {
  if (typeof value === 'number') return value;
  if (/^\d+%$/.test(value)) return Number(value.slice(0, -1));
  return /^[+-]?\d+$/.test(value) ? Number(value) : 0;
}
