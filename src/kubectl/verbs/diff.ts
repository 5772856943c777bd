// kubectl diff: what apply would change, as a difference of the objects before and after. The turn is taken back.
import { compareBytes, fnv1a, type KubeObject, keyOf, splitApiVersion, unifiedDiff } from '#kube';
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';
import { toYaml } from '../print/to-yaml.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { apply } from './apply.ts';
import { SELECTOR_FLAGS, type Verb } from './verb.ts';

export const diff: Verb = {
  name: 'diff',
  flags: { ...FILE_FLAGS, ...SELECTOR_FLAGS, 'server-side': { type: 'bool' }, 'field-manager': { type: 'string' } },
  run(call) {
    call.takeBack();
    try {
      compare(call);
    } catch (error) {
      // A difference ends with 1, what goes wrong with more.
      call.endWith(2);
      throw error;
    }
    if (call.hasFailed()) call.endWith(2);
  },
};

function compare(call: Call): void {
  const { args, command } = call;
  if (args.length > 0)
    throw new CommandError(`Unexpected args: [${args.join(' ')}]\nSee '${command} -h' for help and examples`);
  const before = new Map<string, KubeObject | undefined>();
  const { view } = call.turn;
  for (const { info, name, namespace } of readFileObjects(call)) {
    const key = keyOf(info.storeKind, namespace, name);
    before.set(key, view.find(key));
  }
  if (call.hasFailed()) return;
  // What apply says is of no interest here, except what the server refuses.
  const silent = { print: () => undefined, write: () => undefined, warn: () => undefined };
  apply.run({ ...call, ...silent });
  if (call.hasFailed()) return;
  const differences = [...before].flatMap(([key, object]) => {
    const after = view.find(key);
    return after && after !== object ? [{ name: fileOf(after), text: differenceOf(object, after, call.turn.now) }] : [];
  });
  for (const { text } of differences.sort((a, b) => compareBytes(a.name, b.name))) {
    call.write(text);
    if (text !== '') call.endWith(1);
  }
}

/** Versions are those of the server's bookkeeping, and differ always. */
function shown(object: KubeObject | undefined): string {
  if (!object) return '';
  const { resourceVersion: _version, ...metadata } = object.metadata;
  return toYaml({ ...object, metadata });
}

/** k8s: InfoObject.Name */
function fileOf({ apiVersion, kind, metadata }: KubeObject): string {
  const { group, version } = splitApiVersion(apiVersion);
  return `${group === '' ? '' : `${group}.`}${version}.${kind}.${metadata.namespace ?? ''}.${metadata.name}`;
}

function differenceOf(before: KubeObject | undefined, after: KubeObject, now: string): string {
  const file = fileOf(after);
  // The folders have a number that tells them from those of others.
  const path = (side: string): string => `/tmp/${side}-${fnv1a(`${side}${now}`)}/${file}`;
  const time = `${now.replace('T', ' ').replace('Z', '')}.000000000 +0000`;
  const [live, merged] = [path('LIVE'), path('MERGED')];
  const [left, right] = [shown(before).trimEnd(), shown(after).trimEnd()];
  const lines = right.split('\n');
  // Nothing was there: every line is new.
  const body =
    left === ''
      ? `@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}\n`).join('')}`
      : unifiedDiff(left, right);
  return body === '' ? '' : `diff -u -N ${live} ${merged}\n--- ${live}\t${time}\n+++ ${merged}\t${time}\n${body}`;
}
