// kubectl create -f: creates what the files say, and nothing else.
import { accept, type Call } from '../call.ts';
import { recorded } from '../change-object.ts';
import { CommandError, localFault } from '../errors.ts';
import { withLastApplied } from '../last-applied.ts';
import type { JsonMap } from '../patch/json.ts';
import { OUTPUT_FLAGS, tellerOf } from '../print/printer.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { createFrom, noteKept, refuseTooLarge } from '../write-object.ts';
import { DRY_RUN_FLAG, dryRunSuffix, isClientDryRun, RECORD_FLAG, SELECTOR_FLAGS, type Verb } from './verb.ts';

/** What is said without a file: nothing that follows is a kind that can be made of arguments. */
function noFiles({ args, command }: Call): string {
  const [first = '', ...rest] = args;
  const isGroup = first === 'service' || first === 'svc' || first === 'secret';
  const group = isGroup ? `${command} ${first}` : command;
  const left = isGroup ? rest : args;
  const lead = isGroup ? '' : 'Error: must specify one of -f and -k\n\n';
  const help = `See '${group} -h' for help and examples\n`;
  if (left.length > 0) return `${lead}error: unknown command ${JSON.stringify(left.join(' '))}\n${help}`;
  return isGroup ? `error: ${group} needs a subcommand\n${help}` : `${lead}${help}`;
}

export const create: Verb = {
  name: 'create',
  flags: {
    ...FILE_FLAGS,
    ...DRY_RUN_FLAG,
    ...OUTPUT_FLAGS,
    ...RECORD_FLAG,
    selector: SELECTOR_FLAGS.selector,
    'save-config': { type: 'bool' },
    'field-manager': { type: 'string' },
  },
  run(call) {
    if (!call.flags.has('filename')) {
      call.refuse(noFiles(call));
      return;
    }
    const help = `\nSee '${call.command} -h' for help and examples`;
    if (call.args.length > 0) throw new CommandError(`Unexpected args: [${call.args.join(' ')}]${help}`);
    const teller = tellerOf(call);
    const objects = readFileObjects(call);
    for (const { info, value, namespace, file, place } of objects) {
      if (refuseTooLarge(call, value, file, place)) continue;
      const body = recorded(call, call.flags.isOn('save-config') ? withLastApplied(value, namespace) : value);
      let made: JsonMap = body;
      if (!isClientDryRun(call)) {
        const when = `error when creating ${JSON.stringify(file)}: `;
        const accepted = accept(call, createFrom(call, info, body, namespace), when, place);
        if (!accepted) continue;
        made = accepted as unknown as JsonMap;
        noteKept(call, info, accepted.metadata.name, place);
      } else if (info.namespaced) made = { ...body, metadata: { ...(body.metadata as JsonMap), namespace } };
      teller.tell(info, made, `created${dryRunSuffix(call)}`);
    }
    if (objects.length === 0 && !call.hasFailed()) call.fail(localFault('no objects passed to create'));
  },
};
