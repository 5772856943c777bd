// The network as a container sees it: names by the cluster's DNS, addresses of pods and Services, and what answers there.
import type { Pod, Service } from '#kube';
import { containerFiles } from './container-files.ts';
import { type ContainerWorld, fullHostOf, hostOf, imageBase, imageTag, isNginx } from './container-world.ts';

/** An answer on HTTP, or why there is none. */
export type HttpAnswer =
  | { readonly status: number; readonly words: string; readonly body: string }
  | {
      readonly failure: 'name' | 'refused' | 'empty';
      readonly host: string;
      readonly address: string;
      readonly port: number;
    };

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** The addresses of a name; an address is its own. */
export function addressesOf(world: ContainerWorld, name: string): readonly string[] {
  const { pod, turn, surroundings } = world;
  if (ADDRESS.test(name)) return [name];
  if (name === 'localhost') return ['127.0.0.1'];
  if (name === hostOf(pod) || name === fullHostOf(pod)) return [pod.status.podIP ?? '127.0.0.1'];
  const { answers } = surroundings.resolve(turn.view, {
    name,
    from: { namespace: pod.metadata.namespace ?? 'default' },
  });
  return answers.filter(({ type }) => type === 'A').map(({ data }) => data);
}

const isRunning = (pod: Pod): boolean => (pod.status.containerStatuses ?? []).some(({ state }) => state.running);

/** The pod behind an address and the port there; a Service leads to one of its pods after another. */
function targetOf(world: ContainerWorld, address: string, port: number): { pod: Pod; port: number } | undefined {
  const { view, nowMs } = world.turn;
  if (address === '127.0.0.1' || address === world.pod.status.podIP) return { pod: world.pod, port };
  const pod = view.list('Pod').find((one) => one.status.podIP === address && isRunning(one));
  if (pod) return { pod, port };
  const service = view.list('Service').find((one) => one.spec.clusterIP === address);
  if (!service) return undefined;
  return behindService(world, service, port, Math.floor(nowMs / 1000));
}

function behindService({ turn: { view } }: ContainerWorld, service: Service, port: number, turnOf: number) {
  const own = (service.spec.ports ?? []).find((one) => one.port === port);
  if (!own) return undefined;
  const ready = view
    .list('EndpointSlice', service.metadata.namespace)
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name)
    .flatMap((slice) =>
      slice.endpoints
        .filter(({ conditions }) => conditions.ready)
        .map((endpoint) => ({ endpoint, ports: slice.ports ?? [] })),
    );
  const chosen = ready[turnOf % Math.max(1, ready.length)];
  const pod = view.list('Pod').find((one) => one.status.podIP === chosen?.endpoint.addresses[0]);
  const target = chosen?.ports.find((one) => (one.name ?? '') === (own.name ?? ''))?.port;
  return pod && target !== undefined ? { pod, port: target } : undefined;
}

const page = (title: string, server: string): string =>
  `<html>\n<head><title>${title}</title></head>\n<body>\n<center><h1>${title}</h1></center>\n<hr><center>${server}</center>\n</body>\n</html>\n`;

/** What a container serves under a path. */
function served(world: ContainerWorld, path: string): HttpAnswer | undefined {
  const { image } = world.container;
  const base = imageBase(image);
  if (base.includes('hostname') || (world.container.args ?? []).includes('serve-hostname'))
    return { status: 200, words: 'OK', body: hostOf(world.pod) };
  const isHttpd = base === 'httpd' || base === 'apache';
  if (!isNginx(image) && !isHttpd) return undefined;
  const server = isHttpd ? 'Apache' : `nginx/${imageTag(image)}`;
  const files = containerFiles(world);
  const root = isHttpd ? '/usr/local/apache2/htdocs' : '/usr/share/nginx/html';
  const plain = path.replace(/[?#].*$/, '');
  const file = plain.endsWith('/') ? `${root}${plain}index.html` : `${root}${plain}`;
  const text = files.read(file);
  if (typeof text === 'string') return { status: 200, words: 'OK', body: text };
  if (plain.endsWith('/') && files.isFolder(`${root}${plain}`))
    return { status: 403, words: 'Forbidden', body: page('403 Forbidden', server) };
  return { status: 404, words: 'Not Found', body: page('404 Not Found', server) };
}

/** Asks for a page over HTTP. */
export function httpGet(world: ContainerWorld, url: string): HttpAnswer {
  const [, host = '', portText, path = '/'] = /^(?:https?:\/\/)?([^/:?#]+)(?::(\d+))?(\/[^\s]*)?$/.exec(url) ?? [];
  const port = portText === undefined ? (url.startsWith('https:') ? 443 : 80) : Number(portText);
  const [address] = addressesOf(world, host);
  if (address === undefined) return { failure: 'name', host, address: '', port };
  const refused: HttpAnswer = { failure: 'refused', host, address, port };
  const target = targetOf(world, address, port);
  if (!target) return refused;
  const { pod } = target;
  for (const container of pod.spec.containers) {
    const isOpen =
      (container.ports ?? []).some(({ containerPort }) => containerPort === target.port) ||
      (target.port === 80 && isNginx(container.image));
    const runs = (pod.status.containerStatuses ?? []).some(
      ({ name, state }) => name === container.name && state.running,
    );
    if (!isOpen || !runs) continue;
    return served({ ...world, pod, container }, path) ?? { failure: 'empty', host, address, port };
  }
  return refused;
}
