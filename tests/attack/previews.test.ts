// What users stored is shown in our own origin. A file that ran there could do all that its reader may: so whatever it is
// called, and whatever its writer said it is, it must come as something that no browser runs.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileUrl } from "@cairn/client";
import type { Answer } from "../services/support/raw.ts";
import { api, attackServer } from "./support/server.ts";

const target = attackServer();

const SCRIPT = "<script>fetch('/api/v1/runs', {method: 'POST'})</script>";
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';

/** A browser takes it for a document that can run scripts, unless a policy forbids. */
const living =
  /^(?:text\/(?:html|xml|xsl|javascript|css)|application\/(?:xhtml\+xml|xml|.*\+xml|pdf|(?:x-)?javascript|x-shockwave-flash)|image\/svg\+xml|multipart\/)/i;

function assertHarmless({ status, headers }: Answer, what: string): void {
  assert.equal(status, 200, what);
  const policy = String(headers["content-security-policy"]).split("; ");
  assert.ok(policy.includes("default-src 'none'"), what);
  assert.ok(policy.includes("sandbox"), `${what}: ${policy}`);
  assert.doesNotMatch(policy.join(), /allow-|script-src|unsafe-eval|\*|http/, what);
  assert.equal(headers["x-content-type-options"], "nosniff", what);
  assert.equal(headers["cross-origin-resource-policy"], "same-origin", what);
  const type = String(headers["content-type"]);
  if (String(headers["content-disposition"]).startsWith("inline")) {
    assert.doesNotMatch(type, /charset=(?!utf-8)/i, what);
    const isDrawn = type === "text/html; charset=utf-8" || type === "image/svg+xml";
    assert.ok(isDrawn || !living.test(type), `${what} is shown as ${type}`);
    assert.ok(policy.includes("frame-ancestors 'self'"), what);
  }
}

/** The file's two answers: for a download, and to be looked at. */
async function stored(path: string, body: string, contentType?: string): Promise<{ saved: Answer; shown: Answer }> {
  const run = await target.run();
  const headers = contentType === undefined ? {} : { "content-type": contentType };
  const put = await target.put(fileUrl("", { run }, path), body, headers);
  assert.equal(put.status, 200, put.text);
  return {
    saved: await target.get(fileUrl("", { run }, path)),
    shown: await target.get(fileUrl("", { run }, path, { inline: true })),
  };
}

