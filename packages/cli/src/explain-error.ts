import type { TrackerError } from "@cairn/core";
import { CommanderError } from "commander";
import { ConfigError } from "./config.ts";
import { paintError } from "./paint.ts";

/** What the person at the terminal reads, and the exit status: 1 = it could not be done, 2 = it was asked wrongly. */
export function explainError(error: unknown): { readonly message: string; readonly status: number } {
  const prefix = paintError.red("cairn:");
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return { message: "", status: 0 };
    if (error.code === "commander.help") return { message: `${prefix} There is no such command.`, status: 2 };
    const text = error.message.replace(/^error: /, "").replaceAll("\n", " ");
    return { message: `${prefix} ${text}${/[.)]$/.test(text) ? "" : "."} Add --help for what there is.`, status: 2 };
  }
  if (error instanceof ConfigError) return { message: `${prefix} ${error.message}`, status: 2 };
  if (isTrackerError(error)) return { message: `${prefix} ${error.message}`, status: error.code === "invalid" ? 2 : 1 };
  const reason = reasonOf(error);
  if (reason !== undefined) return { message: `${prefix} ${reason}`, status: 1 };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `${prefix} something unforeseen happened.\n${text}`, status: 1 };
}

/** What the system refuses is no defect of ours: `EACCES: permission denied, mkdir '/srv/x'` says enough. */
function reasonOf(error: unknown): string | undefined {
  const { code, syscall, message } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  return typeof code === "string" && /^E[A-Z0-9]+$/.test(code) && syscall !== undefined ? message : undefined;
}

/** By its name: for the help and the version, core is not worth loading. */
function isTrackerError(error: unknown): error is TrackerError {
  return error instanceof Error && error.name === "TrackerError";
}
