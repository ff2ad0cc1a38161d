// The web page is one file for many addresses, so two mistakes are near: an API's reader who is given HTML for JSON, and a
// browser that is given HTML for a script of a former build.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { mlflowWire } from "@cairn/server";
import { type Answer, raw } from "./support/raw.ts";
import { openRecord, serve } from "./support/worlds.ts";

const SCRIPT = `console.log("${"cairn ".repeat(300)}");\n`;
const PAGE =
  '<!doctype html><html><head><base href="/"><script type="module" src="./assets/main-a1.js"></script></head></html>';
const browser = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

function build(folder: string): void {
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "index.html"), PAGE);
  writeFileSync(join(folder, "favicon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, ".build"), "notes of the build");
  writeFileSync(join(folder, "assets", "main-a1.js"), SCRIPT);
  writeFileSync(join(folder, "assets", "main-a1.js.br"), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, "assets", "main-a1.js.gz"), gzipSync(SCRIPT));
  writeFileSync(join(folder, "assets", "text-b2.woff2"), "font");
}

interface Page {
  readonly folder: string;
  get(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Answer>;
}

/** A server over an empty record with this much of a page. */
function servedPage(staticPrefix = "", fill: (folder: string) => void = build): Page {
  const outside = mkdtempSync(join(tmpdir(), "cairn-web-"));
  const folder = join(outside, "dist");
  writeFileSync(join(outside, "secret.txt"), "SECRET");
  let url = "";
  let close = async () => {};
  before(async () => {
    mkdirSync(folder);
    fill(folder);
    const record = await openRecord("memory");
    const server = await serve(record, 0, { staticPrefix }, { wires: [mlflowWire()], webFolder: folder });
    url = server.url;
    close = async () => {
      await server.close();
      await record.close();
      assert.deepEqual(server.defects, []);
    };
  });
  after(async () => {
    await close();
    rmSync(outside, { recursive: true, force: true });
  });
  return { folder, get: (path, headers = {}, method = "GET") => raw(url, path, { method, headers }) };
}

describe("the web page", () => {
  const { get } = servedPage();

  it("is sent for / and for every address that it draws", async () => {
    for (const path of [
      "/",
      "/experiments/3?view=eyJ9",
      "/runs/abc",
      "/models/a%20b/versions/2",
      "/healthy",
      "/Index",
    ]) {
      const answer = await get(path, browser);
      assert.deepEqual([answer.status, answer.text], [200, PAGE], path);
      assert.equal(answer.headers["content-type"], "text/html; charset=utf-8");
      assert.equal(answer.headers["cache-control"], "no-cache");
    }
    assert.equal((await get("/", { accept: "*/*" })).text, PAGE);
  });

  it("lets nothing run, load or frame it that is not its own", async () => {
    for (const path of ["/", "/runs/abc"]) {
      const { headers } = await get(path, browser);
      const policy = String(headers["content-security-policy"]);
      const rules = policy.split("; ");
      for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]) {
        assert.ok(rules.includes(rule), rule);
      }
      assert.doesNotMatch(policy, /unsafe|\*|http/);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["referrer-policy"], "same-origin");
      assert.equal(headers["cross-origin-opener-policy"], "same-origin");
      assert.equal(headers["x-frame-options"], "DENY");
    }
  });

  it("is not sent to who asks an API, or wants no page", async () => {
    const asked: [string, Record<string, string>, string?][] = [
      ["/api/v1/nope", browser],
      ["/api/nope", browser],
      ["/api", browser],
      ["/ajax-api/nope", browser],
      ["/docs/nope", browser],
      ["/pages/nope", browser],
      ["/health/nope", browser],
      ["/version/nope", browser],
      ["//model-versions/nope", browser],
      ["/get-artifact/nope", browser],
      ["/assets/main-OLD.js", browser],
      ["/runs/abc", { accept: "application/json" }],
      ["/runs/abc", { accept: "*/*" }],
      ["/runs/abc", {}],
      ["/runs/abc", browser, "POST"],
      ["/runs/abc", browser, "DELETE"],
    ];
    for (const [path, headers, method] of asked) {
      const answer = await get(path, headers, method);
      assert.deepEqual([answer.status, answer.json?.code], [404, "not_found"], `${method} ${path} ${answer.text}`);
    }
    assert.equal((await get("/api/2.0/nope", browser)).text, "Not Found");
    assert.equal((await get("/health", browser)).text, "OK");
    assert.match((await get("/docs", browser)).text, /<h1/);
  });

  it("keeps its files apart from the disk's others", async () => {
    for (const path of [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/assets/../../secret.txt",
      "/assets/..%2f..%2fsecret.txt",
      "/.build",
      "/assets/main-a1.js.br",
      "/assets",
      "/assets/",
      "/__proto__",
    ]) {
      const answer = await get(path, { accept: "*/*" });
      assert.equal(answer.status, 404, path);
      assert.doesNotMatch(answer.text, /SECRET|notes of/);
    }
  });

  it("sends a file in the smallest form that its reader unpacks", async () => {
    const at = "/assets/main-a1.js";
    const forms: [string | undefined, string | undefined][] = [
      ["gzip, deflate, br, zstd", "br"],
      ["gzip", "gzip"],
      ["GZIP;q=0.5, br;q=0", "gzip"],
      ["*", "br"],
      ["*;q=0", undefined],
      ["identity", undefined],
      [undefined, undefined],
    ];
    const tags = new Map<string | undefined, unknown>();
    for (const [accepted, coding] of forms) {
      const { status, headers } = await get(at, accepted === undefined ? {} : { "accept-encoding": accepted });
      assert.deepEqual([status, headers["content-encoding"]], [200, coding], accepted);
      assert.equal(headers["vary"], "accept-encoding");
      assert.equal(headers["content-type"], "text/javascript; charset=utf-8");
      tags.set(coding, headers["etag"]);
    }
    assert.equal((await get(at)).text, SCRIPT);
    assert.equal(new Set(tags.values()).size, 3);
    const { headers } = await get(at, { "accept-encoding": "br" }, "HEAD");
    assert.equal(headers["content-length"], String(brotliCompressSync(SCRIPT).length));
  });

  it("lets browsers keep what has a hash in its name, and ask again for the rest", async () => {
    const kept = await get("/assets/text-b2.woff2");
    assert.deepEqual(
      [kept.text, kept.headers["content-type"], kept.headers["cache-control"], kept.headers["vary"]],
      ["font", "font/woff2", "public, max-age=31536000, immutable", undefined],
    );
    const icon = await get("/favicon.svg");
    assert.deepEqual([icon.headers["content-type"], icon.headers["cache-control"]], ["image/svg+xml", "no-cache"]);
    for (const path of ["/", "/favicon.svg", "/assets/main-a1.js", "/runs/abc"]) {
      const first = await get(path, browser);
      for (const tag of [String(first.headers["etag"]), `W/${first.headers["etag"]}`, '"x", *']) {
        const again = await get(path, { ...browser, "if-none-match": tag });
        assert.deepEqual([again.status, again.text], [304, ""], `${path} ${tag}`);
        assert.equal(again.headers["etag"], first.headers["etag"]);
      }
      assert.equal((await get(path, { ...browser, "if-none-match": '"other"' })).status, 200);
    }
  });

  it("answers HEAD as it answers GET, without the bytes", async () => {
    for (const path of ["/", "/favicon.svg", "/assets/main-a1.js", "/runs/abc"]) {
      const [whole, head] = [await get(path, browser), await get(path, browser, "HEAD")];
      assert.deepEqual([head.status, head.text], [200, ""], path);
      for (const name of ["content-type", "content-length", "etag", "content-security-policy", "cache-control"]) {
        assert.equal(head.headers[name], whole.headers[name], `${path} ${name}`);
      }
    }
  });
});

