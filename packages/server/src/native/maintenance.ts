import { once } from "node:events";
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { API_ROOT } from "@cairn/contract";
import { isTrackerError, type Maintenance, type Progress } from "@cairn/core";
import type { FastifyInstance } from "fastify";
import type { Log, Wire } from "../options.ts";

/** A line of progress at most this often: there are thousands of steps a second. */
const PROGRESS_MS = 200;

/**
 * `POST /api/v1/maintenance/check` and `/gc`: housekeeping of the folder that this server has. The answer is JSON, one
 * document a line, as it goes: `{progress}`, `{finding}`, and last `{done}` or `{problem}`.
 */
export function maintenanceWire(maintenance: Maintenance): Wire {
  return (scope, { log }) => {
    // Neither call takes anything: a body is passed over, whatever it says that it is.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_, payload, done) => {
      payload.resume();
      done(null);
    });
    mount(scope, log, "check", async (write, onProgress, isGone) => {
      for await (const finding of maintenance.check({ onProgress })) {
        if (isGone()) return {};
        await write({ finding });
      }
      return {};
    });
    mount(scope, log, "gc", async (_, onProgress) => maintenance.gc({ onProgress }));
  };
}

type Write = (line: object) => Promise<void>;
type Work = (write: Write, onProgress: (progress: Progress) => void, isGone: () => boolean) => Promise<unknown>;

function mount(scope: FastifyInstance, log: Log, name: string, work: Work): void {
  scope.post(`${API_ROOT}/maintenance/${name}`, async (request, reply) => {
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      "content-type": "application/x-ndjson; charset=utf-8",
      "cache-control": "no-store",
    });
    const write: Write = (line) => writeLine(response, line);
    let shownAt = 0;
    const onProgress = (progress: Progress): void => {
      const now = Date.now();
      if (now - shownAt < PROGRESS_MS || response.writableNeedDrain) return;
      shownAt = now;
      void write({ progress });
    };
    try {
      await write({ done: await work(write, onProgress, () => response.destroyed) });
    } catch (error) {
      if (!isTrackerError(error)) {
        log("error", `${name} [${request.id}] ${error instanceof Error ? error.stack : String(error)}`);
      }
      const problem = isTrackerError(error)
        ? { code: error.code, message: error.message }
        : { code: "internal", message: `Internal error; the server's log has the cause under ${request.id}.` };
      await write({ problem });
    }
    response.end();
  });
}

async function writeLine(response: ServerResponse, line: object): Promise<void> {
  if (response.destroyed || response.write(`${JSON.stringify(line)}\n`)) return;
  await Promise.race([once(response, "drain"), once(response, "close")]);
}
