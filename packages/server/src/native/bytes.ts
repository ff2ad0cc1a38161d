import { API_ROOT, notHere, OFFSET_HEADER } from "@cairn/contract";
import {
  type ArtifactContent,
  type ArtifactOptions,
  attachmentHeader,
  inlineHeader,
  invalid,
  type Services,
} from "@cairn/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { bytesOf } from "../bytes-of.ts";
import { isKnownTag } from "../is-known-tag.ts";
import type { Handler } from "../mount-table.ts";
import type { Log } from "../options.ts";
import { parseRange } from "../range.ts";
import { sendJson, sendStream } from "../respond.ts";
import type { RouteTable } from "../route-table.ts";
import { queryOf, wholeOf } from "./call.ts";
import { previewOf, SHUT } from "./preview.ts";

/** Files out, streamed, beside the calls that answer in JSON. */
export function addDownloads(table: RouteTable<Handler>, services: Services, log: Log): void {
  const { artifacts, checkpointFiles, files, versionFiles } = services;
  const add = (path: string, key: string, find: (request: FastifyRequest) => Promise<ArtifactContent | undefined>) =>
    table.add("GET", path, async (request, reply) => {
      const content = await find(request);
      if (content === undefined) {
        const { "*": path, ...owner } = request.params as Record<string, string>;
        throw notHere(key, { ...owner, path, revision: revisionOf(request) });
      }
      return sendContent(request, reply, content, log);
    });
  add("/runs/{run}/artifacts/*", "artifacts.find", async (request) => {
    const { run, path } = paramsOf(request);
    return artifacts.find(run, path, revisionOf(request));
  });
  add("/checkpoints/{checkpoint}/artifacts/*", "checkpointFiles.find", async (request) => {
    const { checkpoint, path } = paramsOf(request);
    return checkpointFiles.find(checkpoint, path);
  });
  add("/files/*", "files.find", async (request) => files.find(paramsOf(request).path));
  add("/models/{model}/versions/{number}/files/*", "versionFiles.find", async (request) => {
    const { model, number, path } = versionOf(request);
    return versionFiles.find(model, number, path);
  });
}

/** Files in, streamed: no request's bytes are ever whole in memory. In a scope of its own, whose bodies stay streams. */
export function mountBytes(scope: FastifyInstance, services: Services): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_, payload, done) => done(null, payload));
  const { artifacts, checkpointFiles, files, uploads, versionFiles } = services;

  const runUrl = `${API_ROOT}/runs/:run/artifacts/*`;
  scope.put(runUrl, async (request, reply) => {
    const { run, path } = paramsOf(request);
    return sendJson(reply, JSON.stringify(await artifacts.write(run, path, bytesOf(request), optionsOf(request))));
  });
  scope.delete(runUrl, async (request, reply) => {
    const { run, path } = paramsOf(request);
    return sendJson(reply, JSON.stringify(await artifacts.delete(run, path)));
  });

  const checkpointUrl = `${API_ROOT}/checkpoints/:checkpoint/artifacts/*`;
  scope.put(checkpointUrl, async (request, reply) => {
    const { checkpoint, path } = paramsOf(request);
    const written = await checkpointFiles.write(checkpoint, path, bytesOf(request), optionsOf(request));
    return sendJson(reply, JSON.stringify(written));
  });
  scope.delete(checkpointUrl, async (request, reply) => {
    const { checkpoint, path } = paramsOf(request);
    return sendJson(reply, JSON.stringify(await checkpointFiles.delete(checkpoint, path)));
  });

  scope.put(`${API_ROOT}/files/*`, async (request, reply) => {
    const { path } = paramsOf(request);
    return sendJson(reply, JSON.stringify(await files.write(path, bytesOf(request), optionsOf(request))));
  });
  scope.delete(`${API_ROOT}/files/*`, async (request, reply) =>
    sendJson(reply, JSON.stringify(await files.delete(paramsOf(request).path))),
  );

  scope.put(`${API_ROOT}/uploads/:id/parts/:part`, async (request, reply) => {
    const { id } = paramsOf(request);
    return sendJson(reply, JSON.stringify(await uploads.writePart(id, partOf(request), bytesOf(request))));
  });
  const versionUrl = `${API_ROOT}/models/:model/versions/:number/files/*`;
  scope.put(versionUrl, async (request, reply) => {
    const { model, number, path } = versionOf(request);
    const file = await versionFiles.write(model, number, path, bytesOf(request), optionsOf(request));
    return sendJson(reply, JSON.stringify(file));
  });
  scope.delete(versionUrl, async (request, reply) => {
    const { model, number, path } = versionOf(request);
    return sendJson(reply, JSON.stringify(await versionFiles.delete(model, number, path)));
  });

  scope.patch(`${API_ROOT}/uploads/:id`, async (request, reply) => {
    const state = await uploads.continue(paramsOf(request).id, offsetOf(request), bytesOf(request));
    return sendJson(reply.header("upload-offset", state.received), JSON.stringify(state));
  });
}

