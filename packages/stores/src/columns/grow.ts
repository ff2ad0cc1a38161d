/** The same array if it holds `size` items, else a copy with room for half as many more; the new items are 0. */
export function grown<A extends Float64Array | Int32Array | Uint8Array>(array: A, size: number): A {
  if (size <= array.length) return array;
  const length = Math.max(size, array.length + (array.length >> 1), 64);
  const copy = new (array.constructor as new (length: number) => A)(length);
  copy.set(array as never);
  return copy;
}
