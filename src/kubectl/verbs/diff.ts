// kubectl diff: what apply would change, as a difference of the objects before and after. The turn is taken back.
import { type KubeObject, keyOf, splitApiVersion, unifiedDiff } from '#kube';
import { toYaml } from '../print/to-yaml.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { apply } from './apply.ts';
import { SELECTOR_FLAGS, type Verb } from './verb.ts';

export const diff: Verb = {
  name: 'diff',
  flags: { ...FILE_FLAGS, ...SELECTOR_FLAGS, 'server-side': { type: 'bool' }, 'field-manager': { type: 'string' } },
  run(call) {
    call.takeBack();
    const before = new Map<string, KubeObject | undefined>();
    const { view } = call.turn;
    for (const { info, name, namespace } of readFileObjects(call)) {
      const key = keyOf(info.storeKind, namespace, name);
      before.set(key, view.find(key));
    }
    if (call.hasFailed()) return;
    // What apply says is of no interest here, except what the server refuses.
    apply.run({ ...call, print: () => undefined, write: () => undefined });
    for (const [key, object] of before) {
      const after = view.find(key);
      if (!after || after === object) continue;
      call.write(differenceOf(object, after));
      call.endWith(1);
    }
  },
};

/** Versions are those of the server's bookkeeping, and differ always. */
function shown(object: KubeObject | undefined): string {
  if (!object) return '';
  const { resourceVersion: _version, ...metadata } = object.metadata;
  return toYaml({ ...object, metadata });
}

function differenceOf(before: KubeObject | undefined, after: KubeObject): string {
  const { group, version } = splitApiVersion(after.apiVersion);
  const { name, namespace = '' } = after.metadata;
  const file = `${group === '' ? '' : `${group}.`}${version}.${after.kind}.${namespace}.${name}`;
  const [left, right] = [shown(before).trimEnd(), shown(after).trimEnd()];
  const lines = right.split('\n');
  // Nothing was there: every line is new.
  const body =
    left === ''
      ? `@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}\n`).join('')}`
      : unifiedDiff(left, right);
  return body === '' ? '' : `diff -u -N LIVE/${file} MERGED/${file}\n--- LIVE/${file}\n+++ MERGED/${file}\n${body}`;
}
