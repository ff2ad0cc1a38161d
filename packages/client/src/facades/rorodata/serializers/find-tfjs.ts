import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Tensorflow } from "./tfjs.ts";

/**
 * The TensorFlow.js that the running script would import: looked for from the script, then from the current folder. It is no
 * dependency of ours, being some 300 MB.
 */
export async function findTensorflow(): Promise<Tensorflow | undefined> {
  for (const from of [process.argv[1], join(process.cwd(), "index.js")]) {
    if (from === undefined) continue;
    const file = resolveFrom(from);
    if (file !== undefined) return (await import(pathToFileURL(file).href)) as Tensorflow;
  }
  return undefined;
}

function resolveFrom(from: string): string | undefined {
  const { resolve } = createRequire(pathToFileURL(from));
  for (const name of ["@tensorflow/tfjs", "@tensorflow/tfjs-node"]) {
    try {
      return resolve(name);
    } catch {
      // Not installed there.
    }
  }
  return undefined;
}
