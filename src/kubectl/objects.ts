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
  type Requirement,
  resourceName,
  splitApiVersion,
} from '#kube';
import type { Call } from './call.ts';
import { CommandError, serverFault } from './errors.ts';
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
    return { kinds: [...new Set(targets.map((target) => target.info))], targets };
  }
  const kinds = kindsOfWord(first);
  const names = args.slice(1);
  if (names.length === 0) return { kinds, targets: undefined };
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
 * The conditions of `-l`.
 * @throws CommandError in kubectl's words
 */
function selectorOf(call: Call): readonly Requirement[] | undefined {
  const text = call.flags.text('selector');
  if (!text) return undefined;
  const parsed = parseLabelSelector(text);
  if (parsed.error !== undefined) throw new CommandError(parsed.error);
  return parsed.value;
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
  const selector = selectorOf(call);
  const { view } = call.turn;
  if (query.targets) {
    if (selector) throw new CommandError('name cannot be provided when a selector is specified');
    return query.targets.flatMap((target) => {
      const object = findTarget(view, target);
      if (!object) call.fail(notFoundFault(target.info, target.name));
      return object ? [{ info: target.info, object }] : [];
    });
  }
  if (options.needsName && !selector && !call.flags.isOn('all'))
    throw new CommandError('resource(s) were provided, but no name was specified');
  const namespace = options.isAllNamespaces ? undefined : call.namespace;
  return query.kinds.flatMap((info) =>
    listObjects(view, info, namespace)
      .filter((object) => !selector || matchesRequirements(selector, object.metadata.labels))
      .map((object) => ({ info, object })),
  );
}
