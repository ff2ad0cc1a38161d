import { COLUMNS_TYPE, historyCsv } from "@cairn/contract";
import type { BucketInput, ChartSeries, FormedReads, HistoryInput, Services } from "@cairn/core";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sendJson } from "../respond.ts";

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
type Read<T> = (request: FastifyRequest) => T;
type HistoryFields = { readonly run: string; readonly key: string } & HistoryInput;
type BucketFields = { readonly series: readonly ChartSeries[] } & BucketInput;

/** The reads whose answers come as bytes, by form. */
export interface Forms {
  readonly json: FormedReads;
  readonly columns: Pick<FormedReads, "series">;
}

/** A page of raw points, in the form that Accept names. */
export function history(services: Services, formed: Forms, read: Read<HistoryFields>): Handler {
  return async (request, reply) => {
    const { run, key, ...options } = read(request);
    if (accepts(request, COLUMNS_TYPE))
      return sendColumns(reply, await formed.columns.series.history(run, key, options));
    if (!accepts(request, "text/csv")) return sendJson(reply, await formed.json.series.history(run, key, options));
    const page = await services.series.history(run, key, options);
    if (page.next !== null) void reply.header("cairn-next", page.next);
    return reply.header("content-type", "text/csv; charset=utf-8").send(historyCsv(page));
  };
}

/** Charts, as JSON or binary columns: encoding JSON costs more than reading a hundred series. */
export function buckets(formed: Forms, read: Read<BucketFields>): Handler {
  return async (request, reply) => {
    const { series, ...options } = read(request);
    if (accepts(request, COLUMNS_TYPE)) return sendColumns(reply, await formed.columns.series.buckets(series, options));
    return sendJson(reply, await formed.json.series.buckets(series, options));
  };
}

function accepts(request: FastifyRequest, type: string): boolean {
  return request.headers.accept?.includes(type) ?? false;
}

function sendColumns(reply: FastifyReply, bytes: Uint8Array): FastifyReply {
  return reply.header("content-type", COLUMNS_TYPE).send(bytes);
}
