import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { type FileReport, runTestFile } from "./run-test-file.ts";
import { createTally } from "./tally.ts";

const folder = mkdtempSync(join(tmpdir(), "cairn-runner-"));
after(() => rmSync(folder, { recursive: true }));

const run = (text: string, timeoutSeconds = 30): Promise<FileReport> => {
  const file = join(folder, `sample-${Math.random().toString(36).slice(2)}.test.ts`);
  writeFileSync(file, `import { describe, it, before } from "node:test";\n${text}`);
  return runTestFile(file, { cwd: folder, timeoutSeconds, env: process.env });
};

const outcomes = ({ results }: FileReport): string[] => results.map(({ name, outcome }) => `${outcome}: ${name}`);

// A runner that takes a broken file for a good one makes every other test worthless.
describe("a test file's report", () => {
  it("counts leaf tests with their full names, not the suites around them", async () => {
    const report = await run(
      'describe("a", () => { it("b", () => {}); describe("c", () => { it("d", () => {}); }); });',
    );
    assert.deepEqual(outcomes(report), ["passed: a › b", "passed: a › c › d"]);
  });

  it("counts a failure once and carries its message", async () => {
    const report = await run('describe("a", () => { it("b", () => { throw new Error("broken thing"); }); });');
    assert.deepEqual(outcomes(report), ["failed: a › b"]);
    assert.match(report.results[0]?.detail ?? "", /broken thing/);
  });

  it("names a skipped test with its reason", async () => {
    const report = await run('it("needs a moon", { skip: "no moon" }, () => {});');
    assert.deepEqual(report.results, [{ name: "needs a moon", outcome: "skipped", detail: "no moon" }]);
  });

  it("fails a file that crashes while it loads", async () => {
    assert.deepEqual(outcomes(await run('throw new Error("at load");')), ["failed: (the file)"]);
  });

  it("fails a file that kills its process after a test passed", async () => {
    const report = await run('it("a", () => {}); setTimeout(() => process.kill(process.pid, "SIGKILL"), 300);');
    assert.ok(outcomes(report).includes("failed: (the file)"), outcomes(report).join());
  });

  it("fails a file that leaves with another exit code than 0", async () => {
    const report = await run('it("a", () => {}); process.on("exit", () => { process.exitCode = 3; });');
    assert.deepEqual(outcomes(report), ["passed: a", "failed: (the file)"]);
  });

  it("fails a file without a test", async () => {
    assert.deepEqual(outcomes(await run("")), ["failed: (the file)"]);
  });

  it("fails a suite whose set-up hook throws", async () => {
    const report = await run('describe("a", () => { before(() => { throw new Error("no"); }); it("b", () => {}); });');
    assert.ok(
      outcomes(report).some((outcome) => outcome.startsWith("failed")),
      outcomes(report).join(),
    );
  });

  it("fails a file that never ends, at its time limit", async () => {
    const report = await run('it("a", () => {}); setInterval(() => {}, 1000);', 2);
    assert.ok(outcomes(report).includes("failed: (the file)"), outcomes(report).join());
  });
});

describe("the count", () => {
  const count = (outcome: "passed" | "failed" | "skipped", isSkipFailure: boolean): [number, string | undefined] => {
    const lines: string[] = [];
    const tally = createTally((line) => lines.push(line));
    tally.add({ file: "x", results: [{ name: "a", outcome: "passed", detail: "" }], output: "", seconds: 0 });
    tally.add({ file: "y", results: [{ name: "b", outcome, detail: "why" }], output: "", seconds: 0 });
    return [tally.finish({ isSkipFailure }), lines.at(-1)?.trim()];
  };

  it("ends with 0 only when nothing failed", () => {
    assert.deepEqual(count("passed", true), [0, "2 passed, 0 failed"]);
    assert.deepEqual(count("failed", false), [1, "1 passed, 1 failed"]);
  });

  it("makes a skip a failure on CI", () => {
    assert.deepEqual(count("skipped", false), [0, "1 passed, 0 failed, 1 skipped"]);
    assert.deepEqual(count("skipped", true), [1, "1 passed, 1 failed"]);
  });

  it("is a failure when no test ran at all", () => {
    assert.equal(createTally(() => {}).finish({ isSkipFailure: false }), 1);
  });
});
