// Where the parts of the timeline's head stand: the ruler, the rows of other branches, and the row of the present one.

export interface HeadLayout {
  /** All of the head. */
  readonly heightPx: number;
  /** Middle of the row of the present branch. */
  readonly ownY: number;
  /** Middle of the row of another branch, from the present one upwards. */
  readonly rowY: (row: number) => number;
}

/** Under the ruler. */
const FIRST_Y = 29.5;
const ROW_PX = 17.5;
const FOOT_PX = 11;

/** On a phone there is one row and no ruler. */
const COMPACT: HeadLayout = { heightPx: 28, ownY: 14, rowY: () => 14 };

/**
 * Lays the head out.
 *
 * @param rows - how many other branches are drawn; the room of one is kept free, so that the first moves nothing
 * @param isCompact - for a phone
 */
export function layHead(rows: number, isCompact: boolean): HeadLayout {
  if (isCompact) return COMPACT;
  const ownY = FIRST_Y + Math.max(1, rows) * ROW_PX;
  return { heightPx: ownY + FOOT_PX, ownY, rowY: (row) => ownY - (row + 1) * ROW_PX };
}
