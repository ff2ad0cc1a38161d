import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Finding, isTrackerError, type Progress } from "@cairn/core";
import cliProgress from "cli-progress";
import { openFolder } from "../assemble.ts";
import { ConfigError, readMaintained } from "../config.ts";
import { formatBytes } from "../format.ts";
import { askServer, type MaintenanceSource } from "../maintenance-source.ts";
import { paint } from "../paint.ts";
import { cell, print, printJson } from "../print.ts";
import { readServerFile } from "../server-file.ts";

interface Flags {
  readonly url?: string | undefined;
  readonly dataDir?: string;
  readonly json?: boolean;
}

/** Findings shown in full; beyond them only the count says how bad it is. */
const MAX_SHOWN = 200;

/** Exit status 1 when something that was promised is not so. */
export async function check(flags: Flags): Promise<void> {
  await using source = await openSource(flags);
  const bar = progressBar(flags);
  const findings: Finding[] = [];
  for await (const finding of source.check(bar.show)) findings.push(finding);
  bar.stop();
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) process.exitCode = 1;
  if (flags.json) return printJson({ clean: errors.length === 0, findings });
  for (const { severity, message } of findings.slice(0, MAX_SHOWN)) {
    print(`${severity === "error" ? paint.red("damaged") : paint.dim("note   ")}  ${cell(message, 500)}`);
  }
  if (findings.length > MAX_SHOWN) print(`… and ${findings.length - MAX_SHOWN} more (see --json)`);
  print(
    errors.length === 0
      ? paint.green(`Everything is sound in ${source.place}.`)
      : paint.red(`${errors.length} ${errors.length === 1 ? "thing is" : "things are"} damaged.`),
  );
}

export async function gc(flags: Flags): Promise<void> {
  await using source = await openSource(flags);
  const bar = progressBar(flags);
  const result = await source.gc(bar.show);
  bar.stop();
  if (flags.json) return printJson(result);
  const parts = [
    count(result.freedBlobs, "file that nothing names", "files that nothing names"),
    count(result.freedUploads, "upload broken off", "uploads broken off"),
  ].filter((part) => part !== "");
  print(
    parts.length === 0
      ? `Nothing to free in ${source.place}.`
      : `Freed ${formatBytes(result.freedBytes + result.freedUploadBytes)} in ${source.place}: ${parts.join(", ")}.`,
  );
  const kept = count(result.keptYoung, "file that nothing names is", "files that nothing names are");
  if (kept !== "") print(paint.dim(`${kept} younger than an hour, and kept: somebody may be about to name them.`));
}

function count(n: number, one: string, many: string): string {
  return n === 0 ? "" : `${n} ${n === 1 ? one : many}`;
}

/** Both say where they looked: who is told that all is sound must know what was meant. */
type PlacedSource = MaintenanceSource & { readonly place: string };

/** The server that was named, the folder itself, or the server that has it. */
async function openSource(flags: Flags): Promise<PlacedSource> {
  const named = readMaintained(flags, process.env);
  if ("url" in named) return { ...askServer(named.url), place: named.url };
  const { dataDir } = named;
  if (!existsSync(dataDir)) throw new ConfigError(`There is no folder ${dataDir}; name the server's with --data-dir.`);
  // Opening a folder would make it one of ours.
  if (!existsSync(join(dataDir, "cairn.sqlite"))) {
    throw new ConfigError(
      `The folder ${dataDir} is no server's: it has no cairn.sqlite. Name the server's with --data-dir.`,
    );
  }
  return { ...(await openOrAsk(dataDir)), place: dataDir };
}

async function openOrAsk(dataDir: string): Promise<MaintenanceSource> {
  try {
    return await openFolder(dataDir);
  } catch (error) {
    if (!isTrackerError(error) || error.code !== "unavailable") throw error;
    const server = await readServerFile(dataDir);
    if (!server?.isAlive) throw error;
    return askServer(server.url);
  }
}

function progressBar(flags: Flags): { show(progress: Progress): void; stop(): void } {
  if (flags.json || process.stderr.isTTY !== true) return { show: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar({
    format: "{phase}: {done} ({size})",
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  let started = false;
  return {
    show: ({ phase, done, bytes }) => {
      const shown = { phase, done, size: formatBytes(bytes) };
      if (!started) bar.start(1, 0, shown);
      started = true;
      bar.update(0, shown);
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
}
