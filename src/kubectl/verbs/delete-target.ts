// Deleting one object, and waiting until those that were deleted are gone.
import type { DeleteOptions, View } from '#engine';
import { type KindInfo, qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { type DryRun, dryRunSuffix } from '../dry-run.ts';
import { serverFault } from '../errors.ts';
import { findTarget, keyOfTarget, type Target } from '../objects.ts';

/** How objects are deleted. */
export interface Removal {
  readonly options: DeleteOptions;
  readonly isForced: boolean;
}

/** An object that was asked to go. */
export interface Leaving {
  readonly target: Target;
  readonly uid: string;
}

/**
 * Deletes an object and says so; refusals are noted.
 * @returns its uid; undefined where nothing was asked of the server
 */
export function deleteTarget(call: Call, target: Target, removal: Removal, mode: DryRun): string | undefined {
  if (mode === 'client') {
    tell(call, target, removal);
    return undefined;
  }
  const result = call.turn.delete(keyOfTarget(target), removal.options);
  if (!result.ok) {
    call.fail(serverFault(result.error));
    return undefined;
  }
  tell(call, target, removal);
  return result.object.metadata.uid;
}

/** k8s: DeleteOptions.PrintObj */
function tell(call: Call, target: Target, { isForced }: Removal): void {
  const { info, name, namespace } = target;
  const whence = info.namespaced ? ` from ${namespace} namespace` : '';
  if (call.flags.text('output') === 'name') call.print(qualifiedName(info, name));
  else
    call.print(
      `${kindName(info)} ${JSON.stringify(name)} ${isForced ? 'force deleted' : 'deleted'}${whence}${dryRunSuffix(call)}`,
    );
}

const kindName = (info: KindInfo): string => (info.group === '' ? info.singular : `${info.singular}.${info.group}`);

/** True while an object with that uid is there; a new one of the same name does not matter. */
const isThere = (view: View, { target, uid }: Leaving): boolean => findTarget(view, target)?.metadata.uid === uid;

/**
 * The real command returns when all are gone; it waits for one after the other, and gives up at the first whose time is
 * over. k8s: wait.IsDeleted
 * @param limitMs 0 for no limit
 */
export function waitUntilGone(call: Call, leaving: readonly Leaving[], limitMs: number): void {
  if (call.hasFailed() || leaving.every((one) => !isThere(call.turn.view, one))) return;
  const deadlineMs = limitMs > 0 ? call.turn.nowMs + limitMs : Number.POSITIVE_INFINITY;
  let at = 0;
  call.follow((turn) => {
    for (; at < leaving.length; at += 1) {
      const one = leaving[at] as Leaving;
      if (!isThere(turn.view, one)) continue;
      if (turn.nowMs < deadlineMs) return { out: '', err: '', isDone: false };
      const { info, name } = one.target;
      const err = `error: timed out waiting for the condition on ${info.plural}/${name}\n`;
      return { out: '', err, isDone: true, code: 1 };
    }
    return { out: '', err: '', isDone: true };
  });
}
