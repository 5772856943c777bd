// Manifests: from text to plain JSON objects with the places in the text that each field came from.
export * from './diagnose/index.ts';
export { nextJson } from './json/read-json.ts';
export * from './limits.ts';
export { looksLikeCluster } from './living-cluster.ts';
export * from './parse-manifest.ts';
export { plainScalar } from './scalars.ts';
export { withoutSecretValues } from './secrets.ts';
export * from './types.ts';
