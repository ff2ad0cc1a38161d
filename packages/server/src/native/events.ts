import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { API_ROOT } from "@cairn/contract";
import type { EventBus, SequencedEvent } from "@cairn/core";
import { invalid } from "@cairn/core";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { WireContext } from "../options.ts";
import { queryOf } from "./call.ts";

const HEARTBEAT_MS = 15_000;
/** Hints about the same thing within this time go out as one: a busy run is a few events a second, not thousands. */
const GATHER_MS = 100;
/** Runs waiting to be told of; beyond it the client reads everything anew. */
const MAX_PENDING = 10_000;
/** The same for a client that has stopped reading: a thousand of those must not fill the memory. */
const MAX_PENDING_STALLED = 100;

/**
 * `GET /events`: server-sent events. Ids are `<epoch>-<seq>`; with Last-Event-ID (or `?after=`) the stream goes on after
 * that one, or begins with `reset` when what came since is no longer held. `?experiment=` names the ones to hear of.
 */
export function mountEvents(scope: FastifyInstance, { events }: WireContext): void {
  const streams = new Set<() => void>();
  scope.addHook("preClose", (done) => {
    for (const end of [...streams]) end();
    done();
  });
  scope.get(`${API_ROOT}/events`, { exposeHeadRoute: false }, (request, reply) => {
    const filter = filterOf(request);
    const query = queryOf(request);
    const after = request.headers["last-event-id"] ?? query.get("after") ?? undefined;
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    const end = openStream(response, events, typeof after === "string" ? after : undefined, filter);
    streams.add(end);
    response.on("close", () => {
      end();
      streams.delete(end);
    });
  });
}

type Filter = (event: SequencedEvent) => boolean;

/** @returns ends the stream. */
function openStream(response: ServerResponse, events: EventBus, after: string | undefined, filter: Filter): () => void {
  let pending = new Map<string, SequencedEvent>();
  let isReset = false;
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    timer = undefined;
    if (response.writableNeedDrain) return; // goes on at "drain": until then only `pending` grows, and that is bounded
    if (isReset) response.write(frame("reset", `${events.epoch}-${events.last}`, "{}"));
    const text = [...pending.values()].sort((a, b) => a.seq - b.seq).map((event) => hint(events.epoch, event));
    pending = new Map();
    isReset = false;
    if (text.length > 0) response.write(text.join(""));
  };
  const add = (event: SequencedEvent): void => {
    if (!filter(event)) return;
    pending.set(`${event.kind} ${event.id}`, event);
    if (pending.size > (response.writableNeedDrain ? MAX_PENDING_STALLED : MAX_PENDING)) {
      pending.clear();
      isReset = true;
    }
    timer ??= setTimeout(flush, GATHER_MS);
  };

  response.write("retry: 1000\n\n");
  const unsubscribe = events.subscribe(add);
  const missed = since(events, after);
  if (missed === "reset") isReset = true;
  else for (const event of missed) add(event);
  if (after === undefined) response.write(frame("ready", `${events.epoch}-${events.last}`, "{}"));
  else flush();
  response.on("drain", flush);
  // An id without data moves the client's mark, so that a quiet filter does not make it ask for what is long gone.
  const beat = () => `: still here\n${timer === undefined ? `id: ${events.epoch}-${events.last}\n` : ""}\n`;
  const heartbeat = setInterval(() => !response.writableNeedDrain && response.write(beat()), HEARTBEAT_MS);
  return () => {
    unsubscribe();
    clearInterval(heartbeat);
    clearTimeout(timer);
    if (!response.writableEnded) response.end();
  };
}

function since(events: EventBus, after: string | undefined): readonly SequencedEvent[] | "reset" {
  if (after === undefined) return [];
  const at = after.lastIndexOf("-");
  const seq = after.slice(at + 1);
  if (after.slice(0, at) !== events.epoch || !/^\d{1,15}$/.test(seq)) return "reset";
  return events.since(Number(seq));
}

function filterOf(request: FastifyRequest): Filter {
  const ids = queryOf(request)
    .getAll("experiment")
    .flatMap((text) => text.split(","))
    .map((text) => {
      if (/^\d{1,15}$/.test(text)) return Number(text);
      throw invalid(`An experiment id is a whole number, not '${text.slice(0, 80)}'.`);
    });
  const wanted = new Set(ids);
  return ids.length === 0 ? () => true : ({ experiment }) => experiment !== null && wanted.has(experiment);
}

function hint(epoch: string, { seq, kind, id, experiment }: SequencedEvent): string {
  return frame(kind, `${epoch}-${seq}`, JSON.stringify({ kind, id, experiment }));
}

function frame(event: string, id: string, data: string): string {
  return `event: ${event}\nid: ${id}\ndata: ${data}\n\n`;
}
