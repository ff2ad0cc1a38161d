import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RunParts } from "@cairn/core";
import type { SearchChanges } from "../columns/column-cache.ts";
import { keepRunParts } from "./keep-run-parts.ts";

const parts = (size: number): RunParts => ({
  ...{ parameters: [], tags: {}, labels: [], metrics: [], inputs: [] },
  ...{ size, version: "" },
});

describe("kept parts of runs", () => {
  it("are those last asked for, as many as their size allows", () => {
    const view = keepRunParts(() => ({ seq: 0, runs: [] }), 100).view();
    for (const run of [1, 2, 3]) view.keep(run, parts(30));
    view.find(1);
    view.keep(4, parts(30));
    const held = () => [1, 2, 3, 4, 5].filter((run) => view.find(run) !== undefined);
    assert.deepEqual(held(), [1, 3, 4]);
    view.keep(3, parts(20));
    view.keep(4, parts(20));
    view.keep(1, parts(30));
    view.keep(5, parts(30));
    assert.deepEqual(held(), [1, 3, 4, 5]);
    view.keep(2, parts(101));
    assert.deepEqual(held(), []);
  });

  it("are let go of one by one as the log names them, and all where it says nothing of them", () => {
    let news: SearchChanges = { seq: 5, runs: [] };
    const kept = keepRunParts(() => news);
    const held = () => {
      const view = kept.view();
      return [1, 2].filter((run) => view.find(run) !== undefined);
    };
    const fill = () => {
      const view = kept.view();
      view.find(1);
      for (const run of [1, 2]) view.keep(run, parts(1));
    };
    fill();
    assert.deepEqual(held(), [1, 2]);
    news = { seq: 6, runs: [2] };
    assert.deepEqual(held(), [1]);
    // A reader that was away too long; a log that was emptied and starts anew.
    for (const gap of [{ seq: 7, runs: "all" } as const, { seq: 3, runs: [] }]) {
      news = { seq: 6, runs: [] };
      fill();
      news = gap;
      assert.deepEqual(held(), []);
    }
  });
});
