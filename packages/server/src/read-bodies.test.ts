import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { after, before, describe, it } from "node:test";
import { isTrackerError } from "@cairn/core";
import { fastify } from "fastify";
import { drainBody } from "./bytes-of.ts";
import { createBodies } from "./read-bodies.ts";

const MB = 1024 * 1024;

describe("a body that is read whole", () => {
  const app = fastify();
  const bodies = createBodies(6 * MB);
  const isHeld = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  let url = "";
  before(async () => {
    app.addHook("onRequest", (request, reply, done) => {
      bodies.admit(request, reply);
      done();
    });
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", bodies.read);
    app.setErrorHandler(async (error, request, reply) => {
      await drainBody(request.raw);
      const isTurnedAway = isTrackerError(error) && error.code === "rate_limited";
      return reply.code(isTurnedAway ? 429 : ((error as { statusCode?: number }).statusCode ?? 500)).send();
    });
    app.post("/", { bodyLimit: 4 * MB }, async ({ body }) => `${(body as Buffer).length} ${(body as Buffer).at(-1)}`);
    app.post("/held", { bodyLimit: 4 * MB }, async ({ body }) => {
      isHeld.resolve();
      await release.promise;
      return String((body as Buffer).length);
    });
    await app.listen({ host: "127.0.0.1", port: 0 });
    url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  });
  after(async () => {
    release.resolve();
    await app.close();
  });

  const post = async (path: string, size: number, isChunked = false) => {
    const bytes = new Uint8Array(size).fill(7);
    const body = isChunked ? new Blob([bytes]).stream() : bytes;
    const init = { method: "POST", body, headers: { "content-type": "a/b" }, duplex: "half" } as RequestInit;
    const answer = await fetch(url + path, init);
    return [answer.status, await answer.text()];
  };

  it("comes as it was sent, in one piece or many, with its length said or not", async () => {
    for (const isChunked of [false, true]) {
      for (const size of [1, 100, 100_000, 3 * MB, 4 * MB])
        assert.deepEqual(await post("/", size, isChunked), [200, `${size} 7`]);
    }
    assert.deepEqual(await post("/", 0), [200, "0 undefined"]);
  });

  it("is refused beyond the route's limit, with its length said or not", async () => {
    for (const isChunked of [false, true]) assert.equal((await post("/", 4 * MB + 1, isChunked))[0], 413);
  });

  it("that breaks off is no body", async () => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\nContent-Length: 10\r\n\r\nhalf");
    await once(socket, "connect");
    socket.end();
    assert.doesNotMatch(String((await once(socket, "data").catch(() => []))[0] ?? ""), / 200 /);
  });

  it("is turned away while others that are not answered yet take all there is, with its length said or not", async () => {
    const held = post("/held", 4 * MB, true);
    await isHeld.promise;
    assert.equal((await post("/", 3 * MB))[0], 429);
    assert.equal((await post("/", 3 * MB, true))[0], 429);
    assert.equal((await post("/", 1 * MB))[0], 200);
    release.resolve();
    assert.deepEqual(await held, [200, String(4 * MB)]);
    assert.equal((await post("/", 4 * MB))[0], 200);
  });
});
