// Builds the web page into packages/web/dist when its sources have changed since: `npm run build`; `npm start` looks too.
// Plain JavaScript, because the look runs on the host's own Node, in the process that sets the clone up.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { brotliCompress, constants, gzip } from "node:zlib";
import { takeLock } from "./setup/lock.mjs";
import { say, showProgress } from "./setup/progress.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const web = join(root, "packages", "web");
const dist = join(web, "dist");
/** A build is made beside the last one and takes its place when it is whole: a server never shows half of one. */
const fresh = join(web, "dist.new");
/** What the last build was made from. The server shows no file whose name begins with a dot. */
const STAMP = ".sources";

/** Everything that ends up in the page, or says how. */
const SOURCES = [
  "packages/web",
  "packages/client/src",
  "packages/contract/src",
  "packages/core/src",
  "package-lock.json",
  "scripts/build-web.mjs",
];
const IGNORED = /^(?:node_modules|dist|dist\.new|\..*)$|\.test\.tsx?$/;

/** Packed forms below this save no packet. */
const WORTH_PACKING = 1024;
const PACKABLE = new Set([".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest"]);

/** True when there is nothing to build: the page stands for the sources, or the clone has none. */
export function isWebFresh() {
  return !existsSync(join(web, "package.json")) || readStamp() === hashSources();
}

function readStamp() {
  try {
    return existsSync(join(dist, "index.html")) ? readFileSync(join(dist, STAMP), "utf8") : undefined;
  } catch {
    return undefined;
  }
}

/** By content: a checkout touches files that it does not change. */
function hashSources() {
  const hash = createHash("sha1");
  for (const path of SOURCES) addSource(hash, path);
  return hash.digest("hex");
}

function addSource(hash, path) {
  const full = join(root, path);
  if (!statSync(full).isDirectory()) {
    const bytes = readFileSync(full);
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
    return;
  }
  for (const entry of readdirSync(full).sort()) if (!IGNORED.test(entry)) addSource(hash, `${path}/${entry}`);
}

/** @throws Error with Vite's own words when the page cannot be built; the former build stays. */
async function build() {
  const sources = hashSources();
  const done = showProgress("Building the web page");
  try {
    rmSync(fresh, { recursive: true, force: true });
    await runVite();
    await packFiles(fresh);
    writeFileSync(join(fresh, STAMP), sources);
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
    done("done");
  } catch (error) {
    done("failed");
    throw error;
  }
}

function runVite() {
  const program = join(root, "node_modules", "vite", "bin", "vite.js");
  const args = [program, "build", "--outDir", fresh, "--emptyOutDir", "--logLevel", "warn"];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: web, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (bytes) => {
      output = (output + bytes).slice(-20_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${output.trim()}\n\nThe web page could not be built (vite ended with ${code}).`));
    });
  });
}

/** Beside each file that gains by it, its packed forms: packing once as well as can be beats packing for each visitor. */
async function packFiles(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => PACKABLE.has(extname(name)));
  await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      const bytes = await readFile(file);
      if (bytes.length < WORTH_PACKING) return;
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
      const forms = await Promise.all([pack(brotliCompress, bytes, { params }), pack(gzip, bytes, { level: 9 })]);
      await Promise.all([".br", ".gz"].map((ending, index) => writeFile(file + ending, forms[index])));
    }),
  );
}

const pack = (method, bytes, options) =>
  new Promise((resolve, reject) => {
    method(bytes, options, (error, packed) => (error === null ? resolve(packed) : reject(error)));
  });

if (argv[1] === fileURLToPath(import.meta.url) && !isWebFresh()) {
  await takeLock(join(root, ".build-web.lock"), "Another build of the web page is running");
  try {
    if (!isWebFresh()) await build();
  } catch (error) {
    say(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
