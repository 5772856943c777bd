// The list of verbs. A new one is a file of its own and a line here.
import { apiResources, apiVersions, authCanI, authWhoami, clusterInfo, version } from './about.ts';
import { apply } from './apply.ts';
import { autoscale } from './autoscale.ts';
import { create } from './create.ts';
import { createKinds } from './create-kinds/index.ts';
import { deleteVerb } from './delete.ts';
import { describe } from './describe.ts';
import { diff } from './diff.ts';
import { drain } from './drain.ts';
import { events } from './events.ts';
import { exec } from './exec.ts';
import { explain } from './explain.ts';
import { expose } from './expose.ts';
import { get } from './get.ts';
import { annotate, label } from './label.ts';
import { logs } from './logs.ts';
import { cordon, uncordon } from './node.ts';
import { patch } from './patch.ts';
import { replace } from './replace.ts';
import { rolloutHistory, rolloutStatus } from './rollout.ts';
import { rolloutPause, rolloutRestart, rolloutResume } from './rollout-patch.ts';
import { rolloutUndo } from './rollout-undo.ts';
import { run } from './run.ts';
import { scale } from './scale.ts';
import { setImage, setResources } from './set.ts';
import { setEnv } from './set-env.ts';
import { taint } from './taint.ts';
import { top } from './top.ts';
import type { Verb } from './verb.ts';
import { viewLastApplied } from './view-last-applied.ts';
import { wait } from './wait.ts';

/** Every verb, by its words. */
export const verbs: readonly Verb[] = [
  annotate,
  apiResources,
  apiVersions,
  apply,
  authCanI,
  authWhoami,
  autoscale,
  clusterInfo,
  cordon,
  create,
  ...createKinds,
  deleteVerb,
  describe,
  diff,
  drain,
  events,
  exec,
  explain,
  expose,
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
  run,
  scale,
  setEnv,
  setImage,
  setResources,
  taint,
  ...top,
  uncordon,
  version,
  viewLastApplied,
  wait,
];
