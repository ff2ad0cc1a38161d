import { allocatePoints, comparePoints, type Points, pointCount } from "../codec/points.ts";

/** Sorted points of one attempt. */
export interface Piece {
  readonly attempt: number;
  readonly points: Points;
}

interface Head extends Piece {
  at: number;
}

/** The first `limit` points of several sorted pieces in the one order, with the attempt of each. */
export function mergePieces(pieces: readonly Piece[], limit: number): { points: Points; attempts: Uint32Array } {
  let total = 0;
  let withBatches = false;
  for (const { points } of pieces) {
    total += pointCount(points);
    if (points.batches !== null) withBatches = true;
  }
  const n = Math.min(total, limit);
  const out = allocatePoints(n, withBatches);
  const attempts = new Uint32Array(n);
  let heads: Head[] = pieces.filter(({ points }) => pointCount(points) > 0).map((piece) => ({ ...piece, at: 0 }));
  let done = 0;
  while (done < n) {
    const [least, second] = twoLeast(heads);
    if (least === undefined) break;
    const { points, attempt } = least;
    const end = Math.min(pointCount(points), least.at + n - done);
    let to = second === undefined ? end : least.at + 1;
    if (second !== undefined) while (to < end && comparePoints(points, to, second.points, second.at) < 0) to += 1;
    copyTo(out, done, points, least.at, to);
    attempts.fill(attempt, done, done + to - least.at);
    done += to - least.at;
    least.at = to;
    if (to === pointCount(points)) heads = heads.filter((head) => head !== least);
  }
  return { points: out, attempts };
}

function twoLeast(heads: readonly Head[]): [Head | undefined, Head | undefined] {
  let least: Head | undefined;
  let second: Head | undefined;
  for (const head of heads) {
    if (least === undefined || comparePoints(head.points, head.at, least.points, least.at) < 0) {
      second = least;
      least = head;
    } else if (second === undefined || comparePoints(head.points, head.at, second.points, second.at) < 0) second = head;
  }
  return [least, second];
}

function copyTo(out: Points, at: number, from: Points, start: number, end: number): void {
  out.steps.set(from.steps.subarray(start, end), at);
  out.times.set(from.times.subarray(start, end), at);
  out.values.set(from.values.subarray(start, end), at);
  if (from.batches !== null) out.batches?.set(from.batches.subarray(start, end), at);
  else out.batches?.fill(Number.NaN, at, at + end - start);
}
