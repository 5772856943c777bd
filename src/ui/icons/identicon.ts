// A picture of a UID: five by five cells, mirrored, so that two UIDs are told apart without reading hex. Pure.

/** Columns and rows. */
const IDENTICON_SIZE = 5;
const HALF = 3;
/** Fewer or more cells than these look like nothing, or like a block. */
const CELLS_MIN = 7;
const CELLS_MAX = 19;

/**
 * The cells of a UID's picture.
 *
 * @param uid - any text; the same text gives the same picture
 * @returns 25 booleans, row by row: what is filled
 */
export function identicon(uid: string): readonly boolean[] {
  for (let attempt = 0; ; attempt++) {
    const cells = cellsOf(hash(`${uid}#${attempt}`));
    const filled = cells.filter(Boolean).length;
    if (filled >= CELLS_MIN && filled <= CELLS_MAX) return cells;
  }
}

/**
 * The cells as one SVG path on a grid of five.
 *
 * @param uid - as for {@link identicon}
 * @returns such as `M0 1h1v1h-1z`, one piece for each run of cells in a row
 */
export function identiconPath(uid: string): string {
  const cells = identicon(uid);
  let path = '';
  for (let row = 0; row < IDENTICON_SIZE; row++) {
    for (let column = 0; column < IDENTICON_SIZE; column++) {
      let width = 0;
      while (column + width < IDENTICON_SIZE && cells[row * IDENTICON_SIZE + column + width]) width++;
      if (width > 0) path += `M${column} ${row}h${width}v1h${-width}z`;
      column += width;
    }
  }
  return path;
}

function cellsOf(bits: number): boolean[] {
  const isFilled = (column: number, row: number) => ((bits >>> (row * HALF + Math.min(column, 4 - column))) & 1) === 1;
  return Array.from({ length: IDENTICON_SIZE ** 2 }, (_, i) =>
    isFilled(i % IDENTICON_SIZE, Math.floor(i / IDENTICON_SIZE)),
  );
}

/** FNV-1a, and a last mixing: neighbouring UIDs shall not have neighbouring pictures. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}
