/**
 * Writes the JSON schema that the editor completes and explains manifests with, from the models of a released client
 * library. The library is not a dependency: it is fetched for this and thrown away.
 *
 *   npm pack @kubernetes/client-node@2.0.1 && tar xzf kubernetes-client-node-2.0.1.tgz
 *   node .ci/schema/generate.mjs package/dist/gen/models
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {Record<string, unknown>} Schema */

/** Kinds that are simulated, and those that commonly stand beside them: apiVersion and model of each. */
const KINDS = {
  StatefulSet: ['apps/v1', 'V1StatefulSet'],
  Service: ['v1', 'V1Service'],
  PersistentVolumeClaim: ['v1', 'V1PersistentVolumeClaim'],
  PersistentVolume: ['v1', 'V1PersistentVolume'],
  StorageClass: ['storage.k8s.io/v1', 'V1StorageClass'],
  PodDisruptionBudget: ['policy/v1', 'V1PodDisruptionBudget'],
  Pod: ['v1', 'V1Pod'],
  Deployment: ['apps/v1', 'V1Deployment'],
  ReplicaSet: ['apps/v1', 'V1ReplicaSet'],
  ControllerRevision: ['apps/v1', 'V1ControllerRevision'],
  EndpointSlice: ['discovery.k8s.io/v1', 'V1EndpointSlice'],
  Event: ['v1', 'CoreV1Event'],
  Node: ['v1', 'V1Node'],
  Namespace: ['v1', 'V1Namespace'],
  ConfigMap: ['v1', 'V1ConfigMap'],
  Secret: ['v1', 'V1Secret'],
  ServiceAccount: ['v1', 'V1ServiceAccount'],
};

/** Quantities are plain strings in the models; people write numbers as well. */
const QUANTITIES = new Set([
  'requests',
  'limits',
  'capacity',
  'overhead',
  'sizeLimit',
  'divisor',
  'averageValue',
  'tolerance',
  'allocatedResources',
]);

/** Values of fields that the models call a string. `Model.field`, or a field wherever it stands. */
const VALUES = /** @type {Record<string, string[]>} */ ({
  podManagementPolicy: ['OrderedReady', 'Parallel'],
  'V1StatefulSetUpdateStrategy.type': ['RollingUpdate', 'OnDelete'],
  'V1DeploymentStrategy.type': ['RollingUpdate', 'Recreate'],
  whenDeleted: ['Retain', 'Delete'],
  whenScaled: ['Retain', 'Delete'],
  volumeBindingMode: ['Immediate', 'WaitForFirstConsumer'],
  reclaimPolicy: ['Delete', 'Retain'],
  persistentVolumeReclaimPolicy: ['Delete', 'Retain'],
  volumeMode: ['Filesystem', 'Block'],
  imagePullPolicy: ['IfNotPresent', 'Always', 'Never'],
  restartPolicy: ['Always', 'OnFailure', 'Never'],
  protocol: ['TCP', 'UDP', 'SCTP'],
  'V1ServiceSpec.type': ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  unhealthyPodEvictionPolicy: ['IfHealthyBudget', 'AlwaysAllow'],
  'V1Taint.effect': ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
});
const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** What the server writes, nobody types. */
const LEFT_OUT = new Set(['managedFields', 'selfLink']);

const folder = process.argv[2];
if (folder === undefined || !existsSync(path.join(folder, 'V1StatefulSet.d.ts'))) {
  console.error('usage: node .ci/schema/generate.mjs FOLDER-OF-MODELS');
  process.exit(2);
}

/** @type {Record<string, Schema>} */
const definitions = {};
for (const [kind, [apiVersion, model = '']] of Object.entries(KINDS)) {
  define(model, true);
  const definition = /** @type {{ title?: string, properties: Record<string, Schema>, required?: string[] }} */ (
    definitions[model]
  );
  Object.assign(definition.properties.apiVersion ?? {}, { enum: [apiVersion] });
  Object.assign(definition.properties.kind ?? {}, { enum: [kind] });
  // What the editor offers in an empty document.
  definition.title = kind;
  definition.required = ['apiVersion', 'kind', ...(definition.required ?? [])];
}
const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $comment: 'Made from @kubernetes/client-node 2.0.1 (Apache-2.0), which describes Kubernetes release-1.36.',
  definitions,
  oneOf: Object.values(KINDS).map(([, model]) => ({ $ref: `#/definitions/${model}` })),
};
const target = fileURLToPath(new URL('../../src/ui/editor/k8s.schema.json', import.meta.url));
writeFileSync(target, `${JSON.stringify(schema)}\n`);
console.log(`${Object.keys(definitions).length} definitions, ${readFileSync(target).length} bytes`);

