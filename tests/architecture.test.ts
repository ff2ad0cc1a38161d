// The rules of ARCHITECTURE.md and CONTRIBUTING.md that a machine can check, on the real tree. Each rule is also shown
// a small tree that breaks it: a checker that accepts everything would pass the real tree as well.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { buildGenerated } from "../scripts/generated.ts";
import {
  checkArrows,
  checkBrowserSafety,
  checkCircles,
  checkCorePurity,
  checkDeclared,
  checkRooms,
  checkWebFloors,
} from "./support/architecture/arrow-rules.ts";
import { parseImports, type Source } from "./support/architecture/imports.ts";
import { readProject, root } from "./support/architecture/project.ts";
import { blankComments } from "./support/architecture/scan.ts";
import { checkSeedRows } from "./support/architecture/seed-rows.ts";
import {
  checkDecisions,
  checkForeignWord,
  checkLengths,
  checkMachineWords,
  checkUnfinished,
} from "./support/architecture/text-rules.ts";

type Rule = (files: readonly Source[]) => string[];
type Sample = readonly [path: string, text: string];

const project = readProject();
const manifest: Sample = ["packages/core/package.json", '{"exports":{".":"./src/index.ts"}}'];
const tree = (...samples: Sample[]): Source[] => [manifest, ...samples].map(([path, text]) => ({ path, text }));
const checkPurity: Rule = (files) => checkCorePurity(files, blankComments);

/** The real tree keeps the rule; each bad sample breaks it exactly once; each good one does not. */
function rule(title: string, check: Rule, samples: { bad: readonly Source[][]; good: readonly Source[][] }): void {
  describe(title, () => {
    it("holds in the project", () => assert.deepEqual(check(project), []));
    samples.bad.forEach((files, index) => {
      it(`is seen to be broken (${index + 1})`, () => assert.equal(check(files).length, 1, check(files).join("\n")));
    });
    it("is not seen where it is kept", () => {
      for (const files of samples.good) assert.deepEqual(check(files), []);
    });
  });
}

it("the project's files are found at all", () => {
  const paths = project.map(({ path }) => path);
  for (const path of ["package.json", "packages/core/src/index.ts", "tests/architecture.test.ts"]) {
    assert.ok(paths.includes(path), path);
  }
  assert.ok(project.flatMap((file) => parseImports(file)).length > 50);
});

rule("arrows between packages run one way, through their faces", checkArrows, {
  bad: [
    tree(
      ["packages/stores/src/a.ts", 'import type { X } from "@cairn/contract";'],
      ["packages/contract/package.json", manifest[1]],
    ),
    tree(["packages/core/src/a.ts", 'export * from "../../stores/src/b.ts";']),
    tree(["packages/server/src/a.ts", 'const x = await import("@cairn/core/src/x.ts");']),
    tree(["packages/client/src/a.ts", 'import {\n  x,\n} from "../../../tests/support/x.ts";']),
    tree(["tests/a.ts", 'import { x } from "../packages/core/src/x.ts";']),
    tree(["packages/core/src/a.ts", 'import { x } from "@cairn/core";']),
    tree(["packages/stores/src/a.ts", 'new Worker(new URL("../../server/src/x.ts", import.meta.url));']),
    tree(["packages/stores/src/a.ts", 'import { x } from "./testing.ts";']),
  ],
  good: [
    tree(
      ["packages/stores/src/a.ts", 'import { x } from "@cairn/core";\nimport { y } from "./b.ts";'],
      [
        "packages/stores/src/c.ts",
        '// import { x } from "@cairn/server";\nconst s = `import { x } from "@cairn/server"`;',
      ],
      ["tests/a.ts", 'import { x } from "@cairn/core";'],
    ),
  ],
});

