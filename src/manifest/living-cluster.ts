// Tells the output of `kubectl get … -o yaml` from a manifest that a person wrote, by what only a server writes.

/** How much of a text is looked at: a large cluster says what it is in its first objects. */
const LOOK_AT = 400_000;

/** Fields as they stand in YAML, in JSON of many lines, and in JSON of one. Blanks are bounded, so that a search ends soon. */
const fieldOf = (name: string, value: string): RegExp =>
  new RegExp(`(?:^|[\\n{,])[ \\t-]{0,40}"?${name}"?[ \\t]{0,4}:[ \\t]{0,4}${value}`);

const MARKS: readonly RegExp[] = [
  fieldOf('uid', '"?[0-9a-f]{8}-[0-9a-f]{4}-'),
  fieldOf('resourceVersion', '"?\\d'),
  fieldOf('creationTimestamp', '"?\\d{4}-'),
  fieldOf('status', ''),
  // What controllers make, and people do not write: a single set may as well be a manifest that was taken from a cluster.
  fieldOf('kind', '"?(?:Pod|Node|PersistentVolumeClaim|PersistentVolume|ControllerRevision)"?[ \\t]{0,4}[\\r\\n,}]'),
];

/**
 * Whether a text looks like objects of a living cluster, as YAML or JSON: with uids, times and states, pods or nodes among
 * them.
 * @param text untrusted, of any size; cheap enough to ask of every text that is opened or pasted
 */
export function looksLikeCluster(text: string): boolean {
  const part = text.slice(0, LOOK_AT);
  return MARKS.every((mark) => mark.test(part));
}