describe("a stored file", () => {
  it("is saved and not shown, unless it is asked for inline", async () => {
    for (const [path, type] of [
      ["page.html", "text/html"],
      ["drawing.svg", "image/svg+xml"],
      ["picture.png", "image/png"],
      ["notes.txt", undefined],
      ["report.pdf", "application/pdf"],
    ] as const) {
      const { saved } = await stored(path, SCRIPT, type);
      assertHarmless(saved, path);
      assert.match(String(saved.headers["content-disposition"]), /^attachment; filename="/, path);
    }
  });

  it("runs nothing, whatever its name and its writer say", async () => {
    const names = [
      "a.html",
      "a.htm",
      "a.xhtml",
      "a.svg",
      "a.xml",
      "a.png",
      "a.js",
      "a.css",
      "a.pdf",
      "a.swf",
      "a.mhtml",
      "a",
    ];
    const types = [
      undefined,
      "text/html",
      "TEXT/HTML",
      "text/html; charset=utf-7",
      "text/html;charset=utf-16",
      "image/svg+xml",
      "image/svg+xml; charset=utf-7",
      "application/xhtml+xml",
      "application/xml",
      "text/xml",
      "text/xsl",
      "application/atom+xml",
      "text/javascript",
      "application/javascript",
      "text/css",
      "image/png",
      "image/png; charset=utf-7",
      "application/pdf",
      "application/x-shockwave-flash",
      "multipart/x-mixed-replace; boundary=x",
      "message/rfc822",
      "multipart/related",
      "text/vtt",
      "x/y",
    ];
    for (const name of names) {
      for (const type of types) {
        const { saved, shown } = await stored(name, name.endsWith("svg") ? SVG : SCRIPT, type);
        assertHarmless(saved, `${name} as ${type}, saved`);
        assertHarmless(shown, `${name} as ${type}, shown`);
      }
    }
  });

  it("is shown as what it is, where that is safe", async () => {
    const safe: [string, string | undefined, string][] = [
      ["a.png", undefined, "image/png"],
      ["a.jpg", "image/jpeg", "image/jpeg"],
      ["a.json", undefined, "text/plain; charset=utf-8"],
      ["a.json", "application/json", "application/json"],
      ["a.csv", "text/csv", "text/plain; charset=utf-8"],
      ["a.md", "text/markdown", "text/plain; charset=utf-8"],
      ["train.log", undefined, "text/plain; charset=utf-8"],
      ["a.js", "text/javascript", "text/plain; charset=utf-8"],
      ["a.xml", "application/xml", "text/plain; charset=utf-8"],
      ["a.xhtml", "application/xhtml+xml", "text/plain; charset=utf-8"],
      ["a.html", undefined, "text/html; charset=utf-8"],
      ["a.svg", undefined, "image/svg+xml"],
      ["a.mp4", "video/mp4", "video/mp4"],
      // Said to be a picture: it is a broken picture then.
      ["a.html", "image/png", "image/png"],
    ];
    for (const [path, type, shownAs] of safe) {
      const body = type === "application/json" ? "{}" : SCRIPT;
      const { shown } = await stored(path, body, type);
      assert.equal(shown.headers["content-type"], shownAs, `${path} as ${type}`);
      assert.match(String(shown.headers["content-disposition"]), /^inline; /);
      assert.equal(shown.text, body);
    }
    for (const [path, type] of [
      ["a.pdf", undefined],
      ["a.bin", undefined],
      ["a", undefined],
    ] as const) {
      const { shown } = await stored(path, SCRIPT, type);
      assert.match(String(shown.headers["content-disposition"]), /^attachment; /, path);
    }
  });

  it("cannot break out of a header by its name", async () => {
    for (const name of ['a"; filename="b.html', "a.html; x=y", "a'b<script>.html", "a\u2028.html", "‮lmth.txt"]) {
      const { saved, shown } = await stored(name, "x", "text/html");
      for (const { headers } of [saved, shown]) {
        const value = String(headers["content-disposition"]);
        assert.match(
          value,
          /^(?:inline|attachment); filename="[^"\\%\r\n]*"(?:; filename\*=UTF-8''[\w.~%!#$&+^`|-]*)?$/,
          name,
        );
        assert.equal(headers["set-cookie"], undefined);
      }
    }
  });

  it("is as harmless on every other road", async () => {
    const run = await target.run();
    const model = (await target.post(`${api}/models`, { name: "previews" })).json.id as number;
    await target.post(`${api}/models/${model}/versions`, {});
    const { id: checkpoint } = (await target.post(`${api}/checkpoints`, {})).json;
    const owners = [{ run }, { model, number: 1 }, { checkpoint }, {}] as const;
    for (const owner of owners) {
      const at = fileUrl("", owner, "page.html");
      assert.equal((await target.put(at, SCRIPT, { "content-type": "text/html" })).status, 200, at);
      assertHarmless(await target.get(at), at);
      assertHarmless(await target.get(`${at}?inline`), at);
      assertHarmless(await target.get(at, { range: "bytes=0-3", "if-range": '"x"' }), at);
    }
    const foreignAnswer = await target.get(`/get-artifact?run_uuid=${run}&path=page.html`);
    assert.equal(foreignAnswer.status, 200, foreignAnswer.text);
    assert.match(String(foreignAnswer.headers["content-disposition"]), /^attachment/);
    assert.equal(foreignAnswer.headers["content-security-policy"], "default-src 'none'; sandbox");
  });
});
