// What the API server fills into Deployments and ReplicaSets. k8s: apps/v1 SetDefaults_Deployment, SetDefaults_ReplicaSet
import { isObject, type Loose, mapObject, objectOr, withDefault, withMember } from '../loose.ts';
import { defaultPodTemplate } from './pod-spec.ts';

function defaultStrategy(strategy: Loose): Loose {
  const out = withDefault(strategy, 'type', 'RollingUpdate');
  if (out.type !== 'RollingUpdate') return out;
  const block = withDefault(objectOr(out, 'rollingUpdate'), 'maxUnavailable', '25%');
  return withMember(out, 'rollingUpdate', withDefault(block, 'maxSurge', '25%'));
}

const withSpec = (object: Loose): Loose => (isObject(object.spec) ? object : withMember(object, 'spec', {}));

/** Fills a Deployment. */
export const defaultDeployment = (deployment: Loose): Loose =>
  mapObject(withSpec(deployment), 'spec', (spec) => {
    let out = withDefault(spec, 'replicas', 1);
    out = withMember(out, 'strategy', defaultStrategy(objectOr(out, 'strategy')));
    out = withDefault(out, 'revisionHistoryLimit', 10);
    out = withDefault(out, 'progressDeadlineSeconds', 600);
    return withMember(out, 'template', defaultPodTemplate(objectOr(out, 'template')));
  });

/** Fills a ReplicaSet. */
export const defaultReplicaSet = (replicaSet: Loose): Loose =>
  mapObject(withSpec(replicaSet), 'spec', (spec) =>
    withMember(withDefault(spec, 'replicas', 1), 'template', defaultPodTemplate(objectOr(spec, 'template'))),
  );
