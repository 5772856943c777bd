// One look of `kubectl rollout status` at an object. k8s: kubectl pkg/polymorphichelpers/rollout_status.go
import { conditionOf, type Deployment, type KubeObject, type StatefulSet } from '#kube';

export type RolloutStatus = { readonly line: string; readonly isDone: boolean } | { readonly error: string };

const line = (text: string, isDone = false): RolloutStatus => ({ line: text, isDone });

/**
 * What is said of the object, and whether its rollout is done.
 * @param revision the one that a Deployment should be at; 0 for any
 */
export function rolloutStatusOf(object: KubeObject, revision = 0): RolloutStatus {
  if (object.kind === 'StatefulSet') return statefulSetStatus(object as StatefulSet);
  if (object.kind === 'Deployment') return deploymentStatus(object as Deployment, revision);
  return { error: `no status viewer has been implemented for ${object.kind}` };
}

function statefulSetStatus({ metadata, spec, status }: StatefulSet): RolloutStatus {
  if (spec.updateStrategy.type !== 'RollingUpdate')
    return { error: 'rollout status is only available for RollingUpdate strategy type' };
  const observed = status.observedGeneration ?? 0;
  if (observed === 0 || (metadata.generation ?? 0) > observed)
    return line('Waiting for statefulset spec update to be observed...');
  const ready = status.readyReplicas ?? 0;
  if (ready < spec.replicas) return line(`Waiting for ${spec.replicas - ready} pods to be ready...`);
  const updated = status.updatedReplicas ?? 0;
  const rolling = spec.updateStrategy.rollingUpdate;
  if (rolling) {
    const wanted = spec.replicas - (rolling.partition ?? 0);
    return updated < wanted
      ? line(`Waiting for partitioned roll out to finish: ${updated} out of ${wanted} new pods have been updated...`)
      : line(`partitioned roll out complete: ${updated} new pods have been updated...`, true);
  }
  if (status.updateRevision !== status.currentRevision)
    return line(
      `waiting for statefulset rolling update to complete ${updated} pods at revision ${status.updateRevision}...`,
    );
  return line(
    `statefulset rolling update complete ${status.currentReplicas ?? 0} pods at revision ${status.currentRevision}...`,
    true,
  );
}

function deploymentStatus({ metadata, spec, status }: Deployment, revision: number): RolloutStatus {
  const name = JSON.stringify(metadata.name);
  const own = Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  if (revision > 0 && own !== revision)
    return { error: `desired revision (${revision}) is different from the running revision (${own})` };
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0))
    return line('Waiting for deployment spec update to be observed...');
  if (conditionOf(status, 'Progressing')?.reason === 'ProgressDeadlineExceeded')
    return { error: `deployment ${name} exceeded its progress deadline` };
  const updated = status.updatedReplicas ?? 0;
  const waiting = `Waiting for deployment ${name} rollout to finish:`;
  if (updated < spec.replicas)
    return line(`${waiting} ${updated} out of ${spec.replicas} new replicas have been updated...`);
  const old = (status.replicas ?? 0) - updated;
  if (old > 0) return line(`${waiting} ${old} old replicas are pending termination...`);
  const available = status.availableReplicas ?? 0;
  if (available < updated) return line(`${waiting} ${available} of ${updated} updated replicas are available...`);
  return line(`deployment ${name} successfully rolled out`, true);
}
