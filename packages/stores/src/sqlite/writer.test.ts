import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { ChangeKind } from "@cairn/core";
import { run, stamp } from "../conformance/world.ts";
import type { Change, Commit } from "../shared/committer.ts";
import { openDatabase, openForReading } from "./open-database.ts";
import { MIB } from "./sizes.ts";
import { createWriter, type Writer } from "./writer.ts";

async function onWriter(test: (writer: Writer, file: string) => void, mostLogBytes = 256 * MIB): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cairn-writer-"));
  const file = join(folder, "cairn.sqlite");
  const onProblem = (failure: unknown) => assert.fail(JSON.stringify(failure));
  const writer = createWriter(openDatabase({ file }), { file, busyTimeoutMs: undefined, onProblem, mostLogBytes });
  try {
    writer.commit([change("projects.init", {}), change("runs.create", run(1))]);
    test(writer, file);
  } finally {
    await writer.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function change(kind: ChangeKind, input: unknown): Change {
  return { kind, input, ...stamp };
}

function codes({ outcomes }: Commit): string[] {
  return outcomes.map((outcome) => ("failure" in outcome ? outcome.failure.code : "done"));
}

/** A change of 1 MiB that differs from the one before: SQLite does not write pages that stay as they are. */
const large = (at: number) => change("runs.log", { id: run(1).id, tags: { [`t${at % 8}`]: `${at % 10}`.repeat(MIB) } });

/** How often this process has the file open. */
function countOpen(file: string): number {
  const open = readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ""; // The one that listed them.
    }
  });
  return open.filter((path) => path === file).length;
}

const noProc = process.platform !== "linux" && "asks /proc which files are open";

describe("the writer of a SQLite store", () => {
  it("keeps the log within bounds while it writes without a pause", () =>
    onWriter((writer, file) => {
      for (let at = 0; at < 160; at++) assert.deepEqual(codes(writer.commit([large(at)])), ["done"]);
      const { size } = statSync(`${file}-wal`);
      assert.ok(size >= 16 * MIB && size < 96 * MIB, `${size} bytes`);
    }));

  // Bug: what flushes the file had it open for good, or closed it early, which takes SQLite's locks away.
  it("has the file open once more while checkpoints run, and no more when it is closed", { skip: noProc }, async () => {
    let path = "";
    await onWriter((writer, file) => {
      path = file;
      assert.equal(countOpen(file), 1);
      for (let at = 0; at < 40; at++) writer.commit([large(at)]);
      assert.ok(countOpen(file) >= 2);
    });
    assert.equal(countOpen(path), 0);
  });

  it("refuses changes while a reader keeps a full log from being emptied, and takes them when it lets go", () =>
    onWriter((writer, file) => {
      const reader = openForReading({ file });
      reader.exec("BEGIN");
      reader.prepare("SELECT count(*) FROM runs").get();
      let last: string[] = [];
      for (let at = 0; at < 40 && last[0] !== "rate_limited"; at++) last = codes(writer.commit([large(at)]));
      assert.deepEqual(last, ["rate_limited"]);
      reader.exec("COMMIT");
      assert.deepEqual(codes(writer.commit([large(1)])), ["done"]);
      reader.close();
    }, 24 * MIB));

  it("gives each refusal of a fault of its own as internal, with the cause for the log alone", () =>
    onWriter((writer) => {
      const { outcomes } = writer.commit([change("no.such" as ChangeKind, {}), change("runs.create", run(3))]);
      const [first, second] = outcomes;
      assert.ok(first !== undefined && "failure" in first && second !== undefined && "value" in second);
      assert.equal(first.failure.code, "internal");
      assert.doesNotMatch(first.failure.message, /rule|function/);
      assert.match(first.failure.cause ?? "", /TypeError/);
    }));
});
