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

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/**
 * How long ago something was, as the LAST SEEN column of kubectl says it (KUBE-22): two figures at most. Simulations
 * run for hours or days, not for years.
 *
 * @param ageMs - virtual milliseconds; below zero counts as now
 * @returns such as `84s`, `3m20s`, `25m`, `2h5m`, `3d4h`
 */
export function ageWord(ageMs: number): string {
  const s = Math.max(0, Math.trunc(ageMs / 1000));
  if (s < 2 * MINUTE_S) return `${s}s`;
  if (s < 3 * HOUR_S) return inUnits(s, MINUTE_S, 'm', 10, 1, 's');
  if (s < 2 * DAY_S) return inUnits(s, HOUR_S, 'h', 8, MINUTE_S, 'm');
  return inUnits(s, DAY_S, 'd', 8, HOUR_S, 'h');
}

/** Whole units, and below a number of them the smaller units that are left. */
function inUnits(s: number, unitS: number, unit: string, below: number, smallS: number, small: string): string {
  const n = Math.trunc(s / unitS);
  const rest = Math.trunc((s % unitS) / smallS);
  return n < below && rest > 0 ? `${n}${unit}${rest}${small}` : `${n}${unit}`;
}
