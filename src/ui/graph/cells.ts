// What is drawn of a set with too many slots for anything but cells: all of it comes when there is such a set.
export { CellCanvas } from './cell-canvas.tsx';
export { CellLegend } from './cell-legend.tsx';
export { CellLens } from './cell-lens.tsx';
export { CellRows } from './cell-rows.tsx';
export { ColorBySwitch } from './color-by.tsx';
