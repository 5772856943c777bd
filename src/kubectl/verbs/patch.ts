// kubectl patch: changes a part of an object by a patch in one of three forms.
import type { ApiError } from '#engine';
import { goQuote, type KindInfo } from '#kube';
import { parseManifest } from '#manifest';
import type { Call } from '../call.ts';
import { recorded, sendChange } from '../change-object.ts';
import { CommandError, serverFault } from '../errors.ts';
import type { Found } from '../objects.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { applyMergePatch } from '../patch/json-merge.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { jsonSyntaxError } from '../patch/json-syntax.ts';
import { patchStructOf } from '../patch/schema.ts';
import { applyStrategicPatch, PatchError } from '../patch/strategic-apply.ts';
import { OUTPUT_FLAGS, type Teller, tellerOf } from '../print/printer.ts';
import { FILE_FLAGS } from '../read-files.ts';
import { NOTHING_NAMED, selectObjects } from '../selection.ts';
import { patchRefusal, withoutUnknownFields } from '../write-object.ts';
import { DRY_RUN_FLAG, dryRunSuffix, RECORD_FLAG, type Verb } from './verb.ts';

export const patch: Verb = {
  name: 'patch',
  flags: {
    ...FILE_FLAGS,
    ...DRY_RUN_FLAG,
    ...OUTPUT_FLAGS,
    ...RECORD_FLAG,
    'field-manager': { type: 'string' },
    patch: { type: 'string', short: 'p' },
    'patch-file': { type: 'string' },
    type: { type: 'string', default: 'strategic' },
    subresource: { type: 'string' },
  },
  run(call) {
    const teller = tellerOf(call);
    const type = (call.flags.text('type') ?? '').toLowerCase();
    if (!['strategic', 'merge', 'json'].includes(type))
      throw new CommandError(
        `--type must be one of [json merge strategic], not ${JSON.stringify(call.flags.text('type'))}`,
      );
    const body = readPatch(call);
    const found = selectObjects(call, call.args, { nothingNamed: NOTHING_NAMED });
    for (const one of found) patchOne(call, one, type, body, teller);
    if (found.length === 0 && !call.hasFailed()) throw new CommandError('no objects passed to patch');
  },
};

/** The patch as data, or why the server cannot read it. */
type Body = { readonly value: unknown } | { readonly error: string };

function readPatch(call: Call): Body {
  const file = call.flags.text('patch-file') ?? '';
  const own = call.flags.text('patch') ?? '';
  if (own !== '' && file !== '') throw new CommandError('cannot specify --patch and --patch-file together');
  if (own === '' && file === '')
    throw new CommandError('must specify --patch or --patch-file containing the contents of the patch');
  const text = file === '' ? own : call.files[file.replace(/^\.\//, '')];
  if (text === undefined) throw new CommandError(`unable to read patch file: open ${file}: no such file or directory`);
  // What looks like JSON is sent as it is; everything else is YAML to kubectl.
  const fault = /^\s*\{/.test(text) ? jsonSyntaxError(text) : undefined;
  if (fault !== undefined) return { error: fault };
  const { documents, error } = parseManifest('patch', text);
  const value = documents[0]?.value;
  if (error)
    throw new CommandError(
      `unable to parse ${goQuote(text)}: ${error.message.replace(/^error converting YAML to JSON: /, '')}`,
    );
  if (typeof value !== 'object' || value === null)
    throw new CommandError(`unable to parse ${goQuote(text)}: a patch is an object or a list`);
  return { value };
}

/** What the server says of any patch that does not fit the object, whatever it was. k8s: NewGenericServerResponse */
const UNFIT = 'the server rejected our request due to an error in our request';

const badRequest = (message: string): ApiError => ({ code: 400, reason: 'BadRequest', message });

/** The object after the patch, or the server's refusal. Rule KCTL-12. */
function patched(
  info: KindInfo,
  before: JsonMap,
  type: string,
  body: Body,
): { readonly next: JsonMap } | { readonly refusal: ApiError } {
  const kind = type === 'strategic' ? '' : 'error decoding patch: ';
  if ('error' in body) return { refusal: badRequest(`${kind}${body.error}`) };
  const { value } = body;
  if (type === 'json' ? !Array.isArray(value) : !isMap(value)) {
    const [given, wanted] = type === 'json' ? ['object', '[]interface {}'] : ['array', 'map[string]interface {}'];
    return { refusal: badRequest(`${kind}json: cannot unmarshal ${given} into Go value of type ${wanted}`) };
  }
  try {
    const next =
      type === 'json'
        ? applyJsonPatch(before, value)
        : type === 'merge'
          ? applyMergePatch(before, value as JsonMap)
          : applyStrategicPatch(before, value as JsonMap, patchStructOf(info.apiVersion, info.kind));
    return isMap(next) ? { next } : { refusal: { code: 422, reason: 'Invalid', message: UNFIT } };
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    return { refusal: type === 'json' ? { code: 422, reason: 'Invalid', message: UNFIT } : badRequest(error.message) };
  }
}

function patchOne(call: Call, found: Found, type: string, body: Body, teller: Teller): void {
  const { info, object } = found;
  const result = patched(info, object as unknown as JsonMap, type, body);
  const sent = 'value' in body ? body.value : undefined;
  const refusal = 'refusal' in result ? result.refusal : patchRefusal(info, result.next, sent, false);
  if ('refusal' in result || refusal) {
    call.fail(serverFault(refusal as ApiError));
    return;
  }
  const { object: next, warnings } = withoutUnknownFields(info, result.next);
  for (const warning of warnings) call.warnOnce(`Warning: ${warning}`);
  const { change, object: after } = sendChange(call, found, recorded(call, next));
  if (change === 'refused') return;
  teller.tell(info, after, `patched${change === 'same' ? ' (no change)' : ''}${dryRunSuffix(call)}`);
}
