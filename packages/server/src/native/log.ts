import { COLUMNS_TYPE, decodeLogColumns, parseJson, parseLogBody } from "@cairn/contract";
import type { LogInput, Services } from "@cairn/core";
import type { RouteHandlerMethod } from "fastify";
import { jsonOf } from "../respond.ts";
import { textOf } from "./call.ts";
import { createHeaderReader } from "./header-reader.ts";
import { scanLog } from "./scan-log.ts";

/** 65 536 points as rows of JSON, with room for long keys. */
export const MAX_LOG_BYTES = 32 * 1024 * 1024;

/** The hot call. No schema and no serializer on its way: bytes → columns → core → a short text. */
export function log(services: Services): RouteHandlerMethod {
  const readHeader = createHeaderReader();
  return async (request, reply) => {
    const { id } = request.params as { id: string };
    const { body } = request;
    const input = request.headers["content-type"]?.startsWith(COLUMNS_TYPE)
      ? decodeLogColumns(body as Buffer, readHeader)
      : readJson(body, Date.now());
    const { added, repeated } = await services.runs.log(id, input);
    return jsonOf(reply, `{"added":${added},"repeated":${repeated}}`);
  };
}

function readJson(body: unknown, now: number): LogInput {
  const scanned = Buffer.isBuffer(body) ? scanLog(body, now) : undefined;
  return scanned ?? parseLogBody(parseJson(textOf(body), "The body"), now);
}
