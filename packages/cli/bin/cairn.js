#!/usr/bin/env node
// Starts the command line on the Node it is written for. Plain JavaScript, because the host's Node may be too old to
// run the TypeScript sources; then the binary of the npm package `node` takes over with the same arguments.
import module from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findBuilt } from "./built.js";

const require = module.createRequire(import.meta.url);
const root = join(import.meta.dirname, "..", "..", "..");

// Compiled code is kept between calls: stripping types and compiling take a good part of a short command.
const compileCache = join(root, "node_modules", ".cache", "node");
const isNewEnough = Number.parseInt(process.versions.node, 10) >= 24;

if (isNewEnough) {
  const { boot } = await import("@cairn/stores/boot");
  const built = findBuilt(root);
  const entry = built === undefined ? new URL("../src/main.ts", import.meta.url).href : pathToFileURL(built).href;
  boot(process.env.NODE_COMPILE_CACHE ?? compileCache, entry);
  await import(entry);
} else {
  await runOn(findRuntime());
}

function findRuntime() {
  try {
    const folder = dirname(require.resolve("node/package.json"));
    const binary = join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
    if (require("node:fs").existsSync(binary)) return binary;
  } catch {
    // Not installed: said below.
  }
  process.stderr.write(
    `cairn needs Node 24; this is ${process.versions.node}, and the project's own is not installed. Run: npm run setup\n`,
  );
  process.exit(1);
}

async function runOn(binary) {
  const { spawn } = await import("node:child_process");
  const child = spawn(binary, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
    // Killed alone, this process can pass nothing on: a server sees by its number that it is gone.
    env: { ...process.env, CAIRN_LAUNCHER: String(process.pid) },
  });
  // A terminal sends Ctrl-C to both processes; passing it on would look to the child like a second, impatient one.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`cairn could not start ${binary}: ${error.message}\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}
