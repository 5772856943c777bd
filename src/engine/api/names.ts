// Names and places of objects that are written: kinds, namespaces, generated names, names that are taken.
import { type Draft, type KindInfo, type KubeObject, keyOf, kindOf, type ObjectKey, SAFE_ALPHABET } from '#kube';
import type { Transaction } from '../kernel/turn.ts';
import { alreadyExists, forbidden, noSuchResource, type Refusal, refuse } from './errors.ts';

const SUFFIX_LENGTH = 5;
const GENERATED_BASE_LENGTH_MAX = 58;
const GENERATE_ATTEMPTS_MAX = 8;

/** A generated name: the base, cut to 58, and five random letters. k8s: names.SimpleNameGenerator */
function generateName(base: string, random: () => number): string {
  let name = base.slice(0, GENERATED_BASE_LENGTH_MAX);
  for (let i = 0; i < SUFFIX_LENGTH; i += 1) name += SAFE_ALPHABET[Math.floor(random() * SAFE_ALPHABET.length)];
  return name;
}

/** The kind of an object, or the refusal of one that the server does not serve. */
export const kindOrRefusal = (object: Pick<KubeObject, 'apiVersion' | 'kind'>): KindInfo | Refusal =>
  kindOf(object) ?? noSuchResource();

export const isRefusal = (value: object): value is Refusal => 'ok' in value;

/** The namespace that an object of a kind lives in; '' for kinds that live in none. */
export const namespaceOf = (info: KindInfo, meta: { readonly namespace?: string }): string =>
  info.namespaced ? meta.namespace || 'default' : '';

/** The key of an object of a kind in the store. */
export const storeKeyOf = (info: KindInfo, meta: { readonly namespace?: string; readonly name: string }): ObjectKey =>
  keyOf(info.storeKind, namespaceOf(info, meta), meta.name);

/** Rule API-1: nothing can be created in a namespace that is not there, or on its way out. k8s: NamespaceLifecycle */
export function refusalOfNamespace(
  tx: Transaction,
  info: KindInfo,
  name: string,
  namespace: string,
): Refusal | undefined {
  if (namespace === '') return undefined;
  const found = tx.view.get('Namespace', '', namespace);
  if (!found)
    return refuse(404, 'NotFound', `namespaces "${namespace}" not found`, { kind: 'namespaces', name: namespace });
  if (found.metadata.deletionTimestamp === undefined) return undefined;
  return forbidden(info, name, `unable to create new content in namespace ${namespace} because it is being terminated`);
}

/** Rule API-2: the texts of a name that is taken. k8s: rest.CheckGeneratedNameError, Store.Create */
export function refusalOfTakenName(info: KindInfo, taken: KubeObject, generateNameGiven: boolean): Refusal {
  const refusal = alreadyExists(info, taken.metadata.name);
  let { message } = refusal.error;
  if (generateNameGiven) message += ', the server was not able to generate a unique name for the object';
  if (taken.metadata.deletionTimestamp !== undefined) message = `object is being deleted: ${message}`;
  return { ...refusal, error: { ...refusal.error, message } };
}

/** The name of a new object: its own, or a generated one that is free. */
export function nameOf(
  tx: Transaction,
  info: KindInfo,
  metadata: Draft<KubeObject>['metadata'],
  namespace: string,
): string {
  const base = metadata.generateName;
  if (metadata.name || !base) return metadata.name;
  let name = generateName(base, tx.random);
  for (let i = 1; i < GENERATE_ATTEMPTS_MAX && tx.view.find(keyOf(info.storeKind, namespace, name)); i += 1)
    name = generateName(base, tx.random);
  return name;
}
