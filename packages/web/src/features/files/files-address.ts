import { type FileSort, fileSorts } from "./list-folder.ts";

export interface FilesAddress {
  /** Number or label; the newest when left out. */
  readonly version: string | undefined;
  readonly folder: string;
  readonly glob: string;
  readonly sort: FileSort;
  readonly isDescending: boolean;
}

/** What the address of a profile's files says; nonsense is as if it were not there. */
export function parseFilesAddress(search: Readonly<Record<string, string | undefined>>): FilesAddress {
  return {
    version: search["version"] || undefined,
    folder: (search["path"] ?? "").replace(/^\/+|\/+$/g, ""),
    glob: search["glob"] ?? "",
    sort: fileSorts.find((sort) => sort === search["sort"]) ?? "name",
    isDescending: search["desc"] === "1",
  };
}
