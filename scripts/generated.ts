import { buildScanner } from "./build-scanner.ts";

export interface GeneratedFile {
  /** Relative to the project. */
  readonly path: string;
  readonly text: string;
}

/**
 * Every file of the project that is made from another one. `npm run generate` writes them, and the architecture test
 * fails when one is out of date.
 *
 * @throws Error when a package no longer exports what builds its file.
 */
export async function buildGenerated(): Promise<GeneratedFile[]> {
  const contract = await import("@cairn/contract");
  const openapi = builder(contract, "buildOpenapi")();
  const calls = builder(contract, "buildCalls")();
  const schema = builder(await import("@cairn/stores"), "buildSqliteSchema")();
  return [
    { path: "packages/contract/openapi.json", text: `${JSON.stringify(openapi, null, 2)}\n` },
    { path: "packages/contract/src/calls.ts", text: String(calls) },
    { path: "packages/server/src/scan/scan-code.ts", text: await buildScanner() },
    { path: "packages/stores/src/sqlite/schema.txt", text: String(schema) },
  ];
}

function builder(module: object, name: string): () => unknown {
  const found: unknown = Object.entries(module).find(([key]) => key === name)?.[1];
  if (typeof found !== "function") throw new Error(`nothing is exported as ${name}(), which builds a committed file`);
  return () => found();
}
