// kubectl create -f: creates what the files say, and nothing else.

import { type KindInfo, qualifiedName } from '#kube';
import { accept, type Call } from '../call.ts';
import { CommandError, localFault } from '../errors.ts';
import { withLastApplied } from '../last-applied.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { createFrom, noteKept, refuseTooLarge } from '../write-object.ts';
import { DRY_RUN_FLAG, dryRunSuffix, isClientDryRun, type Verb } from './verb.ts';

export const create: Verb = {
  name: 'create',
  flags: { ...FILE_FLAGS, ...DRY_RUN_FLAG, 'save-config': { type: 'bool' }, output: { type: 'string', short: 'o' } },
  run(call) {
    if (call.args.length > 0) throw new CommandError(`Ordinal creates objects from files only: kubectl create -f FILE`);
    const objects = readFileObjects(call);
    for (const { info, value, name, namespace, file, place } of objects) {
      if (refuseTooLarge(call, value, file, place)) continue;
      if (isClientDryRun(call)) {
        report(call, info, name);
        continue;
      }
      const body = call.flags.isOn('save-config') ? withLastApplied(value, namespace) : value;
      const made = accept(
        call,
        createFrom(call, info, body, namespace),
        `error when creating ${JSON.stringify(file)}: `,
        place,
      );
      if (!made) continue;
      report(call, info, made.metadata.name);
      noteKept(call, info, made.metadata.name, place);
    }
    if (objects.length === 0 && !call.hasFailed()) call.fail(localFault('no objects passed to create'));
  },
};

function report(call: Call, info: KindInfo, name: string): void {
  const shown = qualifiedName(info, name);
  call.print(call.flags.text('output') === 'name' ? shown : `${shown} created${dryRunSuffix(call)}`);
}
