/** The id of a cell's element, by which the grid names its active cell. The header is row -1. */
export function cellId(table: string, row: number, column: number): string {
  return `${table}-${row}-${column}`;
}
