import assert from "node:assert/strict";
import { it } from "node:test";
import type { TrackerEvent } from "@cairn/core";
import type { Change, Outcome } from "../shared/committer.ts";
import { packCommit, unpackEvents, unpackOutcome } from "./pack-commit.ts";

const changeOf = (kind: Change["kind"]): Change => ({ kind, input: {}, at: 0, author: "" });

it("brings answers and events through a thread's door as they were", () => {
  const failure = { code: "not_found" as const, message: "No run", details: { run: "a" }, cause: null };
  const changes = (["runs.log", "runs.log", "runs.log", "runs.create", "runs.purge"] as const).map(changeOf);
  const outcomes: Outcome[] = [
    { value: { added: 3, repeated: false } },
    { value: { added: 0, repeated: true } },
    { failure },
    { value: { id: "a" } },
    // A number of another kind of change is no count of points.
    { value: 7 },
  ];
  const events: TrackerEvent[] = [
    { kind: "series.appended", id: "a", experiment: 0 },
    { kind: "model.created", id: "7", experiment: null },
  ];
  const packed = structuredClone(packCommit(changes, outcomes, events));
  assert.deepEqual(packed.outcomes.map(unpackOutcome), outcomes);
  assert.deepEqual(unpackEvents(packed), events);
});
