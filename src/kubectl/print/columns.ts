// Lays cells out in columns, as Go's tabwriter does for kubectl.

/**
 * Rows with aligned columns. Every cell but a row's last is padded to its column's width; the last cell is not, and an
 * absent one ends the row.
 * @param rows cells, the header included
 * @param padding blanks between columns
 * @param widthMin width of a column at least, padding included
 */
export const alignColumns = (rows: readonly (readonly string[])[], padding = 3, widthMin = 6): string =>
  newColumns(padding, widthMin).add(rows);

/** A table that grows row by row: a column never gets narrower. k8s: tabwriter with RememberWidths */
export interface GrowingColumns {
  /** Makes room for rows that are not printed yet. */
  widen(rows: readonly (readonly string[])[]): void;
  /** The rows as text. */
  add(rows: readonly (readonly string[])[]): string;
}

/** A table without rows. */
export function newColumns(padding = 3, widthMin = 6): GrowingColumns {
  const widths: number[] = [];
  const widen = (rows: readonly (readonly string[])[]): void => {
    for (const row of rows)
      for (let i = 0; i < row.length - 1; i += 1)
        widths[i] = Math.max(widths[i] ?? 0, widthMin, cellWidth(row[i] ?? '') + padding);
  };
  return {
    widen,
    add: (rows) => {
      widen(rows);
      return rows.map((row) => `${paddedRow(row, widths)}\n`).join('');
    },
  };
}

const paddedRow = (row: readonly string[], widths: readonly number[]): string =>
  row
    .map((cell, i) => (i < row.length - 1 ? cell + ' '.repeat(Math.max(0, (widths[i] ?? 0) - cellWidth(cell))) : cell))
    .join('');

/** Go counts runes. */
const cellWidth = (cell: string): number => [...cell].length;

/** Signs that would move the cursor of a terminal, made readable. k8s: printers.EscapeTerminal */
export const escapeTerminal = (text: string): string => text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r');

/** The first line of a text, with `...` where it goes on. */
export function oneLine(text: string): string {
  const end = /[\n\r\f]/.exec(text);
  return end ? `${escapeTerminal(text.slice(0, end.index))}...` : escapeTerminal(text);
}

/**
 * Lines of cells separated by tabs, as describe writes them: a column is as wide as the widest cell of the lines that
 * stand together and have that column. k8s: tabwriter with minwidth 0, tabwidth 8, padding 2
 */
export function alignTabbed(text: string, padding = 2): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const widths: number[][] = lines.map(() => []);
  const columnsMax = Math.max(...lines.map((cells) => cells.length));
  for (let column = 0; column < columnsMax - 1; column += 1) {
    let start = 0;
    while (start < lines.length) {
      if ((lines[start]?.length ?? 0) <= column + 1) {
        start += 1;
        continue;
      }
      // A column's cells belong together as long as every line in between has them.
      let end = start;
      let width = 0;
      while (end < lines.length && (lines[end]?.length ?? 0) > column + 1) {
        width = Math.max(width, cellWidth(lines[end]?.[column] ?? ''));
        end += 1;
      }
      for (let i = start; i < end; i += 1) (widths[i] as number[])[column] = width + padding;
      start = end;
    }
  }
  return lines
    .map((cells, line) =>
      cells
        .map((cell, i) =>
          i < cells.length - 1 ? cell + ' '.repeat(Math.max(0, (widths[line]?.[i] ?? 0) - cellWidth(cell))) : cell,
        )
        .join(''),
    )
    .join('\n');
}