rule("every imported package is declared", checkDeclared, {
  bad: [
    tree(["packages/core/src/a.ts", 'import { z } from "zod";']),
    tree(
      ["packages/core/src/a.ts", 'import fc from "fast-check";'],
      ["package.json", '{"devDependencies":{"fast-check":"4"}}'],
    ),
  ],
  good: [
    tree(
      ["packages/core/src/a.test.ts", 'import fc from "fast-check";'],
      ["package.json", '{"devDependencies":{"fast-check":"4"}}'],
    ),
    tree(["packages/x/src/a.ts", 'import "@a/b/c";'], ["packages/x/package.json", '{"dependencies":{"@a/b":"1"}}']),
  ],
});

rule("core can do nothing", checkPurity, {
  bad: [
    tree(["packages/core/src/a.ts", 'import { readFileSync } from "node:fs";']),
    tree(["packages/core/src/a.ts", "const now = Date.now();"]),
    tree(["packages/core/src/a.ts", "const now = new Date();"]),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a sample of code
    tree(["packages/core/src/a.ts", "const luck = `${Math.random()}`;"]),
    tree(["packages/core/src/a.ts", "const size = Buffer.byteLength(text);"]),
    tree(["packages/core/src/a.ts", "const flag = process.env.X;"]),
  ],
  good: [
    tree([
      "packages/core/src/a.ts",
      '// Date.now() is not for us\nconst s = "Math.random()"; const d = new Date(ms); job.process(s);',
    ]),
    tree(["packages/core/src/a.test.ts", "const now = Date.now();"]),
  ],
});

rule("what a browser loads reaches no node: module", checkBrowserSafety, {
  bad: [
    tree(
      ["packages/client/src/index.ts", 'export { x } from "./x.ts";'],
      ["packages/client/src/x.ts", 'import { readFile } from "node:fs/promises";'],
    ),
  ],
  good: [tree(["packages/client/src/node.ts", 'import { readFile } from "node:fs/promises";'])],
});

rule("adapters and wires do not know each other", checkRooms, {
  bad: [
    tree(["packages/stores/src/memory/a.ts", 'import { x } from "../sqlite/x.ts";']),
    tree(["packages/stores/src/sql/a.ts", 'import { x } from "../sqlite/x.ts";']),
    tree(["packages/server/src/native/a.ts", 'import type { X } from "../mlflow/x.ts";']),
  ],
  good: [
    tree(
      ["packages/stores/src/sqlite/a.ts", 'import { x } from "../sql/x.ts";\nimport { y } from "../limits.ts";'],
      ["packages/stores/src/open.ts", 'import { x } from "./sqlite/x.ts";\nimport { y } from "./memory/y.ts";'],
      ["packages/server/src/mlflow/a.ts", 'import { x } from "../respond.ts";'],
      ["packages/stores/src/conformance/agree.test.ts", 'import { x } from "../sqlite/x.ts";'],
    ),
  ],
});

rule("the page's floors stand on each other, and features beside each other", checkWebFloors, {
  bad: [
    tree(["packages/web/src/features/run/A.tsx", 'import { B } from "../models/B.tsx";']),
    tree(["packages/web/src/parts/charts/a.ts", 'import type { B } from "../../features/run/b.ts";']),
    tree(["packages/web/src/ui/A.tsx", 'import { server } from "../lib/server.ts";']),
    tree(["packages/web/src/lib/a.ts", 'import { b } from "../ui/b.ts";']),
  ],
  good: [
    tree(
      ["packages/web/src/app/A.tsx", 'const b = () => import("../features/run/B.tsx");'],
      ["packages/web/src/features/run/A.tsx", 'import { B } from "./B.tsx"; import { c } from "../../parts/c.ts";'],
      ["packages/web/src/main.tsx", 'import { App } from "./app/App.tsx";'],
    ),
  ],
});

rule("no import goes in a circle", checkCircles, {
  bad: [
    tree(
      ["a.ts", 'import { b } from "./b.ts";'],
      ["b.ts", 'import type { A } from "./c.ts";'],
      ["c.ts", 'export * from "./a.ts";'],
    ),
  ],
  good: [tree(["a.ts", 'import "./b.ts"; import "./c.ts";'], ["b.ts", 'import "./c.ts";'], ["c.ts", ""])],
});

