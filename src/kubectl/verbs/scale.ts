// kubectl scale: asks for another number of replicas.
import type { View } from '#engine';
import { kindOf } from '#kube';
import type { Call } from '../call.ts';
import { recorded, sendChange, valueAt, withValueAt } from '../change-object.ts';
import { durationMs } from '../duration.ts';
import { CommandError, localFault, serverFault } from '../errors.ts';
import { type Found, findTarget } from '../objects.ts';
import type { JsonMap } from '../patch/json.ts';
import { type Teller, tellerOf } from '../print/printer.ts';
import { NOTHING_NAMED, selectObjects } from '../selection.ts';
import { CHANGE_FLAGS, dryRunSuffix, RECORD_FLAG, type Verb } from './verb.ts';

const SCALABLE: ReadonlySet<string> = new Set(['StatefulSet', 'Deployment', 'ReplicaSet', 'ReplicationController']);

export const scale: Verb = {
  name: 'scale',
  flags: {
    ...CHANGE_FLAGS,
    ...RECORD_FLAG,
    replicas: { type: 'int' },
    'current-replicas': { type: 'int', default: '-1' },
    'resource-version': { type: 'string' },
    timeout: { type: 'string', default: '0s' },
  },
  run(call) {
    const { flags } = call;
    if (!flags.has('replicas')) throw new CommandError('required flag(s) "replicas" not set');
    const timeoutMs = durationMs(flags.text('timeout') ?? '0s', '--timeout');
    const teller = tellerOf(call);
    const replicas = flags.number('replicas') ?? -1;
    if (replicas < 0)
      throw new CommandError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
    if ((flags.number('current-replicas') ?? -1) < -1)
      throw new CommandError('The --current-replicas must specify an integer of -1 or greater');
    const found = selectObjects(call, call.args, { nothingNamed: NOTHING_NAMED });
    if (flags.text('resource-version') && found.length > 1)
      throw new CommandError('cannot use --resource-version with multiple resources');
    for (const one of found) scaleOne(call, one, replicas, teller, timeoutMs);
    if (found.length === 0 && !call.hasFailed()) call.fail(localFault('no objects passed to scale'));
  },
};

function scaleOne(call: Call, found: Found, replicas: number, teller: Teller, timeoutMs: number): void {
  const { info, object } = found;
  if (!SCALABLE.has(info.kind) || !kindOf(object)) {
    call.fail(
      serverFault({ code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' }),
    );
    return;
  }
  const before = Number(valueAt(object, ['spec', 'replicas']) ?? 1);
  const expected = call.flags.number('current-replicas') ?? -1;
  const version = call.flags.text('resource-version') ?? '';
  if (expected >= 0 && expected !== before) {
    call.fail(localFault(`Expected replicas to be ${expected}, was ${before}`));
    return;
  }
  if (version !== '' && version !== object.metadata.resourceVersion) {
    call.fail(localFault(`Expected resource version to be ${version}, was ${object.metadata.resourceVersion ?? ''}`));
    return;
  }
  const next = withValueAt(object as unknown as JsonMap, ['spec', 'replicas'], replicas);
  const sent = sendChange(call, found, recorded(call, next));
  if (sent.change === 'refused') return;
  const tell = (own: Teller): void => own.tell(info, sent.object, `scaled${dryRunSuffix(call)}`);
  if (timeoutMs > 0 && !call.isDryRun) waitForReplicas(call, found, replicas, timeoutMs, tell);
  else tell(teller);
}

/** With a timeout it is told only when all replicas are there. k8s: scaleHasDesiredReplicas */
function waitForReplicas(
  call: Call,
  { info, object }: Found,
  replicas: number,
  timeoutMs: number,
  tell: (teller: Teller) => void,
): void {
  const target = { info, namespace: object.metadata.namespace ?? '', name: object.metadata.name };
  const deadlineMs = call.turn.nowMs + timeoutMs;
  const isScaled = (view: View): boolean => {
    const current = findTarget(view, target);
    // Somebody else asked for another number meanwhile: there is nothing to wait for.
    if (valueAt(current, ['spec', 'replicas']) !== replicas) return true;
    return Number(valueAt(current, ['status', 'replicas']) ?? 0) === replicas;
  };
  call.follow((turn) => {
    if (isScaled(turn.view)) {
      let out = '';
      const write = (text: string): void => {
        out += text;
      };
      tell(tellerOf({ ...call, write, print: (line) => write(`${line}\n`) }));
      return { out, err: '', isDone: true };
    }
    if (turn.nowMs < deadlineMs) return { out: '', err: '', isDone: false };
    const err = `error: timed out waiting for ${JSON.stringify(target.name)} to be synced\n`;
    return { out: '', err, isDone: true, code: 1 };
  });
}
