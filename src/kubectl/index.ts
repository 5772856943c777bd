// kubectl: a command line in, its words and its writes out.
export { toYaml } from './print/to-yaml.ts';
export { runKubectl } from './run.ts';
export * from './shell/index.ts';
export type { Follow, KubectlResult, Surroundings } from './types.ts';