rule("files are short", checkLengths, {
  bad: [tree(["a.ts", "x\n".repeat(401)]), tree(["a.test.ts", "x\n".repeat(601)])],
  good: [
    tree(
      ["a.ts", "x\n".repeat(400)],
      ["a.test.ts", "x\n".repeat(600)],
      ["b.ts", `// Generated.\n${"x\n".repeat(500)}`],
    ),
  ],
});

rule("the foreign wire's name has one home", checkForeignWord, {
  bad: [
    tree(["packages/core/src/a.ts", "// as MLflow does"]),
    tree(["packages/server/src/native/a.ts", "const mlflow = 1;"]),
  ],
  good: [
    tree(
      ["packages/server/src/mlflow/a.ts", "mlflow"],
      ["packages/cli/src/config.ts", "MLFLOW_X"],
      ["README.md", "MLflow"],
    ),
  ],
});

rule("no file names a registry or a folder of one machine", checkMachineWords, {
  bad: [
    tree(["a.json", `"https://${"registry.npm"}${"js.org"}/zod"`]),
    tree(["a.md", `see ${"/wo"}rk/notes`]),
    tree(["a.ts", `const x = "${"/ho"}me/me/x";`]),
  ],
  good: [tree(["a.ts", 'route("/api/v1/home/work/x"); // https://example.org/root/x'])],
});

rule("nothing is left unfinished", checkUnfinished, {
  bad: [tree(["a.ts", `// ${"TO"}${"DO"}: later`])],
  good: [tree(["a.ts", "const todo = 1;"])],
});

rule("every dependency has a page that says why", checkDecisions, {
  bad: [tree(["package.json", '{"devDependencies":{"left-pad":"1"}}'], ["docs/decisions/1.md", "left-pad"])],
  good: [
    tree(
      ["package.json", '{"dependencies":{"left-pad":"1","@cairn/core":"*"}}'],
      ["docs/decisions/1.md", "`left-pad`"],
    ),
  ],
});

rule("each test that a row of the seeds' table names is there", checkSeedRows, {
  bad: [
    tree(
      ["docs/design/seeds/1.md", '| S1 | words | `f()` | "does what it says" |'],
      ["tests/a.test.ts", 'it("does what", f)'],
    ),
  ],
  good: [
    tree(
      ["docs/design/seeds/1.md", '| S1 | "not a test here" | `f()` | "does what it says" |'],
      ["tests/a.test.ts", 'it("does what it says", f)'],
    ),
  ],
});

it("generated files are current (npm run generate)", async () => {
  for (const { path, text } of await buildGenerated()) {
    const file = join(root, path);
    assert.ok(existsSync(file), `${path} is missing: npm run generate`);
    assert.ok(readFileSync(file, "utf8") === text, `${path} is out of date: npm run generate`);
  }
});

describe("the scanner behind the rules", () => {
  it("blanks comments, strings, templates and regular expressions, and nothing else", () => {
    const samples: [string, string][] = [
      ['a("x // y"); b', 'a("      "); b'],
      ["a /* x\n */ b", "a     \n    b"],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a sample of code
      ["`a${b({c: `d${e}`})}f`; g", "` ${b({c: ` ${e}`})} `; g"],
      ["x = /[/'\"]/g; y", "x = /     /g; y"],
      ["x = a / b; // c", "x = a / b;     "],
      ['return /"/.test(a)', "return / /.test(a)"],
      ["'it\\'s' + x", "'     ' + x"],
    ];
    for (const [text, expected] of samples) assert.equal(blankComments(text), expected);
  });

  it("finds every form of import with its line", () => {
    const text = [
      'import a from "a";',
      'import type { B } from "b";',
      "export {",
      "  c,",
      '} from "c";',
      'import "d";',
      'const e = await import("e");',
      'const f = new URL("f.ts", import.meta.url);',
      'const g = new URL("g", base);',
      'const from = "h"; // import "i"',
    ].join("\n");
    const found = parseImports({ path: "x.ts", text }).map(({ specifier, line }) => `${specifier}@${line}`);
    assert.deepEqual(found.sort(), ["a@1", "b@2", "c@5", "d@6", "e@7", "f.ts@8"]);
  });
});
