// Patterns with stars, question marks and brackets, as the shell has them for file names.

/** One place of a pattern: a character that stands for itself, or a class of them. */
type Place = { readonly char: string } | 'any' | 'many' | { readonly set: string; readonly isNegated: boolean };

/** A pattern; in the quoted parts of a word nothing is special. */
export interface Pattern {
  readonly places: readonly Place[];
  /** Something in it is special. */
  readonly isSpecial: boolean;
}

/** The pattern that the pieces of a word make. */
export function patternOf(pieces: readonly { readonly text: string; readonly isQuoted: boolean }[]): Pattern {
  const places: Place[] = [];
  for (const { text, isQuoted } of pieces)
    for (let i = 0; i < text.length; i += 1) {
      const char = text.charAt(i);
      if (isQuoted) places.push({ char });
      else if (char === '*') places.push('many');
      else if (char === '?') places.push('any');
      else {
        const set = char === '[' ? /^\[([!^]?)([^\]]+)\]/.exec(text.slice(i)) : undefined;
        if (set) {
          places.push({ set: set[2] ?? '', isNegated: set[1] !== '' });
          i += (set[0]?.length ?? 1) - 1;
        } else places.push({ char });
      }
    }
  return { places, isSpecial: places.some((place) => typeof place === 'string' || 'set' in place) };
}

function isIn(set: string, char: string): boolean {
  for (let i = 0; i < set.length; i += 1)
    if (set.charAt(i + 1) === '-' && i + 2 < set.length) {
      if (char >= set.charAt(i) && char <= set.charAt(i + 2)) return true;
      i += 2;
    } else if (set.charAt(i) === char) return true;
  return false;
}

const fits = (place: Place, char: string): boolean =>
  place === 'any' ||
  (typeof place === 'object' && ('char' in place ? place.char === char : isIn(place.set, char) !== place.isNegated));

/** Whether the whole text has the form of the pattern. The last star takes over where a later place does not fit. */
export function matchesPattern({ places }: Pattern, text: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const present = places[place];
    if (present === 'many') {
      star = place;
      starAt = at;
      place += 1;
    } else if (present !== undefined && fits(present, text.charAt(at))) {
      place += 1;
      at += 1;
    } else if (star >= 0) {
      place = star + 1;
      starAt += 1;
      at = starAt;
    } else return false;
  }
  while (places[place] === 'many') place += 1;
  return place === places.length;
}
