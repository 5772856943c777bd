// Pods that differ from an accepted one of the same template in nothing but names: they are filled in and accepted
// without looking at the template again. Ten thousand pods of a set cost ten thousand small objects, not templates.
import { byteLength, type Container, controllerOf, type Pod, type PodSpec, type Volume } from '#kube';

/** What a template's first pod looked like when it came, and what became of it. */
interface KnownPod {
  readonly given: PodSpec;
  readonly accepted: PodSpec;
  readonly status: Pod['status'];
  /** Volumes that admission added after those of the pod. */
  readonly added: readonly Volume[];
  /** What admission depends on beside the pod: pods of another cluster are not known. */
  readonly circumstance: string;
}

/** By the list of containers, which all pods of a template share. */
const known = new WeakMap<readonly Container[], KnownPod>();

/** Fields of a spec in which pods of one template differ. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['hostname', 'subdomain', 'volumes']);
const HOSTNAME_LENGTH_MAX = 63;

function haveSameTemplate(a: PodSpec, b: PodSpec): boolean {
  for (const key in a) if (!OWN_FIELDS.has(key) && a[key] !== b[key]) return false;
  for (const key in b) if (!OWN_FIELDS.has(key) && b[key] !== undefined && a[key] === undefined) return false;
  return true;
}

/** The same volumes, claims of other names allowed. */
function haveSameVolumes(a: readonly Volume[] = [], b: readonly Volume[] = []): boolean {
  return (
    a.length === b.length &&
    a.every((volume, index) => {
      const other = b[index];
      if (volume === other) return true;
      const [claim, otherClaim] = [volume.persistentVolumeClaim, other?.persistentVolumeClaim];
      return (
        claim !== undefined &&
        otherClaim !== undefined &&
        volume.name === other?.name &&
        claim.readOnly === otherClaim.readOnly
      );
    })
  );
}

const isPlainHostname = (hostname: string | undefined): boolean =>
  hostname === undefined || byteLength(hostname) <= HOSTNAME_LENGTH_MAX;

/** Remembers an accepted pod of a controller for those that follow it. */
export function learnPod(given: Pod, accepted: Pod, circumstance: string): void {
  if (!controllerOf(given)) return;
  known.set(given.spec.containers, {
    given: given.spec,
    accepted: accepted.spec,
    status: accepted.status,
    added: (accepted.spec.volumes ?? []).slice(given.spec.volumes?.length ?? 0),
    circumstance,
  });
}

/** The pod as it will be accepted, if one of its template was; undefined sends it the long way. */
export function knownPod(pod: Pod, circumstance: string): Pod | undefined {
  const like = known.get(pod.spec?.containers);
  if (!like || like.circumstance !== circumstance || !controllerOf(pod)) return undefined;
  const { hostname, subdomain, volumes } = pod.spec;
  if (!haveSameTemplate(pod.spec, like.given) || !haveSameVolumes(volumes, like.given.volumes)) return undefined;
  if (!isPlainHostname(hostname) || subdomain !== like.given.subdomain) return undefined;
  const own = volumes && volumes.length > 0 ? [...volumes, ...like.added] : like.accepted.volumes;
  return {
    ...pod,
    spec: {
      ...like.accepted,
      ...(hostname !== undefined && { hostname }),
      ...(own !== undefined && { volumes: own }),
    },
    status: like.status,
  };
}
