// Makes the clone ready: installs the packages of package-lock.json when they are missing or the lock file changed, and
// builds the server when its sources changed; with --web the web page too. Runs before every npm script, on the host's
// own Node, when nothing is installed yet: plain JavaScript, no dependency.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { takeLock } from "./setup/lock.mjs";
import { say, showProgress } from "./setup/progress.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const stamp = join(modules, ".cairn-setup");
const lock = join(root, ".setup.lock");
const runtime = join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const MINIMUM = [20, 19];

function stop(text) {
  say(`\n${text}\n`);
  process.exit(1);
}

function isOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1]);
}

/** What an installation depends on: the lock file, and the machine whose native binaries were chosen. */
function wanted() {
  const bytes = readFileSync(join(root, "package-lock.json"));
  return `${createHash("sha256").update(bytes).digest("hex")} ${process.platform} ${process.arch}\n`;
}

function isReady() {
  return existsSync(stamp) && existsSync(runtime) && readFileSync(stamp, "utf8") === wanted();
}

/** PATH without the project's own binaries: `npm ci` deletes them, so it must run on the host's Node. */
function hostEnvironment() {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const separator = process.platform === "win32" ? ";" : ":";
  const entries = (process.env[name] ?? "").split(separator).filter((entry) => !/node_modules[\\/]\.bin$/.test(entry));
  return { ...process.env, [name]: entries.join(separator) };
}

function npm(args) {
  return new Promise((resolve) => {
    const child = spawn("npm", [...args, "--no-fund", "--no-audit", "--loglevel=error"], {
      cwd: root,
      env: hostEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    const keep = (bytes) => {
      output = (output + bytes).slice(-8000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ code: 1, output: String(error) }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

async function install() {
  rmSync(stamp, { force: true });
  const done = showProgress("Installing packages (npm ci)");
  const { code, output } = await npm(["ci"]);
  if (code !== 0) {
    done("failed");
    stop(
      `${withoutUsage(output)}\n\nThe packages could not be installed (npm ci ended with ${code}); the lines above are npm's own.\n` +
        "If they speak of the network, check that `npm ping` answers, then run the same command again.",
    );
  }
  done("done");
  if (!existsSync(runtime)) await installRuntime();
  writeFileSync(stamp, wanted());
}

/** npm adds a page of its options to some errors. */
function withoutUsage(output) {
  const kept = output.split(/^npm error\s+(?:Clean install a project|Usage:)$/m, 1)[0] ?? "";
  return kept.replace(/^npm warn Unknown user config.*$/gm, "").trim();
}

/** The npm package `node` fetches its binary in an install script, which a machine may have switched off. */
async function installRuntime() {
  const done = showProgress("Installing the Node runtime (npm rebuild node)");
  const { output } = await npm(["rebuild", "node", "--ignore-scripts=false"]);
  done(existsSync(runtime) ? "done" : "failed");
  if (existsSync(runtime)) return;
  stop(
    `${output.trim()}\n\nThe project's own Node (npm package "node") is missing: its install script did not run.\n` +
      "Allow install scripts for it (`npm config get ignore-scripts` should say false), then run the same command again.",
  );
}

async function isBuilt() {
  const { findBuilt } = await import("@cairn/cli/built");
  return findBuilt(root) !== undefined;
}

/** Without a build the sources run: a start takes longer, and nothing else is different. */
async function build() {
  const done = showProgress("Building the server");
  try {
    const { buildServer } = await import("./build-server.mjs");
    await buildServer(root);
    done("done");
  } catch (error) {
    done("failed");
    say(`It starts from its sources, which takes a little longer. The reason: ${error.message}`);
  }
}

if (isOldNode()) {
  stop(
    `Cairn needs Node ${MINIMUM.join(".")} or newer to start; this is ${process.versions.node}. Install a newer Node.`,
  );
}
if (!isReady() || !(await isBuilt())) {
  await takeLock(lock, "Another set-up is running in this folder").catch((error) =>
    stop(`Cannot write to ${root}: ${error.message}`),
  );
  if (!isReady()) await install();
  if (!(await isBuilt())) await build();
}
if (process.argv.includes("--web")) await buildWeb();

/** In this process only the look whether it is stale; the build runs on the project's own Node. */
async function buildWeb() {
  const { isWebFresh } = await import("./build-web.mjs");
  if (isWebFresh()) return;
  const { status } = spawnSync(runtime, [join(root, "scripts", "build-web.mjs")], { cwd: root, stdio: "inherit" });
  if (status !== 0) say("Going on without it: the server says at / how to build the page.");
}