/**
 * Adds a model and all that it is made of.
 *
 * @param {string} model - its class
 * @param {boolean} [isRoot] - a kind of its own, whose status nobody types
 */
function define(model, isRoot = false) {
  if (definitions[model]) return;
  /** @type {Schema} */
  const definition = { type: 'object' };
  definitions[model] = definition;
  const source = readFileSync(path.join(String(folder), `${model}.d.ts`), 'utf8');
  const types = attributeTypes(readFileSync(path.join(String(folder), `${model}.js`), 'utf8'));
  const about = /\/\*\*\n((?:\s*\*[^\n]*\n)+?)\s*\*\/\nexport declare class/.exec(source)?.[1];
  if (about !== undefined) definition.description = plainText(about);
  /** @type {Record<string, Schema>} */
  const properties = {};
  /** @type {string[]} */
  const required = [];
  const fields = /(?: {4}\/\*\*\n((?:\s*\*[^\n]*\n)+?)\s*\*\/\n)? {4}'([^']+)'(\??):/g;
  for (const [, doc, attribute = '', optional] of source
    .slice(source.indexOf('export declare class'))
    .matchAll(fields)) {
    const { name, type, format } = types.get(attribute) ?? { name: attribute, type: 'any', format: '' };
    if (LEFT_OUT.has(name) || (isRoot && name === 'status')) continue;
    const property = { ...schemaOf(type, format, name, model) };
    if (doc !== undefined) property.description = plainText(doc);
    // Beside a reference nothing else counts: what is said of the field would be lost.
    properties[name] =
      '$ref' in property && doc !== undefined
        ? { description: property.description, allOf: [{ $ref: property.$ref }] }
        : property;
    if (optional === '') required.push(name);
  }
  definition.properties = properties;
  if (required.length > 0) definition.required = required;
  definition.additionalProperties = false;
}

/**
 * @param {string} source - the script of a model
 * @returns {Map<string, { name: string, type: string, format: string }>} by attribute: its name in JSON and its type
 */
function attributeTypes(source) {
  const entry = /"name": "([^"]+)",\s*"baseName": "([^"]+)",\s*"type": "([^"]+)",\s*"format": "([^"]*)"/g;
  return new Map(
    [...source.matchAll(entry)].map(([, attribute = '', name = '', type = '', format = '']) => [
      attribute,
      { name, type, format },
    ]),
  );
}

/**
 * @param {string} type - as the model writes it
 * @param {string} format
 * @param {string} name - the field
 * @param {string} model - whose field it is
 * @returns {Schema}
 */
function schemaOf(type, format, name, model) {
  const quantity = { oneOf: [{ type: 'string' }, { type: 'number' }] };
  const list = /^Array<(.+)>$/.exec(type)?.[1];
  if (list !== undefined) {
    if (name === 'accessModes') return { type: 'array', items: { type: 'string', enum: ACCESS_MODES } };
    return { type: 'array', items: schemaOf(list, format, '', model) };
  }
  const map = /^\{\s*\[key: string\]: (.+?);?\s*\}$/.exec(type)?.[1];
  if (map !== undefined)
    return { type: 'object', additionalProperties: QUANTITIES.has(name) ? quantity : schemaOf(map, format, '', model) };
  switch (type) {
    case 'string': {
      const values = VALUES[`${model}.${name}`] ?? VALUES[name];
      if (values) return { type: 'string', enum: values };
      return QUANTITIES.has(name) ? quantity : { type: 'string' };
    }
    case 'number':
      return { type: format.startsWith('int') ? 'integer' : 'number' };
    case 'boolean':
      return { type: 'boolean' };
    case 'Date':
    case 'V1MicroTime':
      return { type: 'string', format: 'date-time' };
    case 'IntOrString':
      return { oneOf: [{ type: 'integer' }, { type: 'string' }] };
    case 'any':
    case 'object':
      return {};
    default:
      if (!existsSync(path.join(String(folder), `${type}.d.ts`)))
        throw new Error(`${model}.${name}: unknown type ${type}`);
      define(type);
      return { $ref: `#/definitions/${type}` };
  }
}

/**
 * @param {string} comment - the inside of a doc comment
 * @returns {string} its words
 */
function plainText(comment) {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim()
    .replace(/\\(['"])/g, '$1');
}
