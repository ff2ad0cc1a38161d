import { posix } from "node:path";
import { blankComments } from "./scan.ts";

export interface Source {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly line: number;
}

const FORMS = [
  /\b(?:import|export)\b[^;"'`()]*?\bfrom\s*(["'])/g,
  /\bimport\s*(["'])/g,
  /\b(?:import|require|require\.resolve)\s*\(\s*(["'`])/g,
  // A worker's entry file is an arrow like any other.
  /\bnew\s+URL\s*\(\s*(["'`])(?=[^"'`]*["'`]\s*,\s*import\.meta\.url)/g,
];

const parsed = new WeakMap<Source, readonly Import[]>();

/** Everything a source file imports: values, types, re-exports, dynamic imports and worker entry files. */
export function parseImports(source: Source): readonly Import[] {
  const known = parsed.get(source);
  if (known) return known;
  const code = blankComments(source.text);
  const found: Import[] = [];
  for (const form of FORMS) {
    for (const match of code.matchAll(form)) {
      const start = match.index + match[0].length;
      const end = code.indexOf(match[1] ?? '"', start);
      const line = source.text.slice(0, start).split("\n").length;
      found.push({ from: source.path, specifier: source.text.slice(start, end), line });
    }
  }
  parsed.set(source, found);
  return found;
}

export function isScript(path: string): boolean {
  return /\.(?:ts|tsx|js|mjs)$/.test(path) && !path.endsWith(".d.ts");
}

/** A test, or `testing.ts`: what tests of a room share. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/testing\.ts$/.test(path);
}

/** `core` for `packages/core/src/x.ts`; undefined outside packages. */
export function packageOf(path: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(path)?.[1];
}

/** The project file that an import names, if it names one: a relative path, or a package of ours by its name. */
export function resolveImport({ from, specifier }: Import): string | undefined {
  if (specifier.startsWith(".")) return posix.normalize(posix.join(posix.dirname(from), specifier));
  const ours = /^@cairn\/([^/]+)(?:\/(.+))?$/.exec(specifier);
  return ours ? `packages/${ours[1]}/src/${ours[2] ?? "index"}.ts` : undefined;
}
