// kubectl patch: changes a part of an object by a patch in one of three forms.
import { qualifiedName } from '#kube';
import { parseManifest } from '#manifest';
import type { Call } from '../call.ts';
import { sendChange } from '../change-object.ts';
import { CommandError, localFault, serverFault } from '../errors.ts';
import { type Found, findObjects, readQuery } from '../objects.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { applyMergePatch } from '../patch/json-merge.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { patchStructOf } from '../patch/schema.ts';
import { applyStrategicPatch, PatchError } from '../patch/strategic-apply.ts';
import { patchRefusal } from '../write-object.ts';
import { DRY_RUN_FLAG, dryRunSuffix, type Verb } from './verb.ts';

export const patch: Verb = {
  name: 'patch',
  flags: {
    ...DRY_RUN_FLAG,
    patch: { type: 'string', short: 'p' },
    'patch-file': { type: 'string' },
    type: { type: 'string', default: 'strategic' },
    subresource: { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  run(call) {
    const type = (call.flags.text('type') ?? '').toLowerCase();
    if (!['strategic', 'merge', 'json'].includes(type))
      throw new CommandError(
        `--type must be one of [json merge strategic], not ${JSON.stringify(call.flags.text('type'))}`,
      );
    const body = readPatch(call);
    if (call.args.length === 0)
      throw new CommandError('You must provide one or more resources by argument or filename.');
    for (const found of findObjects(call, readQuery(call.args, call.namespace), { needsName: true }))
      patchOne(call, found, type, body);
  },
};

function readPatch(call: Call): unknown {
  const file = call.flags.text('patch-file');
  const text = file === undefined ? call.flags.text('patch') : call.files[file];
  if (text === undefined)
    throw new CommandError(
      file === undefined
        ? 'must specify --patch or --patch-file containing the contents of the patch'
        : `the path ${JSON.stringify(file)} does not exist`,
    );
  const { documents, error } = parseManifest('patch', text);
  const value = documents[0]?.value;
  if (error) throw new CommandError(`unable to parse ${JSON.stringify(text)}: ${error.message}`);
  if (typeof value !== 'object' || value === null)
    throw new CommandError(`unable to parse ${JSON.stringify(text)}: a patch is an object or a list`);
  return value;
}

function patchOne(call: Call, found: Found, type: string, body: unknown): void {
  const { info, object } = found;
  const before = object as unknown as JsonMap;
  let next: unknown;
  try {
    if (type === 'json') next = applyJsonPatch(before, body);
    else if (!isMap(body))
      throw new PatchError('json: cannot unmarshal array into Go value of type map[string]interface {}');
    else if (type === 'merge') next = applyMergePatch(before, body);
    else next = applyStrategicPatch(before, body, patchStructOf(object.apiVersion, info.kind));
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    const reason = type === 'json' ? 'Invalid' : 'BadRequest';
    call.fail(serverFault({ code: type === 'json' ? 422 : 400, reason, message: error.message }));
    return;
  }
  if (!isMap(next)) {
    call.fail(localFault('the patch leaves no object'));
    return;
  }
  const refusal = patchRefusal(info, next, body);
  if (refusal) {
    call.fail(serverFault(refusal));
    return;
  }
  const change = sendChange(call, found, next);
  if (change === 'refused') return;
  const shown = qualifiedName(info, object.metadata.name);
  if (call.flags.text('output') === 'name') call.print(shown);
  else call.print(`${shown} patched${change === 'same' ? ' (no change)' : ''}${dryRunSuffix(call)}`);
}
