import { archiveUrl, type FileOwner, fileUrl } from "@cairn/client";
import type { QueryKey } from "@tanstack/react-query";
import { SERVER_URL, server } from "../../lib/server.ts";
import type { FileSource } from "./file-source.ts";

/** The artifacts of a run. */
export function runFiles(run: string): FileSource {
  return {
    ...addressed(["artifacts", run], { run }),
    list: (folder, options) => server.artifacts.list(run, folder, options),
    find: (path, revision) => server.artifacts.find(run, path, revision),
    revisions: async (path) =>
      (await server.artifacts.revisions(run, path)).toSorted((a, b) => b.revision - a.revision),
  };
}

/** The files of a checkpoint. */
export function checkpointFiles(checkpoint: string): FileSource {
  return {
    ...addressed(["artifacts", checkpoint], { checkpoint }),
    list: (folder, options) => server.checkpointFiles.list(checkpoint, folder, options),
    find: (path) => server.checkpointFiles.find(checkpoint, path),
  };
}

/** The files of a version of a model. */
export function versionFiles(model: number, number: number): FileSource {
  return {
    ...addressed(["versions", model, number, "files"], { model, number }),
    list: (folder, options) => server.versionFiles.list(model, number, folder, options),
    find: (path) => server.versionFiles.find(model, number, path),
  };
}

/** The files of the project that no run, checkpoint or version owns. */
export const looseFiles: FileSource = {
  ...addressed(["artifacts", "loose"], {}),
  list: (folder, options) => server.files.list(folder, options),
  find: (path) => server.files.find(path),
};

function addressed(key: QueryKey, owner: FileOwner): Pick<FileSource, "key" | "url" | "archiveUrl"> {
  return {
    key,
    url: (path, { isInline = false, revision } = {}) =>
      fileUrl(SERVER_URL, owner, path, { inline: isInline, ...(revision !== undefined && { revision }) }),
    archiveUrl: (folder) => archiveUrl(SERVER_URL, owner, folder),
  };
}
