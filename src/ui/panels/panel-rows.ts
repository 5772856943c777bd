// Which rows of the tabs belong to what is selected, and how kubectl names an object. Pure, but for looking facts up.
import type { Facts } from '#scene';

/** Looks an object up by its fact id. */
export type FactsById = (id: string) => Facts | undefined;

/**
 * Whether a record has to do with what is selected: it is of that pod, of a pod of that set or on that node, or of that
 * Service.
 *
 * @param selectedId - the fact id of what is selected
 * @param getFacts - facts of the moment shown
 * @returns a test of a record by the object behind it and its Service
 */
export function newDnsFilter(selectedId: string, getFacts: FactsById): (about: string, serviceId: string) => boolean {
  const selected = getFacts(selectedId);
  const id = selected?.type === 'slot' ? (selected.podId ?? selectedId) : selectedId;
  return (about, serviceId) => {
    if (about === id || serviceId === id) return true;
    const object = getFacts(about);
    if (object?.type !== 'pod') return false;
    if (selected?.type === 'node') return object.nodeName === selected.name;
    if (selected?.type === 'claim') return isClaimOf(selectedId, object.setId, object.ordinal, getFacts);
    return object.setId === id;
  };
}

function isClaimOf(
  claimId: string,
  setId: string | undefined,
  ordinal: number | undefined,
  getFacts: FactsById,
): boolean {
  if (setId === undefined || ordinal === undefined) return false;
  const slot = getFacts(`Slot${setId.slice(setId.indexOf('/'))}/${ordinal}`);
  return slot?.type === 'slot' && slot.claimIds.includes(claimId);
}

/**
 * An object as the OBJECT column of kubectl names it.
 *
 * @param id - a fact id such as `Pod/default/web-0`
 * @returns such as `pod/web-0`
 */
export function objectWord(id: string): string {
  const [kind = '', , ...name] = id.split('/');
  return `${kind.toLowerCase()}/${name.join('/')}`;
}

/**
 * Whether a text holds what was typed, whatever the case.
 *
 * @param text - what is searched
 * @param typed - as it was typed
 */
export const hasText = (text: string, typed: string): boolean =>
  text.toLowerCase().includes(typed.trim().toLowerCase());
