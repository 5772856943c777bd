// kubectl create TYPE NAME: the kinds that are made of arguments alone.
import type { Verb } from '../verb.ts';
import { createConfigMap, createSecrets } from './config.ts';
import { createNamespace, createPriorityClass, createQuota, createServiceAccount } from './others.ts';
import { createBudget, createServices } from './services.ts';
import { createCronJob, createDeployment, createJob } from './workloads.ts';

/** A verb under each of its words. */
const named = (make: (word: string) => Verb, ...words: readonly string[]): readonly Verb[] => words.map(make);

export const createKinds: readonly Verb[] = [
  ...named(createConfigMap, 'configmap', 'cm'),
  ...named(createCronJob, 'cronjob', 'cj'),
  ...named(createDeployment, 'deployment', 'deploy'),
  ...named(createJob, 'job'),
  ...named(createNamespace, 'namespace', 'ns'),
  ...named(createBudget, 'poddisruptionbudget', 'pdb'),
  ...named(createPriorityClass, 'priorityclass', 'pc'),
  ...named(createQuota, 'quota', 'resourcequota'),
  ...createSecrets,
  ...['service', 'svc'].flatMap((word) => createServices(word)),
  ...named(createServiceAccount, 'serviceaccount', 'sa'),
];
