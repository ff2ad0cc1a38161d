import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { say } from "./progress.mjs";

/**
 * Waits until no other living process holds the file, and holds it until this one ends: two npm scripts started together
 * would delete each other's work.
 * @param what is told once to who must wait, such as "Another build is running"
 * @throws Error when the file cannot be written
 */
export async function takeLock(file, what) {
  for (let told = false; ; ) {
    try {
      const handle = openSync(file, "wx");
      writeFileSync(handle, String(process.pid));
      closeSync(handle);
      process.on("exit", () => rmSync(file, { force: true }));
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    let owner = 0;
    try {
      owner = Number(readFileSync(file, "utf8"));
    } catch {}
    if (owner > 0 && !isAlive(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) say(`${what}; waiting for it …`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
