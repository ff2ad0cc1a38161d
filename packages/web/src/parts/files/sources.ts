import { API_ROOT } from "@cairn/contract";
import { SERVER_URL, server } from "../../lib/server.ts";
import type { FileSource } from "./file-source.ts";
import { archiveUrl, fileUrl } from "./file-urls.ts";

const API = SERVER_URL + API_ROOT;

/** The artifacts of a run. */
export function runFiles(run: string): FileSource {
  return {
    key: ["artifacts", run],
    list: (folder, options) => server.artifacts.list(run, folder, options),
    find: (path, revision) => server.artifacts.find(run, path, revision),
    revisions: async (path) =>
      (await server.artifacts.revisions(run, path)).toSorted((a, b) => b.revision - a.revision),
    url: (path, options) => fileUrl(`${API}/runs/${run}/artifacts`, path, options),
    archiveUrl: (folder) => archiveUrl(`${API}/runs/${run}/archive`, folder),
  };
}

/** The files of a checkpoint. */
export function checkpointFiles(checkpoint: string): FileSource {
  return {
    key: ["artifacts", checkpoint],
    list: (folder, options) => server.checkpointFiles.list(checkpoint, folder, options),
    find: (path) => server.checkpointFiles.find(checkpoint, path),
    url: (path, options) => fileUrl(`${API}/checkpoints/${checkpoint}/artifacts`, path, options),
    archiveUrl: (folder) => archiveUrl(`${API}/checkpoints/${checkpoint}/archive`, folder),
  };
}

/** The files of a version of a model. */
export function versionFiles(model: number, number: number): FileSource {
  const version = `${API}/models/${model}/versions/${number}`;
  return {
    key: ["versions", model, number, "files"],
    list: (folder, options) => server.versionFiles.list(model, number, folder, options),
    find: (path) => server.versionFiles.find(model, number, path),
    url: (path, options) => fileUrl(`${version}/files`, path, options),
    archiveUrl: (folder) => archiveUrl(`${version}/archive`, folder),
  };
}
