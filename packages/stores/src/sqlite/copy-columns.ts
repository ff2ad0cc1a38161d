/** Every column begins where its type wants it. */
const ALIGN = 8;

type Column = Float64Array | Uint32Array | Uint8Array;

/**
 * An answer with columns of its own, ready to be posted: all of them lie in one buffer, which moves. Columns may be views
 * of a reader's cache: moved as they are they would tear the cache apart, cloned they would take all behind the view
 * along; and a chart of a hundred series has 1300 of them, which is dear to move one by one.
 */
export function copyColumns(value: unknown): { readonly copy: unknown; readonly moved: ArrayBuffer[] } {
  const columns: Column[] = [];
  collect(value, columns);
  const size = columns.reduce((sum, column) => sum + pad(column.byteLength), 0);
  const buffer = new ArrayBuffer(size);
  let next = 0;
  const own = (column: Column): Column => {
    const at = next;
    next += pad(column.byteLength);
    new Uint8Array(buffer, at, column.byteLength).set(
      new Uint8Array(column.buffer, column.byteOffset, column.byteLength),
    );
    if (column instanceof Float64Array) return new Float64Array(buffer, at, column.length);
    return column instanceof Uint32Array
      ? new Uint32Array(buffer, at, column.length)
      : new Uint8Array(buffer, at, column.length);
  };
  return { copy: replace(value, own), moved: size > 0 ? [buffer] : [] };
}

function isColumn(part: object): part is Column {
  return part instanceof Float64Array || part instanceof Uint32Array || part instanceof Uint8Array;
}

function collect(part: unknown, columns: Column[]): void {
  if (typeof part !== "object" || part === null) return;
  if (isColumn(part)) columns.push(part);
  else for (const inner of Object.values(part)) collect(inner, columns);
}

function replace(part: unknown, own: (column: Column) => Column): unknown {
  if (typeof part !== "object" || part === null) return part;
  if (isColumn(part)) return own(part);
  if (Array.isArray(part)) return part.map((inner) => replace(inner, own));
  return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, replace(inner, own)]));
}

function pad(bytes: number): number {
  return Math.ceil(bytes / ALIGN) * ALIGN;
}
