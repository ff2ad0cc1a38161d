import type { FileUrlOptions } from "./file-source.ts";

/** The address of a file below `base`. Names may hold anything a file's name may. */
export function fileUrl(base: string, path: string, { isInline = false, revision }: FileUrlOptions = {}): string {
  const query = new URLSearchParams();
  if (revision !== undefined) query.set("revision", String(revision));
  if (isInline) query.set("inline", "1");
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return `${base}/${encoded}${query.size === 0 ? "" : `?${query}`}`;
}

/** The address of a zip of a folder; `base` names the archive of the whole. */
export function archiveUrl(base: string, folder: string): string {
  return folder === "" ? base : `${base}?${new URLSearchParams({ folder })}`;
}
