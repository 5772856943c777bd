// LINT-5: a set that names no Service at all.
import { addEntry, fixes, fixOf, scalarText } from '../edits.ts';
import { findingAt } from '../finding.ts';
import type { LintRule } from '../types.ts';
import { otherServices } from './service-missing.ts';

export const noServiceNamed: LintRule = {
  id: 'LINT-5',
  title: 'No governing Service named',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
  *check(context) {
    for (const one of context.sets) {
      const { written, set, name, stored } = one;
      if ((set.spec.serviceName ?? '') !== '') continue;
      const isUnset = (written.raw.spec as { serviceName?: unknown } | undefined)?.serviceName === undefined;
      yield findingAt(
        written,
        ['spec', 'serviceName'],
        'info',
        `The set names no Service (serviceName): ${name}-0 has a stable name and stable storage, but no DNS name of its own. It cannot be added once the set exists.`,
        stored || !isUnset
          ? []
          : fixes(
              ...otherServices(context, one).map((service) =>
                fixOf(written.file, `Name the Service "${service}", which selects these pods`, [
                  addEntry(written, ['spec'], [`serviceName: ${scalarText(service)}`]),
                ]),
              ),
            ),
      );
    }
  },
};
