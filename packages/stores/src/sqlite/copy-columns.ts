/** Columns from this size on move to the other thread; smaller ones are cheaper to copy. */
const MOVE_BYTES = 2048;

/**
 * An answer with columns of its own, ready to be posted. Columns may be views of a reader's cache: moved as they are they
 * would tear the cache apart, and cloned they would take all behind the view along.
 */
export function copyColumns(value: unknown): { readonly copy: unknown; readonly moved: ArrayBuffer[] } {
  const moved: ArrayBuffer[] = [];
  function copyOf(part: unknown): unknown {
    if (typeof part !== "object" || part === null) return part;
    if (part instanceof Float64Array || part instanceof Uint32Array || part instanceof Uint8Array) {
      const own = part.slice();
      if (own.byteLength >= MOVE_BYTES) moved.push(own.buffer);
      return own;
    }
    if (Array.isArray(part)) return part.map(copyOf);
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, copyOf(inner)]));
  }
  return { copy: copyOf(value), moved };
}
