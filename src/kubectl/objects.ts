// Looking up objects by what a person types: `sts/web`, `pods web-0 web-1`, `pod -l app=nginx`, `--all`.
import type { View } from '#engine';
import {
  compareBytes,
  type KindInfo,
  type KubeObject,
  keyOf,
  kindByWord,
  kindsInCategory,
  matchesRequirements,
  parseLabelSelector,
  resourceName,
  splitApiVersion,
} from '#kube';
import type { Call } from './call.ts';
import { CommandError, type Fault, serverFault } from './errors.ts';
import { findEndpoints, listEndpoints } from './legacy-endpoints.ts';

/** An object that a command names. */
export interface Target {
  readonly info: KindInfo;
  readonly namespace: string;
  readonly name: string;
}

/** Kinds and names out of the arguments of a command. */
export interface Query {
  readonly kinds: readonly KindInfo[];
  /** Undefined: all objects of the kinds, as far as the selector goes. */
  readonly targets: readonly Target[] | undefined;
  /** They stand as `TYPE/NAME`. */
  readonly isCombined?: boolean;
}

/** The key of an object that a command names. */
export const keyOfTarget = ({ info, namespace, name }: Target): string =>
  keyOf(info.storeKind, info.namespaced ? namespace : '', name);

/** Finds the object of a target. */
export const findTarget = (view: View, target: Target): KubeObject | undefined =>
  view.find(keyOfTarget(target)) ??
  (target.info.kind === 'Endpoints' ? findEndpoints(view, target.namespace, target.name) : undefined);

/** 404 in the server's words. */
export const notFoundFault = (info: KindInfo, name: string, when?: string) =>
  serverFault({ code: 404, reason: 'NotFound', message: `${resourceName(info)} "${name}" not found` }, when);

/**
 * The kind that a word means.
 * @throws CommandError when the server has none
 */
export function kindOfWord(word: string): KindInfo {
  const info = kindByWord(word);
  if (!info) throw new CommandError(`the server doesn't have a resource type ${JSON.stringify(word)}`);
  return info;
}

/** `sts,pods`, `all` and single words. */
function kindsOfWord(word: string): readonly KindInfo[] {
  return word.split(',').flatMap((part) => {
    const category = kindByWord(part) ? [] : kindsInCategory(part);
    return category.length > 0 ? category : [kindOfWord(part)];
  });
}

const MIXED =
  "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'";

/**
 * Reads `TYPE`, `TYPE NAME…` and `TYPE/NAME…`.
 * @throws CommandError for unknown types and mixed forms. k8s: resource.Builder.ResourceTypeOrNameArgs
 */
export function readQuery(args: readonly string[], namespace: string): Query {
  const [first] = args;
  if (first === undefined) return { kinds: [], targets: undefined };
  if (args.some((arg) => arg.includes('/'))) {
    const targets = args.map((arg) => targetOf(arg, args, namespace));
    return { kinds: [...new Set(targets.map((target) => target.info))], targets, isCombined: true };
  }
  const kinds = kindsOfWord(first);
  const names = args.slice(1);
  if (names.length === 0) return { kinds, targets: undefined };
  if (kinds.length > 1) throw new CommandError('you must specify only one resource');
  return { kinds, targets: kinds.flatMap((info) => names.map((name) => ({ info, namespace, name }))) };
}

function targetOf(arg: string, args: readonly string[], namespace: string): Target {
  const [word = '', name = '', ...rest] = arg.split('/');
  if (!arg.includes('/')) throw new CommandError(MIXED);
  if (rest.length > 0) throw new CommandError('arguments in resource/name form may not have more than one slash');
  if (word === '' || name === '')
    throw new CommandError(`arguments in resource/name form must have a single resource and name`);
  if (args.length > 1 && word.includes(',')) throw new CommandError(MIXED);
  return { info: kindOfWord(word), namespace, name };
}

/**
 * The refusal of a list whose selector the server cannot read. k8s: resource.Selector.Visit
 * @param why what is wrong with it
 */
export function selectorFault({ flags }: Call, info: KindInfo, why: string): Fault {
  const { group, version } = splitApiVersion(info.apiVersion);
  const [labels, fields] = [flags.text('selector') ?? '', flags.text('field-selector') ?? ''];
  return serverFault({
    code: 400,
    reason: 'BadRequest',
    message: `Unable to find "${group}/${version}, Resource=${info.plural}" that match label selector ${JSON.stringify(labels)}, field selector ${JSON.stringify(fields)}: ${why}`,
  });
}

/** Objects of a kind in order of their names, as the server lists them. `namespace` undefined: all namespaces. */
export function listObjects(view: View, info: KindInfo, namespace: string | undefined): readonly KubeObject[] {
  const stored = view.list(info.kind as 'Pod', info.namespaced ? namespace : undefined) as readonly KubeObject[];
  return (info.kind === 'Endpoints' ? withEndpoints(view, stored, namespace) : [...stored])
    .filter((object) => splitApiVersion(object.apiVersion).group === info.group)
    .sort(
      (a, b) =>
        compareBytes(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
        compareBytes(a.metadata.name, b.metadata.name),
    );
}

/** Those that people made by hand, and those of the other Services. */
function withEndpoints(view: View, stored: readonly KubeObject[], namespace: string | undefined): KubeObject[] {
  const nameOf = ({ metadata }: KubeObject): string => `${metadata.namespace}/${metadata.name}`;
  const taken = new Set(stored.map(nameOf));
  return [...stored, ...listEndpoints(view, namespace).filter((endpoints) => !taken.has(nameOf(endpoints)))];
}

/**
 * Objects that are named are chosen by nothing else.
 * @throws CommandError where a selector or `--all` is given beside
 */
export function refuseSelectors({ flags }: Call, { isCombined }: Query): void {
  if (!flags.text('selector') && !flags.text('field-selector') && !flags.isOn('all')) return;
  throw new CommandError(
    isCombined
      ? 'selectors and the all flag cannot be used when passing resource/name arguments'
      : 'name cannot be provided when a selector is specified',
  );
}

/** An object that was found, with its kind. */
export interface Found {
  readonly info: KindInfo;
  readonly object: KubeObject;
}

/**
 * Every object that the arguments mean. Names that do not exist are noted as faults.
 * @param options `needsName`: a kind alone means nothing, as for `scale`; `isAll`: `--all` was given
 */
export function findObjects(
  call: Call,
  query: Query,
  options: { readonly needsName?: boolean; readonly isAllNamespaces?: boolean } = {},
): Found[] {
  const text = call.flags.text('selector');
  const { view } = call.turn;
  if (query.targets) {
    refuseSelectors(call, query);
    return query.targets.flatMap((target) => {
      const object = findTarget(view, target);
      if (!object) call.fail(notFoundFault(target.info, target.name));
      return object ? [{ info: target.info, object }] : [];
    });
  }
  if (options.needsName && !text && !call.flags.isOn('all'))
    throw new CommandError('resource(s) were provided, but no name was specified');
  const { value: selector, error } = parseLabelSelector(text ?? '');
  if (error !== undefined) {
    // Nobody but the server reads it, for each kind anew.
    for (const info of query.kinds) call.fail(selectorFault(call, info, error));
    return [];
  }
  const namespace = options.isAllNamespaces ? undefined : call.namespace;
  return query.kinds.flatMap((info) =>
    listObjects(view, info, namespace)
      .filter((object) => matchesRequirements(selector, object.metadata.labels))
      .map((object) => ({ info, object })),
  );
}
