// KUBE-18: what the API server fills into every pod spec, in templates and in pods alike. k8s: core/v1 SetDefaults_PodSpec and
// the generated defaulters below it. New objects are made only where something was missing.
import { defaultPullPolicy } from '../image-name.ts';
import { isObject, type Loose, mapList, mapObject, textAt, withDefault, withMember } from '../loose.ts';
import { canonicalQuantity, parseQuantity, roundUpToMilli } from '../quantity.ts';

/** Amounts are stored rounded up to thousandths and in canonical form. k8s: SetDefaults_ResourceList */
export function defaultAmounts(amounts: Loose): Loose {
  let out = amounts;
  for (const [name, text] of Object.entries(amounts)) {
    if (typeof text !== 'string' && typeof text !== 'number') continue;
    const { quantity } = parseQuantity(text);
    const canonical = quantity === undefined ? text : canonicalQuantity(roundUpToMilli(quantity));
    if (canonical !== text) out = withMember(out, name, canonical);
  }
  return out;
}

/** Limits and requests of containers and claims. */
const defaultResources = (resources: Loose): Loose =>
  mapObject(mapObject(resources, 'limits', defaultAmounts), 'requests', defaultAmounts);

function defaultHttpGet(action: Loose): Loose {
  return withDefault(withDefault(action, 'path', '/'), 'scheme', 'HTTP');
}

/** A number that is absent or 0. */
function defaultNumber(object: Loose, key: string, value: number): Loose {
  return object[key] === undefined || object[key] === null || object[key] === 0
    ? withMember(object, key, value)
    : object;
}

function defaultProbe(probe: Loose): Loose {
  let out = defaultNumber(probe, 'timeoutSeconds', 1);
  out = defaultNumber(out, 'periodSeconds', 10);
  out = defaultNumber(out, 'successThreshold', 1);
  out = defaultNumber(out, 'failureThreshold', 3);
  out = mapObject(out, 'httpGet', defaultHttpGet);
  return mapObject(out, 'grpc', (grpc) =>
    grpc.service === undefined || grpc.service === null ? withMember(grpc, 'service', '') : grpc,
  );
}

const defaultFieldRef = (source: Loose): Loose =>
  mapObject(source, 'fieldRef', (ref) => withDefault(ref, 'apiVersion', 'v1'));

function defaultEnv(env: Loose): Loose {
  return mapObject(env, 'valueFrom', (from) =>
    mapObject(defaultFieldRef(from), 'fileKeyRef', (ref) =>
      ref.optional === undefined || ref.optional === null ? withMember(ref, 'optional', false) : ref,
    ),
  );
}

/** k8s: SetDefaults_Container */
function defaultContainer(container: Loose): Loose {
  let out = withDefault(container, 'imagePullPolicy', defaultPullPolicy(textAt(container, 'image')));
  out = withDefault(out, 'terminationMessagePath', '/dev/termination-log');
  out = withDefault(out, 'terminationMessagePolicy', 'File');
  out = mapList(out, 'ports', (port) => withDefault(port, 'protocol', 'TCP'));
  out = mapList(out, 'env', defaultEnv);
  out = isObject(out.resources) ? mapObject(out, 'resources', defaultResources) : withMember(out, 'resources', {});
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) out = mapObject(out, probe, defaultProbe);
  return mapObject(out, 'lifecycle', (lifecycle) => {
    const onHook = (hook: Loose): Loose => mapObject(hook, 'httpGet', defaultHttpGet);
    return mapObject(mapObject(lifecycle, 'postStart', onHook), 'preStop', onHook);
  });
}

const defaultMode = (source: Loose): Loose => withDefault(source, 'defaultMode', 420);
const defaultFieldRefs = (source: Loose): Loose => mapList(source, 'items', defaultFieldRef);

function defaultProjection(source: Loose): Loose {
  return mapObject(mapObject(source, 'downwardAPI', defaultFieldRefs), 'serviceAccountToken', (token) =>
    withDefault(token, 'expirationSeconds', 3600),
  );
}

/** What each kind of volume gets. Persistent volumes share the ones that are not about pods. */
export const VOLUME_DEFAULTS: Readonly<Record<string, (source: Loose) => Loose>> = {
  secret: defaultMode,
  configMap: defaultMode,
  downwardAPI: (source) => defaultMode(defaultFieldRefs(source)),
  projected: (source) => defaultMode(mapList(source, 'sources', defaultProjection)),
  hostPath: (source) => (source.type === undefined || source.type === null ? withMember(source, 'type', '') : source),
  iscsi: (source) => withDefault(source, 'iscsiInterface', 'default'),
  rbd: (source) =>
    withDefault(withDefault(withDefault(source, 'pool', 'rbd'), 'user', 'admin'), 'keyring', '/etc/ceph/keyring'),
  azureDisk: (source) =>
    withDefault(
      withDefault(withDefault(withDefault(source, 'cachingMode', 'ReadWrite'), 'fsType', 'ext4'), 'readOnly', false),
      'kind',
      'Shared',
    ),
  scaleIO: (source) => withDefault(withDefault(source, 'storageMode', 'ThinProvisioned'), 'fsType', 'xfs'),
  image: (source) => withDefault(source, 'pullPolicy', defaultPullPolicy(textAt(source, 'reference'))),
  ephemeral: (source) =>
    mapObject(source, 'volumeClaimTemplate', (template) => mapObject(template, 'spec', defaultClaimSpec)),
};

/** k8s: SetDefaults_PersistentVolumeClaimSpec */
export const defaultClaimSpec = (spec: Loose): Loose =>
  mapObject(withDefault(spec, 'volumeMode', 'Filesystem'), 'resources', defaultResources);

/** k8s: SetDefaults_Volume; a volume without a source is an empty directory. */
function defaultVolume(volume: Loose): Loose {
  const sources = Object.keys(volume).filter((key) => key !== 'name' && isObject(volume[key]));
  if (sources.length === 0) return withMember(volume, 'emptyDir', {});
  let out = volume;
  for (const source of sources) {
    const fill = Object.hasOwn(VOLUME_DEFAULTS, source) ? VOLUME_DEFAULTS[source] : undefined;
    if (fill !== undefined) out = mapObject(out, source, fill);
  }
  return out;
}

/** The service account has two names; each is filled from the other. */
function mirrorServiceAccount(spec: Loose): Loose {
  const name = textAt(spec, 'serviceAccountName') || textAt(spec, 'serviceAccount');
  if (name === '' || (spec.serviceAccountName === name && spec.serviceAccount === name)) return spec;
  return { ...spec, serviceAccountName: name, serviceAccount: name };
}

/** Fills a pod spec. */
export function defaultPodSpec(spec: Loose): Loose {
  let out = withDefault(spec, 'dnsPolicy', 'ClusterFirst');
  out = withDefault(out, 'restartPolicy', 'Always');
  out = withDefault(out, 'securityContext', {});
  out = withDefault(out, 'terminationGracePeriodSeconds', 30);
  out = withDefault(out, 'schedulerName', 'default-scheduler');
  out = mirrorServiceAccount(out);
  out = mapList(out, 'volumes', defaultVolume);
  out = mapList(out, 'initContainers', defaultContainer);
  out = mapList(out, 'containers', defaultContainer);
  out = mapList(out, 'ephemeralContainers', defaultContainer);
  out = mapObject(out, 'overhead', defaultAmounts);
  return mapObject(out, 'resources', defaultResources);
}

/** Fills the pod template of a workload. */
export const defaultPodTemplate = (template: Loose): Loose =>
  withMember(template, 'spec', defaultPodSpec(isObject(template.spec) ? template.spec : { containers: [] }));
