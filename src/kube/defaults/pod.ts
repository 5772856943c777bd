// What the API server fills into a Pod beyond what every pod spec gets. k8s: core/v1 SetDefaults_Pod
import { isObject, type Loose, mapList, mapObject, objectOr, withDefault, withMember } from '../loose.ts';
import { defaultPodSpec } from './pod-spec.ts';

/** What is limited but not requested is requested in full. */
function requestWhatIsLimited(container: Loose): Loose {
  return mapObject(container, 'resources', (resources) => {
    const limits = objectOr(resources, 'limits');
    const requests = objectOr(resources, 'requests');
    const missing = Object.keys(limits).filter((name) => !Object.hasOwn(requests, name));
    if (missing.length === 0) return resources;
    return withMember(resources, 'requests', {
      ...requests,
      ...Object.fromEntries(missing.map((name) => [name, limits[name]])),
    });
  });
}

/** On the host's network, ports of the container are ports of the host. */
const openHostPorts = (container: Loose): Loose =>
  mapList(container, 'ports', (port) => (port.hostPort ? port : withMember(port, 'hostPort', port.containerPort)));

// All pods of a template hold the same list of containers; filling it once keeps it the same list.
const filledLists = new WeakMap<object, readonly unknown[]>();

function fillContainers(spec: Loose, list: string): Loose {
  const containers = spec[list];
  if (!Array.isArray(containers)) return spec;
  const known = filledLists.get(containers);
  if (known !== undefined) return known === containers ? spec : withMember(spec, list, known);
  const filled = mapList(spec, list, requestWhatIsLimited);
  const result = filled[list];
  if (Array.isArray(result)) filledLists.set(containers, result);
  return filled;
}

/** Fills a Pod. Service accounts, tolerations and priority are admission's work, not defaulting's. */
export function defaultPod(pod: Loose): Loose {
  let spec = defaultPodSpec(isObject(pod.spec) ? pod.spec : { containers: [] });
  for (const list of ['containers', 'initContainers']) spec = fillContainers(spec, list);
  spec = withDefault(spec, 'enableServiceLinks', true);
  if (spec.hostNetwork === true)
    for (const list of ['containers', 'initContainers']) spec = mapList(spec, list, openHostPorts);
  const status = objectOr(pod, 'status');
  return { ...pod, spec, status: withDefault(status, 'phase', 'Pending') };
}
