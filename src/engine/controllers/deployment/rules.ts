// What the Deployment controller says about what it does and waits for.
import type { Rule } from '../../rules.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/';

export const deploymentRules: readonly Rule[] = [
  {
    id: 'DEPLOY-1',
    title: 'Each template has its ReplicaSet',
    sentence: ({ name, set }) => `creating ReplicaSet ${set} for the template of Deployment ${name}`,
    docs: `${DOCS}#pod-template-hash-label`,
    upstream: 'deployment.getNewReplicaSet',
  },
  {
    id: 'DEPLOY-2',
    title: 'The new ReplicaSet grows within maxSurge',
    sentence: ({ set, from, to }) => `scaling ReplicaSet ${set} up from ${from} to ${to}`,
    aside: ({ surge }) => `RollingUpdate, at most ${surge} above replicas`,
    docs: `${DOCS}#max-surge`,
    upstream: 'deployment.reconcileNewReplicaSet',
  },
  {
    id: 'DEPLOY-3',
    title: 'Old ReplicaSets shrink within maxUnavailable',
    sentence: ({ set, from, to }) => `scaling ReplicaSet ${set} down from ${from} to ${to}`,
    aside: ({ unavailable }) => `RollingUpdate, at most ${unavailable} below replicas`,
    docs: `${DOCS}#max-unavailable`,
    upstream: 'deployment.reconcileOldReplicaSets',
  },
  {
    id: 'DEPLOY-4',
    title: 'A rollout waits for available pods',
    sentence: ({ set, available, replicas }) => `${available} of ${replicas} pods of ReplicaSet ${set} are available`,
    aside: () => 'then the next step of the rollout',
    docs: `${DOCS}#progressing-deployment`,
    upstream: 'deployment.rolloutRolling',
  },
  {
    id: 'DEPLOY-5',
    title: 'Recreate waits until the old pods are gone',
    sentence: ({ name }) => `Deployment ${name} waits for its old pods to be gone before it creates new ones`,
    aside: () => 'strategy Recreate',
    docs: `${DOCS}#recreate-deployment`,
    upstream: 'deployment.rolloutRecreate',
  },
  {
    id: 'DEPLOY-6',
    title: 'A change of scale is shared out',
    sentence: ({ name, replicas }) => `scaling the ReplicaSets of Deployment ${name} for ${replicas} replicas`,
    aside: () => 'in proportion, in the middle of a rollout',
    docs: `${DOCS}#proportional-scaling`,
    upstream: 'deployment.scale',
  },
  {
    id: 'DEPLOY-7',
    title: 'A paused Deployment only scales',
    sentence: ({ name }) => `Deployment ${name} is paused: changes of its template wait`,
    docs: `${DOCS}#pausing-and-resuming-a-deployment`,
    upstream: 'deployment.checkPausedConditions',
  },
  {
    id: 'DEPLOY-8',
    title: 'The progress deadline only reports',
    sentence: ({ name, seconds }) => `Deployment ${name} made no progress for ${seconds} s`,
    aside: () => 'progressDeadlineSeconds; nothing is rolled back',
    docs: `${DOCS}#progress-deadline-seconds`,
    upstream: 'deploymentutil.DeploymentTimedOut',
  },
  {
    id: 'DEPLOY-9',
    title: 'A template that was used before gets its ReplicaSet back',
    sentence: ({ name, set }) => `Deployment ${name} goes back to ReplicaSet ${set}, which becomes the newest revision`,
    docs: `${DOCS}#rolling-back-to-a-previous-revision`,
    upstream: 'deploymentutil.SetNewReplicaSetAnnotations',
  },
  {
    id: 'DEPLOY-10',
    title: 'Old ReplicaSets are kept up to revisionHistoryLimit',
    sentence: ({ name, count }) => `deleting ${count} old ReplicaSets of Deployment ${name}`,
    aside: () => 'revisionHistoryLimit, once the rollout is complete',
    docs: `${DOCS}#clean-up-policy`,
    upstream: 'deployment.cleanupDeployment',
  },
  {
    id: 'DEPLOY-11',
    title: 'A refused write is tried again',
    sentence: ({ name, error }) => `Deployment ${name} cannot go on: ${error}`,
    docs: `${DOCS}#failed-deployment`,
    upstream: 'deployment.syncDeployment',
  },
];
