// The name of a container image, as far as Kubernetes looks at it. k8s: util/parsers.ParseImageName, distribution/reference

const LENGTH_MAX = 4096;
const NAME_LENGTH_MAX = 255;

const DOMAIN =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const PATH = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** The parts of an image name. */
export interface ImageName {
  /** Registry; docker.io when none is given. */
  readonly domain: string;
  /** Repository, with `library/` where Docker Hub adds it. */
  readonly path: string;
  /** '' when there is a digest and no tag; `latest` when there is neither. */
  readonly tag: string;
  readonly digest: string;
}

/**
 * Takes an image name apart.
 * @returns the parts, or undefined for a name no registry can have
 */
export function parseImageName(image: string): ImageName | undefined {
  if (image === '' || image.length > LENGTH_MAX || /^[a-f0-9]{64}$/.test(image)) return undefined;
  const at = image.indexOf('@');
  const digest = at < 0 ? '' : image.slice(at + 1);
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : '';
  const repository = hasTag ? named.slice(0, colon) : named;
  const slash = repository.indexOf('/');
  const first = slash < 0 ? '' : repository.slice(0, slash);
  // The first part names a registry only when it looks like a host.
  const isHost = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  const domain = isHost ? first : 'docker.io';
  const rest = isHost ? repository.slice(slash + 1) : repository;
  const path = domain === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest;
  if (!DOMAIN.test(domain) || !PATH.test(path) || path.length + domain.length > NAME_LENGTH_MAX) return undefined;
  if ((hasTag && !TAG.test(tag)) || (at >= 0 && !DIGEST.test(digest))) return undefined;
  return { domain, path, tag: tag === '' && digest === '' ? 'latest' : tag, digest };
}

/** The pull policy a container gets that names none: Always for `latest`, else IfNotPresent. */
export const defaultPullPolicy = (image: string): 'Always' | 'IfNotPresent' =>
  parseImageName(image)?.tag === 'latest' ? 'Always' : 'IfNotPresent';
