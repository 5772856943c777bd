// The few words and the picture by which an act stands on the timeline.
import type { Act } from '#timeline';
import type { ActMark } from './protocol.ts';

const iconOfVerb = (command: string): ActMark['icon'] => {
  if (/^(apply|create|replace|edit|patch)\b/.test(command)) return 'apply';
  if (/^scale\b/.test(command)) return 'scale';
  if (/^(delete|drain)\b/.test(command)) return 'delete';
  if (/^(set\s+image|rollout)\b/.test(command)) return 'image';
  if (/^(un)?cordon\b|^taint\b/.test(command)) return 'node';
  return 'other';
};

/** `web-1` of `pod/web-1`, `pod web-1` or `statefulset web`. */
const lastName = (command: string): string => {
  const words = command.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-'));
  const last = words.at(-1) ?? '';
  return last.slice(last.lastIndexOf('/') + 1);
};

/** What a kubectl command did, in a few words. */
function labelOfCommand(
  command: string,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): string {
  const [verb = '', second = ''] = command.split(/\s+/);
  for (const [name, replicas] of after) {
    const had = before.get(name);
    if (had !== undefined && had !== replicas) return `${verb === 'scale' ? 'scale' : verb} ${had}→${replicas}`;
  }
  if (verb === 'set' && second === 'image') {
    const image = /=(\S+)/.exec(command)?.[1] ?? '';
    return `image ${image.slice(image.lastIndexOf('/') + 1)}`;
  }
  if (verb === 'rollout') return second;
  if (verb === 'apply') return 'apply';
  if (['delete', 'cordon', 'uncordon', 'drain', 'taint'].includes(verb)) return `${verb} ${lastName(command)}`;
  return verb;
}

/**
 * The mark of an act.
 * @param before replicas by set name before the act, `after` the same after it
 * @param isError the server or kubectl refused it
 */
export function markOfAct(
  branch: number,
  atMs: number,
  act: Act,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  isError: boolean,
): ActMark {
  if (act.type === 'fault') {
    const name = act.target.slice(act.target.lastIndexOf('/') + 1);
    const words = act.fault.replace(/^(node|pod|image|volume)-/, '').replaceAll('-', ' ');
    const icon = act.target.startsWith('Node/') ? 'node' : 'fault';
    return { branch, atMs, label: `${name} ${words}`, command: `${act.fault} ${act.target}`, icon, isError };
  }
  const label = labelOfCommand(act.command, before, after);
  return { branch, atMs, label, command: `kubectl ${act.command}`, icon: iconOfVerb(act.command), isError };
}
