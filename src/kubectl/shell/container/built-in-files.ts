// Files that are in a container before anything is written: those that the kubelet makes, and a few of the image.
import { type ContainerWorld, fullHostOf, hostOf, imageBase, isBusybox, isNginx } from './container-world.ts';
import { programAt } from './image-programs.ts';

/** Where the cluster's DNS answers. */
export const DNS_ADDRESS = '10.96.0.10';

const ROOT = 'bin dev etc home lib media mnt opt proc root run sbin srv sys tmp usr var'.split(' ');

const NGINX_PAGE = `<!DOCTYPE html>
<html>
<head><title>Welcome to nginx!</title></head>
<body><h1>Welcome to nginx!</h1></body>
</html>
`;

/** The search domains and the server, as the kubelet writes them. */
function resolvConf({ pod }: ContainerWorld): string {
  const namespace = pod.metadata.namespace ?? 'default';
  return `search ${namespace}.svc.cluster.local svc.cluster.local cluster.local\nnameserver ${DNS_ADDRESS}\noptions ndots:5\n`;
}

function hosts({ pod }: ContainerWorld): string {
  const names = fullHostOf(pod) === hostOf(pod) ? hostOf(pod) : `${fullHostOf(pod)}\t${hostOf(pod)}`;
  return `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n${pod.status.podIP ?? ''}\t${names}\n`;
}

/** The text of such a file; undefined where there is none. */
export function builtInText(world: ContainerWorld, path: string): string | undefined {
  const { image } = world.container;
  switch (path) {
    case '/etc/hostname':
      return `${hostOf(world.pod)}\n`;
    case '/etc/hosts':
      return hosts(world);
    case '/etc/resolv.conf':
      return resolvConf(world);
    case '/etc/os-release':
      return isBusybox(image) ? 'ID=alpine\nNAME="Alpine Linux"\n' : 'ID=debian\nNAME="Debian GNU/Linux"\n';
    case '/bin/busybox':
      return isBusybox(image) ? '' : undefined;
    case '/usr/share/nginx/html/index.html':
      return isNginx(image) ? NGINX_PAGE : undefined;
    case '/var/run/secrets/kubernetes.io/serviceaccount/namespace':
      return world.pod.metadata.namespace;
    default:
      return programAt(world, path) === undefined ? undefined : '';
  }
}

/** Folders that are there from the beginning, with what lies in them. */
export function foldersOf({ container }: ContainerWorld): Readonly<Record<string, readonly string[]>> {
  const isServer = isNginx(container.image);
  return {
    '/': ROOT,
    ...Object.fromEntries(ROOT.map((name) => [`/${name}`, []])),
    '/bin': isBusybox(container.image) ? ['busybox', 'sh'] : ['bash', 'sh'],
    '/etc': ['hostname', 'hosts', 'os-release', 'resolv.conf', ...(isServer ? ['nginx'] : [])],
    '/usr': ['bin', 'lib', 'local', 'sbin', 'share'],
    ...Object.fromEntries(['bin', 'lib', 'local', 'sbin'].map((name) => [`/usr/${name}`, []])),
    '/usr/share': isServer ? ['nginx'] : [],
    ...(isServer && { '/usr/share/nginx': ['html'], '/usr/share/nginx/html': ['index.html'], '/etc/nginx': [] }),
    '/var': ['cache', 'lib', 'log', 'run', 'tmp'],
    ...Object.fromEntries(['cache', 'lib', 'log', 'run', 'tmp'].map((name) => [`/var/${name}`, []])),
    ...(imageBase(container.image).startsWith('redis') && { '/data': [] }),
  };
}
