// Reads the containers of a pod template from an object's YAML as the simulation prints it: two spaces a level, block
// style. It is no YAML reader, and needs none of one's weight.

/** A container and what it runs. */
export interface ContainerImage {
  readonly name: string;
  readonly image: string;
}

/**
 * The containers in the YAML of a workload or a pod, init containers left out.
 *
 * @param yaml - as `inspect` gives it
 * @returns in their order; none where the text has no list of containers
 */
export function containersIn(yaml: string): ContainerImage[] {
  const lines = yaml.split('\n');
  const at = lines.findIndex((line) => /^\s*containers:\s*$/.test(line));
  if (at < 0) return [];
  const indent = lines[at]?.search(/\S/) ?? 0;
  const found: { name?: string; image?: string }[] = [];
  for (const line of lines.slice(at + 1)) {
    const depth = line.search(/\S/);
    if (depth < 0) continue;
    const isItem = line.slice(depth).startsWith('- ');
    if (depth < indent || (depth === indent && !isItem)) break;
    const itemDepth = isItem ? depth : depth - 2;
    if (itemDepth > indent + 2) continue;
    if (isItem) found.push({});
    const field = /^\s*(?:- )?(name|image): "?([^"\s]+)"?\s*$/.exec(line);
    const last = found.at(-1);
    if (last && field?.[1] && field[2] !== undefined) last[field[1] as 'name' | 'image'] ??= field[2];
  }
  return found.flatMap(({ name, image }) => (name !== undefined && image !== undefined ? [{ name, image }] : []));
}
