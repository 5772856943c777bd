// kubectl describe: everything about objects, with the events about them.
import { compareBytes, parseTime } from '#kube';
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';
import { ENDPOINTS_WARNING } from '../legacy-endpoints.ts';
import { type Found, findObjects, findTarget, listObjects, notFoundFault, readQuery, type Target } from '../objects.ts';
import { describeObject } from '../print/describe/index.ts';
import { FILE_FLAGS, readFileObjects } from '../read-files.ts';
import { SELECTOR_FLAGS, type Verb } from './verb.ts';

export const describe: Verb = {
  name: 'describe',
  flags: {
    ...SELECTOR_FLAGS,
    ...FILE_FLAGS,
    'all-namespaces': { type: 'bool', short: 'A' },
    'chunk-size': { type: 'int' },
    'show-events': { type: 'bool', default: 'true' },
  },
  run(call) {
    const { found, isByPrefix } = foundOf(call);
    if (found.length === 0 && !call.hasFailed()) {
      call.warn(
        call.flags.isOn('all-namespaces') ? 'No resources found' : `No resources found in ${call.namespace} namespace.`,
      );
      return;
    }
    if (found.some(({ info }) => info.kind === 'Endpoints')) call.warnOnce(ENDPOINTS_WARNING);
    const scene = { view: call.turn.view, nowMs: parseTime(call.turn.now) ?? 0 };
    // Several objects are told without their events, unless they are asked for.
    const hasEvents = call.flags.has('show-events')
      ? call.flags.isOn('show-events')
      : found.length === 1 && !isByPrefix;
    call.write(found.map(({ object }) => describeObject(object, scene, hasEvents)).join('\n\n'));
  },
};

function foundOf(call: Call): { readonly found: readonly Found[]; readonly isByPrefix: boolean } {
  const exact = (found: readonly Found[]) => ({ found, isByPrefix: false });
  if (call.flags.has('filename'))
    return exact(
      readFileObjects(call).flatMap(({ info, namespace, name }) => {
        const object = findTarget(call.turn.view, { info, namespace, name });
        if (!object) call.fail(notFoundFault(info, name));
        return object ? [{ info, object }] : [];
      }),
    );
  if (call.args.length === 0)
    throw new CommandError(
      'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  const query = readQuery(call.args, call.namespace);
  if (!query.targets) return exact(findObjects(call, query, { isAllNamespaces: call.flags.isOn('all-namespaces') }));
  let isByPrefix = false;
  const found = query.targets.flatMap((target) => {
    const object = findTarget(call.turn.view, target);
    if (object) return [{ info: target.info, object }];
    const others = withPrefix(call, target);
    isByPrefix ||= others.length > 0;
    if (others.length === 0) call.fail(notFoundFault(target.info, target.name));
    return others;
  });
  return { found, isByPrefix };
}

/** A name that no object has stands for those that begin with it. */
const withPrefix = (call: Call, { info, namespace, name }: Target): readonly Found[] =>
  listObjects(call.turn.view, info, namespace)
    .filter((object) => object.metadata.name.startsWith(name))
    .sort((a, b) => compareBytes(a.metadata.name, b.metadata.name))
    .map((object) => ({ info, object }));
