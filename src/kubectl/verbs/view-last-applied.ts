// kubectl apply view-last-applied: what was applied last, as the object carries it. k8s: cmd/apply/apply_view_last_applied.go
import { CommandError } from '../errors.ts';
import { lastAppliedOf } from '../last-applied.ts';
import type { JsonMap } from '../patch/json.ts';
import { goJsonText } from '../print/to-json.ts';
import { toYaml } from '../print/to-yaml.ts';
import { FILE_FLAGS } from '../read-files.ts';
import { NOTHING_NAMED, selectObjects } from '../selection.ts';
import { SELECTOR_FLAGS, type Verb } from './verb.ts';

export const viewLastApplied: Verb = {
  name: 'apply view-last-applied',
  flags: { ...SELECTOR_FLAGS, ...FILE_FLAGS, output: { type: 'string', short: 'o', default: 'yaml' } },
  run(call) {
    const output = call.flags.text('output') ?? 'yaml';
    for (const { object } of selectObjects(call, call.args, { nothingNamed: NOTHING_NAMED })) {
      const text = lastAppliedOf(object as unknown as JsonMap);
      if (text === undefined) continue;
      if (output !== 'yaml' && output !== 'json')
        throw new CommandError(
          `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json\nSee '${call.command} -h' for help and examples`,
        );
      const value = parsed(text);
      call.write(output === 'yaml' ? toYaml(value) : goJsonText(value, '  '));
    }
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CommandError('invalid character in the last-applied-configuration annotation');
  }
}
