import assert from "node:assert/strict";
import { it } from "node:test";
import { TrackerError } from "@cairn/core";
import { causeOf } from "./respond.ts";

// A full disk under load once filled the operator's log with thirty lines of stack for every request that was refused.
it("tells the operator in one line what is worded for people, and what lay beneath it", () => {
  const cause = new Error("ENOSPC: no space left\n on device", { cause: new Error("write") });
  const full = new TrackerError("storage_full", "The disk is full. Free some space.", {}, { cause });
  assert.equal(causeOf(full), "The disk is full. Free some space. (ENOSPC: no space left on device (write))");
  const damaged = new TrackerError("internal", "A chunk is corrupt. Restore it.", { record: "chunk" });
  assert.equal(causeOf(damaged), "A chunk is corrupt. Restore it.");
});

it("gives the operator the stack of a defect, and of what caused it", () => {
  for (const defect of [new TypeError("x is undefined"), new TrackerError("internal", "x is undefined")]) {
    const told = causeOf(Object.assign(defect, { cause: new RangeError("beneath") }));
    assert.match(told, /x is undefined\n +at .*\n {2}caused by RangeError: beneath\n +at /s);
  }
});
