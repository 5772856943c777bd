// kubectl create deployment, job and cronjob.
import type { Call } from '../../call.ts';
import { CommandError, localFault } from '../../errors.ts';
import { GENERATE_FLAGS, generate, nameOf } from '../../generate.ts';
import { findTarget, notFoundFault, readQuery } from '../../objects.ts';
import { isMap } from '../../patch/json.ts';
import type { Verb } from '../verb.ts';

/** The name, and behind it the command of the container. */
function nameAndCommand(
  call: Call,
  isDashNeeded: boolean,
): { readonly name: string; readonly command: readonly string[] } {
  const { args, argsBeforeDash } = call;
  const from = argsBeforeDash ?? (isDashNeeded ? args.length : Math.min(1, args.length));
  const name = nameOf({ ...call, args: args.slice(0, from) });
  return { name, command: args.slice(from) };
}

/** `registry/nginx:1.27` is the container nginx. k8s: buildPodSpec */
const containerName = (image: string): string =>
  (image.split('/').at(-1) ?? image).replace(/[:@].*$/, '').replace(/[._]/g, '-');

export const createDeployment = (word: string): Verb => ({
  name: `create ${word}`,
  flags: {
    ...GENERATE_FLAGS,
    image: { type: 'strings' },
    replicas: { type: 'int', short: 'r', default: '1' },
    port: { type: 'int', default: '-1' },
  },
  run(call) {
    const { flags } = call;
    const images = flags.list('image');
    if (images.length === 0) throw new CommandError('required flag(s) "image" not set');
    const { name, command } = nameAndCommand(call, true);
    if (images.length > 1 && command.length > 0)
      throw new CommandError('cannot specify multiple --image options and command');
    const port = flags.number('port') ?? -1;
    const containers = images.map((image, i) => ({
      name: containerName(image),
      image,
      resources: {},
      ...(command.length > 0 && { command }),
      ...(i === 0 && port >= 0 && { ports: [{ containerPort: port }] }),
    }));
    generate(
      call,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, labels: { app: name } },
        spec: {
          replicas: flags.number('replicas') ?? 1,
          selector: { matchLabels: { app: name } },
          strategy: {},
          template: { metadata: { labels: { app: name } }, spec: { containers } },
        },
      },
      { failing: 'failed to create deployment: ', shown: { status: {} } },
    );
  },
});

const podOf = (name: string, image: string, command: readonly string[], restartPolicy: string) => ({
  metadata: {},
  spec: {
    containers: [{ name, image, resources: {}, ...(command.length > 0 && { command }) }],
    restartPolicy,
  },
});

export const createJob = (word: string): Verb => ({
  name: `create ${word}`,
  flags: { ...GENERATE_FLAGS, image: { type: 'string' }, from: { type: 'string' } },
  run(call) {
    const { flags } = call;
    const { name, command } = nameAndCommand(call, false);
    const [image, from] = [flags.text('image') ?? '', flags.text('from') ?? ''];
    if ((image === '') === (from === '')) throw new CommandError('either --image or --from must be specified');
    if (command.length > 0 && from !== '') throw new CommandError('cannot specify --from and command');
    const made = image === '' ? jobOfCronJob(call, from) : { spec: { template: podOf(name, image, command, 'Never') } };
    if (!made) return;
    const { metadata = {}, spec } = made as { readonly metadata?: object; readonly spec: unknown };
    generate(
      call,
      { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, ...metadata }, spec },
      { failing: 'failed to create job: ', shown: { status: {} } },
    );
  },
});

/** A run of a CronJob by hand. k8s: createJobFromCronJob */
function jobOfCronJob(call: Call, from: string): object | undefined {
  const target = readQuery([from], call.namespace).targets?.[0];
  if (!target) throw new CommandError('from must be an existing cronjob');
  const object = findTarget(call.turn.view, target);
  if (!object) {
    call.fail(notFoundFault(target.info, target.name));
    return undefined;
  }
  const { spec } = object as { readonly spec?: unknown };
  const template = isMap(spec) && isMap(spec.jobTemplate) ? spec.jobTemplate : undefined;
  if (target.info.kind !== 'CronJob' || !template) {
    call.fail(localFault(`unknown object type *${target.info.version}.${target.info.kind}`));
    return undefined;
  }
  const { labels, annotations } = isMap(template.metadata) ? template.metadata : {};
  const { apiVersion, kind, metadata } = object;
  return {
    metadata: {
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...(isMap(annotations) ? annotations : {}) },
      ...(isMap(labels) && { labels }),
      ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true }],
    },
    spec: template.spec,
  };
}

export const createCronJob = (word: string): Verb => ({
  name: `create ${word}`,
  flags: {
    ...GENERATE_FLAGS,
    image: { type: 'string' },
    schedule: { type: 'string' },
    restart: { type: 'string' },
  },
  run(call) {
    const { flags } = call;
    const missing = ['image', 'schedule'].filter((flag) => !flags.has(flag)).map((flag) => JSON.stringify(flag));
    if (missing.length > 0) throw new CommandError(`required flag(s) ${missing.join(', ')} not set`);
    const { name, command } = nameAndCommand(call, false);
    const template = podOf(name, flags.text('image') ?? '', command, flags.text('restart') || 'OnFailure');
    generate(
      call,
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name },
        spec: { jobTemplate: { metadata: { name }, spec: { template } }, schedule: flags.text('schedule') },
      },
      { failing: 'failed to create cronjob: ', shown: { status: {} } },
    );
  },
});
