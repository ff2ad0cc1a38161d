import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bench } from "../support/bench.ts";
import { figure } from "../support/figure.ts";
import { findFreePort } from "../support/free-port.ts";
import { isAnswering } from "../support/is-answering.ts";
import { readRss } from "../support/memory.ts";
import { median } from "../support/quantile.ts";

const root = join(import.meta.dirname, "..", "..");
const MIB = 1024 * 1024;

/** From the start of the process to the first answer, and what it holds in memory when nobody asks. */
export const start: Bench = {
  name: "start",
  summary: "start to first answer, idle memory",
  async run({ quick }) {
    const rounds = quick ? 3 : 9;
    const fresh: number[] = [];
    const again: number[] = [];
    const bare: number[] = [];
    const idle: number[] = [];
    for (let round = 0; round < rounds; round++) {
      bare.push(await timeNode());
      const folder = mkdtempSync(join(tmpdir(), "cairn-bench-start-"));
      try {
        fresh.push((await timeStart(folder)).ms);
        const second = await timeStart(folder);
        again.push(second.ms);
        idle.push(second.rss / MIB);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
    return [
      figure("node -e '' (the floor)", median(bare), "ms"),
      figure("start to first answer, new folder", median(fresh), "ms", {
        target: { atMost: 400 },
        note: spread(fresh),
      }),
      figure("start to first answer, folder that is there", median(again), "ms", {
        target: { atMost: 400 },
        note: spread(again),
      }),
      figure("idle memory, one second later", median(idle), "MiB"),
    ];
  },
};

async function timeNode(): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, ["-e", ""]), "exit");
  return performance.now() - started;
}

async function timeStart(folder: string): Promise<{ ms: number; rss: number }> {
  const port = await findFreePort();
  const started = performance.now();
  const args = ["packages/cli/bin/cairn.js", "serve", "--port", String(port), "--data-dir", folder];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "exit");
  try {
    while (!(await isAnswering(port))) {
      if (child.exitCode !== null) throw new Error(`cairn serve ended with ${child.exitCode}`);
      await sleep(2);
    }
    const ms = performance.now() - started;
    await sleep(1000);
    return { ms, rss: readRss(child.pid ?? 0) };
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

function spread(samples: readonly number[]): string {
  return `${Math.min(...samples).toFixed(0)} … ${Math.max(...samples).toFixed(0)} ms`;
}
