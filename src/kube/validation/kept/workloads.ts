// Jobs, CronJobs, DaemonSets and ReplicationControllers. k8s: batch/validation, apps/validation, core/validation
import { defaultPodTemplate } from '../../defaults/pod-spec.ts';
import { plainValue } from '../../int-or-string.ts';
import { isEmptySelector } from '../../labels.ts';
import { flagAt, type Loose, numberAt, objectAt, objectOr, optionalTextAt, textAt } from '../../loose.ts';
import { type FieldError, invalid, nonNegative, notSupported, required } from '../field-error.ts';
import { intOrStringOf, validateAtMostAll, validateIntOrPercent } from '../int-or-percent.ts';
import { asLabelSelector, isUsableSelector, shownSelector, validateLabelSelector } from '../label-selector.ts';
import { validateLongRunning, validatePodTemplate, validateSelectorMatch } from '../pod-template.ts';
import { scheduleError } from './cron.ts';

const JOB_COUNTS = ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'];
const COMPLETION_MODES = ['NonIndexed', 'Indexed'];

function validateJobSpec(path: string, spec: Loose): FieldError[] {
  const errors = JOB_COUNTS.flatMap((key) => nonNegative(`${path}.${key}`, numberAt(spec, key)));
  const mode = optionalTextAt(spec, 'completionMode');
  if (mode !== undefined && !COMPLETION_MODES.includes(mode))
    errors.push(notSupported(`${path}.completionMode`, mode, [...COMPLETION_MODES].sort()));
  else if (mode === 'Indexed' && numberAt(spec, 'completions') === undefined)
    errors.push(required(`${path}.completions`, 'when completion mode is Indexed'));
  const template = defaultPodTemplate(objectOr(spec, 'template'));
  errors.push(...validatePodTemplate(`${path}.template`, template));
  const policy = textAt(objectOr(template, 'spec'), 'restartPolicy');
  const at = `${path}.template.spec.restartPolicy`;
  // Whether it was written or filled in cannot be told apart.
  if (policy === 'Always' || policy === '') errors.push(required(at, 'valid values: "OnFailure", "Never"'));
  else if (policy !== 'OnFailure' && policy !== 'Never') errors.push(notSupported(at, policy, ['OnFailure', 'Never']));
  return errors;
}

/** A Job. Its selector is the server's, unless the Job says otherwise. */
export function validateJob(job: Loose): FieldError[] {
  const spec = objectOr(job, 'spec');
  const errors = validateJobSpec('spec', spec);
  if (flagAt(spec, 'manualSelector') !== true) return errors;
  const selector = objectAt(spec, 'selector');
  if (!selector) return [...errors, required('spec.selector')];
  return [
    ...errors,
    ...validateLabelSelector('spec.selector', selector),
    ...validateSelectorMatch('spec.template', selector, objectOr(spec, 'template')),
  ];
}

const CONCURRENCY = ['Allow', 'Forbid', 'Replace'];
const CRON_NAME_MAX = 52;

