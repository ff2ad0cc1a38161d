import assert from "node:assert/strict";
import { bytesOf, freshRun, points } from "./support/expect.ts";
import { postJson, raw } from "./support/raw.ts";
import { overHttp } from "./support/worlds.ts";

const api = "/api/v1";

overHttp("the native wire", {
  "rows, columns and a mark are logged with curl's means alone": async ({ services, url }) => {
    const made = await postJson(url, `${api}/runs`, { name: "first", parameters: [{ key: "lr", value: "NaN" }] });
    assert.equal(made.status, 200);
    const run = `${api}/runs/${made.json.id}`;
    const body = {
      points: [
        { key: "loss", step: 1, time: 5, value: 0.5 },
        { key: "loss", step: 2, time: 6, value: "NaN" },
      ],
      series: { "val/acc": { steps: [1, 2], values: [0.25, "-Infinity"], times: [5, 6] } },
      writer: { id: "w", number: 1 },
    };
    assert.deepEqual((await postJson(url, `${run}/log`, body)).json, { added: 4, repeated: false });
    assert.deepEqual((await postJson(url, `${run}/points`, body)).json, { added: 0, repeated: true });
    const shown = (await raw(url, run)).json;
    assert.deepEqual(shown.parameters, [{ group: "", key: "lr", value: "NaN" }]);
    assert.equal(shown.metrics.find((m: { key: string }) => m.key === "loss").latest.value, "NaN");
    const history = (await raw(url, `${run}/history?key=val%2Facc`)).json;
    assert.deepEqual([history.steps, history.values, history.next], [[1, 2], [0.25, "-Infinity"], null]);
    const csv = await raw(url, `${run}/history?key=loss&limit=1`, { headers: { accept: "text/csv" } });
    assert.equal(csv.text, "step,time,value,batch,attempt,superseded\r\n1,5,0.5,,1,0\r\n");
    assert.ok(csv.headers["cairn-next"]);
    const charts = await postJson(url, `${api}/series/buckets`, { series: [{ run: made.json.id, key: "loss" }] });
    assert.deepEqual([charts.json[0].raw, charts.json[0].mins], [true, [0.5, "NaN"]]);
    assert.equal((await services.runs.get(made.json.id)).parameters[0]?.value, Number.NaN);
  },

  "searches are asked by POST and by GET": async ({ services, url }) => {
    const { id, experiment } = await freshRun(services);
    for (const query of [`experiments=${experiment}`, `experiments=${experiment},999999&limit=5&lifecycle=all`]) {
      const answer = await raw(url, `${api}/runs?${query}`);
      assert.deepEqual(
        answer.json.items.map((run: { id: string }) => run.id),
        [id],
        query,
      );
    }
    const filter = encodeURIComponent(`attributes.run_id = '${id}'`);
    assert.equal((await raw(url, `${api}/runs?filter=${filter}`)).status < 500, true);
    assert.equal((await raw(url, `${api}/experiments?limit=1`)).json.items.length, 1);
  },

  "every refusal is a problem: code, message, details, request id": async ({ url }) => {
    const cases: [string, Parameters<typeof raw>[2], number, string, RegExp][] = [
      [`${api}/nope`, {}, 404, "not_found", /no GET/],
      [`${api}/runs/xyz`, {}, 400, "invalid", /'xyz'/],
      [`${api}/runs/${"0".repeat(32)}`, {}, 404, "not_found", /0{32}/],
      [`${api}/experiments/abc`, {}, 400, "invalid", /"abc"/],
      [`${api}/experiments/-1`, {}, 400, "invalid", /-1/],
      [`${api}/experiments/99999999999999999999`, {}, 400, "invalid", /99999999999999999999/],
      [`${api}/runs?limit=many`, {}, 400, "invalid", /"many"/],
      [`${api}/runs?limt=5`, {}, 400, "invalid", /'limt'/],
      [`${api}/runs`, { method: "POST", body: "{}" }, 400, "invalid", /Content-Type/],
      [`${api}/runs`, json("{bad"), 400, "invalid", /not valid JSON/],
      [`${api}/runs`, json("[]"), 400, "invalid", /object/],
      [`${api}/runs`, json('{"name": 7}'), 400, "invalid", /'name' must be a text, not 7/],
      [`${api}/runs`, json('{"nme": "x"}'), 400, "invalid", /'nme'/],
      [`${api}/runs`, json('{"tags": {"__proto__": "x"}}'), 400, "invalid", /__proto__/],
      [`${api}/runs`, json("\xff"), 400, "invalid", /UTF-8|JSON/],
      [`${api}/runs/search`, json(`{"filter": ${nested(5000)}}`), 400, "invalid", /nested/],
      [`${api}/runs/${"0".repeat(32)}/log`, json("nonsense"), 400, "invalid", /not valid JSON/],
      [`${api}/runs/${"0".repeat(32)}/log`, columns(new Uint8Array(30)), 400, "invalid", /CRNC/],
      [`${api}/runs/%E0%A4%A`, {}, 400, "invalid", /'\/api\/v1\/runs\/%E0%A4%A' has a '%' that .* written %25/],
      [`${api}/experiments/by-name?name=x`, {}, 404, "not_found", /^There is no experiment with name 'x'\./],
      [`${api}/files/x`, {}, 404, "not_found", /^There is no file with path 'x'\./],
      [`${api}/uploads/x`, { method: "PATCH", body: "abc" }, 400, "invalid", /Upload-Offset/],
    ];
    for (const [path, options, status, code, message] of cases) {
      const answer = await raw(url, path, options);
      assert.equal(answer.status, status, `${path} ${answer.text}`);
      assert.equal(answer.json.code, code, path);
      assert.match(answer.json.message, message, path);
      assert.equal(typeof answer.json.details, "object");
      assert.equal(answer.headers["x-request-id"], answer.json.requestId);
    }
  },

  "a million points in one body are too large, and the limit is named": async ({ services, url }) => {
    const { id } = await freshRun(services);
    const row = '{"key":"k","value":1}';
    const body = `{"points":[${Array(1_000_000).fill(row).join(",")}]}`;
    const rows = await postJson(url, `${api}/runs/${id}/log`, body);
    assert.deepEqual([rows.status, rows.json.code], [413, "too_large"]);
    assert.match(rows.json.message, /65 ?536/);
    // Beyond what is read at all: the same answer, before the body is in memory.
    const endless = `{"points":[${Array(1_000_000)
      .fill(`{"key":"${"k".repeat(30)}","value":1}`)
      .join(",")}]}`;
    const large = await postJson(url, `${api}/runs/${id}/log`, endless).catch((error: NodeJS.ErrnoException) => error);
    // The server may close the line before all is sent; what it may not do is take it.
    if (!(large instanceof Error)) assert.match(`${large.status} ${large.json.message}`, /413 .*65 ?536/);
    assert.deepEqual(await services.series.list(id), []);
  },

  "a URL of 64 KB is refused in words": async ({ url }) => {
    const answer = await raw(url, `${api}/runs/${"0".repeat(32)}/history?key=${"k".repeat(70_000)}`);
    assert.deepEqual([answer.status, answer.json.code], [413, "too_large"]);
  },

  "paths that could lead out are refused, however they are written": async ({ services, url }) => {
    const { id } = await freshRun(services);
    await services.artifacts.write(id, "a", bytesOf("x"));
    const bad = [
      "../a",
      "..%2fa",
      "%2e%2e/a",
      "%2e%2e%2fa",
      "a/../../b",
      "%2fetc%2fpasswd",
      "/etc/passwd",
      "..%5ca",
      "a%00",
      "a\\..\\b",
      "C:%2fx",
      ".",
    ];
    for (const path of bad) {
      for (const [method, body] of [["GET"], ["PUT", "x"], ["DELETE"]]) {
        const answer = await raw(url, `${api}/runs/${id}/artifacts/${path}`, {
          method: method ?? "",
          ...(body && { body }),
        });
        assert.deepEqual([answer.status, answer.json.code], [400, "invalid"], `${method} ${path} ${answer.text}`);
      }
    }
    // Decoded once, `%252e` is the name `%2e`, which leads nowhere; but whoever decodes it again would follow it.
    const twice = await raw(url, `${api}/runs/${id}/artifacts/%252e%252e%252fa`);
    assert.equal(twice.status, 400);
    assert.match(twice.json.message, /decoded once more/);
    assert.deepEqual(
      (await services.artifacts.list(id)).items.map(({ path }) => path),
      ["a"],
    );
  },

  "a file knows ranges, validators and HEAD, and never runs as a page": async ({ services, url }) => {
    const { id } = await freshRun(services);
    const path = `${api}/runs/${id}/artifacts/it's%20a%20%22page%22.html`;
    const put = await raw(url, path, { method: "PUT", body: "0123456789", headers: { "content-type": "text/html" } });
    assert.equal(put.status, 200, put.text);
    const whole = await raw(url, path);
    assert.deepEqual([whole.status, whole.text, whole.headers["content-length"]], [200, "0123456789", "10"]);
    assert.equal(whole.headers["content-type"], "text/html");
    assert.equal(whole.headers["x-content-type-options"], "nosniff");
    assert.match(
      whole.headers["content-disposition"] ?? "",
      /^attachment; filename="it's a _page_.html"; filename\*=UTF-8''it%27s%20a%20%22page%22\.html$/,
    );
    assert.match(String(whole.headers["content-security-policy"]), /sandbox/);
    const etag = whole.headers.etag ?? "";
    assert.equal(etag, `"${put.json.digest}"`);
    const get = (headers: Record<string, string>, method = "GET") => raw(url, path, { headers, method });
    const ranges: [string, number, string, string | undefined][] = [
      ["bytes=2-4", 206, "234", "bytes 2-4/10"],
      ["bytes=7-", 206, "789", "bytes 7-9/10"],
      ["bytes=-3", 206, "789", "bytes 7-9/10"],
      ["bytes=5-100", 206, "56789", "bytes 5-9/10"],
      ["bytes=0-0,5-6", 200, "0123456789", undefined],
      ["lines=1-2", 200, "0123456789", undefined],
    ];
    for (const [range, status, text, contentRange] of ranges) {
      const answer = await get({ range });
      assert.deepEqual(
        [answer.status, answer.text, answer.headers["content-range"]],
        [status, text, contentRange],
        range,
      );
    }
    const beyond = await get({ range: "bytes=10-" });
    assert.deepEqual([beyond.status, beyond.headers["content-range"]], [416, "bytes */10"]);
    assert.equal((await get({ "if-none-match": etag })).status, 304);
    assert.equal((await get({ "if-none-match": '"other"' })).status, 200);
    assert.equal((await get({ range: "bytes=0-1", "if-range": etag })).status, 206);
    assert.equal((await get({ range: "bytes=0-1", "if-range": '"other"' })).status, 200);
    const head = await get({}, "HEAD");
    assert.deepEqual(
      [head.status, head.text, head.headers["content-length"], head.headers.etag],
      [200, "", "10", etag],
    );
    const upload = await services.uploads.open(3);
    assert.equal((await raw(url, `${api}/uploads/${upload.id}`, { method: "HEAD" })).headers["upload-offset"], "0");
  },

  "a page of another site cannot speak to this server": async ({ url }) => {
    const { host, port } = new URL(url);
    const ask = async (headers: Record<string, string>, path = `${api}/projects`) =>
      (await raw(url, path, { headers })).status;
    for (const name of [
      "evil.example",
      "evil.example:4600",
      "127.0.0.1.evil.example",
      "192.168.1.1.evil.example",
      "localhost.evil",
    ]) {
      assert.equal(await ask({ host: name }), 403, name);
    }
    for (const name of [
      `localhost:${port}`,
      `x.localhost:${port}`,
      "127.1.2.3",
      "[::1]:80",
      "192.168.1.7:4600",
      "10.0.0.1",
      "[fd00::1]",
    ]) {
      assert.equal(await ask({ host: name }), 200, name);
    }
    for (const origin of ["http://evil.example", "null", `http://${host}.evil.example`, "http://localhost:1"]) {
      assert.equal(await ask({ origin }), 403, origin);
    }
    assert.equal(await ask({ origin: `http://${host}` }), 200);
    const refused = await raw(url, `${api}/runs`, {
      ...json("{}"),
      method: "POST",
      headers: { origin: "http://evil.example", "content-type": "application/json" },
    });
    assert.equal(refused.json.code, "forbidden");
  },

  "the pages need nothing from elsewhere and run no script but their own": async ({ services, url }) => {
    const { id } = await freshRun(services);
    await services.runs.log(id, { points: points([{ key: "<script>", step: 0, time: 0, value: 1 }]) });
    for (const path of ["/", "/docs"]) {
      const page = await raw(url, path);
      assert.equal(page.status, 200);
      const policy = String(page.headers["content-security-policy"]);
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe|\*|https?:/);
      assert.doesNotMatch(page.text, /<script>|<style| style=| on[a-z]+=|javascript:/);
      const links = [...page.text.matchAll(/(?:src|href)="([^"#]+)"/g)].map((match) => match[1] ?? "");
      for (const link of links.filter((text) => !text.startsWith("data:"))) {
        const target = new URL(link, `${url}${path}`);
        assert.equal(target.origin, new URL(url).origin, link);
        assert.equal((await raw(url, `${target.pathname}${target.search}`)).status, 200, link);
      }
      assert.equal(page.headers["x-frame-options"], "DENY");
    }
  },

  "the docs page shows every call and every shape, and its inner links lead somewhere": async ({ url }) => {
    const { text } = await raw(url, "/docs");
    const { json: document } = await raw(url, `${api}/openapi.json`);
    const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    for (const methods of Object.values<Record<string, { operationId: string }>>(document.paths)) {
      for (const { operationId } of Object.values(methods)) assert.ok(ids.has(operationId), operationId);
    }
    for (const name of Object.keys(document.components.schemas)) assert.ok(ids.has(`schema-${name}`), name);
    // Text that was escaped or marked up twice shows its own tags.
    assert.doesNotMatch(text.replace(/<[^<>]*>/g, ""), /[<>]|&amp;(?:lt|gt|quot|amp)/);
    for (const [, target] of text.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.has(target), target);
  },

  "the status tells how the engine is": async ({ url }) => {
    const { json: status } = await raw(url, `${api}/status`);
    assert.equal(status.version, "0.0.0");
    assert.equal(status.engine.kind, "memory");
  },
});

function json(body: string) {
  return { method: "POST", body: Buffer.from(body, "latin1"), headers: { "content-type": "application/json" } };
}

function columns(body: Uint8Array) {
  return { method: "POST", body, headers: { "content-type": "application/x-cairn-columns" } };
}

function nested(depth: number): string {
  return `${'{"op":"not","term":'.repeat(depth)}1${"}".repeat(depth)}`;
}
