import type { GridPlace } from "./table-types.ts";

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** How many rows a page is. */
  readonly page: number;
}

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/**
 * Where a key leads from a place in a grid (WAI-ARIA's pattern for grids): arrows, Home and End in the row, with Ctrl in
 * the whole grid, Page Up and Page Down. The header is row -1.
 *
 * @returns undefined for keys that move nothing.
 */
export function moveInGrid(place: GridPlace, { key, ctrlKey, metaKey }: Key, size: GridSize): GridPlace | undefined {
  const isWhole = ctrlKey || metaKey;
  const at = (row: number, column: number): GridPlace => ({
    row: Math.max(-1, Math.min(size.rows - 1, row)),
    column: Math.max(0, Math.min(size.columns - 1, column)),
  });
  const { row, column } = place;
  switch (key) {
    case "ArrowUp":
      return at(isWhole ? Math.min(row, 0) : row - 1, column);
    case "ArrowDown":
      return at(isWhole ? size.rows - 1 : row + 1, column);
    case "ArrowLeft":
      return at(row, isWhole ? 0 : column - 1);
    case "ArrowRight":
      return at(row, isWhole ? size.columns - 1 : column + 1);
    case "Home":
      return isWhole ? at(0, 0) : at(row, 0);
    case "End":
      return isWhole ? at(size.rows - 1, size.columns - 1) : at(row, size.columns - 1);
    case "PageUp":
      return at(Math.max(Math.min(row, 0), row - size.page), column);
    case "PageDown":
      return at(row + size.page, column);
    default:
      return undefined;
  }
}
