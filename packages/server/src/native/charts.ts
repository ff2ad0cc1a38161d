import {
  COLUMNS_TYPE,
  encodeBuckets,
  encodeBucketsColumns,
  encodeHistory,
  encodeHistoryColumns,
  historyCsv,
} from "@cairn/contract";
import type { BucketInput, HistoryInput, Services } from "@cairn/core";
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from "fastify";
import { sendJson } from "../respond.ts";

type Read<T> = (request: FastifyRequest) => T;
type HistoryFields = { readonly run: string; readonly key: string } & HistoryInput;
type BucketFields = { readonly series: readonly { readonly run: string; readonly key: string }[] } & BucketInput;

/** A page of raw points, in the form that Accept names. */
export function history(services: Services, read: Read<HistoryFields>): RouteHandlerMethod {
  return async (request, reply) => {
    const { run, key, ...options } = read(request);
    const page = await services.series.history(run, key, options);
    if (accepts(request, COLUMNS_TYPE)) return sendColumns(reply, encodeHistoryColumns(page));
    if (!accepts(request, "text/csv")) return sendJson(reply, JSON.stringify(encodeHistory(page)));
    if (page.next !== null) void reply.header("cairn-next", page.next);
    return reply.header("content-type", "text/csv; charset=utf-8").send(historyCsv(page));
  };
}

/** Charts, as JSON or binary columns: encoding JSON costs more than reading a hundred series. */
export function buckets(services: Services, read: Read<BucketFields>): RouteHandlerMethod {
  return async (request, reply) => {
    const { series, ...options } = read(request);
    const charts = await services.series.buckets(series, options);
    if (accepts(request, COLUMNS_TYPE)) return sendColumns(reply, encodeBucketsColumns(charts));
    return sendJson(reply, JSON.stringify(charts.map(encodeBuckets)));
  };
}

function accepts(request: FastifyRequest, type: string): boolean {
  return request.headers.accept?.includes(type) ?? false;
}

function sendColumns(reply: FastifyReply, bytes: Uint8Array): FastifyReply {
  return reply.header("content-type", COLUMNS_TYPE).send(bytes);
}
