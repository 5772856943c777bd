// kubectl delete: by name, by file, by label or all of a kind. The words come when the server has accepted; objects that
// wait for a grace period or a finalizer go later. Rule KCTL-5.
import type { DeleteOptions } from '#engine';
import type { Call } from '../call.ts';
import { dryRunOf } from '../dry-run.ts';
import { durationMs } from '../duration.ts';
import { CommandError } from '../errors.ts';
import { findObjects, findTarget, notFoundFault, readQuery, refuseSelectors, type Target } from '../objects.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { NOTHING_NAMED } from '../selection.ts';
import { deleteTarget, type Removal, waitUntilGone } from './delete-target.ts';
import { chosen } from './get-fields.ts';
import { DRY_RUN_FLAG, SELECTOR_FLAGS, type Verb } from './verb.ts';

const FORCED =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.';

const CLUSTER_SCOPED = 'Warning: deleting cluster-scoped resources, not scoped to the provided namespace';

const POLICIES: Readonly<Record<string, 'Background' | 'Foreground' | 'Orphan'>> = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
};

export const deleteVerb: Verb = {
  name: 'delete',
  flags: {
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    ...DRY_RUN_FLAG,
    cascade: { type: 'optional', implied: 'background', default: 'background' },
    force: { type: 'bool' },
    'grace-period': { type: 'int', default: '-1' },
    'ignore-not-found': { type: 'bool' },
    now: { type: 'bool' },
    output: { type: 'string', short: 'o' },
    timeout: { type: 'string', default: '0s' },
    wait: { type: 'bool', default: 'true' },
    'all-namespaces': { type: 'bool', short: 'A' },
    'field-selector': { type: 'string' },
  },
  run(call) {
    const { flags } = call;
    const limitMs = durationMs(flags.text('timeout') ?? '0s', '--timeout');
    const removal = removalOf(call);
    const { mode } = dryRunOf(flags);
    const targets = targetsOf(call);
    const output = flags.text('output') ?? '';
    if (output !== '' && output !== 'name')
      throw new CommandError(`unexpected -o output mode: ${output}. We only support '-o name'`);
    if (flags.isOn('all') && flags.text('selector'))
      throw new CommandError('cannot set --all and --selector at the same time');
    if (flags.isOn('all') && flags.text('field-selector'))
      throw new CommandError('cannot set --all and --field-selector at the same time');
    if (removal.isForced) call.warn(FORCED);
    if (flags.has('namespace') && targets.some(({ info }) => !info.namespaced)) call.warn(CLUSTER_SCOPED);
    if (targets.length === 0 && !call.hasFailed()) call.print('No resources found');
    const gone = targets.flatMap((target) => {
      const uid = deleteTarget(call, target, removal, mode);
      return uid === undefined ? [] : [{ target, uid }];
    });
    if (flags.isOn('wait') && mode === 'none') waitUntilGone(call, gone, limitMs);
  },
};

function removalOf(call: Call): Removal {
  const { flags } = call;
  let grace = flags.number('grace-period') ?? -1;
  const isForced = flags.isOn('force');
  if (flags.isOn('now')) {
    if (grace !== -1) throw new CommandError('--now and --grace-period cannot be specified together');
    grace = 1;
  }
  if (grace === 0 && !isForced) grace = 1;
  if (isForced && grace < 0) grace = 0;
  if (isForced && grace > 0)
    throw new CommandError('--force and --grace-period greater than 0 cannot be specified together');
  const options: DeleteOptions = {
    propagationPolicy: policyOf(call),
    ...(grace >= 0 && { gracePeriodSeconds: grace }),
  };
  return { options, isForced: isForced && grace === 0 };
}

const TRUE = /^(?:1|t|T|TRUE|true|True)$/;
const FALSE = /^(?:0|f|F|FALSE|false|False)$/;

/** k8s: parseCascadingFlag */
function policyOf(call: Call): 'Background' | 'Foreground' | 'Orphan' {
  const cascade = call.flags.text('cascade') ?? 'background';
  if (TRUE.test(cascade) || FALSE.test(cascade)) {
    const meant = TRUE.test(cascade) ? 'background' : 'orphan';
    call.warn(
      `warning: --cascade=${cascade} is deprecated (boolean value) and can be replaced with --cascade=${meant}.`,
    );
    return meant === 'background' ? 'Background' : 'Orphan';
  }
  const policy = Object.hasOwn(POLICIES, cascade) ? POLICIES[cascade] : undefined;
  if (!policy)
    throw new CommandError(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
  return policy;
}

function targetsOf(call: Call): readonly Target[] {
  const { flags, args } = call;
  if (flags.has('filename')) {
    if (args.length > 0)
      throw new CommandError(
        'when paths, URLs, or stdin is provided as input, you may not specify a resource by arguments as well',
      );
    return fileTargets(call);
  }
  if (args.length === 0) throw new CommandError(NOTHING_NAMED);
  const query = readQuery(args, call.namespace);
  if (query.targets) {
    if (flags.isOn('all-namespaces'))
      throw new CommandError('a resource cannot be retrieved by name across all namespaces');
    refuseSelectors(call, query);
    return query.targets.filter((target) => isThere(call, target));
  }
  const isEnough = Boolean(flags.text('field-selector'));
  const found = findObjects(call, query, {
    needsName: !isEnough,
    isAllNamespaces: flags.isOn('all-namespaces'),
  });
  return chosen(call, found).map(({ info, object }) => ({
    info,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
  }));
}

const fileTargets = (call: Call): readonly Target[] =>
  readFileObjects(call)
    .filter(({ file, ...target }) => isThere(call, target, `error when deleting ${JSON.stringify(file)}: `))
    .map(({ info, namespace, name }) => ({ info, namespace, name }));

function isThere(call: Call, target: Target, when?: string): boolean {
  if (findTarget(call.turn.view, target)) return true;
  if (!call.flags.isOn('ignore-not-found')) call.fail(notFoundFault(target.info, target.name, when));
  return false;
}
