// Runs every check and test of the project; the last line is the count. `npm test -- WORD` runs the files whose path
// contains WORD (`types` and `lint` name the two checks); `--suite faults|compat` runs those suites in full.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildPage } from "../tests/support/built-page.ts";
import { findChromium, NO_CHROMIUM } from "../tests/support/chromium.ts";
import { pythonEnv } from "../tests/support/python.ts";
import { findTests, readNeeds, type Suite } from "./testing/find-tests.ts";
import { type FileReport, killTestFiles, runTestFile } from "./testing/run-test-file.ts";
import { createTally } from "./testing/tally.ts";

const root = join(import.meta.dirname, "..");
const { suite, filters } = readArguments();
const isFull = suite !== "default";
const DEFAULT_TIMEOUT_SECONDS = isFull ? 3600 : 120;

/** Each file has a process, which would strip and compile the same modules again. */
const NODE_COMPILE_CACHE = join(root, "node_modules", ".cache", "tests");

const CHECKS = [
  { name: "types", command: "tsc", args: ["-p", "."] },
  { name: "types of the page", command: "tsc", args: ["-p", "packages/web"] },
  { name: "types of the browser tests", command: "tsc", args: ["-p", "tests/web"] },
  { name: "lint", command: "biome", args: ["check", ".", "--error-on-warnings", "--max-diagnostics=100"] },
];

const tally = createTally((line) => process.stdout.write(`${line}\n`));
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    killTestFiles();
    process.exit(130);
  });
}

const checks = isFull
  ? []
  : CHECKS.filter(({ name }) => filters.length === 0 || filters.includes(name.split(" ")[0] ?? name));
const fileFilters = filters.filter((filter) => !CHECKS.some(({ name }) => name.split(" ")[0] === filter));
const files = checks.length > 0 && filters.length > 0 && fileFilters.length === 0 ? [] : find();
for (const check of checks) tally.add(runCheck(check));
await runFiles(files, isFull ? 1 : 2);
if (checks.length + files.length === 0) {
  tally.add(failed("(all)", `no test file matches ${filters.join(" ") || `suite ${suite}`}`));
}
// Older clients lack what newer ones have, on every machine: there a skip is no gap.
process.exitCode = tally.finish({ isSkipFailure: process.env["CI"] === "true" && suite !== "compat" });

function readArguments(): { suite: Suite; filters: string[] } {
  const { values, positionals } = parseArgs({ options: { suite: { type: "string" } }, allowPositionals: true });
  const name = values.suite ?? "default";
  if (name !== "default" && name !== "faults" && name !== "compat") throw new Error(`unknown suite ${name}`);
  return { suite: name, filters: positionals };
}

function find(): string[] {
  return findTests(root, suite, fileFilters);
}

function failed(file: string, detail: string): FileReport {
  return { file, results: [{ name: "(the file)", outcome: "failed", detail }], output: "", seconds: 0 };
}

function runCheck({ name, command, args }: (typeof CHECKS)[number]): FileReport {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(join(root, "node_modules", ".bin", command), args, {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const seconds = (performance.now() - started) / 1000;
  const output = error ? String(error) : `${stdout}${stderr}`;
  return { file: name, results: [{ name, outcome: status === 0 ? "passed" : "failed", detail: "" }], output, seconds };
}

/** A few files at a time, in order; what takes long to make ready is made first, outside any file's time limit. */
async function runFiles(all: readonly string[], width: number): Promise<void> {
  const needs = new Map(all.map((file) => [file, readNeeds(root, file)]));
  const pythonProblem = [...needs.values()].some((need) => need.python) ? await preparePython() : undefined;
  const browserProblem = [...needs.values()].some((need) => need.browser) ? await prepareBrowser() : undefined;
  const queue = [...all];
  const work = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const need = needs.get(file);
      const problem = (need?.python && pythonProblem) || (need?.browser && browserProblem);
      if (problem) {
        const result = { name: "(the file)", outcome: "skipped" as const, detail: problem };
        tally.add({ file, results: [result], output: "", seconds: 0 });
        continue;
      }
      const timeoutSeconds = isFull ? DEFAULT_TIMEOUT_SECONDS : (need?.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS);
      const env = { NODE_COMPILE_CACHE, ...process.env, ...(isFull ? { CAIRN_TEST_FULL: "1" } : {}) };
      tally.add(await runTestFile(file, { cwd: root, timeoutSeconds, env }));
    }
  };
  await Promise.all(Array.from({ length: width }, work));
}

async function preparePython(): Promise<string | undefined> {
  try {
    await pythonEnv(suite === "compat" ? "compat" : "mlflow");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A page that cannot be built fails each file that needs it, with the build's own words. */
async function prepareBrowser(): Promise<string | undefined> {
  if (findChromium() === undefined) return NO_CHROMIUM;
  await buildPage().catch(() => {});
  return undefined;
}
