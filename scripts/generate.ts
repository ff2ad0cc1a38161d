import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildGenerated } from "./generated.ts";

const root = join(import.meta.dirname, "..");
for (const { path, text } of await buildGenerated()) {
  const file = join(root, path);
  const isCurrent = existsSync(file) && readFileSync(file, "utf8") === text;
  if (!isCurrent) writeFileSync(file, text);
  console.log(`${isCurrent ? "current" : "written"}  ${path}`);
}
