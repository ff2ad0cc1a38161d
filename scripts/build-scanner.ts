import { readFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "assemblyscript/asc";

const sources = join(import.meta.dirname, "../packages/server/src/scan/assembly");
const LINE = 116;

/**
 * Compiles the scanner of metrics (decision 16) to a module that says its code as text.
 *
 * @throws Error with the compiler's words when a source is wrong
 */
export async function buildScanner(): Promise<string> {
  let code: Uint8Array | undefined;
  const options = ["-O3", "--enable", "simd", "--runtime", "stub", "--noAssert", "--outFile", "scan.wasm"];
  const { error, stderr } = await main(["scan.ts", ...options], {
    readFile: (name) => readIfThere(join(sources, name)),
    writeFile: (_name, content) => {
      if (typeof content !== "string") code = content;
    },
  });
  if (error !== null || code === undefined) throw new Error(`the scanner was not compiled: ${stderr.toString()}`);
  const lines =
    Buffer.from(code)
      .toString("base64")
      .match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
  return `// Generated from assembly/ by npm run generate.\nexport const scanCode = \`\n${lines.join("\n")}\n\`;\n`;
}

/** null = there is none; the compiler then looks elsewhere. */
function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
