// A running container as commands in it see it: its pod, its volumes, and what is around it.
import type { Turn } from '#engine';
import type { Container, Pod } from '#kube';
import type { Surroundings } from '../../types.ts';

export interface ContainerWorld {
  readonly turn: Turn;
  readonly pod: Pod;
  readonly container: Container;
  readonly surroundings: Surroundings;
}

/** `busybox` of `docker.io/library/busybox:1.28`. */
export const imageBase = (image: string): string =>
  (image.split('@')[0] ?? '')
    .replace(/:[^/:]*$/, '')
    .split('/')
    .at(-1) ?? '';

/** The version that an image is tagged with. */
export const imageTag = (image: string): string => /:([^/:@]+)(?:@|$)/.exec(image)?.[1] ?? 'latest';

/** Small images, whose commands are those of busybox. */
export const isBusybox = (image: string): boolean =>
  /^(?:busybox|alpine)/.test(imageBase(image)) || /alpine/.test(imageTag(image));

/** Images that serve files on port 80. */
export const isNginx = (image: string): boolean => imageBase(image).startsWith('nginx');

/** The name that the pod has inside. */
export const hostOf = ({ metadata, spec }: Pod): string => spec.hostname || metadata.name;

/** `web-0.nginx.default.svc.cluster.local`; the short name where the pod has no domain. */
export function fullHostOf(pod: Pod): string {
  const { subdomain } = pod.spec;
  return subdomain ? `${hostOf(pod)}.${subdomain}.${pod.metadata.namespace ?? ''}.svc.cluster.local` : hostOf(pod);
}

/** The container as its kubelet reports it. */
export const statusOf = ({ pod, container }: Pick<ContainerWorld, 'pod' | 'container'>) =>
  [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])].find(
    ({ name }) => name === container.name,
  );
