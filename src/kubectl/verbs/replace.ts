// kubectl replace -f: puts the object of the file in the place of the stored one, whole. With --force the stored one is
// deleted first, and the new one is made when it is gone.
import type { Turn } from '#engine';
import { keyOf } from '#kube';
import { accept, type Call } from '../call.ts';
import { durationMs } from '../duration.ts';
import { CommandError, localFault, textOfFaults } from '../errors.ts';
import { withLastApplied } from '../last-applied.ts';
import { findTarget, notFoundFault } from '../objects.ts';
import type { JsonMap } from '../patch/json.ts';
import { OUTPUT_FLAGS, type Teller, tellerOf } from '../print/printer.ts';
import { FILE_FLAGS, type FileObject, readFileObjects } from '../read-files.ts';
import { createFrom, noteKept, refuseTooLarge, updateTo } from '../write-object.ts';
import { deleteTarget } from './delete-target.ts';
import { DRY_RUN_FLAG, dryRunSuffix, isClientDryRun, type Verb } from './verb.ts';

const WAIT_MS = 5 * 60_000;

export const replace: Verb = {
  name: 'replace',
  flags: {
    ...FILE_FLAGS,
    ...DRY_RUN_FLAG,
    ...OUTPUT_FLAGS,
    'save-config': { type: 'bool' },
    'field-manager': { type: 'string' },
    force: { type: 'bool' },
    cascade: { type: 'optional', implied: 'background', default: 'background' },
    'grace-period': { type: 'int', default: '-1' },
    timeout: { type: 'string', default: '0s' },
    subresource: { type: 'string' },
  },
  run(call) {
    const { flags } = call;
    const isForced = flags.isOn('force');
    const limitMs = durationMs(flags.text('timeout') ?? '0s', '--timeout');
    const teller = tellerOf(call);
    if ((flags.number('grace-period') ?? -1) >= 0 && !isForced)
      throw new CommandError('--grace-period must have --force specified');
    if (limitMs !== 0 && !isForced) throw new CommandError('--timeout must have --force specified');
    if (isForced && call.isDryRun) throw new CommandError('--dry-run can not be used when --force is set');
    if (!flags.has('filename')) throw new CommandError('must specify --filename to replace');
    const objects = readFileObjects(call).filter(({ value, file, place }) => !refuseTooLarge(call, value, file, place));
    if (objects.length === 0 && !call.hasFailed()) call.fail(localFault('no objects passed to replace'));
    else if (isForced) forceReplace(call, objects, teller, limitMs || WAIT_MS);
    else for (const object of objects) replaceOne(call, object, teller);
  },
};

/** What is sent: the object of the file in its namespace. */
function bodyOf(call: Call, { info, value, namespace }: FileObject): JsonMap {
  const meant = call.flags.isOn('save-config') ? withLastApplied(value, namespace) : value;
  return { ...meant, metadata: { ...(meant.metadata as object), ...(info.namespaced && { namespace }) } };
}

function replaceOne(call: Call, object: FileObject, teller: Teller): void {
  const { info, name, namespace, file, place } = object;
  const body = bodyOf(call, object);
  const when = `error when replacing ${JSON.stringify(file)}: `;
  if (isClientDryRun(call)) {
    teller.tell(info, body, `replaced${dryRunSuffix(call)}`);
    return;
  }
  if (!call.turn.view.find(keyOf(info.storeKind, namespace, name))) {
    call.fail(notFoundFault(info, name, when), place);
    return;
  }
  const accepted = accept(call, updateTo(call, info, body), when, place);
  if (!accepted) return;
  teller.tell(info, accepted, `replaced${dryRunSuffix(call)}`);
  noteKept(call, info, name, place);
}

/** k8s: ReplaceOptions.forceReplace */
function forceReplace(call: Call, objects: readonly FileObject[], teller: Teller, limitMs: number): void {
  const grace = call.flags.number('grace-period') ?? -1;
  const options = { propagationPolicy: 'Background' as const, ...(grace >= 0 && { gracePeriodSeconds: grace }) };
  const leaving = objects.filter(({ info, namespace, name }) => findTarget(call.turn.view, { info, namespace, name }));
  for (const target of leaving) {
    const words = { ...call, flags: { ...call.flags, text: () => undefined } };
    deleteTarget(words, target, { options, isForced: grace === 0 }, 'none');
  }
  if (call.hasFailed()) return;
  const isGone = ({ view }: Turn): boolean =>
    leaving.every(({ info, namespace, name }) => !findTarget(view, { info, namespace, name }));
  if (isGone(call.turn)) {
    createAll(call, objects, teller);
    return;
  }
  const deadlineMs = call.turn.nowMs + limitMs;
  call.follow((turn) => {
    if (!isGone(turn))
      return turn.nowMs < deadlineMs
        ? { out: '', err: '', isDone: false }
        : { out: '', err: 'error: timed out waiting for the condition\n', isDone: true, code: 1 };
    return laterAnswer(call, turn, (own) => createAll(own, objects, tellerOf(own)));
  });
}

function createAll(call: Call, objects: readonly FileObject[], teller: Teller): void {
  for (const object of objects) {
    const { info, name, namespace, place } = object;
    const accepted = accept(call, createFrom(call, info, bodyOf(call, object), namespace), undefined, place);
    if (!accepted) continue;
    teller.tell(info, accepted, 'replaced');
    noteKept(call, info, name, place);
  }
}

/** What a part of a command prints that runs in a later turn. */
function laterAnswer(call: Call, turn: Turn, run: (own: Call) => void) {
  let out = '';
  let err = '';
  const faults: Parameters<Call['fail']>[0][] = [];
  const write = (text: string): void => {
    out += text;
  };
  const warn = (line: string): void => {
    err += `${line}\n`;
  };
  const print = (line: string): void => write(`${line}\n`);
  run({ ...call, turn, write, print, warn, warnOnce: warn, fail: (fault) => void faults.push(fault) });
  return { out, err: err + textOfFaults(faults), isDone: true, ...(faults.length > 0 && { code: 1 }) };
}
