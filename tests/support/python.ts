import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cachedFolder } from "../../scripts/cached-folder.ts";

/** The environments that there are: the newest client with its frameworks, and the oldest that is spoken with. */
const requirements = {
  mlflow: new URL("../mlflow/requirements.txt", import.meta.url),
  compat: new URL("../compat/requirements.txt", import.meta.url),
} as const;
export type PythonEnv = keyof typeof requirements;

const OLDEST = [3, 11] as const;

/**
 * A Python with exactly the packages of an environment's `requirements.txt`, in a virtual environment that is built once
 * per (requirements, Python version) and kept outside the clone. The first call downloads some 300 MB.
 *
 * @throws Error when no Python ≥ 3.11 is found or the packages cannot be installed; the message says which.
 */
export async function pythonEnv(name: PythonEnv = "mlflow"): Promise<{ python: string }> {
  const { command, version } = await findPython();
  const text = readFileSync(requirements[name], "utf8");
  const hash = createHash("sha256").update(`${text}\n${version}`).digest("hex").slice(0, 16);
  const folder = await cachedFolder({
    key: `python-${hash}`,
    title: `Python packages (${text.trim().split("\n").join(", ")})`,
    build: async (target) => {
      await run(command, ["-m", "venv", target]);
      await run(pythonIn(target), [
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "-r",
        requirements[name].pathname,
      ]);
    },
  });
  return { python: pythonIn(folder) };
}

function pythonIn(folder: string): string {
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

async function findPython(): Promise<{ command: string; version: string }> {
  const seen: string[] = [];
  for (const command of [process.env["PYTHON"], "python3", "python"]) {
    if (!command) continue;
    const version = await versionOf(command);
    if (version === undefined) continue;
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return { command, version };
    seen.push(`${command} is ${version}`);
  }
  throw new Error(
    `no Python ${OLDEST.join(".")} or newer found (${seen.join("; ") || "none at all"}); set PYTHON to one`,
  );
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const script = "import sys, platform; print(platform.python_version(), platform.machine())";
    return (await promisify(execFile)(command, ["-c", script])).stdout.trim();
  } catch {
    return undefined;
  }
}

/** Runs to the end with a sign of life on stderr; a failure carries the end of its output. */
function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (bytes: Buffer) => {
      output = (output + bytes).slice(-4000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const timer = setInterval(
      () => process.stderr.write(`  ${(output.trimEnd().split("\n").at(-1) ?? "").trim().slice(0, 110)}\n`),
      15_000,
    );
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.slice(0, 3).join(" ")} ended with ${code}:\n${output}`));
    });
  });
}
