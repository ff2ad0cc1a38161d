import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Figure, figure } from "./figure.ts";
import { quantile } from "./quantile.ts";

/** What no storage that keeps its promise can beat here: append 4 KiB, wait until it is on the disk. */
export function measureFloor(seconds: number): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), "cairn-bench-floor-"));
  const file = openSync(join(folder, "log"), "w");
  try {
    const page = Buffer.alloc(4096, 7);
    const times: number[] = [];
    const end = performance.now() + seconds * 1000;
    for (let now = performance.now(); now < end; ) {
      writeSync(file, page);
      fdatasyncSync(file);
      const after = performance.now();
      times.push((after - now) * 1000);
      now = after;
    }
    return [
      figure("append 4 KiB + fdatasync", times.length / seconds, "/s"),
      figure("… p50", quantile(times, 0.5), "µs"),
      figure("… p99", quantile(times, 0.99), "µs"),
    ];
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
}
