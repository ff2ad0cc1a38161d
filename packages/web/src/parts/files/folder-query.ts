import { queryOptions } from "@tanstack/react-query";
import type { FileSource } from "./file-source.ts";
import type { FolderState } from "./tree-rows.ts";

/** So many children of a folder are asked for at first, and when somebody asks for more: the most that the server gives at once. */
export const FIRST_LIMIT = 500;
export const MORE_LIMIT = 10_000;

/** The children of a folder. */
export function folderQuery(source: FileSource, folder: string, limit = FIRST_LIMIT) {
  return queryOptions({
    queryKey: [...source.key, "list", folder, limit],
    queryFn: async (): Promise<FolderState> => {
      const { items, next } = await source.list(folder, { limit });
      return { entries: items, hasMore: next !== null && limit < MORE_LIMIT };
    },
  });
}
