import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseCheckpointId, parseRunId } from "../ids.ts";
import { checkpointTree, looseTree, parseTree, runTree, versionTree } from "./tree.ts";

const id = parseRunId("0123456789abcdef0123456789abcdef");

describe("the name of a tree", () => {
  it("says what owns it", () => {
    assert.deepEqual(parseTree(runTree(id)), { kind: "run", run: id });
    const checkpoint = parseCheckpointId(`m-${id}`);
    assert.deepEqual(parseTree(checkpointTree(checkpoint)), { kind: "checkpoint", checkpoint });
    assert.deepEqual(parseTree(versionTree({ model: 3, number: 14 })), { kind: "version", model: 3, number: 14 });
    assert.deepEqual(parseTree(looseTree(12)), { kind: "loose", project: 12 });
  });

  it("is refused when it is another's, or a path", () => {
    for (const text of [
      "",
      "run",
      "run/",
      "run/..",
      `run/${id}/x`,
      `run/${id.toUpperCase()}`,
      `checkpoint/${id}`,
      `checkpoint/m-${id}/x`,
      `run/m-${id}`,
      "loose/-1",
      "loose/1/",
      "x/1",
      "version/1",
      "version/1.",
      "version/1.2.3",
      "version/-1.2",
    ]) {
      assert.throws(() => parseTree(text), { code: "invalid" }, text);
    }
  });
});
