// kubectl create namespace, serviceaccount, quota and priorityclass.
import { parseQuantity } from '#kube';
import { CommandError } from '../../errors.ts';
import { GENERATE_FLAGS, generate, nameOf } from '../../generate.ts';
import type { Verb } from '../verb.ts';

export const createNamespace = (word: string): Verb => ({
  name: `create ${word}`,
  flags: GENERATE_FLAGS,
  run(call) {
    const value = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: nameOf(call) } };
    generate(call, value, { shown: { spec: {}, status: {} } });
  },
});

export const createServiceAccount = (word: string): Verb => ({
  name: `create ${word}`,
  flags: GENERATE_FLAGS,
  run(call) {
    const value = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: nameOf(call) } };
    generate(call, value, { failing: 'failed to create serviceaccount: ' });
  },
});

export const createQuota = (word: string): Verb => ({
  name: `create ${word}`,
  flags: { ...GENERATE_FLAGS, hard: { type: 'string' }, scopes: { type: 'string' } },
  run(call) {
    const name = nameOf(call);
    const [hard, scopes] = [call.flags.text('hard') ?? '', call.flags.text('scopes') ?? ''];
    const amounts = (hard === '' ? [] : hard.split(',')).map((pair): readonly [string, string] => {
      const [resource = '', amount, ...more] = pair.split('=');
      if (amount === undefined || more.length > 0)
        throw new CommandError(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
      const { error } = parseQuantity(amount) as { readonly error?: string };
      if (error !== undefined) throw new CommandError(error);
      return [resource, amount];
    });
    const list = scopes === '' ? [] : scopes.split(',');
    if (list.includes('')) throw new CommandError('invalid resource quota scope ""');
    const spec = {
      ...(amounts.length > 0 && { hard: Object.fromEntries(amounts) }),
      ...(list.length > 0 && { scopes: list }),
    };
    const value = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec };
    generate(call, value, { failing: 'failed to create quota: ', shown: { status: {} } });
  },
});

export const createPriorityClass = (word: string): Verb => ({
  name: `create ${word}`,
  flags: {
    ...GENERATE_FLAGS,
    value: { type: 'int', default: '0' },
    'global-default': { type: 'bool' },
    description: { type: 'string' },
    'preemption-policy': { type: 'string', default: 'PreemptLowerPriority' },
  },
  run(call) {
    const { flags } = call;
    const description = flags.text('description') ?? '';
    generate(
      call,
      {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name: nameOf(call) },
        value: flags.number('value') ?? 0,
        ...(flags.isOn('global-default') && { globalDefault: true }),
        ...(description && { description }),
        preemptionPolicy: flags.text('preemption-policy'),
      },
      { failing: 'failed to create priorityclass: ' },
    );
  },
});
