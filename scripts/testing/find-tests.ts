import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

export type Suite = "default" | "faults" | "compat";

const WHERE: Record<Suite, { include: readonly string[]; exclude: readonly string[] }> = {
  default: {
    include: ["packages/*/src/**/*.test.ts", "tests/**/*.test.ts", "scripts/**/*.test.ts"],
    exclude: ["tests/compat/"],
  },
  faults: { include: ["tests/faults/**/*.test.ts"], exclude: [] },
  compat: { include: ["tests/compat/**/*.test.ts"], exclude: [] },
};

/** Test files of a suite whose path contains one of the filters; the slow ones of `tests/` come first. */
export function findTests(root: string, suite: Suite, filters: readonly string[]): string[] {
  const { include, exclude } = WHERE[suite];
  const files = globSync([...include], { cwd: root }).map((file) => file.split(sep).join("/"));
  const rank = (file: string) => (file.startsWith("tests/") ? 0 : 1);
  return files
    .filter((file) => !exclude.some((prefix) => file.startsWith(prefix)) && !file.includes("node_modules"))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** A browser, its server and its test share the cores with the test file beside them. */
const BROWSER_SECONDS = 400;

export interface TestNeeds {
  /** Written in the file as `// test-timeout: 300 s`. */
  readonly timeoutSeconds: number | undefined;
  readonly python: boolean;
  /** A Chromium, and the page as built. */
  readonly browser: boolean;
}

export function readNeeds(root: string, file: string): TestNeeds {
  const text = readFileSync(join(root, file), "utf8");
  const limit = /^\/\/ test-timeout: (\d+) s$/m.exec(text)?.[1];
  const browser = /from "[./]*support\/browser\.ts"/.test(text);
  return {
    timeoutSeconds: limit === undefined ? (browser ? BROWSER_SECONDS : undefined) : Number(limit),
    python: /from "[./]*support\/python\.ts"/.test(text),
    browser,
  };
}
