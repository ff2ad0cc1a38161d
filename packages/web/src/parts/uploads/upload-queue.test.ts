// Dropping a folder of thousands of files must not open thousands of connections, and one refusal must spare the others.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createUploadQueue, totalsOf } from "./upload-queue.ts";

/** Sends that end when the test says so. */
function gate() {
  const open = new Map<
    string,
    { end: (how?: "sent" | "known") => void; fail: (error: Error) => void; signal: AbortSignal }
  >();
  const queue = createUploadQueue<string>({
    width: 2,
    send: ({ path }, { signal, onProgress }) =>
      new Promise((resolve, reject) => {
        onProgress(1);
        open.set(path, { signal, end: (how = "sent") => resolve(how), fail: reject });
      }),
  });
  const phases = () => Object.fromEntries(queue.snapshot().map(({ path, phase }) => [path, phase]));
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const add = (...paths: string[]) => queue.add(paths.map((path) => ({ path, size: 10, file: path })));
  return { queue, open, phases, settle, add };
}

describe("a queue of uploads", () => {
  it("sends so many at a time, and the next when one has ended", async () => {
    const { open, phases, settle, add } = gate();
    add("a", "b", "c");
    assert.deepEqual(phases(), { a: "sending", b: "sending", c: "waiting" });
    open.get("b")?.end("known");
    await settle();
    assert.deepEqual(phases(), { a: "sending", b: "known", c: "sending" });
  });

  it("a failure is kept with its reason, spares the others, and can be tried again", async () => {
    const { queue, open, phases, settle, add } = gate();
    add("a", "b");
    open.get("a")?.fail(new Error("no"));
    await settle();
    assert.deepEqual(queue.snapshot()[0]?.error, new Error("no"));
    assert.equal(phases()["b"], "sending");
    queue.retry();
    assert.equal(queue.snapshot()[0]?.phase, "sending");
    assert.equal(queue.snapshot()[0]?.error, undefined);
  });

  it("a stopped file is stopped for good, even if its sending ends later", async () => {
    const { queue, open, phases, settle, add } = gate();
    add("a");
    queue.stop(queue.snapshot()[0]?.id ?? 0);
    assert.equal(open.get("a")?.signal.aborted, true);
    open.get("a")?.end();
    await settle();
    assert.deepEqual(phases(), { a: "stopped" });
  });

  it("stopping all starts none of those that waited", async () => {
    const { queue, open, phases, settle, add } = gate();
    add("a", "b", "c", "d");
    queue.stopAll();
    await settle();
    assert.deepEqual(phases(), { a: "stopped", b: "stopped", c: "stopped", d: "stopped" });
    assert.deepEqual([...open.keys()], ["a", "b"]);
  });

  it("the same path again takes the place of the one under way", () => {
    const { open, phases, add } = gate();
    add("a");
    const first = open.get("a")?.signal;
    add("a");
    assert.equal(first?.aborted, true);
    assert.deepEqual(phases(), { a: "sending" });
  });

  it("counts what has arrived, without what was stopped", async () => {
    const { queue, open, settle, add } = gate();
    add("a", "b", "c", "d");
    open.get("a")?.end();
    open.get("b")?.fail(new Error("no"));
    await settle();
    queue.stop(queue.snapshot()[3]?.id ?? 0);
    assert.deepEqual(totalsOf(queue.snapshot()), { files: 3, done: 1, failed: 1, bytes: 30, sent: 12, isBusy: true });
  });

  it("a snapshot stays the same object until something changes, as React needs it", () => {
    const { queue, add } = gate();
    add("a");
    assert.equal(queue.snapshot(), queue.snapshot());
  });
});
