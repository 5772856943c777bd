// kubectl scale: asks for another number of replicas.
import { kindOf, qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { sendChange, valueAt, withValueAt } from '../change-object.ts';
import { CommandError, localFault, serverFault } from '../errors.ts';
import { type Found, findObjects, findTarget, notFoundFault, readQuery } from '../objects.ts';
import type { JsonMap } from '../patch/json.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { DRY_RUN_FLAG, dryRunSuffix, SELECTOR_FLAGS, type Verb } from './verb.ts';

const SCALABLE: ReadonlySet<string> = new Set(['StatefulSet', 'Deployment', 'ReplicaSet', 'ReplicationController']);

export const scale: Verb = {
  name: 'scale',
  flags: {
    ...SELECTOR_FLAGS,
    ...FILE_FLAGS,
    ...DRY_RUN_FLAG,
    replicas: { type: 'int' },
    'current-replicas': { type: 'int', default: '-1' },
    'resource-version': { type: 'string' },
    timeout: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  run(call) {
    if (!call.flags.has('replicas')) throw new CommandError('required flag(s) "replicas" not set');
    const replicas = call.flags.number('replicas') ?? -1;
    if (replicas < 0)
      throw new CommandError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
    const found = foundOf(call);
    for (const one of found) scaleOne(call, one, replicas);
    if (found.length === 0 && !call.hasFailed()) call.fail(localFault('no objects passed to scale'));
  },
};

function foundOf(call: Call): readonly Found[] {
  if (!call.flags.has('filename')) {
    if (call.args.length === 0)
      throw new CommandError('you must specify one or more resources by argument or filename');
    return findObjects(call, readQuery(call.args, call.namespace), { needsName: true });
  }
  return readFileObjects(call).flatMap(({ info, namespace, name }) => {
    const object = findTarget(call.turn.view, { info, namespace, name });
    if (!object) call.fail(notFoundFault(info, name));
    return object ? [{ info, object }] : [];
  });
}

function scaleOne(call: Call, found: Found, replicas: number): void {
  const { info, object } = found;
  if (!SCALABLE.has(info.kind) || !kindOf(object)) {
    call.fail(
      serverFault({ code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' }),
    );
    return;
  }
  const before = Number(valueAt(object, ['spec', 'replicas']) ?? 1);
  const expected = call.flags.number('current-replicas') ?? -1;
  if (expected >= 0 && expected !== before) {
    call.fail(localFault(`Expected replicas to be ${expected}, was ${before}`));
    return;
  }
  const next = withValueAt(object as unknown as JsonMap, ['spec', 'replicas'], replicas);
  if (sendChange(call, found, next) === 'refused') return;
  const shown = qualifiedName(info, object.metadata.name);
  call.print(call.flags.text('output') === 'name' ? shown : `${shown} scaled${dryRunSuffix(call)}`);
}
