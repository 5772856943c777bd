// The way from an object to the place in a file that speaks of it.
import { ActionIcon } from '../icons/index.ts';
import { goToPlace, usePlaceOfObject } from './objects.ts';

/**
 * The button, where a file of the editor speaks of the object.
 *
 * @param props - a fact id
 * @returns nothing where none does
 */
export function ManifestButton({ id }: { id: string }) {
  const place = usePlaceOfObject(id);
  if (!place) return null;
  const words = `Go to its place in ${place.fileName}`;
  return (
    <button
      type="button"
      className="btn btn-icon"
      aria-label={words}
      title={`${words}, line ${place.line}`}
      onClick={() => goToPlace(place)}
    >
      <ActionIcon name="file" size={15} />
    </button>
  );
}
