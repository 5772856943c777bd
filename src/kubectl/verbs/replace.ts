// kubectl replace -f: puts the object of the file in the place of the stored one, whole.
import { keyOf, qualifiedName } from '#kube';
import { accept } from '../call.ts';
import { localFault } from '../errors.ts';
import { withLastApplied } from '../last-applied.ts';
import { notFoundFault } from '../objects.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { noteKept, refuseTooLarge, updateTo } from '../write-object.ts';
import { DRY_RUN_FLAG, dryRunSuffix, type Verb } from './verb.ts';

export const replace: Verb = {
  name: 'replace',
  flags: { ...FILE_FLAGS, ...DRY_RUN_FLAG, 'save-config': { type: 'bool' }, output: { type: 'string', short: 'o' } },
  run(call) {
    const objects = readFileObjects(call);
    for (const { info, value, name, namespace, file, place } of objects) {
      if (refuseTooLarge(call, value, file, place)) continue;
      if (!call.turn.view.find(keyOf(info.storeKind, namespace, name))) {
        call.fail(notFoundFault(info, name, `error when replacing ${JSON.stringify(file)}: `), place);
        continue;
      }
      const meant = call.flags.isOn('save-config') ? withLastApplied(value, namespace) : value;
      const metadata = { ...(meant.metadata as object), ...(info.namespaced && { namespace }) };
      if (
        !accept(
          call,
          updateTo(call, info, { ...meant, metadata }),
          `error when replacing ${JSON.stringify(file)}: `,
          place,
        )
      )
        continue;
      const shown = qualifiedName(info, name);
      call.print(call.flags.text('output') === 'name' ? shown : `${shown} replaced${dryRunSuffix(call)}`);
      noteKept(call, info, name, place);
    }
    if (objects.length === 0 && !call.hasFailed()) call.fail(localFault('no objects passed to replace'));
  },
};
