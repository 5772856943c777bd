// kubectl edit: what the cluster holds comes into the editor as a file of its own; Apply sends it back.
import { parseManifest } from '#manifest';
import { isMap, type JsonMap } from '../../patch/json.ts';
import { toYaml } from '../../print/to-yaml.ts';
import type { Io, Run, Shell } from '../shell.ts';
import { ask, verbAt } from './send.ts';

/** What the server sets by itself, which is not to be sent back. */
const OWN_METADATA = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function withoutServersOwn(value: JsonMap): JsonMap {
  const { status: _status, ...rest } = value;
  const metadata: Record<string, unknown> = { ...(isMap(rest.metadata) ? rest.metadata : {}) };
  for (const name of OWN_METADATA) delete metadata[name];
  if (isMap(metadata.annotations)) {
    const { [LAST_APPLIED]: _last, ...annotations } = metadata.annotations;
    if (Object.keys(annotations).length > 0) metadata.annotations = annotations;
    else delete metadata.annotations;
  }
  return { ...rest, metadata };
}

/** Opens an object in the editor. */
export function* edit(words: readonly string[], io: Io, shell: Shell): Run {
  const at = verbAt(words);
  const ran = yield* ask([...words.slice(0, at), 'get', ...words.slice(at + 1), '-o', 'yaml']);
  io.err(ran.err);
  if (ran.code !== 0) return ran.code;
  const value = parseManifest('edit.yaml', ran.out).documents[0]?.value;
  const items = isMap(value) && Array.isArray(value.items) ? (value.items as readonly unknown[]) : [value];
  const [only] = items;
  if (items.length !== 1 || !isMap(only) || !isMap(only.metadata)) {
    io.err('error: edit takes one object here: kubectl edit TYPE/NAME\n');
    return 1;
  }
  const file = `${String(only.kind).toLowerCase()}-${String(only.metadata.name)}.yaml`.slice(-100);
  const error = shell.host.files.write(file, toYaml(withoutServersOwn(only)));
  if (error !== undefined) {
    io.err(`error: ${file}: ${error}\n`);
    return 1;
  }
  shell.emit({ type: 'open', file });
  shell.emit({ type: 'note', text: `${file} is open in the editor; Apply (Ctrl+Enter) sends it.\n` });
  return 0;
}
