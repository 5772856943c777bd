// kubectl delete: by name, by file, by label or all of a kind. The words come when the server has accepted; objects that
// wait for a grace period or a finalizer go later. Rule KCTL-5.
import type { DeleteOptions } from '#engine';
import { isTerminating, type KindInfo, qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { durationMs } from '../duration.ts';
import { CommandError, serverFault } from '../errors.ts';
import { findObjects, findTarget, keyOfTarget, notFoundFault, readQuery, type Target } from '../objects.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { DRY_RUN_FLAG, dryRunSuffix, SELECTOR_FLAGS, type Verb } from './verb.ts';

const NOTHING_NAMED = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

const FORCED =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.';

const POLICIES: Readonly<Record<string, 'Background' | 'Foreground' | 'Orphan'>> = {
  background: 'Background',
  true: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
  false: 'Orphan',
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
    timeout: { type: 'string' },
    wait: { type: 'bool', default: 'true' },
    'all-namespaces': { type: 'bool', short: 'A' },
    'field-selector': { type: 'string' },
  },
  run(call) {
    const options = optionsOf(call);
    const targets = targetsOf(call);
    if (call.flags.isOn('force') && options.gracePeriodSeconds === 0) call.warn(FORCED);
    if (targets.length === 0 && !call.hasFailed()) call.print('No resources found');
    for (const target of targets) deleteTarget(call, target, options);
  },
};

function optionsOf(call: Call): DeleteOptions {
  const { flags } = call;
  const cascade = flags.text('cascade') ?? '';
  const propagationPolicy = Object.hasOwn(POLICIES, cascade) ? POLICIES[cascade] : undefined;
  if (!propagationPolicy)
    throw new CommandError(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
  let grace = flags.number('grace-period') ?? -1;
  if (flags.isOn('now')) {
    if (grace !== -1) throw new CommandError('--now and --grace-period cannot be specified together');
    grace = 1;
  }
  if (flags.isOn('force')) {
    if (grace > 0) throw new CommandError('--force and --grace-period greater than 0 cannot be specified together');
    grace = 0;
  } else if (grace === 0) grace = 1;
  return { propagationPolicy, ...(grace >= 0 && { gracePeriodSeconds: grace }) };
}

function targetsOf(call: Call): readonly Target[] {
  const { flags, args } = call;
  if (flags.has('filename')) return fileTargets(call);
  if (args.length === 0) throw new CommandError(NOTHING_NAMED);
  const query = readQuery(args, call.namespace);
  if (query.targets) {
    if (flags.isOn('all')) throw new CommandError('name cannot be provided when a selector is specified');
    return query.targets.filter((target) => isThere(call, target));
  }
  const found = findObjects(call, query, { needsName: true, isAllNamespaces: flags.isOn('all-namespaces') });
  return found.map(({ info, object }) => ({
    info,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
  }));
}

const fileTargets = (call: Call): readonly Target[] =>
  readFileObjects(call)
    .map(({ info, namespace, name }) => ({ info, namespace, name }))
    .filter((target) => isThere(call, target));

function isThere(call: Call, target: Target): boolean {
  if (findTarget(call.turn.view, target)) return true;
  if (!call.flags.isOn('ignore-not-found')) call.fail(notFoundFault(target.info, target.name));
  return false;
}

function deleteTarget(call: Call, target: Target, options: DeleteOptions): void {
  const result = call.turn.delete(keyOfTarget(target), options);
  if (!result.ok) {
    call.fail(serverFault(result.error));
    return;
  }
  const how = call.flags.isOn('force') && options.gracePeriodSeconds === 0 ? 'force deleted' : 'deleted';
  if (call.flags.text('output') === 'name') call.print(qualifiedName(target.info, target.name));
  else
    call.print(`${kindName(target.info)} ${JSON.stringify(target.name)} ${how}${whence(target)}${dryRunSuffix(call)}`);
  waitUntilGone(call, target, result.object.metadata.uid);
}

const kindName = (info: KindInfo): string => (info.group === '' ? info.singular : `${info.singular}.${info.group}`);

const whence = ({ info, namespace }: Target): string => (info.namespaced ? ` from ${namespace} namespace` : '');

/** The real command returns when the object with that uid is gone; a new one of the same name does not matter. */
function waitUntilGone(call: Call, target: Target, uid: string): void {
  if (!call.flags.isOn('wait')) return;
  const isWaiting = (view: Call['turn']['view']): boolean => {
    const object = findTarget(view, target);
    return object !== undefined && object.metadata.uid === uid && isTerminating(object);
  };
  if (!isWaiting(call.turn.view)) return;
  const timeout = call.flags.text('timeout');
  const limitMs = timeout ? durationMs(timeout, '--timeout') : 0;
  const deadlineMs = limitMs > 0 ? call.turn.nowMs + limitMs : Number.POSITIVE_INFINITY;
  call.follow((turn) => {
    if (!isWaiting(turn.view)) return { out: '', err: '', isDone: true };
    if (turn.nowMs < deadlineMs) return { out: '', err: '', isDone: false };
    const err = `error: timed out waiting for the condition on ${target.info.plural}/${target.name}\n`;
    return { out: '', err, isDone: true, code: 1 };
  });
}
