import type { Source } from "./imports.ts";

const TITLE = /"([^"]{8,})"/g;

/**
 * The table of the seeds' features: each test that a row names, by its exact title in quotes in the row's last cell, is there.
 */
export function checkSeedRows(files: readonly Source[]): string[] {
  const tests = files.filter(({ path }) => /\.test\.ts$|\/conformance\/|^tests\//.test(path)).map(({ text }) => text);
  const isThere = (title: string) => tests.some((text) => text.includes(title));
  return files.flatMap(({ path, text }) => {
    if (!/^docs\/design\/seeds\/.*\.md$/.test(path)) return [];
    return text.split("\n").flatMap((line, index) => {
      if (!/^\| .* \|$/.test(line)) return [];
      const last = line.slice(0, -2).split(" | ").at(-1) ?? "";
      return [...last.matchAll(TITLE)]
        .filter(([, title = ""]) => !isThere(title))
        .map(([, title]) => `${path}:${index + 1} names a test that is not there: "${title}"`);
    });
  });
}
