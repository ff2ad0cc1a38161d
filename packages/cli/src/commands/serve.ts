import { readFileSync } from "node:fs";
import { TrackerError } from "@cairn/core";
import pc from "picocolors";
import { assemble, type RunningServer } from "../assemble.ts";
import { readServeConfig, type ServeConfig, type ServeFlags } from "../config.ts";
import { removeServerFile, writeServerFile } from "../server-file.ts";

/** A clean stop may take this long; then the process ends as if it had been killed, which loses nothing that was acknowledged. */
const STOP_MS = 4500;

export async function serve(flags: ServeFlags): Promise<void> {
  const config = readServeConfig(flags, process.env);
  const server = await start(config);
  await writeServerFile(config.dataDir, server.url);
  process.stdout.write(
    `${pc.bold("Cairn")} listens on ${pc.cyan(server.url)}\n  data  ${config.dataDir}\n  docs  ${server.url}/docs\n${pc.dim("Stop with Ctrl-C.")}\n`,
  );
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    report("info", `${signal}: finishing what is under way …`);
    setTimeout(() => {
      report("warn", "stopping took too long; what was not acknowledged is dropped");
      process.exit(1);
    }, STOP_MS).unref();
    await server.close();
    await removeServerFile(config.dataDir);
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop("SIGTERM"));
  process.on("SIGINT", () => void stop("SIGINT"));
}

async function start(config: ServeConfig): Promise<RunningServer> {
  try {
    return await assemble(config, readVersion(), report);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EADDRINUSE") {
      throw new TrackerError(
        "unavailable",
        `Port ${config.port} on ${config.host} is taken. Choose another with --port, or 0 for any free one.`,
      );
    }
    if (code === "EACCES" && (error as NodeJS.ErrnoException).syscall === "listen") {
      throw new TrackerError(
        "unavailable",
        `Port ${config.port} needs rights that this user lacks. Choose one above 1023 with --port.`,
      );
    }
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
      throw new TrackerError(
        "unavailable",
        `This machine has no address ${config.host}. Leave --host out, or give one that it has.`,
      );
    }
    throw error;
  }
}

/** One readable line per problem; requests that went well leave none. */
function report(level: "debug" | "info" | "warn" | "error", line: string): void {
  if (level === "debug" && process.env.CAIRN_DEBUG === undefined) return;
  const paint = { debug: pc.dim, info: pc.dim, warn: pc.yellow, error: pc.red }[level];
  process.stderr.write(`${pc.dim(new Date().toISOString())} ${paint(level)} ${line}\n`);
}

function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
