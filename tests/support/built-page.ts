import { spawn } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/**
 * Builds the web page if it is stale.
 * @throws Error with what the build printed when it fails.
 */
export function buildPage(): Promise<void> {
  const child = spawn(process.execPath, [join(root, "scripts", "build-web.mjs")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (bytes: Buffer) => {
    output += bytes;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(output.trim() || `exit ${code}`))));
  });
}
