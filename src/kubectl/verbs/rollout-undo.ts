// kubectl rollout undo: back to the pods of an earlier revision. k8s: kubectl pkg/polymorphichelpers/rollback.go

import type { Call } from '../call.ts';
import { sendChange, valueAt, withValueAt } from '../change-object.ts';
import { localFault } from '../errors.ts';
import { LAST_APPLIED, lastAppliedOf } from '../last-applied.ts';
import type { Found } from '../objects.ts';
import { isEqualJson, isMap, type JsonMap } from '../patch/json.ts';
import { patchStructOf } from '../patch/schema.ts';
import { applyStrategicPatch } from '../patch/strategic-apply.ts';
import { podTemplateLines } from '../print/pod-template.ts';
import { OUTPUT_FLAGS, type Teller, tellerOf } from '../print/printer.ts';
import { type Revision, revisionsOf } from '../revisions.ts';
import { isWorkload, ROLLOUT_FLAGS, rolloutObjects } from './rollout-objects.ts';
import { DRY_RUN_FLAG, dryRunSuffix, isClientDryRun, type Verb } from './verb.ts';

const PAUSED = "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again";

export const rolloutUndo: Verb = {
  name: 'rollout undo',
  flags: { ...ROLLOUT_FLAGS, ...DRY_RUN_FLAG, ...OUTPUT_FLAGS, 'to-revision': { type: 'int', default: '0' } },
  run(call) {
    const teller = tellerOf(call);
    const wanted = call.flags.number('to-revision') ?? 0;
    for (const found of rolloutObjects(call)) undo(call, found, wanted, teller);
  },
};

function undo(call: Call, found: Found, wanted: number, teller: Teller): void {
  const { info, object } = found;
  const { name } = object.metadata;
  const before = object as unknown as JsonMap;
  if (lastAppliedOf(before) !== undefined)
    call.warn(
      `Warning: resource ${info.plural}/${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.`,
    );
  if (!isWorkload(call, info, 'no rollbacker has been implemented for')) return;
  const target = targetOf(call, found, wanted);
  if (!target) return;
  if (isClientDryRun(call)) {
    const lead = info.kind === 'Deployment' ? '' : 'will roll back to ';
    teller.tell(info, object, `${lead}${podTemplateLines(target.template).join('\n')}\n${dryRunSuffix(call)}`);
    return;
  }
  if (valueAt(object, ['spec', 'paused']) === true) {
    call.fail(localFault(PAUSED));
    return;
  }
  const isSame = isEqualJson(templateAfter(before, target, patchStructOf(object.apiVersion, info.kind)), before);
  const next = isSame ? before : rolledBack(before, target, patchStructOf(object.apiVersion, info.kind));
  const { change } = isSame ? { change: 'same' } : sendChange(call, found, next);
  if (change === 'refused') return;
  const what =
    change === 'same' ? `skipped rollback (current template already matches revision ${wanted})` : 'rolled back';
  teller.tell(info, object, `${what}${dryRunSuffix(call)}`);
}

/** Without a number the revision before the newest is meant, whether or not it differs. */
function targetOf(call: Call, { info, object }: Found, wanted: number): Revision | undefined {
  const revisions = revisionsOf(call.turn.view, object);
  const notFound = `unable to find specified revision ${wanted} in history`;
  const target = wanted === 0 ? revisions.at(-2) : revisions.find((revision) => revision.number === wanted);
  if (target && wanted >= 0) return target;
  const none =
    info.kind === 'Deployment'
      ? `no rollout history found for deployment ${JSON.stringify(object.metadata.name)}`
      : 'no last revision to roll back to';
  call.fail(localFault(wanted === 0 ? none : notFound));
  return undefined;
}

const templateAfter = (object: JsonMap, target: Revision, struct: string | undefined): JsonMap =>
  target.patch
    ? applyStrategicPatch(object, target.patch, struct)
    : withValueAt(object, ['spec', 'template'], target.template);

/** Annotations that stay those of the Deployment. k8s: annotationsToSkip */
const KEPT: ReadonlySet<string> = new Set([
  LAST_APPLIED,
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]);

/** A Deployment takes over the notes of the set that it goes back to. */
function rolledBack(object: JsonMap, target: Revision, struct: string | undefined): JsonMap {
  const next = templateAfter(object, target, struct);
  if (!target.annotations) return next;
  const own = valueAt(object, ['metadata', 'annotations']);
  const annotations = Object.fromEntries([
    ...Object.entries(isMap(own) ? own : {}).filter(([key]) => KEPT.has(key)),
    ...Object.entries(target.annotations).filter(([key]) => !KEPT.has(key)),
  ]);
  return withValueAt(next, ['metadata', 'annotations'], annotations);
}
