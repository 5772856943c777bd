// What the API server fills into a StatefulSet. k8s: apps/v1 SetDefaults_StatefulSet, statefulset strategy
import { type FeatureGates, isGateOn } from '../feature-gates.ts';
import { isObject, type Loose, mapObject, objectAt, objectOr, withDefault, withMember } from '../loose.ts';
import { defaultClaim } from './persistent-volume-claim.ts';
import { defaultPodTemplate } from './pod-spec.ts';

const GATE = 'MaxUnavailableStatefulSet';

/** KUBE-5: a given `type` without a `rollingUpdate` block keeps it absent; only an absent `type` brings the block. */
function defaultUpdateStrategy(strategy: Loose, gates: FeatureGates): Loose {
  let out = strategy;
  if ((out.type ?? '') === '') {
    out = withMember(out, 'type', 'RollingUpdate');
    if (!isObject(out.rollingUpdate)) out = withMember(out, 'rollingUpdate', {});
  }
  if (out.type !== 'RollingUpdate') return out;
  return mapObject(out, 'rollingUpdate', (block) => {
    const filled = withDefault(block, 'partition', 0);
    return isGateOn(gates, GATE) ? withDefault(filled, 'maxUnavailable', 1) : filled;
  });
}

/** Claim templates are stored with a kind, a volume mode and a phase. */
const defaultClaimTemplate = (template: Loose): Loose => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  ...defaultClaim(template),
});

/** Fills a StatefulSet. */
export function defaultStatefulSet(set: Loose, gates: FeatureGates): Loose {
  return mapObject(isObject(set.spec) ? set : withMember(set, 'spec', {}), 'spec', (spec) => {
    let out = withDefault(spec, 'podManagementPolicy', 'OrderedReady');
    out = withDefault(out, 'serviceName', '');
    out = withMember(out, 'updateStrategy', defaultUpdateStrategy(objectOr(out, 'updateStrategy'), gates));
    let retention = withDefault(objectOr(out, 'persistentVolumeClaimRetentionPolicy'), 'whenDeleted', 'Retain');
    retention = withDefault(retention, 'whenScaled', 'Retain');
    out = withMember(out, 'persistentVolumeClaimRetentionPolicy', retention);
    out = withDefault(out, 'replicas', 1);
    out = withDefault(out, 'revisionHistoryLimit', 10);
    out = mapObject(out, 'ordinals', (ordinals) => withDefault(ordinals, 'start', 0));
    out = withMember(out, 'template', defaultPodTemplate(objectOr(out, 'template')));
    if (!Array.isArray(out.volumeClaimTemplates)) return out;
    return withMember(
      out,
      'volumeClaimTemplates',
      out.volumeClaimTemplates.map((item: unknown) => defaultClaimTemplate(isObject(item) ? item : {})),
    );
  });
}

/**
 * KUBE-6: drops `maxUnavailable` while its gate is off, unless the stored object already has it. The API server does so
 * on every create and update, without a word. k8s: dropStatefulSetDisabledFields
 * @param set the object as handed in
 * @param previous the stored object; undefined on create
 */
export function dropDisabledStatefulSetFields(set: Loose, previous: Loose | undefined, gates: FeatureGates): Loose {
  const blockOf = (object: Loose | undefined): Loose | undefined =>
    objectAt(objectAt(objectAt(object, 'spec'), 'updateStrategy'), 'rollingUpdate');
  const block = blockOf(set);
  if (block?.maxUnavailable === undefined || isGateOn(gates, GATE)) return set;
  if (blockOf(previous)?.maxUnavailable !== undefined) return set;
  const { maxUnavailable: _, ...rest } = block;
  return mapObject(set, 'spec', (spec) =>
    mapObject(spec, 'updateStrategy', (strategy) => withMember(strategy, 'rollingUpdate', rest)),
  );
}
