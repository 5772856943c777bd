// kubectl rollout restart, pause and resume. k8s: kubectl pkg/polymorphichelpers/objectrestarter.go
import type { Call } from '../call.ts';
import { sendChange, valueAt, withValueAt } from '../change-object.ts';
import { localFault } from '../errors.ts';
import type { Found } from '../objects.ts';
import type { JsonMap } from '../patch/json.ts';
import { OUTPUT_FLAGS, type Teller, tellerOf } from '../print/printer.ts';
import { isRestartable, ROLLOUT_FLAGS, rolloutObjectsOrWarn, subjectOf } from './rollout-objects.ts';
import type { Verb } from './verb.ts';

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';
const FLAGS = { ...ROLLOUT_FLAGS, ...OUTPUT_FLAGS, 'field-manager': { type: 'string' } } as const;
const FAILED = 'failed to patch: ';

export const rolloutRestart: Verb = {
  name: 'rollout restart',
  flags: FLAGS,
  run(call) {
    const teller = tellerOf(call);
    for (const found of rolloutObjectsOrWarn(call)) restart(call, found, teller);
  },
};

function restart(call: Call, found: Found, teller: Teller): void {
  const { info, object } = found;
  const name = object.metadata.name;
  const refuse = (why: string): void => call.fail(localFault(`error: ${subjectOf(found)} ${why}`));
  if (!isRestartable(info)) {
    refuse('restarting is not supported');
    return;
  }
  if (valueAt(object, ['spec', 'paused']) === true) {
    refuse("can't restart paused deployment (run rollout resume first)");
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
  const sent = sendChange(call, found, withValueAt(object as unknown as JsonMap, path, call.turn.now), FAILED);
  if (sent.change !== 'refused') teller.tell(info, sent.object, 'restarted');
}

/** Deployments alone can be paused. */
function pauseVerb(name: 'rollout pause' | 'rollout resume', isPaused: boolean): Verb {
  const [done, doing] = isPaused ? ['paused', 'pausing'] : ['resumed', 'resuming'];
  return {
    name,
    flags: FLAGS,
    run(call) {
      const teller = tellerOf(call);
      for (const found of rolloutObjectsOrWarn(call)) {
        const { info, object } = found;
        const refuse = (why: string): void => call.fail(localFault(`error: ${subjectOf(found)} ${why}`));
        const isNow = valueAt(object, ['spec', 'paused']) === true;
        if (info.kind !== 'Deployment') refuse(`${doing} is not supported`);
        else if (isNow === isPaused) refuse(`is ${isPaused ? 'already' : 'not'} paused`);
        else {
          const next = withValueAt(object as unknown as JsonMap, ['spec', 'paused'], isPaused ? true : undefined);
          const sent = sendChange(call, found, next, FAILED);
          if (sent.change !== 'refused') teller.tell(info, sent.object, done);
        }
      }
    },
  };
}

export const rolloutPause = pauseVerb('rollout pause', true);
export const rolloutResume = pauseVerb('rollout resume', false);
