// kubectl rollout: status, history, undo, restart, pause and resume of StatefulSets and Deployments.
// k8s: kubectl pkg/polymorphichelpers
import { type KindInfo, qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { sendChange, valueAt, withValueAt } from '../change-object.ts';
import { durationMs } from '../duration.ts';
import { CommandError, localFault } from '../errors.ts';
import { LAST_APPLIED, lastAppliedOf } from '../last-applied.ts';
import { type Found, findObjects, findTarget, readQuery } from '../objects.ts';
import { isEqualJson, type JsonMap } from '../patch/json.ts';
import { patchStructOf } from '../patch/schema.ts';
import { applyStrategicPatch } from '../patch/strategic-apply.ts';
import { alignTabbed } from '../print/columns.ts';
import { podTemplateLines } from '../print/pod-template.ts';
import { type Revision, revisionsOf } from '../revisions.ts';
import { rolloutStatusOf } from '../rollout-status.ts';
import { DRY_RUN_FLAG, dryRunSuffix, SELECTOR_FLAGS, type Verb } from './verb.ts';

const TIMED_OUT = 'timed out waiting for the condition';
const PAUSED = "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again";
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';
const COMMON = { ...SELECTOR_FLAGS, ...DRY_RUN_FLAG, output: { type: 'string', short: 'o' } } as const;

const WORKLOADS: ReadonlySet<string> = new Set(['StatefulSet', 'Deployment', 'DaemonSet']);

/** A type alone means all objects of it. */
function objectsOf(call: Call): readonly Found[] {
  if (call.args.length === 0) throw new CommandError('required resource not specified');
  return findObjects(call, readQuery(call.args, call.namespace));
}

/** The same for commands that say when there is nothing to do. */
function patchedObjectsOf(call: Call): readonly Found[] {
  const found = objectsOf(call);
  if (found.length === 0 && !call.hasFailed()) call.warn(`No resources found in ${call.namespace} namespace.`);
  return found;
}

/** Rule KCTL-6: what `rollout status` says, and when it is content. */
export const rolloutStatus: Verb = {
  name: 'rollout status',
  flags: {
    ...COMMON,
    watch: { type: 'bool', short: 'w', default: 'true' },
    revision: { type: 'int', default: '0' },
    timeout: { type: 'string' },
  },
  run(call) {
    for (const found of objectsOf(call)) {
      const status = rolloutStatusOf(found.object);
      if ('error' in status) call.fail(localFault(status.error));
      else {
        call.print(status.line);
        if (!status.isDone && call.flags.isOn('watch')) watchStatus(call, found, status.line);
      }
    }
  },
};

/** Each change of the object is told in a line of its own, until the rollout is done. */
function watchStatus(call: Call, { info, object }: Found, firstLine: string): void {
  const target = { info, namespace: object.metadata.namespace ?? '', name: object.metadata.name };
  const timeout = call.flags.text('timeout');
  const limitMs = timeout ? durationMs(timeout, '--timeout') : 0;
  const deadlineMs = limitMs > 0 ? call.turn.nowMs + limitMs : Number.POSITIVE_INFINITY;
  let seen = object.metadata.resourceVersion;
  let lastLine = firstLine;
  call.follow((turn) => {
    const current = findTarget(turn.view, target);
    if (!current || current.metadata.uid !== object.metadata.uid)
      return { out: '', err: 'error: object has been deleted\n', isDone: true, code: 1 };
    if (current.metadata.resourceVersion === seen)
      return turn.nowMs < deadlineMs
        ? { out: '', err: '', isDone: false }
        : { out: '', err: `error: ${TIMED_OUT}\n`, isDone: true, code: 1 };
    seen = current.metadata.resourceVersion;
    const status = rolloutStatusOf(current);
    if ('error' in status) return { out: '', err: `error: ${status.error}\n`, isDone: true, code: 1 };
    lastLine = status.line;
    return { out: `${lastLine}\n`, err: '', isDone: status.isDone };
  });
}

export const rolloutHistory: Verb = {
  name: 'rollout history',
  flags: { ...COMMON, revision: { type: 'int', default: '0' } },
  run(call) {
    const wanted = call.flags.number('revision') ?? 0;
    if (wanted < 0) throw new CommandError(`revision must be a positive integer: ${wanted}`);
    for (const { info, object } of objectsOf(call)) {
      if (!isWorkload(call, info, 'no history viewer has been implemented for')) continue;
      const revisions = revisionsOf(call.turn.view, object);
      const shown = qualifiedName(info, object.metadata.name);
      if (wanted > 0) {
        const found = revisions.find((revision) => revision.number === wanted);
        if (found) call.write(`${shown} with revision #${wanted}\n${podTemplateLines(found.shown).join('\n')}\n\n`);
        else call.fail(localFault('unable to find the specified revision'));
      } else call.write(`${shown} \n${historyTable(revisions)}\n`);
    }
  },
};

const historyTable = (revisions: readonly Revision[]): string =>
  revisions.length === 0
    ? 'No rollout history found.'
    : alignTabbed(
        ['REVISION\tCHANGE-CAUSE', ...revisions.map(({ number, cause }) => `${number}\t${cause}`), ''].join('\n'),
      );

export const rolloutUndo: Verb = {
  name: 'rollout undo',
  flags: { ...COMMON, 'to-revision': { type: 'int', default: '0' } },
  run(call) {
    const wanted = call.flags.number('to-revision') ?? 0;
    for (const found of objectsOf(call)) undo(call, found, wanted);
  },
};

function undo(call: Call, found: Found, wanted: number): void {
  const { info, object } = found;
  if (!isWorkload(call, info, 'no rollbacker has been implemented for')) return;
  const { name } = object.metadata;
  const shown = qualifiedName(info, name);
  if (lastAppliedOf(object as unknown as JsonMap) !== undefined)
    call.warn(
      `Warning: resource ${info.plural}/${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.`,
    );
  const revisions = revisionsOf(call.turn.view, object);
  if (wanted === 0 && revisions.length <= 1) {
    call.fail(localFault('no last revision to roll back to'));
    return;
  }
  // Without a number the one before the newest is meant, whether or not it differs.
  const target = wanted === 0 ? revisions.at(-2) : revisions.find((revision) => revision.number === wanted);
  if (!target) {
    call.fail(localFault(`unable to find specified revision ${wanted} in history`));
    return;
  }
  if (valueAt(object, ['spec', 'paused']) === true) {
    call.fail(localFault(PAUSED));
    return;
  }
  const before = object as unknown as JsonMap;
  const next = rolledBack(before, target, patchStructOf(object.apiVersion, info.kind));
  const change = isEqualJson(next, before) ? 'same' : sendChange(call, found, next);
  if (change === 'refused') return;
  call.print(
    change === 'same'
      ? `${shown} skipped rollback (current template already matches revision ${wanted})`
      : `${shown} rolled back${dryRunSuffix(call)}`,
  );
}

const rolledBack = (object: JsonMap, target: Revision, struct: string | undefined): JsonMap =>
  target.patch
    ? applyStrategicPatch(object, target.patch, struct)
    : withValueAt(object, ['spec', 'template'], target.template);

export const rolloutRestart: Verb = {
  name: 'rollout restart',
  flags: COMMON,
  run(call) {
    for (const found of patchedObjectsOf(call)) restart(call, found);
  },
};

function restart(call: Call, found: Found): void {
  const { info, object } = found;
  const name = object.metadata.name;
  if (!WORKLOADS.has(info.kind)) {
    call.fail(localFault(`${resourceText(info)} ${JSON.stringify(name)} restarting is not supported`));
    return;
  }
  if (valueAt(object, ['spec', 'paused']) === true) {
    call.fail(
      localFault(
        `${resourceText(info)} ${JSON.stringify(name)} can't restart paused deployment (run rollout resume first)`,
      ),
    );
    return;
  }
  const path = ['spec', 'template', 'metadata', 'annotations', RESTARTED_AT];
  if (valueAt(object, path) === call.turn.now) {
    call.fail(
      localFault(
        `failed to create patch for ${name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
      ),
    );
    return;
  }
  if (sendChange(call, found, withValueAt(object as unknown as JsonMap, path, call.turn.now)) === 'refused') return;
  call.print(`${qualifiedName(info, name)} restarted${dryRunSuffix(call)}`);
}

/** Deployments alone can be paused. */
function pauseVerb(name: 'rollout pause' | 'rollout resume', isPaused: boolean): Verb {
  const done = isPaused ? 'paused' : 'resumed';
  return {
    name,
    flags: COMMON,
    run(call) {
      for (const found of patchedObjectsOf(call)) {
        const { info, object } = found;
        const subject = `${resourceText(info)} ${JSON.stringify(object.metadata.name)}`;
        const before = valueAt(object, ['spec', 'paused']) === true;
        if (info.kind !== 'Deployment')
          call.fail(localFault(`${subject} ${isPaused ? 'pausing' : 'resuming'} is not supported`));
        else if (before === isPaused) call.fail(localFault(`${subject} is ${isPaused ? 'already' : 'not'} paused`));
        else {
          const next = withValueAt(object as unknown as JsonMap, ['spec', 'paused'], isPaused ? true : undefined);
          if (sendChange(call, found, next) !== 'refused')
            call.print(`${qualifiedName(info, object.metadata.name)} ${done}${dryRunSuffix(call)}`);
        }
      }
    },
  };
}

export const rolloutPause = pauseVerb('rollout pause', true);
export const rolloutResume = pauseVerb('rollout resume', false);

const resourceText = (info: KindInfo): string => (info.group === '' ? info.plural : `${info.plural}.${info.group}`);

function isWorkload(call: Call, info: KindInfo, otherwise: string): boolean {
  if (WORKLOADS.has(info.kind)) return true;
  call.fail(localFault(`${otherwise} ${JSON.stringify(info.group === '' ? info.kind : `${info.kind}.${info.group}`)}`));
  return false;
}
