// kubectl wait: looks at objects until a condition holds, they are gone, or the time is over.

import type { View } from '#engine';
import { type Condition, qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { valueAt } from '../change-object.ts';
import { durationMs } from '../duration.ts';
import { CommandError } from '../errors.ts';
import { type Found, findObjects, findTarget, readQuery, type Target } from '../objects.ts';
import { FILE_FLAGS } from '../read-files.ts';
import { SELECTOR_FLAGS, type Verb } from './verb.ts';

export const wait: Verb = {
  name: 'wait',
  flags: { ...SELECTOR_FLAGS, ...FILE_FLAGS, for: { type: 'string' }, timeout: { type: 'string', default: '30s' } },
  run(call) {
    const wanted = call.flags.text('for') ?? '';
    const holds = testOf(wanted);
    const timeoutMs = durationMs(call.flags.text('timeout') ?? '30s', '--timeout');
    if (call.args.length === 0)
      throw new CommandError('You must provide one or more resources by argument or filename.');
    const found = findObjects(call, readQuery(call.args, call.namespace), { needsName: true });
    if (found.length === 0 && !call.hasFailed()) throw new CommandError('no matching resources found');
    waitFor(call, found, holds, timeoutMs);
  },
};

type Test = (view: View, target: Target) => boolean;

/** `condition=Ready`, `condition=Ready=False`, `delete`, `create`. */
function testOf(wanted: string): Test {
  const form = wanted.toLowerCase();
  if (form === 'delete') return (view, target) => findTarget(view, target) === undefined;
  if (form === 'create') return (view, target) => findTarget(view, target) !== undefined;
  const [, name, value = 'true'] = /^condition=([^=]+)(?:=(.+))?$/i.exec(wanted) ?? [];
  if (name === undefined) throw new CommandError(`unrecognized condition: ${JSON.stringify(wanted)}`);
  return (view, target) => {
    const conditions = valueAt(findTarget(view, target), ['status', 'conditions']);
    return (
      Array.isArray(conditions) &&
      (conditions as readonly Condition[]).some(
        ({ type, status }) => type.toLowerCase() === name.toLowerCase() && status.toLowerCase() === value.toLowerCase(),
      )
    );
  };
}

function waitFor(call: Call, found: readonly Found[], holds: Test, timeoutMs: number): void {
  let left: readonly Target[] = found.map(({ info, object }) => ({
    info,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
  }));
  /** Names of those that are content now; they are not asked again. */
  const look = (view: View): string => {
    const content = left.filter((target) => holds(view, target));
    left = left.filter((target) => !content.includes(target));
    return content.map(({ info, name }) => `${qualifiedName(info, name)} condition met\n`).join('');
  };
  call.write(look(call.turn.view));
  if (left.length === 0) return;
  const deadlineMs = timeoutMs < 0 ? Number.POSITIVE_INFINITY : call.turn.nowMs + timeoutMs;
  call.follow((turn) => {
    const out = look(turn.view);
    if (left.length === 0) return { out, err: '', isDone: true };
    if (turn.nowMs < deadlineMs) return { out, err: '', isDone: false };
    const err = left
      .map(({ info, name }) => `error: timed out waiting for the condition on ${info.plural}/${name}\n`)
      .join('');
    return { out, err, isDone: true, code: 1 };
  });
}
