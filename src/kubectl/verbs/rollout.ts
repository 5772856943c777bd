// kubectl rollout status and history of StatefulSets and Deployments. k8s: kubectl pkg/polymorphichelpers
import { qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { withValueAt } from '../change-object.ts';
import { durationMs } from '../duration.ts';
import { CommandError, localFault } from '../errors.ts';
import { type Found, findTarget } from '../objects.ts';
import type { JsonMap } from '../patch/json.ts';
import { alignTabbed } from '../print/columns.ts';
import { podTemplateLines } from '../print/pod-template.ts';
import { OUTPUT_FLAGS, type Printer, printerOf } from '../print/printer.ts';
import { type Revision, revisionsOf } from '../revisions.ts';
import { rolloutStatusOf } from '../rollout-status.ts';
import type { Follow } from '../types.ts';
import { isWorkload, ROLLOUT_FLAGS, rolloutObjects, rolloutObjectsOrWarn } from './rollout-objects.ts';
import type { Verb } from './verb.ts';

const TIMED_OUT = 'timed out waiting for the condition';

function revisionFlag(call: Call): number {
  const wanted = call.flags.number('revision') ?? 0;
  if (wanted < 0) throw new CommandError(`revision must be a positive integer: ${wanted}`);
  return wanted;
}

/** Rule KCTL-6: what `rollout status` says, and when it is content. Of several objects one after the other. */
export const rolloutStatus: Verb = {
  name: 'rollout status',
  flags: {
    ...ROLLOUT_FLAGS,
    watch: { type: 'bool', short: 'w', default: 'true' },
    revision: { type: 'int', default: '0' },
    timeout: { type: 'string', default: '0s' },
  },
  run(call) {
    const revision = revisionFlag(call);
    const limitMs = durationMs(call.flags.text('timeout') ?? '0s', '--timeout');
    const waiting: Follow[] = [];
    for (const found of rolloutObjectsOrWarn(call)) {
      if (waiting.length > 0) {
        waiting.push(watchStatus(call, found, revision, limitMs));
        continue;
      }
      const status = rolloutStatusOf(found.object, revision);
      if ('error' in status) call.fail(localFault(status.error));
      else {
        call.print(status.line);
        if (!status.isDone && call.flags.isOn('watch'))
          waiting.push(watchStatus(call, found, revision, limitMs, found.object.metadata.resourceVersion));
      }
    }
    if (waiting.length > 0) call.follow(oneByOne(waiting));
  },
};

/** Each thing to wait for begins when the one before it is done. */
function oneByOne(follows: readonly Follow[]): Follow {
  let at = 0;
  let code = 0;
  return (turn) => {
    let out = '';
    let err = '';
    for (; at < follows.length; at += 1) {
      const answer = (follows[at] as Follow)(turn);
      out += answer.out;
      err += answer.err;
      code = Math.max(code, answer.code ?? 0);
      if (!answer.isDone) return { out, err, isDone: false };
    }
    return { out, err, isDone: true, ...(code > 0 && { code }) };
  };
}

/**
 * Each change of the object is told in a line of its own, until the rollout is done.
 * @param seenVersion the version that was told already; undefined where none was
 */
function watchStatus(
  call: Call,
  { info, object }: Found,
  revision: number,
  limitMs: number,
  seenVersion?: string,
): Follow {
  const target = { info, namespace: object.metadata.namespace ?? '', name: object.metadata.name };
  const failed = (error: string) => ({ out: '', err: `error: ${error}\n`, isDone: true, code: 1 });
  let seen = seenVersion;
  let deadlineMs: number | undefined;
  return (turn) => {
    deadlineMs ??=
      limitMs > 0 ? (seenVersion === undefined ? turn.nowMs : call.turn.nowMs) + limitMs : Number.POSITIVE_INFINITY;
    const current = findTarget(turn.view, target);
    if (!current || current.metadata.uid !== object.metadata.uid) return failed('object has been deleted');
    if (current.metadata.resourceVersion === seen)
      return turn.nowMs < deadlineMs ? { out: '', err: '', isDone: false } : failed(TIMED_OUT);
    seen = current.metadata.resourceVersion;
    const status = rolloutStatusOf(current, revision);
    if ('error' in status) return failed(status.error);
    return { out: `${status.line}\n`, err: '', isDone: status.isDone || !call.flags.isOn('watch') };
  };
}

export const rolloutHistory: Verb = {
  name: 'rollout history',
  flags: { ...ROLLOUT_FLAGS, ...OUTPUT_FLAGS, revision: { type: 'int', default: '0' } },
  run(call) {
    const wanted = revisionFlag(call);
    const printer = printerOf(call);
    for (const found of rolloutObjects(call)) {
      const { info, object } = found;
      if (!isWorkload(call, info, 'no history viewer has been implemented for')) continue;
      const revisions = revisionsOf(call.turn.view, object);
      const chosen = wanted > 0 ? revisions.filter(({ number }) => number === wanted) : revisions;
      const shown = qualifiedName(info, object.metadata.name);
      if (wanted > 0 && chosen.length === 0 && (printer || revisions.length > 0))
        call.fail(localFault('unable to find the specified revision'));
      else if (printer) printRevisions(found, chosen, printer);
      else if (revisions.length === 0)
        call.print(`${shown} ${wanted > 0 ? `with revision #${wanted}` : ''}\nNo rollout history found.`);
      else if (wanted > 0)
        call.write(
          `${shown} with revision #${wanted}\n${podTemplateLines((chosen[0] as Revision).shown).join('\n')}\n\n`,
        );
      else call.write(`${shown} \n${historyTable(revisions)}\n`);
    }
  },
};

/** With `-o` the objects as they were. */
function printRevisions({ object }: Found, revisions: readonly Revision[], printer: Printer): void {
  for (const { template } of revisions)
    printer.print(withValueAt(object as unknown as JsonMap, ['spec', 'template'], template));
}

const historyTable = (revisions: readonly Revision[]): string =>
  alignTabbed(
    ['REVISION\tCHANGE-CAUSE', ...revisions.map(({ number, cause }) => `${number}\t${cause}`), ''].join('\n'),
  );