function sendContent(request: FastifyRequest, reply: FastifyReply, content: ArtifactContent, log: Log): FastifyReply {
  const { size, tag, contentType, modifiedAt, path } = content;
  const etag = `"${tag}"`;
  void reply.headers({
    etag,
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache",
    "last-modified": new Date(modifiedAt).toUTCString(),
    "cairn-modified-at": String(modifiedAt),
  });
  if (isKnownTag(request.headers["if-none-match"], etag)) return reply.code(304).send();
  // What users stored never runs as a page of ours: it is saved, or shown as what cannot run.
  const preview = isInline(queryOf(request)) ? previewOf(path, contentType) : undefined;
  void reply.headers({
    "content-type": preview?.type ?? contentType ?? "application/octet-stream",
    "content-disposition": preview === undefined ? attachmentHeader(path) : inlineHeader(path),
    "content-security-policy": preview?.policy ?? SHUT,
    "cross-origin-resource-policy": "same-origin",
  });
  if (contentType !== null) void reply.header("cairn-content-type", "1");
  const ifRange = request.headers["if-range"];
  const range = ifRange === undefined || ifRange === etag ? parseRange(request.headers.range, size) : null;
  if (range === "unsatisfiable") {
    const message = `The file has ${size} bytes; the range '${request.headers.range}' is beyond its end.`;
    void reply.code(416).header("content-range", `bytes */${size}`).removeHeader("content-disposition");
    return sendJson(reply, JSON.stringify({ code: "invalid", message, details: { size }, requestId: request.id }));
  }
  const { start, end } = range ?? { start: 0, end: size };
  void reply.header("content-length", end - start);
  if (range !== null) void reply.code(206).header("content-range", `bytes ${start}-${end - 1}/${size}`);
  if (request.method === "HEAD") return reply.send();
  return sendStream(request, reply, content.read(range ?? undefined), log);
}

function paramsOf(request: FastifyRequest): { run: string; checkpoint: string; path: string; id: string } {
  const { run = "", checkpoint = "", id = "", "*": path = "" } = request.params as Record<string, string>;
  return { run, checkpoint, id, path };
}

function versionOf(request: FastifyRequest): { model: number; number: number; path: string } {
  const { model = "", number = "", "*": path = "" } = request.params as Record<string, string>;
  return { model: wholeOf("A model's id", model), number: wholeOf("A version's number", number), path };
}

function optionsOf(request: FastifyRequest): ArtifactOptions {
  const type = request.headers["content-type"];
  // What curl says of any body when it is told nothing.
  const isMeant = type !== undefined && type !== "application/x-www-form-urlencoded";
  return { contentType: isMeant ? type : null, descriptor: queryOf(request).get("descriptor") };
}

/** `?inline`, or with a word that says yes. */
function isInline(query: URLSearchParams): boolean {
  return ["", "1", "true"].includes(query.get("inline") ?? "no");
}

function revisionOf(request: FastifyRequest): number | undefined {
  const text = queryOf(request).get("revision");
  if (text === null) return undefined;
  return wholeOf("A revision", text);
}

function partOf(request: FastifyRequest): number {
  const { part = "" } = request.params as Record<string, string>;
  if (/^\d{1,15}$/.test(part)) return Number(part);
  throw invalid(`The number of a part is a whole number, not '${part.slice(0, 80)}'.`);
}

function offsetOf(request: FastifyRequest): number {
  const text = request.headers[OFFSET_HEADER.toLowerCase()];
  if (typeof text === "string" && /^\d{1,15}$/.test(text)) return Number(text);
  throw invalid(
    `The header ${OFFSET_HEADER} must say where the bytes begin, such as 0; it is ${text === undefined ? "missing" : `'${text}'`}.`,
  );
}
