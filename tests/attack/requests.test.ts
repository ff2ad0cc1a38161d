import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { raw } from "../services/support/raw.ts";
import { api, attackServer, foreign, proxy, refused } from "./support/server.ts";
import { converse, openSocket } from "./support/socket.ts";

const target = attackServer();
const json = { "content-type": "application/json" };

describe("a page of another site", () => {
  // The two paths that answer to any Host were known by their ends, and files may be named so.
  it("reaches no file through its own name, though it be named as a load balancer's path", async () => {
    const run = await target.run();
    for (const path of [
      `${api}/runs/${run}/artifacts/a/version`,
      `${api}/runs/${run}/artifacts/health`,
      `${api}/files/version`,
      `${proxy}/0/${run}/artifacts/health`,
      `${proxy}/version`,
    ]) {
      assert.equal((await target.put(path, "kept")).status, 200);
      for (const [method, body] of [["GET"], ["PUT", "taken over"], ["DELETE"]] as const) {
        const headers = { host: "evil.example" };
        const answer = await raw(target.cairn.url, path, { method, headers, ...(body && { body }) });
        assert.equal(answer.status, 403, `${method} ${path}`);
      }
      assert.equal((await target.get(path)).text, "kept");
    }
    for (const path of ["/health", "/version"]) {
      assert.equal((await target.get(path, { host: "evil.example" })).status, 200);
    }
  });

  it("is not taken for one of ours by a Host that is neither name nor address", async () => {
    const hosts = ["[::1]evil.example", "[::1", "127.0.0.1@evil.example", "x y.localhost", "evil.example#.localhost"];
    for (const host of [...hosts, "localhost:80:80", "0x7f.1", "2130706433", '"><script>.localhost']) {
      assert.equal((await target.get(`${api}/projects`, { host })).status, 403, host);
    }
  });

  it("writes nothing, whatever it says the body is", async () => {
    const { host } = new URL(target.cairn.url);
    const before = (await target.get(`${api}/runs?lifecycle=all&limit=1`)).json.items[0]?.id;
    for (const origin of ["http://evil.example", "null", "", "file://", `x://${host}`, `http://${host}@evil.example`]) {
      for (const type of [
        "text/plain",
        "application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
      ]) {
        for (const path of [`${api}/runs`, `${foreign}/runs/create`, `${api}/maintenance/gc`]) {
          const headers = { origin, "content-type": type };
          const answer = await raw(target.cairn.url, path, { method: "POST", headers, body: '{"experiment_id":"0"}' });
          assert.equal(answer.status, 403, `${origin} ${type} ${path}`);
        }
      }
    }
    assert.equal((await target.get(`${api}/runs?lifecycle=all&limit=1`)).json.items[0]?.id, before);
  });
});

describe("a request that is not one", () => {
  const head = "Host: 127.0.0.1\r\nContent-Type: application/json\r\n";
  it("is refused by its bytes, and the line is closed", async () => {
    for (const [what, bytes] of Object.entries({
      "two lengths": `POST ${api}/runs HTTP/1.1\r\n${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `,
      "a length and chunks": `POST ${api}/runs HTTP/1.1\r\n${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
      "a chunk of no size": `POST ${api}/runs HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
      "a length below zero": `POST ${api}/runs HTTP/1.1\r\n${head}Content-Length: -2\r\n\r\n{}`,
      "a length beyond any": `POST ${api}/runs HTTP/1.1\r\n${head}Content-Length: ${"9".repeat(30)}\r\n\r\n{}`,
      "no host": `GET ${api}/projects HTTP/1.1\r\nConnection: close\r\n\r\n`,
      "no HTTP": "\x00\x01\x02\r\n\r\n",
    })) {
      assert.match(await converse(target.cairn.url, bytes), /^HTTP\/1\.1 400 /, what);
    }
  });

  it("is not read as JSON when its body is packed, nor kept as a file", async () => {
    const headers = { ...json, "content-encoding": "gzip" };
    const body = gzipSync('{"experiment_id":"0"}');
    for (const path of [`${api}/runs`, `${foreign}/runs/create`]) {
      refused(await raw(target.cairn.url, path, { method: "POST", headers, body }), 400, /Content-Encoding 'gzip'/);
    }
    const run = await target.run();
    refused(await target.put(`${api}/runs/${run}/artifacts/a`, body, { "content-encoding": "gzip" }), 400, /gzip/);
    assert.deepEqual((await target.get(`${api}/runs/${run}/artifacts`)).json.items, []);
  });

  // Every client that was interrupted left the trace of a defect in the operator's log.
  it("and breaks off amid its body is no defect of the server's", async () => {
    const run = await target.run();
    for (const line of [
      `POST ${api}/runs/${run}/log HTTP/1.1\r\n${head}`,
      `PUT ${api}/runs/${run}/artifacts/half HTTP/1.1\r\nHost: 127.0.0.1\r\n`,
      `PUT ${proxy}/0/${run}/artifacts/half HTTP/1.1\r\nHost: 127.0.0.1\r\n`,
    ]) {
      const socket = await openSocket(target.cairn.url, `${line}Content-Length: 1000\r\n\r\n{"points":[`);
      // Something that comes back on another connection was asked after the server had taken the first one in.
      await target.get(`${api}/projects`);
      socket.destroy();
      await once(socket, "close");
    }
    const { json: shown } = await target.get(`${api}/runs/${run}`);
    assert.deepEqual([shown.metrics, (await target.get(`${api}/runs/${run}/artifacts`)).json.items], [[], []]);
    assert.doesNotMatch(target.cairn.output(), /aborted/);
  });

  it("names the content type that it cannot take", async () => {
    const answer = await raw(target.cairn.url, `${api}/runs`, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: "{}",
    });
    refused(answer, 400, /'text\/plain'/);
  });
});
