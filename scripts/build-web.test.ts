// The build in a clone made of nothing but itself, with a small program in Vite's place: what is tested is when it builds
// and what it leaves, not what Vite makes.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const VITE = `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
const out = process.argv[process.argv.indexOf("--outDir") + 1];
const main = readFileSync("src/main.tsx", "utf8");
appendFileSync("../../builds.txt", "x");
mkdirSync(join(out, "assets"), { recursive: true });
writeFileSync(join(out, "index.html"), "<head>");
if (main.includes("broken")) { console.error("src/main.tsx is broken"); process.exit(1); }
writeFileSync(join(out, "assets", "main-1.js"), main.repeat(400));
writeFileSync(join(out, "assets", "font-1.woff2"), "font".repeat(1000));
`;

const clone = mkdtempSync(join(tmpdir(), "cairn-build-"));
after(() => rmSync(clone, { recursive: true, force: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
};
const dist = join(clone, "packages", "web", "dist");
const main = (): string => readFileSync(join(dist, "assets", "main-1.js"), "utf8").slice(0, 6);
const builds = (): number => readFileSync(join(clone, "builds.txt"), "utf8").length;

function build(): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(clone, "scripts", "build-web.mjs")], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes: Buffer) => (output += bytes));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}

describe("the build of the web page", () => {
  cpSync(join(import.meta.dirname, "build-web.mjs"), join(clone, "scripts", "build-web.mjs"));
  cpSync(join(import.meta.dirname, "setup"), join(clone, "scripts", "setup"), { recursive: true });

  it("does nothing in a clone without a page", async () => {
    assert.deepEqual(await build(), { code: 0, output: "" });
    assert.equal(existsSync(dist), false);
  });

  it("makes the page and its packed forms, once for those who ask together", async () => {
    write("package-lock.json", "{}");
    for (const name of ["client", "contract", "core"]) write(`packages/${name}/src/index.ts`, name);
    write("packages/web/package.json", "{}");
    write("packages/web/src/main.tsx", "first ");
    write("node_modules/vite/package.json", '{"type":"module"}');
    write("node_modules/vite/bin/vite.js", VITE);
    const answers = await Promise.all([build(), build(), build()]);
    for (const { code, output } of answers) assert.equal(code, 0, output);
    assert.equal(builds(), 1);
    assert.deepEqual(readdirSync(join(dist, "assets")).sort(), [
      "font-1.woff2",
      "main-1.js",
      "main-1.js.br",
      "main-1.js.gz",
    ]);
    const text = "first ".repeat(400);
    assert.equal(brotliDecompressSync(readFileSync(join(dist, "assets", "main-1.js.br"))).toString(), text);
    assert.equal(gunzipSync(readFileSync(join(dist, "assets", "main-1.js.gz"))).toString(), text);
  });

  it("is quiet while nothing changed, and is made anew when anything did that is in the page", async () => {
    const cases: [string, string, number][] = [
      ["packages/web/src/main.tsx", "first ", 1],
      ["packages/web/src/main.test.tsx", "a test", 1],
      ["packages/server/src/index.ts", "not in the page", 1],
      ["packages/core/src/index.ts", "changed", 2],
      ["packages/web/src/main.tsx", "second", 3],
      ["package-lock.json", '{"other":1}', 4],
    ];
    for (const [path, text, count] of cases) {
      const before = builds();
      write(path, text);
      const { code, output } = await build();
      assert.deepEqual([code, builds(), output === ""], [0, count, count === before], path);
    }
    assert.equal(main(), "second");
  });

  it("says why it fails, and leaves the former page", async () => {
    write("packages/web/src/main.tsx", "broken");
    const { code, output } = await build();
    assert.equal(code, 1);
    assert.match(output, /main\.tsx is broken/);
    assert.equal(main(), "second");
  });
});
