// Manifests of Kubernetes' own tutorials, by the path under which those name them: written anew, with the same objects.
import { CASSANDRA } from './cassandra.ts';
import { MYSQL } from './mysql.ts';
import { OTHERS } from './others.ts';
import { WEB } from './web.ts';
import { ZOOKEEPER } from './zookeeper.ts';

/** Every manifest that is here. */
export const EXAMPLES: Readonly<Record<string, string>> = { ...WEB, ...ZOOKEEPER, ...CASSANDRA, ...MYSQL, ...OTHERS };
