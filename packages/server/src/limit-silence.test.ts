// A client that was unplugged amid its upload leaves a connection that never ends: the upload would stay taken for ever.
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { it } from "node:test";
import { fastify } from "fastify";
import { closeSilent, type Line, limitSilence } from "./limit-silence.ts";

it("closes a connection that falls silent amid a body, also when it served a whole request before", async () => {
  const app = fastify();
  const watch = limitSilence(app, 100);
  app.addHook("onRequest", async (request, reply) => watch(request.raw, reply.raw));
  app.post("/", async () => "whole");
  await app.listen({ host: "127.0.0.1", port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => {});
  const head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n";
  socket.write(`${head}0123456789`);
  const [answer] = (await once(socket, "data")) as [Buffer];
  assert.match(answer.toString(), /whole$/);
  socket.write(`${head}half`);
  await once(socket, "close");
  await app.close();
});

it("closes a connection that asks for nothing more", async () => {
  const app = fastify();
  const watch = limitSilence(app, 100);
  app.addHook("onRequest", async (request, reply) => watch(request.raw, reply.raw));
  app.get("/", async () => "whole");
  await app.listen({ host: "127.0.0.1", port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, "127.0.0.1");
  const closed = once(socket, "close");
  socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const [answer] = (await once(socket, "data")) as [Buffer];
  assert.match(answer.toString(), /whole$/);
  await closed;
  await app.close();
});

/** A connection after `bytes`, and what is seen of it at each of these times (ms), which are those of the look-outs. */
function watch(
  complete: boolean,
  writableFinished: boolean,
  looks: readonly (readonly [now: number, bytes: number])[],
): boolean {
  let isClosed = false;
  const destroy = () => {
    isClosed = true;
    return undefined as never;
  };
  const socket = { bytesRead: 0, bytesWritten: 7, destroy };
  const lines = new Map([
    [socket, { request: { complete }, response: { writableFinished }, bytes: -1, since: 0 } as Line],
  ]);
  for (const [now, bytes] of looks) {
    socket.bytesRead = bytes;
    closeSilent(lines, now, 100);
  }
  return isClosed;
}

it("counts the silence from the last byte that was seen", () => {
  const times = [1000, 1025, 1050, 1075, 1099];
  const silent = times.map((now) => [now, 5] as const);
  assert.equal(watch(false, false, silent), false);
  assert.equal(watch(false, false, [...silent, [1100, 5]]), true);
  assert.equal(watch(false, false, [...silent, [1100, 6], [1199, 6]]), false);
  assert.equal(watch(false, false, [...silent, [1100, 6], [1200, 6]]), true);
});

it("leaves alone who waits for an answer, and not who has it", () => {
  const looks = [
    [1000, 5],
    [9000, 5],
  ] as const;
  assert.equal(watch(true, false, looks), false);
  assert.equal(watch(true, true, looks), true);
});
