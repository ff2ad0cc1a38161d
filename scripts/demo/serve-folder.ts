import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/**
 * A server on a folder for as long as it is filled.
 * @throws Error with its words when it ends instead of listening.
 */
export async function serveFolder(dataDir: string): Promise<{ readonly url: string } & AsyncDisposable> {
  const args = [join(root, "packages/cli/bin/cairn.js"), "serve", "--port", "0", "--data-dir", dataDir];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const look = (bytes: Buffer) => {
      output += bytes;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.once("exit", () => reject(new Error(`the server ended:\n${output.trim()}`)));
  });
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
