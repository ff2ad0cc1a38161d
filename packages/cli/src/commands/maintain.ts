import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Finding, isTrackerError, type Progress, TrackerError } from "@cairn/core";
import cliProgress from "cli-progress";
import pc from "picocolors";
import { openFolder } from "../assemble.ts";
import { ConfigError } from "../config.ts";
import { formatBytes } from "../format.ts";
import { askServer, type MaintenanceSource } from "../maintenance-source.ts";
import { cell, print, printJson } from "../print.ts";
import { readServerFile } from "../server-file.ts";

interface Flags {
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
    print(`${severity === "error" ? pc.red("damaged") : pc.dim("note   ")}  ${cell(message, 500)}`);
  }
  if (findings.length > MAX_SHOWN) print(`… and ${findings.length - MAX_SHOWN} more (see --json)`);
  print(
    errors.length === 0
      ? pc.green("Everything is sound.")
      : pc.red(`${errors.length} ${errors.length === 1 ? "thing is" : "things are"} damaged.`),
  );
}

export async function gc(flags: Flags): Promise<void> {
  await using source = await openSource(flags);
  const bar = progressBar(flags);
  const result = await source.gc(bar.show);
  bar.stop();
  if (flags.json) return printJson(result);
  print(
    `Freed ${formatBytes(result.freedBytes + result.freedUploadBytes)}: ${result.freedBlobs} files that nothing names, ${result.freedUploads} broken-off uploads.`,
  );
  if (result.keptYoung > 0) print(pc.dim(`${result.keptYoung} unnamed files are younger than an hour and were kept.`));
}

/** The folder itself, or the server that has it. */
async function openSource(flags: Flags): Promise<MaintenanceSource> {
  const dataDir = resolve(flags.dataDir ?? (process.env.CAIRN_DATA_DIR?.trim() || "cairn-data"));
  if (!existsSync(dataDir)) throw new ConfigError(`There is no folder ${dataDir}; name the server's with --data-dir.`);
  try {
    return await openFolder(dataDir);
  } catch (error) {
    if (!isTrackerError(error) || error.code !== "unavailable") throw error;
    const url = await readServerFile(dataDir);
    if (url !== undefined) return askServer(url);
    throw new TrackerError(
      "unavailable",
      `${error.message} It does not say where it listens, so it cannot be asked.`,
      {},
      { cause: error },
    );
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
    stop: () => started && bar.stop(),
  } as { show(progress: Progress): void; stop(): void };
}
