import {
  type ArtifactContent,
  type ArtifactEntry,
  attachmentHeader,
  notFound,
  type Page,
  parseArtifactPath,
  type Services,
  TrackerError,
} from "@cairn/core";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Handler } from "../mount-table.ts";
import type { Log } from "../options.ts";
import { sendStream } from "../respond.ts";
import type { RouteTable } from "../route-table.ts";
import { isPacked } from "../zip/is-packed.ts";
import { type ZipFile, zip } from "../zip/zip.ts";
import { queryOf, wholeOf } from "./call.ts";
import { SHUT } from "./preview.ts";

/** A tree of files, whoever owns it. */
interface Tree {
  /** Of the zip, where the whole tree is asked for. */
  readonly name: string;
  list(folder: string, cursor: string | undefined): Promise<Page<ArtifactEntry>>;
  find(path: string): Promise<ArtifactContent | undefined>;
}

const LIST_LIMIT = 1000;

/** `…/archive?folder=`: all files of a tree, or of one of its folders, as a zip that is made while it is sent. */
export function addArchives(table: RouteTable<Handler>, services: Services, log: Log): void {
  const add = (path: string, treeOf: (params: Readonly<Record<string, string>>) => Promise<Tree>) =>
    table.add("GET", path, async (request, reply) =>
      send(request, reply, await treeOf(request.params as Record<string, string>), log),
    );
  const { artifacts, checkpointFiles, checkpoints, files, models, runs, versionFiles } = services;
  const page = (cursor: string | undefined) => ({ limit: LIST_LIMIT, ...(cursor !== undefined && { cursor }) });

  add("/runs/{run}/archive", async ({ run = "" }) => ({
    name: (await runs.get(run)).name,
    list: (folder, cursor) => artifacts.list(run, folder, page(cursor)),
    find: (path) => artifacts.find(run, path),
  }));
  add("/checkpoints/{checkpoint}/archive", async ({ checkpoint = "" }) => ({
    name: (await checkpoints.get(checkpoint)).name,
    list: (folder, cursor) => checkpointFiles.list(checkpoint, folder, page(cursor)),
    find: (path) => checkpointFiles.find(checkpoint, path),
  }));
  add("/models/{model}/versions/{number}/archive", async ({ model: id = "", number: of = "" }) => {
    const [model, number] = [wholeOf("A model's id", id), wholeOf("A version's number", of)];
    return {
      name: `${(await models.get(model)).name}-${number}`,
      list: (folder, cursor) => versionFiles.list(model, number, folder, page(cursor)),
      find: (path) => versionFiles.find(model, number, path),
    };
  });
  add("/archive", async () => ({
    name: "files",
    list: (folder, cursor) => files.list(folder, page(cursor)),
    find: (path) => files.find(path),
  }));
}

async function send(request: FastifyRequest, reply: FastifyReply, tree: Tree, log: Log): Promise<FastifyReply> {
  const asked = queryOf(request).get("folder") ?? "";
  const folder = asked === "" ? "" : parseArtifactPath(asked);
  const files = filesBelow(tree, folder);
  // What can be refused in words is refused before the first byte: a stream that has begun can only break off.
  const first = await files.next();
  if (first.done) {
    throw notFound(folder === "" ? "There are no files here to download." : `There is no folder '${folder}'.`, {
      folder,
    });
  }
  void reply.headers({
    "content-type": "application/zip",
    "content-disposition": attachmentHeader(`${nameOf(folder) || tree.name.replace(/[/\\]/g, "_")}.zip`),
    "content-security-policy": SHUT,
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-cache",
  });
  if (request.method === "HEAD") return reply.send();
  return sendStream(request, reply, zip(startingWith(first.value, files)), log);
}

async function* startingWith<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

/** Every file below a folder, its own entries before those of its folders. Names are relative to the folder. */
async function* filesBelow(tree: Tree, top: string): AsyncGenerator<ZipFile> {
  const waiting = [top];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const inner: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await tree.list(folder, cursor);
      for (const { path, isFolder } of items) {
        if (isFolder) inner.push(path);
        else yield await fileOf(tree, path, top);
      }
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    waiting.push(...inner.reverse());
  }
}

async function fileOf(tree: Tree, path: string, top: string): Promise<ZipFile> {
  const content = await tree.find(path);
  // An archive that silently lacks a file looks whole.
  if (content === undefined) throw new TrackerError("conflict", `'${path}' was deleted while it was to be packed.`);
  return {
    // Parsed again, whatever store it comes from: who unpacks it must stay below the folder where they do.
    name: parseArtifactPath(top === "" ? path : path.slice(top.length + 1)),
    size: content.size,
    modifiedAt: content.modifiedAt,
    isPacked: isPacked(path),
    read: () => content.read(),
  };
}

function nameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf("/") + 1);
}
