import { execFileSync } from "node:child_process";
import { createHash, randomFillSync } from "node:crypto";
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench } from "../support/bench.ts";
import { figure, ratio } from "../support/figure.ts";
import { readRss, sampling } from "../support/memory.ts";
import { median } from "../support/quantile.ts";
import { createRuns } from "../support/runs.ts";
import { type Server, startServer } from "../support/servers.ts";
import { uploadFile } from "../support/upload-file.ts";

const MIB = 1024 * 1024;

/** A large file in and out, beside copying it on the same disk. */
export const blobs: Bench = {
  name: "blobs",
  summary: "1 GiB up and down, beside cp + sync",
  async run({ quick, say }) {
    const size = (quick ? 128 : 1024) * MIB;
    const rounds = quick ? 2 : 5;
    const folder = mkdtempSync(join(tmpdir(), "cairn-bench-blobs-"));
    try {
      const source = join(folder, "source.bin");
      writeRandom(source, size);
      await using server = await startServer();
      const [run = ""] = await createRuns(server.url, 1);
      const speeds = { copy: [] as number[], native: [] as number[], proxy: [] as number[] };
      const growth: number[] = [];
      for (let round = 0; round < rounds; round++) {
        say(`round ${round + 1} of ${rounds}`);
        touch(source);
        speeds.copy.push(timed(size, () => copyAndSync(source, join(folder, `copy-${round}.bin`))));
        for (const [way, path] of [
          ["native", `/api/v1/runs/${run}/artifacts/native-${round}.bin`],
          ["proxy", `/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts/proxy-${round}.bin`],
        ] as const) {
          // Other bytes each time: what the server has already, it need not write.
          touch(source);
          const before = readRss(server.pid);
          const started = performance.now();
          const { samples } = await sampling(
            uploadFile(server.url + path, source, size),
            () => readRss(server.pid),
            50,
          );
          speeds[way].push(size / MIB / ((performance.now() - started) / 1000));
          growth.push((Math.max(...samples) - before) / MIB);
        }
      }
      const digest = await hashOf(createReadStream(source, { highWaterMark: MIB }));
      const path = `/api/v1/runs/${run}/artifacts/proxy-${rounds - 1}.bin`;
      const down: number[] = [];
      for (let round = 0; round < rounds; round++) down.push(await download(server, path, size));
      const { digest: served } = await downloadDigest(server, path);
      if (served !== digest) throw new Error("what was downloaded is not what was uploaded");
      const cat = Array.from({ length: rounds }, () =>
        timed(size, () => execFileSync("cat", [source], { stdio: ["ignore", "ignore", "inherit"] })),
      );

      const line = (what: string, samples: number[]) =>
        figure(what, median(samples), "MiB/s", {
          note: `${Math.min(...samples).toFixed(0)} … ${Math.max(...samples).toFixed(0)}`,
        });
      const target = { target: { atLeast: 0.7 } };
      return [
        line("cp + sync", speeds.copy),
        line("PUT, native", speeds.native),
        line("PUT, MLflow's proxy", speeds.proxy),
        ratio("PUT, native ÷ cp + sync", median(speeds.native), median(speeds.copy), target),
        ratio("PUT, MLflow's proxy ÷ cp + sync", median(speeds.proxy), median(speeds.copy), target),
        figure("the server's memory grew by at most", Math.max(...growth), "MiB", { target: { atMost: 100 } }),
        line("GET", down),
        line("cat > /dev/null, same file", cat),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function writeRandom(file: string, size: number): void {
  const block = Buffer.alloc(16 * MIB);
  const target = openSync(file, "w");
  for (let at = 0; at < size; at += block.length) writeSync(target, randomFillSync(block));
  closeSync(target);
}

/** Changes a few bytes, so that its digest is another. */
function touch(file: string): void {
  const target = openSync(file, "r+");
  writeSync(target, randomFillSync(Buffer.alloc(64)), 0, 64, 0);
  closeSync(target);
}

function copyAndSync(source: string, target: string): void {
  execFileSync("cp", [source, target]);
  execFileSync("sync", [target]);
}

function timed(size: number, work: () => void): number {
  const started = performance.now();
  work();
  return size / MIB / ((performance.now() - started) / 1000);
}

async function download(server: Server, path: string, size: number): Promise<number> {
  const started = performance.now();
  let received = 0;
  await readAnswer(server, path, (bytes) => {
    received += bytes.length;
  });
  if (received !== size) throw new Error(`${received} of ${size} bytes came back`);
  return size / MIB / ((performance.now() - started) / 1000);
}

async function downloadDigest(server: Server, path: string): Promise<{ digest: string }> {
  const hash = createHash("sha256");
  await readAnswer(server, path, (bytes) => hash.update(bytes));
  return { digest: hash.digest("hex") };
}

function readAnswer(server: Server, path: string, take: (bytes: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(server.url + path, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path} answered ${response.statusCode}`));
      response.on("data", take);
      response.once("end", resolve);
      response.once("error", reject);
    });
    sent.once("error", reject);
    sent.end();
  });
}

async function hashOf(source: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash("sha256");
  for await (const bytes of source) hash.update(bytes);
  return hash.digest("hex");
}
