import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** No byte in either direction for so long, amid a body or with nothing asked: the line is taken for dead. */
const SILENCE_MS = 120_000;

/** One connection, as it was when it was last looked at. */
export interface Line {
  /** The request that came last, and its answer. */
  request: Pick<IncomingMessage, "complete">;
  response: Pick<ServerResponse, "writableFinished">;
  /** Moved so far in both directions, and since when it is as many, in ms. */
  bytes: number;
  since: number;
}

/**
 * A client that vanished amid its body (no FIN) would hold its upload for ever, and whoever resumes it would wait: its
 * connection is closed after a silence; and so is one that only waits for a next request. All connections are looked at from
 * time to time, because timers set and cleared with each request take a twentieth of what a small one costs: Node's own for
 * resting connections is off.
 *
 * @param silenceMs 120 s but in tests. It takes up to a quarter more until it is seen.
 * @returns what to call with every request, as it begins
 */
export function limitSilence(
  app: FastifyInstance,
  silenceMs = SILENCE_MS,
): (request: IncomingMessage, response: ServerResponse) => void {
  const lines = new Map<Socket, Line>();
  const timer = setInterval(() => closeSilent(lines, performance.now(), silenceMs), silenceMs / 4);
  timer.unref();
  app.server.keepAliveTimeout = 0;
  app.server.on("connection", (socket: Socket) => socket.once("close", () => lines.delete(socket)));
  app.addHook("onClose", (_, done) => {
    clearInterval(timer);
    done();
  });
  return (request, response) => {
    const { socket } = request;
    const line = lines.get(socket);
    if (line !== undefined) {
      line.request = request;
      line.response = response;
      // A request that a test injects has no real socket, and one whose client has gone needs no watching.
    } else if (socket.bytesRead !== undefined && !socket.destroyed) {
      lines.set(socket, { request, response, bytes: -1, since: 0 });
    }
  };
}

type Wire = Pick<Socket, "bytesRead" | "bytesWritten" | "destroy">;

/** Looks at every connection once. */
export function closeSilent(lines: ReadonlyMap<Wire, Line>, now: number, silenceMs: number): void {
  for (const [socket, line] of lines) {
    const bytes = socket.bytesRead + socket.bytesWritten;
    if (bytes !== line.bytes) {
      line.bytes = bytes;
      line.since = now;
    } else if (now - line.since >= silenceMs && !isWaiting(line)) socket.destroy();
  }
}

/** For its answer, or for the rest of it. */
function isWaiting({ request, response }: Line): boolean {
  return request.complete && !response.writableFinished;
}
