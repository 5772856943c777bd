// Volumes that put two files at one place. k8s: warningsForOverlappingVirtualPaths
import { goQuote } from '../go-quote.ts';
import { type Loose, listAt, objectAt, objectOr, textAt } from '../loose.ts';

/** A file of a volume, and what fills it where that is to be told. */
interface Place {
  readonly path: string;
  readonly source: string;
}

const PROJECTED = [
  'secret',
  'configMap',
  'downwardAPI',
  'serviceAccountToken',
  'clusterTrustBundle',
  'podCertificate',
] as const;

const show = ({ path, source }: Place): string => (source === '' ? goQuote(path) : `${goQuote(path)} (${source})`);

const isWithin = (inner: Place, outer: Place): boolean => `${inner.path}/`.startsWith(`${outer.path}/`);

/** One text for each pair of which one is the other, or lies in it. */
function overlapsOf(places: readonly Place[]): string[] {
  const known: Place[] = [];
  const overlaps: string[] = [];
  for (const { path, source } of places) {
    const place: Place = { path: path.replace(/\/+$/, ''), source };
    if (place.path !== '')
      for (const other of known)
        if (other.path !== '' && (isWithin(place, other) || isWithin(other, place)))
          overlaps.push(`${show(place)} with ${show(other)}`);
    known.push(place);
  }
  return overlaps;
}

const placesOf = (holder: Loose, source = ''): Place[] =>
  listAt(holder, 'items').map((item) => ({ path: textAt(item, 'path'), source }));

/** The files that one source of a projected volume makes. */
function placesOfSource(source: Loose): Place[] {
  const named = (key: string, title: string): Place[] => {
    const holder = objectOr(source, key);
    return placesOf(holder, `${title} ${goQuote(textAt(holder, 'name'))}`);
  };
  if (objectAt(source, 'configMap')) return named('configMap', 'ConfigMap');
  if (objectAt(source, 'secret')) return named('secret', 'Secret');
  if (objectAt(source, 'downwardAPI')) return placesOf(objectOr(source, 'downwardAPI'), 'DownwardAPI');
  const token = objectAt(source, 'serviceAccountToken');
  if (token) return [{ path: textAt(token, 'path'), source: 'ServiceAccountToken' }];
  const bundle = objectAt(source, 'clusterTrustBundle');
  if (!bundle) return [];
  const name = textAt(bundle, 'name') || textAt(bundle, 'signerName');
  return [{ path: textAt(bundle, 'path'), source: `ClusterTrustBundle ${goQuote(name)}` }];
}

/** Warnings of the volumes of a pod. */
export function warnOfOverlaps(volumes: readonly Loose[]): string[] {
  return volumes.flatMap((volume) => {
    const name = goQuote(textAt(volume, 'name'));
    const tell = (places: readonly Place[], what: string): string[] =>
      overlapsOf(places).map((overlap) => `volume ${name} (${what}): overlapping paths: ${overlap}`);
    const [map, secret] = [objectOr(volume, 'configMap'), objectOr(volume, 'secret')];
    const sources = listAt(objectAt(volume, 'projected'), 'sources');
    return [
      ...tell(placesOf(map), `ConfigMap ${goQuote(textAt(map, 'name'))}`),
      ...tell(placesOf(secret), `Secret ${goQuote(textAt(secret, 'secretName'))}`),
      ...tell(placesOf(objectOr(volume, 'downwardAPI')), 'DownwardAPI'),
      ...sources
        .filter((source) => !PROJECTED.some((key) => objectAt(source, key)))
        .map(() => `volume ${name} (Projected) has no sources provided`),
      ...tell(sources.flatMap(placesOfSource), 'Projected'),
    ];
  });
}
