import assert from "node:assert/strict";
import { it } from "node:test";
import { formatAgo, formatBytes, formatDuration, formatNumber, formatTook } from "./format.ts";
import { cell } from "./print.ts";

it("tells times the way people do", () => {
  const now = 1_700_000_000_000;
  const ago = [5_000, 180_000, 7_200_000, 172_800_000].map((past) => formatAgo(now - past, now));
  assert.deepEqual(ago, ["just now", "3 min ago", "2 h ago", "2 d ago"]);
  assert.deepEqual([41, 1234, 185_000, 7_800_000].map(formatDuration), ["41 ms", "1.2 s", "3 min 5 s", "2 h 10 min"]);
  assert.deepEqual([59_940, 59_960, 3_599_900].map(formatDuration), ["59.9 s", "1 min 0 s", "1 h 0 min"]);
});

it("counts a running run's time to now, and a silent one's to its last sign of life", () => {
  const run = { state: "running", startedAt: 1000, endedAt: null, heartbeatAt: 5000 } as const;
  assert.equal(formatTook(run, 61_000), "1 min 0 s");
  assert.equal(formatTook(run, 3_600_000), "4.0 s");
  assert.equal(formatTook({ ...run, state: "killed", endedAt: 3000 }, 61_000), "2.0 s");
  assert.equal(formatTook({ ...run, state: "scheduled", startedAt: null }, 61_000), "");
});

it("shows sizes in powers of 1000 and never says 1000 of a unit", () => {
  assert.deepEqual([0, 999, 1000, 1_500_000, 999_700].map(formatBytes), [
    "0 B",
    "999 B",
    "1.00 kB",
    "1.50 MB",
    "1.00 MB",
  ]);
});

it("shows six digits of a number and all of a whole one", () => {
  assert.deepEqual([0.1 + 0.2, 1e-9 / 3, 12345678, Number.NaN].map(formatNumber), [
    "0.3",
    "3.33333e-10",
    "12345678",
    "NaN",
  ]);
});

// A run's name with an escape sequence could repaint the operator's terminal.
it("shows stored text in one line without control characters", () => {
  assert.equal(cell("a\u001b[2Jb\nc\u202ed"), "a [2Jb c d");
  assert.equal(cell("a\u2028b\ud800c"), "a b c");
  assert.equal(cell("🎉".repeat(10), 5), "🎉🎉…");
});
