// The list of verbs. A new one is a file of its own and a line here.
import { apply } from './apply.ts';
import { create } from './create.ts';
import { deleteVerb } from './delete.ts';
import { describe } from './describe.ts';
import { drain } from './drain.ts';
import { events } from './events.ts';
import { exec } from './exec.ts';
import { get } from './get.ts';
import { annotate, label } from './label.ts';
import { logs } from './logs.ts';
import { cordon, taint, uncordon } from './node.ts';
import { patch } from './patch.ts';
import { replace } from './replace.ts';
import { rolloutHistory, rolloutPause, rolloutRestart, rolloutResume, rolloutStatus, rolloutUndo } from './rollout.ts';
import { scale } from './scale.ts';
import { setEnv, setImage, setResources } from './set.ts';
import type { Verb } from './verb.ts';
import { wait } from './wait.ts';

/** Every verb, by its words. */
export const verbs: readonly Verb[] = [
  annotate,
  apply,
  cordon,
  create,
  deleteVerb,
  describe,
  drain,
  events,
  exec,
  get,
  label,
  logs,
  patch,
  replace,
  rolloutHistory,
  rolloutPause,
  rolloutRestart,
  rolloutResume,
  rolloutStatus,
  rolloutUndo,
  scale,
  setEnv,
  setImage,
  setResources,
  taint,
  uncordon,
  wait,
];
