// Drawings that more than one part of the page uses.
export { ActionIcon, type ActionIconName } from './action-icon.tsx';
export {
  CellGlyph,
  cellGlyph,
  GLYPH_HEIGHT,
  GLYPH_WIDTH,
  REVISION_MARKS,
  RevisionMark,
} from './cell-glyph.tsx';
export { LaneSwatch } from './lane-swatch.tsx';
export { RevisionTag } from './revision-tag.tsx';
export { type ShownState, StateIcon, stateTone, type Tone } from './state-icon.tsx';
export { SvgPatterns } from './svg-patterns.tsx';
export { UidMark } from './uid-mark.tsx';
export { VolumeCylinder } from './volume-cylinder.tsx';
