// kubectl wait: looks at objects until a condition holds, they are gone, or the time is over. Of several objects one
// after the other, as they were found. k8s: kubectl cmd/wait
import type { Turn } from '#engine';
import { type KubeObject, qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import { valueAt } from '../change-object.ts';
import { durationMs } from '../duration.ts';
import { CommandError, localFault } from '../errors.ts';
import { findObjects, findTarget, readQuery, type Target } from '../objects.ts';
import { isMap } from '../patch/json.ts';
import { goText } from '../print/go-value.ts';
import { type JsonPath, pathValues, readRelaxedPath } from '../print/json-path/index.ts';
import { OUTPUT_FLAGS, printerOf } from '../print/printer.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { NOTHING_NAMED } from '../selection.ts';
import { chosen } from './get-fields.ts';
import { SELECTOR_FLAGS, type Verb } from './verb.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const TIMED_OUT = 'timed out waiting for the condition';

export const wait: Verb = {
  name: 'wait',
  flags: {
    ...SELECTOR_FLAGS,
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
    'all-namespaces': { type: 'bool', short: 'A' },
    'field-selector': { type: 'string' },
    local: { type: 'bool' },
    for: { type: 'array' },
    timeout: { type: 'string', default: '30s' },
  },
  run(call) {
    const { flags } = call;
    const timeoutMs = durationMs(flags.text('timeout') ?? '30s', '--timeout');
    printerOf(call);
    const wanted = flags.list('for');
    if (wanted.length === 0) throw new CommandError('unrecognized condition: []');
    const conditions = wanted.map(conditionOf);
    const state: Waiting = {
      conditions,
      isForCreate: wanted.some((one) => one.toLowerCase() === 'create'),
      isForDelete: wanted.some((one) => one.toLowerCase() === 'delete'),
      limitMs: timeoutMs < 0 ? WEEK_MS : timeoutMs,
      deadlineMs: call.turn.nowMs + (timeoutMs < 0 ? WEEK_MS : timeoutMs),
    };
    const look = looker(call, state);
    const first = look(call.turn, true);
    call.write(first.out);
    if (!first.isDone) call.follow((turn) => look(turn, false));
    else if (first.error !== undefined) call.fail(localFault(first.error));
  },
};

/** Whether an object is as it should be; undefined where it is not there. Throws CommandError where that cannot be told. */
type Test = (object: KubeObject | undefined) => boolean | undefined;

interface Waiting {
  readonly conditions: readonly Test[];
  readonly isForCreate: boolean;
  readonly isForDelete: boolean;
  readonly limitMs: number;
  readonly deadlineMs: number;
}

/** `delete`, `create`, `condition=Ready`, `condition=Ready=False`, `jsonpath={.status.phase}=Running`. */
function conditionOf(wanted: string): Test {
  const form = wanted.toLowerCase();
  if (form === 'delete') return (object) => object === undefined;
  if (form === 'create') return (object) => object !== undefined;
  if (wanted.startsWith('condition=')) {
    const [name = '', ...rest] = wanted.slice('condition='.length).split('=');
    const value = rest.length > 0 ? rest.join('=') : 'true';
    return (object) => object && hasCondition(object, name, value);
  }
  if (wanted.startsWith('jsonpath=')) return pathTest(wanted.slice('jsonpath='.length));
  throw new CommandError(`unrecognized condition: ${JSON.stringify(wanted)}`);
}

/** A condition of an older generation than the object's counts for nothing. */
function hasCondition(object: KubeObject, name: string, value: string): boolean {
  const conditions = valueAt(object, ['status', 'conditions']);
  const found = (Array.isArray(conditions) ? conditions : [])
    .filter(isMap)
    .find(({ type }) => String(type).toLowerCase() === name.toLowerCase());
  if (!found) return false;
  const observed = found.observedGeneration ?? valueAt(object, ['status', 'observedGeneration']);
  const { generation } = object.metadata;
  if (generation !== undefined && typeof observed === 'number' && observed < generation) return false;
  return String(found.status).toLowerCase() === value.toLowerCase();
}

const PATH_FORM =
  "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'";

/** A single equals sign parts the path from its value. k8s: processJSONPathInput */
function pathTest(input: string): Test {
  const parts = input
    .replaceAll('==', '\u0000')
    .split('=')
    .map((part) => part.replaceAll('\u0000', '=='));
  if (parts.length > 2) throw new CommandError(PATH_FORM);
  const [text = '', given] = parts;
  const path: JsonPath = readRelaxedPath(text);
  if (path.template === '') throw new CommandError('jsonpath expression cannot be empty');
  const value = given?.replace(/^['"]+|['"]+$/g, '');
  if (value === '')
    throw new CommandError(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  return (object) => {
    if (!object) return undefined;
    const results = pathValues(path, object);
    const [first] = results;
    if (!first || first.length === 0) return false;
    if (results.length > 1) throw new CommandError('given jsonpath expression matches more than one list');
    if (first.length > 1) throw new CommandError('given jsonpath expression matches more than one value');
    if (value === undefined) return true;
    if (isMap(first[0]) || Array.isArray(first[0]))
      throw new CommandError('jsonpath leads to a nested object or list which is not supported');
    return goText(first[0]).trim() === value.trim();
  };
}

interface Look {
  readonly out: string;
  readonly err: string;
  readonly isDone: boolean;
  readonly code?: number;
  /** What went wrong, for the first look to tell itself. */
  readonly error?: string;
}

/** Goes from object to object, and from condition to condition, as far as it can. */
function looker(call: Call, state: Waiting): (turn: Turn, isFirst: boolean) => Look {
  let targets: readonly Target[] | undefined;
  let at = 0;
  let condition = 0;
  const failed = (out: string, error: string, isFirst: boolean): Look => ({
    out,
    err: isFirst ? '' : `error: ${error}\n`,
    isDone: true,
    code: 1,
    error,
  });
  return (turn, isFirst) => {
    let out = '';
    try {
      targets ??= targetsOf({ ...call, turn }, state, isFirst);
      if (!targets) {
        if (turn.nowMs < state.deadlineMs) return { out, err: '', isDone: false };
        return failed(out, TIMED_OUT, isFirst);
      }
      if (call.hasFailed()) return { out, err: '', isDone: true };
      for (; at < targets.length; at += 1, condition = 0) {
        const target = targets[at] as Target;
        for (; condition < state.conditions.length; condition += 1) {
          const object = findTarget(turn.view, target);
          const holds = (state.conditions[condition] as Test)(object);
          if (holds) {
            out += metText(call, target, object);
            continue;
          }
          if (state.limitMs === 0) return failed(out, `condition not met for ${pathOf(target)}`, isFirst);
          if (holds === undefined) {
            const error = `${resourceOf(target)} ${JSON.stringify(target.name)} not found`;
            return { ...failed(out, error, isFirst), err: isFirst ? '' : `Error from server (NotFound): ${error}\n` };
          }
          if (turn.nowMs < state.deadlineMs) return { out, err: '', isDone: false };
          return failed(out, `${TIMED_OUT} on ${pathOf(target)}`, isFirst);
        }
      }
      return { out, err: '', isDone: true };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return failed(out, error.message, isFirst);
    }
  };
}

const pathOf = ({ info, name }: Target): string => `${info.plural}/${name}`;
const resourceOf = ({ info }: Target): string => (info.group === '' ? info.plural : `${info.plural}.${info.group}`);

/** `pod/web-0 condition met`, or the object in the form of `-o`. */
function metText(call: Call, { info, name }: Target, object: KubeObject | undefined): string {
  let text = '';
  const write = (piece: string): void => {
    text += piece;
  };
  const printer = printerOf({ ...call, write, print: (line) => write(`${line}\n`) });
  if (!printer) return `${qualifiedName(info, name)} condition met\n`;
  printer.print(object ?? { apiVersion: info.apiVersion, kind: info.kind, metadata: { name } });
  return text;
}

/**
 * The objects to wait for.
 * @returns undefined while there are none and their creation is waited for
 * @throws CommandError where there are none
 */
function targetsOf(call: Call, state: Waiting, isFirst: boolean): readonly Target[] | undefined {
  const { flags, turn } = call;
  const found = flags.has('filename') ? fileTargets(call) : namedTargets(call);
  const isThere = (target: Target): boolean => findTarget(turn.view, target) !== undefined;
  const there = found.filter(isThere);
  if (state.isForCreate && (found.length === 0 || there.length < found.length) && state.limitMs > 0) return undefined;
  if (there.length < found.length && !state.isForDelete)
    for (const target of found.filter((one) => !isThere(one))) notFound(call, target, isFirst);
  if (there.length === 0 && !state.isForDelete && !call.hasFailed())
    throw new CommandError('no matching resources found');
  return there;
}

function notFound(call: Call, target: Target, isFirst: boolean): void {
  const message = `${resourceOf(target)} ${JSON.stringify(target.name)} not found`;
  if (isFirst) call.fail({ from: 'server', error: { code: 404, reason: 'NotFound', message } });
  else throw new CommandError(message);
}

const fileTargets = (call: Call): readonly Target[] =>
  readFileObjects(call).map(({ info, namespace, name }) => ({ info, namespace, name }));

function namedTargets(call: Call): readonly Target[] {
  if (call.args.length === 0) throw new CommandError(NOTHING_NAMED);
  const query = readQuery(call.args, call.namespace);
  if (query.targets) return query.targets;
  const isAll = call.flags.isOn('all-namespaces');
  const isEnough = Boolean(call.flags.text('field-selector'));
  const found = chosen(call, findObjects(call, query, { needsName: !isEnough, isAllNamespaces: isAll }));
  return found.map(({ info, object }) => ({
    info,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
  }));
}