/** A CronJob. */
export function validateCronJob(job: Loose): FieldError[] {
  const spec = objectOr(job, 'spec');
  const errors: FieldError[] = [];
  const schedule = textAt(spec, 'schedule');
  if (schedule === '') errors.push(required('spec.schedule'));
  else {
    const zone = optionalTextAt(spec, 'timeZone');
    const hasZone = schedule.includes('TZ');
    const error = hasZone ? undefined : scheduleError(schedule);
    if (error !== undefined) errors.push(invalid('spec.schedule', schedule, error));
    if (hasZone)
      errors.push(
        invalid(
          'spec.schedule',
          schedule,
          zone === undefined
            ? 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'
            : 'cannot use both timeZone field and TZ or CRON_TZ in schedule',
        ),
      );
  }
  errors.push(...nonNegative('spec.startingDeadlineSeconds', numberAt(spec, 'startingDeadlineSeconds')));
  const concurrency = textAt(spec, 'concurrencyPolicy');
  if (concurrency !== '' && !CONCURRENCY.includes(concurrency))
    errors.push(notSupported('spec.concurrencyPolicy', concurrency, CONCURRENCY));
  const own = objectOr(objectOr(spec, 'jobTemplate'), 'spec');
  errors.push(...validateJobSpec('spec.jobTemplate.spec', own));
  const selector = objectAt(own, 'selector');
  if (selector)
    errors.push(
      invalid('spec.jobTemplate.spec.selector', shownSelector(selector), '`selector` will be auto-generated'),
    );
  for (const key of ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'])
    errors.push(...nonNegative(`spec.${key}`, numberAt(spec, key)));
  const name = textAt(objectOr(job, 'metadata'), 'name');
  if (name.length > CRON_NAME_MAX)
    errors.push(invalid('metadata.name', name, `must be no more than ${CRON_NAME_MAX} characters`));
  return errors;
}

function validateDaemonStrategy(path: string, strategy: Loose): FieldError[] {
  const type = textAt(strategy, 'type');
  if (type === 'OnDelete') return [];
  if (type !== '' && type !== 'RollingUpdate')
    return [notSupported(`${path}.type`, type, ['RollingUpdate', 'OnDelete'])];
  const block = objectOr(strategy, 'rollingUpdate');
  const unavailable = intOrStringOf(block.maxUnavailable) ?? 1;
  const surge = intOrStringOf(block.maxSurge) ?? 0;
  const at = `${path}.rollingUpdate`;
  const errors = [
    ...validateIntOrPercent(`${at}.maxUnavailable`, unavailable),
    ...validateIntOrPercent(`${at}.maxSurge`, surge),
  ];
  const [hasUnavailable, hasSurge] = [plainValue(unavailable) !== 0, plainValue(surge) !== 0];
  if (hasUnavailable && hasSurge)
    errors.push(invalid(`${at}.maxSurge`, block.maxSurge, 'may not be set when maxUnavailable is non-zero'));
  else if (!hasUnavailable && !hasSurge)
    errors.push(required(`${at}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
  return [
    ...errors,
    ...validateAtMostAll(`${at}.maxUnavailable`, unavailable),
    ...validateAtMostAll(`${at}.maxSurge`, surge),
  ];
}

/** A DaemonSet. */
export function validateDaemonSet(set: Loose): FieldError[] {
  const spec = objectOr(set, 'spec');
  const selector = objectAt(spec, 'selector');
  const template = defaultPodTemplate(objectOr(spec, 'template'));
  const errors = validateLabelSelector('spec.selector', selector);
  if (isUsableSelector(selector)) errors.push(...validateSelectorMatch('spec.template', selector, template));
  const parsed = asLabelSelector(selector);
  if (selector && parsed && isEmptySelector(parsed))
    errors.push(invalid('spec.selector', shownSelector(selector), 'empty selector is invalid for daemonset'));
  return [
    ...errors,
    ...validatePodTemplate('spec.template', template),
    ...validateLongRunning('spec.template', template, 'DaemonSet'),
    ...nonNegative('spec.minReadySeconds', numberAt(spec, 'minReadySeconds')),
    ...validateDaemonStrategy('spec.updateStrategy', objectOr(spec, 'updateStrategy')),
    ...nonNegative('spec.revisionHistoryLimit', numberAt(spec, 'revisionHistoryLimit')),
  ];
}

/** A ReplicationController. Without a selector it takes the labels of its pods. */
export function validateReplicationController(controller: Loose): FieldError[] {
  const spec = objectOr(controller, 'spec');
  const given = objectAt(spec, 'template');
  const labels = objectOr(objectOr(given, 'metadata'), 'labels');
  const own = objectOr(spec, 'selector');
  const matchLabels = Object.keys(own).length > 0 ? own : labels;
  const errors = [
    ...nonNegative('spec.minReadySeconds', numberAt(spec, 'minReadySeconds')),
    ...(Object.keys(matchLabels).length === 0 ? [required('spec.selector')] : []),
    ...nonNegative('spec.replicas', numberAt(spec, 'replicas')),
  ];
  if (!given) return [...errors, required('spec.template')];
  const template = defaultPodTemplate(given);
  if (Object.keys(matchLabels).length > 0)
    errors.push(...validateSelectorMatch('spec.template', { matchLabels }, template));
  return [
    ...errors,
    ...validatePodTemplate('spec.template', template),
    ...validateLongRunning('spec.template', template, 'ReplicationController'),
  ];
}
