import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export interface Digits {
  /** One row of 64 numbers from 0 to 1 an image. */
  readonly images: readonly (readonly number[])[];
  /** 0 to 9, one an image. */
  readonly labels: readonly number[];
}

/** Reads the data set beside this file and splits it: every fourth image is kept for validation. */
export function readDigits(): { train: Digits; val: Digits } {
  const text = gunzipSync(readFileSync(new URL("digits.csv.gz", import.meta.url))).toString("utf8");
  const rows = text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));
  const part = (keep: (index: number) => boolean): Digits => {
    const chosen = rows.filter((_, index) => keep(index));
    return {
      images: chosen.map((row) => row.slice(0, 64).map((pixel) => pixel / 16)),
      labels: chosen.map((row) => row[64] ?? 0),
    };
  };
  return { train: part((index) => index % 4 !== 3), val: part((index) => index % 4 === 3) };
}
