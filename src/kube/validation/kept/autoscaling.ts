// HorizontalPodAutoscalers. k8s: autoscaling/validation

import { type Loose, listAt, numberAt, objectAt, objectOr, textAt } from '../../loose.ts';
import { pathSegmentErrors } from '../../names.ts';
import { compareQuantity, parseQuantity, ZERO_QUANTITY } from '../../quantity.ts';
import { type FieldError, forbidden, invalid, invalidAll, notSupported, required } from '../field-error.ts';
import { validateLabelSelector } from '../label-selector.ts';

const SOURCES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
const TARGETS = ['Utilization', 'Value', 'AverageValue'];
/** The member that holds a source. */
const memberOf = (type: string): string => type.charAt(0).toLowerCase() + type.slice(1);

function validateReference(path: string, reference: Loose): FieldError[] {
  return ['kind', 'name'].flatMap((key) => {
    const text = textAt(reference, key);
    return text === '' ? [required(`${path}.${key}`)] : invalidAll(`${path}.${key}`, text, pathSegmentErrors(text));
  });
}

const hasAmount = (target: Loose, key: string): boolean => target[key] !== undefined && target[key] !== null;

function isPositive(target: Loose, key: string): boolean {
  const amount = target[key];
  if (typeof amount !== 'string' && typeof amount !== 'number') return false;
  const { quantity } = parseQuantity(amount);
  return quantity !== undefined && compareQuantity(quantity, ZERO_QUANTITY) > 0;
}

function validateTarget(path: string, target: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const type = textAt(target, 'type');
  if (type === '') errors.push(required(`${path}.type`, 'must specify a metric target type'));
  if (!TARGETS.includes(type))
    errors.push(invalid(`${path}.type`, type, 'must be either Utilization, Value, or AverageValue'));
  for (const key of ['value', 'averageValue'])
    if (hasAmount(target, key) && !isPositive(target, key))
      errors.push(invalid(`${path}.${key}`, target[key], 'must be positive'));
  const utilization = numberAt(target, 'averageUtilization');
  if (utilization !== undefined && utilization < 1)
    errors.push(invalid(`${path}.averageUtilization`, utilization, 'must be greater than 0'));
  return errors;
}

function validateMetricName(path: string, source: Loose): FieldError[] {
  const metric = objectOr(source, 'metric');
  const name = textAt(metric, 'name');
  const selector = objectAt(metric, 'selector');
  return [
    ...(name === ''
      ? [required(`${path}.metric.name`, 'must specify a metric name')]
      : invalidAll(`${path}.metric.name`, name, pathSegmentErrors(name))),
    ...(selector ? validateLabelSelector(`${path}.metric.selector`, selector) : []),
  ];
}

function validateResourceSource(path: string, source: Loose, isContainer: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const target = objectOr(source, 'target');
  if (textAt(source, 'name') === '') errors.push(required(`${path}.name`, 'must specify a resource name'));
  if (isContainer && textAt(source, 'container') === '')
    errors.push(required(`${path}.container`, 'must specify a container'));
  errors.push(...validateTarget(`${path}.target`, target));
  const [byShare, byAmount] = ['averageUtilization', 'averageValue'].map((key) => hasAmount(target, key));
  if (!byShare && !byAmount)
    errors.push(
      required(`${path}.target.averageUtilization`, 'must set either a target raw value or a target utilization'),
    );
  if (byShare && byAmount)
    errors.push(
      forbidden(`${path}.target.averageValue`, 'may not set both a target raw value and a target utilization'),
    );
  return errors;
}

function validateSource(path: string, type: string, source: Loose): FieldError[] {
  if (type === 'Resource' || type === 'ContainerResource')
    return validateResourceSource(path, source, type === 'ContainerResource');
  const target = objectOr(source, 'target');
  const at = `${path}.target`;
  const errors: FieldError[] = [];
  if (type === 'Object')
    errors.push(...validateReference(`${path}.describedObject`, objectOr(source, 'describedObject')));
  errors.push(...validateMetricName(path, source), ...validateTarget(at, target));
  const [hasValue, hasAverage] = ['value', 'averageValue'].map((key) => hasAmount(target, key));
  if (type === 'Pods' && !isPositive(target, 'averageValue'))
    errors.push(required(`${at}.averageValue`, 'must specify a positive target averageValue'));
  if (type === 'Object' && !hasValue && !hasAverage)
    errors.push(required(`${at}.averageValue`, 'must set either a target value or averageValue'));
  if (type !== 'External') return errors;
  if (!hasValue && !hasAverage)
    errors.push(required(`${at}.averageValue`, 'must set either a target value for metric or a per-pod target'));
  if (hasValue && hasAverage)
    errors.push(forbidden(`${at}.value`, 'may not set both a target value for metric and a per-pod target'));
  return errors;
}

function validateMetric(path: string, metric: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const type = textAt(metric, 'type');
  if (type === '') errors.push(required(`${path}.type`, 'must specify a metric source type'));
  if (!SOURCES.includes(type)) errors.push(notSupported(`${path}.type`, type, SOURCES));
  const present = ['Object', 'External', 'Pods', 'Resource', 'ContainerResource'].filter((source) =>
    objectAt(metric, memberOf(source)),
  );
  const [first] = present;
  if (first) errors.push(...validateSource(`${path}.${memberOf(first)}`, first, objectOr(metric, memberOf(first))));
  const wanted = memberOf(type);
  if (!present.includes(type))
    errors.push(required(`${path}.${wanted}`, 'must populate information for the given metric source'));
  if (present.length > 1)
    for (const other of present.filter((source) => source !== type))
      errors.push(forbidden(`${path}.${memberOf(other)}`, 'must populate the given metric source only'));
  return errors;
}

/** An autoscaler of either version: that of the older has no metrics. */
export function validateAutoscaler(autoscaler: Loose): FieldError[] {
  const spec = objectOr(autoscaler, 'spec');
  const errors: FieldError[] = [];
  const min = numberAt(spec, 'minReplicas');
  const max = numberAt(spec, 'maxReplicas') ?? 0;
  if (min !== undefined && min < 1) errors.push(invalid('spec.minReplicas', min, 'must be greater than or equal to 1'));
  if (max < 1) errors.push(invalid('spec.maxReplicas', max, 'must be greater than 0'));
  if (max < (min ?? 1)) errors.push(invalid('spec.maxReplicas', max, 'must be greater than or equal to `minReplicas`'));
  errors.push(...validateReference('spec.scaleTargetRef', objectOr(spec, 'scaleTargetRef')));
  return [...errors, ...listAt(spec, 'metrics').flatMap((metric, i) => validateMetric(`spec.metrics[${i}]`, metric))];
}
