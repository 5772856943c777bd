// Selectors inside objects. k8s: apimachinery apis/meta/v1/validation, metav1.LabelSelectorAsSelector
import { goJson } from '../go-fields.ts';
import { labelKeyErrors, labelValueErrors } from '../labels.ts';
import { type Loose, listAt, objectOr, textAt, textsAt } from '../loose.ts';
import type { LabelSelector } from '../types.ts';
import { type FieldError, forbidden, invalid, invalidAll, named, required, type Shown, shown } from './field-error.ts';
import { validateLabelName, validateLabels } from './object-meta.ts';

const NEED_VALUES = "must be specified when `operator` is 'In' or 'NotIn'";
const NO_VALUES = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";

/** A selector as error texts show it: compact JSON, matchLabels first. */
export const shownSelector = (selector: Loose): Shown => shown(goJson('v1.LabelSelector', selector));

/** k8s: ValidateLabelSelector. An absent selector has no errors here. */
export function validateLabelSelector(path: string, selector: Loose | undefined): FieldError[] {
  if (selector === undefined) return [];
  const errors = validateLabels(`${path}.matchLabels`, objectOr(selector, 'matchLabels'));
  for (const [i, expression] of listAt(selector, 'matchExpressions').entries())
    errors.push(...validateExpression(`${path}.matchExpressions[${i}]`, expression));
  return errors;
}

function validateExpression(path: string, expression: Loose): FieldError[] {
  const operator = textAt(expression, 'operator');
  const values = textsAt(expression, 'values');
  const errors: FieldError[] = [];
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) errors.push(required(`${path}.values`, NEED_VALUES));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) errors.push(forbidden(`${path}.values`, NO_VALUES));
  } else errors.push(invalid(`${path}.operator`, named(operator), 'not a valid selector operator'));
  errors.push(...validateLabelName(`${path}.key`, textAt(expression, 'key')));
  for (const [i, value] of values.entries())
    errors.push(...invalidAll(`${path}.values[${i}]`, value, labelValueErrors(value)));
  return errors;
}

/** True when a selector can be turned into a question about labels. k8s: LabelSelectorAsSelector's error */
export function isUsableSelector(selector: Loose | undefined): boolean {
  if (selector === undefined) return true;
  const labels = objectOr(selector, 'matchLabels');
  for (const key of Object.keys(labels)) {
    const value = labels[key];
    if (labelKeyErrors(key).length > 0 || labelValueErrors(typeof value === 'string' ? value : '').length > 0)
      return false;
  }
  return listAt(selector, 'matchExpressions').every((expression) => {
    const values = textsAt(expression, 'values');
    const operator = textAt(expression, 'operator');
    const takesValues = operator === 'In' || operator === 'NotIn';
    if (!takesValues && operator !== 'Exists' && operator !== 'DoesNotExist') return false;
    if (takesValues !== values.length > 0) return false;
    return (
      labelKeyErrors(textAt(expression, 'key')).length === 0 &&
      values.every((value) => labelValueErrors(value).length === 0)
    );
  });
}

/** Reads a selector whose shape was checked by decoding. */
export const asLabelSelector = (selector: Loose | undefined): LabelSelector | undefined =>
  selector as LabelSelector | undefined;
