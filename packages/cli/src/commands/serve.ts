import { readFileSync } from "node:fs";
import { isTrackerError, TrackerError } from "@cairn/core";
import { assemble, type Report, type RunningServer } from "../assemble.ts";
import { readLauncher, readServeConfig, type ServeConfig, type ServeFlags } from "../config.ts";
import { paint, paintError } from "../paint.ts";
import { readServerFile, removeServerFile, writeServerFile } from "../server-file.ts";

/** A clean stop may take this long; then the process ends as if it had been killed, which loses nothing that was acknowledged. */
const STOP_MS = 4500;

/** How often a server looks whether its launcher is still there. */
const LOOK_MS = 1000;

/** Requests that waited for a writer that died are told so in this time; then the process ends. */
const LAST_WORDS_MS = 200;

export async function serve(flags: ServeFlags): Promise<void> {
  const config = readServeConfig(flags, process.env);
  const report = createReport(config);
  const server = await start(config, report);
  await writeServerFile(config.dataDir, server.url);
  process.stdout.write(greet(config, server));
  let stopping = false;
  const stop = async (reason: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    report("info", `${reason}: finishing what is under way …`);
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
  const launcher = readLauncher(process.env);
  if (launcher === undefined || process.ppid !== launcher) return;
  // Left alone it would keep port and folder from the next server that a supervisor starts.
  const watch = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(watch);
    void stop("The launcher was killed");
  }, LOOK_MS);
  watch.unref();
}

function greet({ dataDir, publicUrl }: ServeConfig, { url, isEverywhere }: RunningServer): string {
  const others = isEverywhere ? " and on every other address of this machine" : "";
  const lines = [
    `${paint.bold("Cairn")} listens on ${paint.cyan(url)}${others}`,
    ...(publicUrl === null ? [] : [`  link  ${publicUrl}`]),
    `  data  ${dataDir}`,
    `  docs  ${publicUrl ?? url}/docs`,
    paint.dim("Stop with Ctrl-C."),
  ];
  return `${lines.join("\n")}\n`;
}

async function start(config: ServeConfig, report: Report): Promise<RunningServer> {
  try {
    return await assemble(config, readVersion(), report, () => {
      report("error", "The process ends with status 1, so that whatever watches over it starts it again.");
      // After the refusals, which are on their way, have left.
      setTimeout(() => process.exit(1), LAST_WORDS_MS);
    });
  } catch (error) {
    throw (await explainStart(error, config)) ?? error;
  }
}

/** What the person can do about it, where that is known. */
async function explainStart(error: unknown, { host, port, dataDir }: ServeConfig): Promise<TrackerError | undefined> {
  if (isTrackerError(error) && error.code === "unavailable") {
    const other = await readServerFile(dataDir);
    if (!other?.isAlive) return undefined;
    return unavailable(`${error.message} It listens at ${other.url} (process ${other.pid}).`, error);
  }
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return unavailable(`Port ${port} on ${host} is taken. Choose another with --port, or 0 for any free one.`, error);
  if (code === "EACCES" && syscall === "listen")
    return unavailable(`Port ${port} needs rights that this user lacks. Choose one above 1023 with --port.`, error);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN")
    return unavailable(`This machine has no address ${host}. Leave --host out, or give one that it has.`, error);
  return undefined;
}

function unavailable(message: string, cause: unknown): TrackerError {
  return new TrackerError("unavailable", message, {}, { cause });
}

/** One readable line per problem; requests that went well leave none. */
function createReport({ debug }: ServeConfig): Report {
  const paints = { debug: paintError.dim, info: paintError.dim, warn: paintError.yellow, error: paintError.red };
  return (level, line) => {
    if (level === "debug" && !debug) return;
    process.stderr.write(`${paintError.dim(new Date().toISOString())} ${paints[level](level)} ${line}\n`);
  };
}

function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
