// What the verbs of kubectl rollout have in common: which objects they are about, and how kinds are named.
import type { KindInfo } from '#kube';
import type { Call } from '../call.ts';
import { localFault } from '../errors.ts';
import type { Found } from '../objects.ts';
import { FILE_FLAGS } from '../read-files.ts';
import { selectObjects } from '../selection.ts';
import { SELECTOR_FLAGS } from './verb.ts';

export const ROLLOUT_FLAGS = { ...FILE_FLAGS, selector: SELECTOR_FLAGS.selector } as const;

const WORKLOADS: ReadonlySet<string> = new Set(['StatefulSet', 'Deployment', 'DaemonSet']);

/** A type alone means all objects of it. */
export const rolloutObjects = (call: Call): readonly Found[] =>
  selectObjects(call, call.args, { nothingNamed: 'required resource not specified', isKindEnough: true });

/** The same for commands that say when there is nothing to do. */
export function rolloutObjectsOrWarn(call: Call): readonly Found[] {
  const found = rolloutObjects(call);
  if (found.length === 0 && !call.hasFailed()) call.warn(`No resources found in ${call.namespace} namespace.`);
  return found;
}

/** Whether a kind has revisions; `otherwise` begins what is said where it has none. */
export function isWorkload(call: Call, info: KindInfo, otherwise: string): boolean {
  if (WORKLOADS.has(info.kind)) return true;
  call.fail(localFault(`${otherwise} ${JSON.stringify(info.group === '' ? info.kind : `${info.kind}.${info.group}`)}`));
  return false;
}

/** Whether a kind can be started anew. */
export const isRestartable = ({ kind }: KindInfo): boolean => WORKLOADS.has(kind);

/** `deployments.apps "web"` */
export const subjectOf = ({ info, object }: Found): string =>
  `${info.group === '' ? info.plural : `${info.plural}.${info.group}`} ${JSON.stringify(object.metadata.name)}`;
