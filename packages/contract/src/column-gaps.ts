/** How a column of whole numbers is written as the gaps between neighbours. */
export interface Gaps {
  readonly least: number;
  /** Bytes of each gap less the least one: 0, 1, 2 or 4. */
  readonly width: number;
}

/** Before the gaps: the first value and the least gap. */
const HEAD = 16;
const LIMIT = Number.MAX_SAFE_INTEGER;
const words = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;

/** Null unless all are whole within ±(2⁵³ − 1), none is −0, and 32 bits hold what a gap has over the least: then all is exact. */
export function findGaps(column: Float64Array): Gaps | null {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let before = column[0] as number;
  if (!Number.isSafeInteger(before) || Object.is(before, -0)) return null;
  for (let i = 1; i < column.length; i++) {
    const x = column[i] as number;
    if (Math.trunc(x) !== x || x > LIMIT || x < -LIMIT || (x === 0 && 1 / x < 0)) return null;
    const gap = x - before;
    if (gap < least) least = gap;
    if (gap > most) most = gap;
    before = x;
  }
  const spread = most - least;
  if (!(least >= -LIMIT && most <= LIMIT && spread <= 0xffffffff)) return null;
  return { least, width: spread === 0 ? 0 : spread <= 0xff ? 1 : spread <= 0xffff ? 2 : 4 };
}

/** Bytes of a column of `length` ≥ 1 values, without padding. */
export function sizeOfGaps(length: number, width: number): number {
  return HEAD + (length - 1) * width;
}

/** True for the widths that there are. */
export function isGapWidth(width: number): boolean {
  return width === 0 || width in words;
}

/** Writes a column at `at`, a multiple of 8 in the buffer. */
export function putGaps(buffer: ArrayBuffer, at: number, column: Float64Array, { least, width }: Gaps): void {
  new Float64Array(buffer, at, 2).set([column[0] as number, least]);
  const length = column.length - 1;
  if (width === 1) putBytes(new Uint8Array(buffer, at + HEAD, length), column, least);
  else if (width === 2) putShorts(new Uint16Array(buffer, at + HEAD, length), column, least);
  else if (width === 4) putWords(new Uint32Array(buffer, at + HEAD, length), column, least);
}

// One loop for each type: a loop that meets all of them takes several times as long.

function putBytes(gaps: Uint8Array, column: Float64Array, least: number): void {
  for (let i = 0; i < gaps.length; i++) gaps[i] = (column[i + 1] as number) - (column[i] as number) - least;
}

function putShorts(gaps: Uint16Array, column: Float64Array, least: number): void {
  for (let i = 0; i < gaps.length; i++) gaps[i] = (column[i + 1] as number) - (column[i] as number) - least;
}

function putWords(gaps: Uint32Array, column: Float64Array, least: number): void {
  for (let i = 0; i < gaps.length; i++) gaps[i] = (column[i + 1] as number) - (column[i] as number) - least;
}

/** A column of `length` ≥ 1 from the bytes that `putGaps` wrote, which begin the buffer. */
export function takeGaps(buffer: ArrayBuffer, width: number, length: number): Float64Array {
  const column = new Float64Array(length);
  const [first, least] = new Float64Array(buffer, 0, 2) as unknown as [number, number];
  const gaps = width === 0 ? null : new words[width as 1 | 2 | 4](buffer, HEAD, column.length - 1);
  let x = first;
  column[0] = x;
  for (let i = 1; i < column.length; i++) {
    x += least + (gaps === null ? 0 : (gaps[i - 1] as number));
    column[i] = x;
  }
  return column;
}
