import { API_ROOT, calls } from "@cairn/contract";
import { pathOf } from "./call.ts";
import { queryText } from "./transport.ts";

/** Whose files are meant: a run's, a checkpoint's, a version's, or with `{}` those that nobody owns. */
export type FileOwner =
  | { readonly run: string }
  | { readonly checkpoint: string }
  | { readonly model: number; readonly number: number }
  | Readonly<Record<string, never>>;

/**
 * Where a file is, for links, pictures and frames. It is saved under its name, or with `inline` shown where it can be shown
 * safely: pictures, text, and in a sandbox HTML and SVG, whose scripts do not run.
 *
 * @param server where the server is, such as `client.url`.
 * @param options.revision an older state of a run's file; the newest by default.
 * @throws invalid for what is no path.
 * @example
 * fileUrl(client.url, { run }, "plots/loss.png", { inline: true });
 */
export function fileUrl(
  server: string,
  owner: FileOwner,
  path: string,
  { inline = false, revision }: { readonly inline?: boolean; readonly revision?: number } = {},
): string {
  const query = { ...(inline && { inline: true }), ...(revision !== undefined && { revision }) };
  return urlOf(server, pathOf(calls[`${keyOf(owner)}.find`], { ...owner, path }).path, query);
}

/**
 * Where all files of an owner are as one zip, or those below one folder, whose names then begin there. The server makes it
 * while it sends it; an answer that breaks off is no whole zip.
 *
 * @param server where the server is, such as `client.url`.
 */
export function archiveUrl(server: string, owner: FileOwner, folder = ""): string {
  const key = keyOf(owner);
  const files = pathOf(calls[`${key}.list`], { ...owner }).path;
  const path = key === "files" ? "/archive" : files.replace(/\/[^/]+$/, "/archive");
  return urlOf(server, path, folder === "" ? {} : { folder });
}

function keyOf(owner: FileOwner): "artifacts" | "checkpointFiles" | "versionFiles" | "files" {
  if ("run" in owner) return "artifacts";
  if ("checkpoint" in owner) return "checkpointFiles";
  return "model" in owner ? "versionFiles" : "files";
}

function urlOf(server: string, path: string, query: Readonly<Record<string, unknown>>): string {
  return `${server.replace(/\/+$/, "")}${API_ROOT}${path}${queryText(query)}`;
}
