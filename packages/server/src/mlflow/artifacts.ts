import { Readable } from "node:stream";
import type { ArtifactEntry } from "@cairn/core";
import { readArtifactPath, readFolderPath } from "./artifact-path.ts";
import { checkRunId } from "./checks.ts";
import { sendFile } from "./download.ts";
import { invalidValue, WireError } from "./errors.ts";
import * as messages from "./proto/messages.ts";
import { type Call, type Route, route } from "./route.ts";
import { runTree } from "./trees.ts";

const MAX_UPLOAD = 10 * 1024 * 1024;

/** A run's files, by run and path. */
export const artifactRoutes: readonly Route[] = [
  route("GET", "/artifacts/list", messages.listArtifacts, async ({ services, locations }, message) => {
    const path = readFolderPath(message.path);
    const run = await services.runs.get(checkRunId(message.run_id));
    const entries = await runTree(services, run.id, path).list();
    return {
      root_uri: await locations.ofRun(services, run),
      ...(entries.length === 0 ? {} : { files: entries.map((entry) => encodeEntry(entry, entry.path)) }),
    };
  }),

  {
    method: "POST",
    path: "/mlflow/upload-artifact",
    isAjaxOnly: true,
    handler: async ({ services, request }) => {
      const { run_uuid: run, path } = queryOf(request);
      if (!run) throw invalidValue("Request must specify run_uuid.");
      if (!path) throw invalidValue("Request must specify path.");
      const target = readArtifactPath(path);
      const body = request.body as Buffer | undefined;
      if (!body?.length) throw invalidValue("Request must specify data.");
      if (body.length > MAX_UPLOAD) throw invalidValue("Artifact size is too large. Max size is 10MB.");
      await runTree(services, checkRunId(run), target).write(Readable.from([body]));
      return "";
    },
  },

  ...(["/mlflow/artifacts/presigned-upload-url", "/mlflow/artifacts/presigned-download-url"] as const).map(
    (path): Route => {
      const what = path.includes("upload") ? "upload" : "download";
      return {
        method: "POST",
        path,
        handler: async () => {
          throw new WireError(
            "NOT_IMPLEMENTED",
            `Presigned ${what} is not supported for the current artifact repository`,
          );
        },
      };
    },
  ),
];

/** `GET /get-artifact?run_id=…&path=…`: what the page and old clients download by. */
export async function getArtifact(call: Call): Promise<unknown> {
  const { services, request } = call;
  const { run_id, run_uuid, path = "" } = queryOf(request);
  const target = readArtifactPath(path);
  const content = await runTree(services, checkRunId(run_id || run_uuid || ""), target).find();
  return sendFile(call, content, target);
}

/** A folder has no size. */
export function encodeEntry({ isFolder, size }: ArtifactEntry, path: string): object {
  return isFolder ? { path, is_dir: true } : { path, is_dir: false, file_size: size };
}

/** The first of each argument. */
export function queryOf(request: Call["request"]): Readonly<Record<string, string | undefined>> {
  const query = request.query as Readonly<Record<string, string | readonly string[]>>;
  return Object.fromEntries(
    Object.entries(query).map(([key, value]) => [key, typeof value === "string" ? value : value[0]]),
  );
}