describe("the web page below a prefix", () => {
  const { get } = servedPage("/team/cairn");

  it("finds its files from every address", async () => {
    for (const path of ["/team/cairn", "/team/cairn/", "/team/cairn/runs/abc/charts"]) {
      const { status, text } = await get(path, browser);
      assert.equal(status, 200, path);
      assert.equal(text, PAGE.replace('href="/"', 'href="/team/cairn/"'));
    }
    assert.equal((await get("/team/cairn/assets/main-a1.js")).text, SCRIPT);
  });

  it("is nowhere else", async () => {
    for (const path of ["/runs/abc", "/team/cairns", "/team", "/assets/main-a1.js", "/team/cairn/api/nope"]) {
      assert.equal((await get(path, browser)).status, 404, path);
    }
  });
});

describe("a page whose HTML names no base", () => {
  const { get } = servedPage("/x", (folder) => writeFileSync(join(folder, "index.html"), "<html><head><title>"));

  it("is given one before anything else", async () => {
    assert.equal((await get("/x/", browser)).text, '<html><head><base href="/x/"><title>');
  });
});

describe("a page that is not built", () => {
  const { folder, get } = servedPage("", () => {});

  it("leaves its place to the first steps, until it is", async () => {
    assert.match((await get("/", browser)).text, /npm run build/);
    assert.equal((await get("/runs/abc", browser)).status, 404);
    build(folder);
    assert.equal((await get("/", browser)).text, PAGE);
    assert.equal((await get("/runs/abc", browser)).text, PAGE);
  });

  it("is seen anew after the next build, and a file of the former one is a plain 404", async () => {
    renameSync(folder, `${folder}-old`);
    mkdirSync(folder);
    writeFileSync(join(folder, "index.html"), "<head>second");
    assert.match((await get("/", browser)).text, /second/);
    assert.equal((await get("/assets/main-a1.js", browser)).status, 404);
    renameSync(`${folder}-old`, join(folder, "old"));
  });
});
