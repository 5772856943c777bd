// kubectl autoscale: an autoscaler for a workload. It is kept; nothing scales by itself here, because nothing has a load.
import { CommandError } from '../errors.ts';
import { GENERATE_FLAGS, generate } from '../generate.ts';
import { FILE_FLAGS } from '../read-files.ts';
import { NOTHING_NAMED, selectObjects } from '../selection.ts';
import { RECORD_FLAG, type Verb } from './verb.ts';

const SCALABLE: ReadonlySet<string> = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']);

export const autoscale: Verb = {
  name: 'autoscale',
  flags: {
    ...GENERATE_FLAGS,
    ...FILE_FLAGS,
    ...RECORD_FLAG,
    min: { type: 'int', default: '-1' },
    max: { type: 'int', default: '-1' },
    'cpu-percent': { type: 'int' },
    cpu: { type: 'string' },
    memory: { type: 'string' },
    name: { type: 'string' },
  },
  run(call) {
    const { flags } = call;
    const [least, most] = [flags.number('min') ?? -1, flags.number('max') ?? -1];
    if (most < 1) throw new CommandError(`--max=MAXPODS is required and must be at least 1, max: ${most}`);
    if (least > most)
      throw new CommandError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${most}, min: ${least}`);
    if (flags.has('cpu-percent'))
      call.warn(
        "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
      );
    const metrics = (['cpu', 'memory'] as const).flatMap((name) => {
      const text = flags.text(name) ?? (name === 'cpu' ? flags.text('cpu-percent') : undefined);
      return text === undefined ? [] : [{ type: 'Resource', resource: { name, target: targetOf(text) } }];
    });
    const found = selectObjects(call, call.args, { nothingNamed: NOTHING_NAMED });
    for (const { info, object } of found) {
      if (!SCALABLE.has(info.kind))
        throw new CommandError(
          `cannot autoscale a ${info.kind}: could not find scale subresource for ${info.group}/${info.version}, Resource=${info.plural} in discovery information`,
        );
      generate(
        call,
        {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata: { name: flags.text('name') ?? object.metadata.name },
          spec: {
            scaleTargetRef: { apiVersion: info.apiVersion, kind: info.kind, name: object.metadata.name },
            ...(least > 0 && { minReplicas: least }),
            maxReplicas: most,
            ...(metrics.length > 0 && { metrics }),
          },
        },
        { word: 'autoscaled', shown: { status: { currentMetrics: null, desiredReplicas: 0 } } },
      );
    }
  },
};

/** `80%` and `80` are shares of what is requested, `500m` an amount. */
const targetOf = (text: string) =>
  /^\d+%?$/.test(text)
    ? { type: 'Utilization', averageUtilization: Number(text.replace('%', '')) }
    : { type: 'AverageValue', averageValue: text };
