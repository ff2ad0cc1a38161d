import { isTrackerError } from "@cairn/core";
import { CommanderError } from "commander";
import pc from "picocolors";
import { ConfigError } from "./config.ts";

/** What the person at the terminal reads, and the exit status: 1 = it could not be done, 2 = it was asked wrongly. */
export function explainError(error: unknown): { readonly message: string; readonly status: number } {
  if (error instanceof CommanderError) return { message: "", status: error.exitCode === 0 ? 0 : 2 };
  const prefix = pc.red("cairn:");
  if (error instanceof ConfigError) return { message: `${prefix} ${error.message}`, status: 2 };
  if (isTrackerError(error)) return { message: `${prefix} ${error.message}`, status: error.code === "invalid" ? 2 : 1 };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `${prefix} something unforeseen happened.\n${text}`, status: 1 };
}
