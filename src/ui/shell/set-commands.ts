// What changes a set, as kubectl commands: shown before it is done, and done by the handles, the keys and the inspector.

/** Which set. */
interface SetName {
  readonly name: string;
  readonly namespace: string;
}

/**
 * Sets the number of replicas.
 *
 * @param set - which
 * @param replicas - as it is typed, or a number
 * @returns the command without its first word
 */
export const scaleCommand = (set: SetName, replicas: number | string): string =>
  `scale sts/${set.name} --replicas=${replicas}${flagOf(set)}`;

/**
 * Sets the partition of the rolling update.
 *
 * @param set - which
 * @param partition - the first ordinal that is updated
 * @returns the command without its first word
 */
export function partitionCommand(set: SetName, partition: number): string {
  const patch = JSON.stringify({ spec: { updateStrategy: { rollingUpdate: { partition } } } });
  return `patch sts ${set.name} -p '${patch}'${flagOf(set)}`;
}

/**
 * Sets the image of a container.
 *
 * @param set - which
 * @param container - of its template
 * @param image - the image
 * @returns the command without its first word
 */
export const imageCommand = (set: SetName, container: string, image: string): string =>
  `set image sts/${set.name} ${container}=${image}${flagOf(set)}`;

const flagOf = ({ namespace }: SetName): string => (namespace === 'default' ? '' : ` -n ${namespace}`);
