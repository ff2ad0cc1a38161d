/** Reused space, seen as doubles, floats, words and bytes. `ensure` may replace the views and keeps no contents. */
export interface Scratch {
  doubles: Float64Array;
  singles: Float32Array;
  words: Int32Array;
  bytes: Uint8Array;
}

export function createScratch(capacity = 4096): Scratch {
  return viewsOf(new ArrayBuffer(capacity * 8));
}

/** The doubles of `s`, at least `count` of them. */
export function ensure(s: Scratch, count: number): Float64Array {
  if (s.doubles.length < count) Object.assign(s, viewsOf(new ArrayBuffer(Math.max(count, s.doubles.length * 2) * 8)));
  return s.doubles;
}

function viewsOf(buffer: ArrayBuffer): Scratch {
  return {
    doubles: new Float64Array(buffer),
    singles: new Float32Array(buffer),
    words: new Int32Array(buffer),
    bytes: new Uint8Array(buffer),
  };
}
