import { type ArtifactContent, attachmentHeader, contentTypeOf } from "@cairn/core";
import type { FastifyReply } from "fastify";
import { parseRange } from "../range.ts";
import { sendStream } from "../respond.ts";
import { doesNotExist } from "./errors.ts";
import type { Call } from "./route.ts";

/**
 * Streams a file as an attachment, which no browser runs as a page of this origin.
 * Answers Range (one range), If-Range and If-None-Match.
 * @throws WireError when there is no such file.
 */
export function sendFile(
  { request, reply, log }: Call,
  content: ArtifactContent | undefined,
  path: string,
): FastifyReply {
  if (content === undefined) throw doesNotExist(`No such artifact: '${path}'`);
  const tag = `"${content.tag}"`;
  reply
    .header("content-disposition", attachmentHeader(content.path))
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "default-src 'none'; sandbox")
    .header("content-type", contentTypeOf(content.path))
    .header("accept-ranges", "bytes")
    .header("cache-control", "no-cache")
    .header("etag", tag)
    .header("last-modified", new Date(content.modifiedAt).toUTCString());
  if (request.headers["if-none-match"] === tag) return reply.code(304).send();
  const isCurrent = [undefined, tag].includes(request.headers["if-range"] as string | undefined);
  const range = isCurrent ? parseRange(request.headers.range, content.size) : null;
  if (range === "unsatisfiable") return reply.code(416).header("content-range", `bytes */${content.size}`).send();
  const { start, end } = range ?? { start: 0, end: content.size };
  if (range !== null) reply.code(206).header("content-range", `bytes ${start}-${end - 1}/${content.size}`);
  reply.header("content-length", end - start);
  if (request.method === "HEAD") return reply.send();
  if (start === end) return reply.send("");
  return sendStream(request, reply, range === null ? content.read() : content.read(range), log);
}
