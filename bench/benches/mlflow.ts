import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pythonEnv } from "../../tests/support/python.ts";
import { compareSearches } from "../peer/compare-searches.ts";
import { countPeerPoints } from "../peer/fill-peer.ts";
import { formatMs } from "../peer/format-ms.ts";
import { loadBoth } from "../peer/load-both.ts";
import { startNull } from "../peer/null-server.ts";
import { peerFolder, startPeer } from "../peer/peer-server.ts";
import { readTreeMemory } from "../peer/process-tree.ts";
import { type FloorTimes, type LogTimes, runClient } from "../peer/run-client.ts";
import type { Bench } from "../support/bench.ts";
import { type Figure, figure, ratio } from "../support/figure.ts";
import { listSeries } from "../support/runs.ts";
import { startServer } from "../support/servers.ts";

const MIB = 2 ** 20;
/** After the start, before memory is looked at: both have settled by then. */
const IDLE_MS = 5000;

/** The same work on MLflow's own server over SQLite and on ours, in turn, by the unmodified client and by a load generator. */
export const mlflow: Bench = {
  name: "mlflow",
  summary: "the same work on MLflow's own server (SQLite, its defaults) and on ours",
  async run({ quick, say }) {
    const { python } = await pythonEnv();
    const figures: Figure[] = [];
    using template = peerFolder();
    {
      say("MLflow's server makes its tables");
      await using first = await startPeer(python, template);
      await first.stop();
    }
    using folder = peerFolder();
    cpSync(template.path, folder.path, { recursive: true });
    {
      say("MLflow's server: start, client, load");
      await using peer = await startPeer(python, folder);
      const ours = await startOurs();
      await using server = ours.server;
      await sleep(IDLE_MS);
      const memory = { peer: readTreeMemory(peer.pid), ours: readTreeMemory(server.pid) };
      figures.push(
        figure("start to first answer: MLflow", peer.startedIn, "ms"),
        figure("start to first answer: ours", ours.startedIn, "ms"),
        ratio("start to first answer: MLflow ÷ ours", peer.startedIn, ours.startedIn, { target: { atLeast: 10 } }),
        figure("idle memory: MLflow", memory.peer / MIB, "MiB"),
        figure("idle memory: ours", memory.ours / MIB, "MiB"),
        ratio("idle memory: ours ÷ MLflow", memory.ours, memory.peer, { target: { atMost: 0.25 } }),
      );
      const size = quick ? "quick" : "whole";
      const theirs = await runClient<LogTimes>(python, ["log", peer.url, subfolder(folder.path, "peer"), size]);
      expectPoints("MLflow", countPeerPoints(folder.database, theirs.run), theirs.points);
      say("ours: client");
      const own = await runClient<LogTimes>(python, ["log", server.url, subfolder(folder.path, "ours"), size]);
      const series = await listSeries(server.url, own.run);
      expectPoints(
        "ours",
        series.reduce((sum, { count }) => sum + count, 0),
        own.points,
      );
      await using nobody = await startNull(Buffer.from("{}"));
      const alone = await runClient<FloorTimes>(python, ["floor", nobody.url]);
      figures.push(...clientFigures(theirs, own, alone));
      figures.push(...(await loadBoth({ peer: peer.url, database: folder.database, ours: server.url, quick, say })));
      await peer.stop();
      await server.stop();
    }
    figures.push(...(await compareSearches({ python, template, quick, say })));
    return figures;
  },
};

async function startOurs() {
  const started = performance.now();
  const server = await startServer();
  const { status } = await fetch(`${server.url}/health`);
  if (status !== 200) throw new Error(`/health answered ${status}`);
  return { server, startedIn: performance.now() - started };
}

function clientFigures(theirs: LogTimes, own: LogTimes, alone: FloorTimes): Figure[] {
  const line = (
    what: string,
    key: Exclude<keyof LogTimes, "run" | "points">,
    target?: { readonly atLeast: number },
  ) => [
    ratio(`client, ${what}: MLflow's time ÷ ours`, theirs[key], own[key], {
      ...(target === undefined ? {} : { target }),
      note: `${formatMs(theirs[key])} and ${formatMs(own[key])}`,
    }),
  ];
  const batch = theirs.log_batch - alone.log_batch;
  return [
    ratio("log_batch without the client's own work: MLflow's time ÷ ours", batch, own.log_batch - alone.log_batch, {
      note: `the client alone takes ${formatMs(alone.log_batch)}; log_metric ${formatMs(alone.log_metric)}, create_run ${formatMs(alone.create_run)}`,
    }),
    ...line("log_batch of 1000 metrics", "log_batch", { atLeast: 20 }),
    ...line("log_metric", "log_metric"),
    ...line("create_run", "create_run"),
    ...line("history of 100 k points", "history"),
    ...line("upload 256 MiB", "upload_large"),
    ...line("upload 1000 × 10 KiB", "upload_many"),
    ...line("download 256 MiB", "download_large"),
    ...line("download 1000 × 10 KiB", "download_many"),
  ];
}

function expectPoints(who: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${who}: ${expected} points were acknowledged, ${found} are there`);
}

function subfolder(folder: string, name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}
